import FixedPoint

/// What training keeps for the weights of one layer, row-major.
struct LayerUpdate: Sendable {
  let rows: Int
  let columns: Int
  /// Σ code · δ over the batch, in 2⁻¹⁴ of a unit of δ.
  var gradients: [Int32]
  /// Running mean of gradients; empty without momentum.
  var velocities: [Int32]
  /// Updates not yet made, 2⁻²⁷ of the window.
  var residuals: [Int32]
  /// From gradients to updates: rate / (window · batch · full scale), with the formats' powers of two.
  var scale: Requantizer?

  init(rows: Int, columns: Int, hasMomentum: Bool) {
    self.rows = rows
    self.columns = columns
    gradients = Array(repeating: 0, count: rows * columns)
    residuals = gradients
    velocities = hasMomentum ? gradients : []
  }

  /// - Parameters:
  ///   - rate: learning rate, 2⁻²⁴; 0 learns nothing, nor does one too small for any gradient to matter.
  ///   - window: UQ8.8.
  mutating func setRate(_ rate: UInt32, window: UInt32, batch: Int, fullScale: Int32) {
    // rate/2²⁴ · 2²⁷ · 2⁸/window / (batch · fullScale · 2¹⁴)
    let denominator = 8 * Int64(window) * Int64(batch) * Int64(fullScale)
    // Below 2⁻³² even the largest gradient rounds to nothing.
    let matters = Int64(rate) << 32 >= denominator
    scale = matters ? Requantizer(numerator: Int64(rate), denominator: denominator) : nil
  }

  /// Adds the outer product of line codes and errors (`errors` in 2^(exponent − 24)).
  mutating func add(lines: [Int16], at offset: Int, errors: [Int16], exponent: Int) {
    let shift = exponent - 10
    for row in 0..<rows {
      let code = Int32(lines[offset + row])
      guard code != 0 else { continue }
      let start = row * columns
      if shift >= 0 {
        for column in 0..<columns {
          let product = Int64(code &* Int32(errors[column])) << Int64(shift)
          add(product.saturated(to: Int32.self), to: start + column)
        }
      } else {
        for column in 0..<columns {
          add((code &* Int32(errors[column])).shifted(rightBy: -shift), to: start + column)
        }
      }
    }
  }

  @inline(__always)
  private mutating func add(_ product: Int32, to cell: Int) {
    let (sum, overflow) = gradients[cell].addingReportingOverflow(product)
    gradients[cell] = overflow ? (product < 0 ? .min : .max) : sum
  }

  /// Turns the batch's gradients into residuals and clears them.
  mutating func step(momentum: Int) {
    guard let scale else { return discardGradients() }
    for cell in 0..<gradients.count {
      var slope = gradients[cell]
      gradients[cell] = 0
      if momentum > 0 {
        let kept = velocities[cell] - velocities[cell].shifted(rightBy: momentum)
        slope = (Int64(kept) + Int64(slope)).saturated(to: Int32.self)
        velocities[cell] = slope
      }
      guard slope != 0 else { continue }
      // Symmetric: a residual can always be negated.
      let residual = (Int64(residuals[cell]) - Int64(scale(slope))).saturated(to: Int32.self)
      residuals[cell] = max(residual, -.max)
    }
  }

  mutating func discardGradients() {
    for cell in 0..<gradients.count { gradients[cell] = 0 }
  }
}
