import FixedPoint

/// What training keeps for the weights of one layer, row-major.
struct LayerUpdate: Sendable {
  let lines: NetworkShape.Lines
  /// Σ code · δ over the batch.
  var gradients: [Gradient]
  /// Running mean of gradients; empty without momentum.
  var velocities: [Gradient]
  /// Updates not yet made; empty with error feedback.
  var residuals: [Residual]
  /// In place of residuals, where that is the rule.
  var feedback: ErrorFeedback?
  var effort = Effort()
  /// From gradients to residuals: rate / (window · batch · full scale), with the formats' powers of two.
  private var scale: Requantizer?

  init(_ lines: NetworkShape.Lines, _ settings: TrainingSettings, fullScale: Int32) {
    self.lines = lines
    gradients = Array(repeating: .zero, count: lines.cells)
    velocities = settings.momentum > 0 ? gradients : []
    if settings.rule == .errorFeedback {
      residuals = []
      feedback = ErrorFeedback(lines, threshold: settings.threshold, batch: settings.batch, fullScale: fullScale)
    } else {
      residuals = Array(repeating: .zero, count: lines.cells)
    }
  }

  /// Bytes that a layer takes.
  static func bytes(_ lines: NetworkShape.Lines, _ settings: TrainingSettings) -> Int {
    // A gradient, what is owed, a velocity.
    let words = settings.momentum > 0 ? 3 : 2
    let means = settings.rule == .errorFeedback ? FactoredMeans.bytes(lines) : 0
    return words * MemoryLayout<Gradient>.size * lines.cells + means
  }

  /// - Parameter rate: 0 learns nothing, nor does one too small for any gradient to matter.
  mutating func setRate(_ rate: Rate, window: Window, batch: Int, fullScale: Int32) {
    if feedback != nil {
      feedback?.setRate(rate, window: window)
      return
    }
    // rate · gradient / (window · batch · full scale) in the residuals' format.
    let shift = Rate.fractionBits + Gradient.fractionBits - Window.fractionBits - Residual.fractionBits
    let denominator = Int64(window.raw) * Int64(batch) * Int64(fullScale) << Int64(shift)
    // Below 2⁻³² even the largest gradient rounds to nothing.
    let matters = Int64(rate.raw) << 32 >= denominator
    scale = matters ? Requantizer(numerator: Int64(rate.raw), denominator: denominator) : nil
  }

  /// Adds the outer product of line codes and errors, a row of `errors` for all rows of `codes` from `offset`.
  mutating func add(codes: [Int16], at offset: Int, errors: BlockErrors) {
    let shift = errors.exponent - (Delta.fractionBits - Gradient.fractionBits)
    var productLines = 0
    for row in 0..<lines.rows {
      let code = Int32(codes[offset + row])
      guard code != 0 else { continue }
      productLines += 1
      gradients.withUnsafeMutableBufferPointer { gradients in
        let row = UnsafeMutableBufferPointer(rebasing: gradients[row * lines.columns..<(row + 1) * lines.columns])
        if shift >= 0 {
          row.add(code, errors.mantissas, movedUpBy: Int32(truncatingIfNeeded: shift))
        } else {
          row.add(code, errors.mantissas, movedDownBy: Int32(truncatingIfNeeded: -shift))
        }
      }
    }
    effort.note(.gradientLine, productLines)
    effort.note(.gradient, productLines * lines.columns)
  }

  /// Turns the batch's gradients into residuals and clears them:
  ///
  ///     v ← v − v/2^m + g     r ← r − scale · v
  ///
  /// or as `ErrorFeedback` does.
  mutating func step(momentum: Int) {
    if feedback != nil {
      feedback?.take(&gradients, noting: &effort)
      return
    }
    guard let scale else { return discardGradients() }
    var moved = 0
    for cell in 0..<gradients.count {
      var slope = gradients[cell]
      gradients[cell] = .zero
      if momentum > 0 {
        slope = velocities[cell] - velocities[cell].shifted(rightBy: momentum) + slope
        velocities[cell] = slope
      }
      guard slope != .zero else { continue }
      moved += 1
      // Symmetric: a residual can always be negated.
      residuals[cell] = max(residuals[cell] - Residual(raw: scale(slope.raw)), Residual(raw: -.max))
    }
    effort.note(.movedWeight, moved)
    if Effort.isCounted, scale.isWide { effort.note(.wideWeight, moved) }
  }

  mutating func discardGradients() {
    for cell in 0..<gradients.count { gradients[cell] = .zero }
  }
}

// Products of a line's code and errors' mantissas, of 30 bits and a sign, added to the gradients of the line's weights.
extension UnsafeMutableBufferPointer where Element == Gradient {
  /// - Parameter shift: 0 … 30; what leaves 32 bits saturates.
  fileprivate func add(_ code: Int32, _ mantissas: [Int16], movedUpBy shift: Int32) {
    let most = Int32.max &>> shift
    for column in 0..<count {
      let product = code &* Int32(mantissas[column])
      self[column] += Gradient(raw: product > most ? .max : product < ~most ? .min : product &<< shift)
    }
  }

  /// - Parameter shift: 1 … 10; rounds half up.
  fileprivate func add(_ code: Int32, _ mantissas: [Int16], movedDownBy shift: Int32) {
    let half: Int32 = 1 &<< (shift &- 1)
    for column in 0..<count {
      self[column] += Gradient(raw: (code &* Int32(mantissas[column]) &+ half) &>> shift)
    }
  }
}
