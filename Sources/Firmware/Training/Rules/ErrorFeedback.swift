import FixedPoint

/// What the rule `errorFeedback` keeps of a layer.
///
/// From the batch's mean gradient ĝ to what the weight w of row i and column j is owed, and on to the array:
///
///     u = clamp(R · ĝ · μ/(ρᵢ κⱼ), ±4R)      R the rate in windows; ρ, κ, μ: `FactoredMeans`
///     r ← r − u
///     |r| ≥ θ:   W = clamp(w + r, ±window);  one pulse from w to W;  w′ is read;  r ← W − w′
///
/// Dividing by the gradient's own size makes the rate one of the weights, whatever the data; the clamp is the clipping of
/// gradients. What a write has missed is owed again, so that its errors do not add up: *error feedback* (Seide et al.,
/// Interspeech 2014; Karimireddy et al., ICML 2019). θ: `WriteThreshold`.
struct ErrorFeedback: Sendable {
  /// Of each weight, row-major.
  var debts: [CellDebt]
  var means: FactoredMeans
  var threshold: WriteThreshold
  /// Weights that got a pulse, each time.
  var writes: UInt32 = 0
  /// R: the rate as a share of the window.
  private var step = Residual.zero
  /// From a batch's gradients to their mean.
  private let mean: Requantizer

  init(_ lines: NetworkShape.Lines, threshold: Residual, batch: Int, fullScale: Int32) {
    debts = Array(repeating: .none, count: lines.cells)
    means = FactoredMeans(lines)
    self.threshold = WriteThreshold(given: threshold)
    let shift = FactoredMeans.Mean.fractionBits - Gradient.fractionBits
    mean = Requantizer(numerator: 1 << Int64(shift), denominator: Int64(batch) * Int64(fullScale))
  }

  /// Weights that are given up.
  var givenUp: Int { debts.reduce(0) { $0 + ($1.isGivenUp ? 1 : 0) } }

  mutating func setRate(_ rate: Rate, window: Window) {
    let shift = UInt64(Window.fractionBits + Residual.fractionBits - Rate.fractionBits)
    let raw = UInt64(rate.raw) << shift / UInt64(window.raw)
    step = Residual(raw: Int32(truncatingIfNeeded: min(raw, UInt64(Residual.one.raw))))
  }

  /// Turns the batch's gradients into debts and clears them.
  mutating func take(_ gradients: inout [Gradient], noting effort: inout Effort) {
    guard step != .zero else {
      for cell in 0..<gradients.count { gradients[cell] = .zero }
      return
    }
    let most = 4 * Mean.one.raw
    // In the place of the sums, until they have become debts: there is no room for both.
    for cell in 0..<gradients.count { gradients[cell].raw = min(max(mean(gradients[cell].raw), -most), most) }
    let middle = means.take(gradients)
    if Effort.isCounted { effort.note(.rootDigit, means.rootDigits) }
    let columnFactors = means.columns.map { Self.factor($0, step) }
    var (cell, moved) = (0, 0)
    for row in 0..<means.rows.count {
      let rowFactor = Self.factor(means.rows[row], middle: middle)
      for column in 0..<columnFactors.count {
        let slope = Mean(raw: gradients[cell].raw)
        if slope != .zero {
          moved += 1
          debts[cell].residual = debts[cell].residual - move(slope, rowFactor, columnFactors[column])
          gradients[cell] = .zero
        }
        cell += 1
      }
    }
    effort.note(.movedWeight, moved)
  }

  private typealias Mean = FactoredMeans.Mean
  private typealias Root = FactoredMeans.Root
  /// μ/ρ.
  private typealias RowFactor = Fixed<Int32, 16>
  /// R/κ, with R in the format of residuals and κ in that of means.
  private typealias ColumnFactor = Fixed<Int64, 20>

  /// Of gradients that are all but nothing: 2⁻¹⁸.
  private static var leastRoot: UInt64 { 1 << UInt64(Root.fractionBits - 18) }

  private static func factor(_ root: Root, middle: Root) -> RowFactor {
    let most = UInt64(256) << UInt64(RowFactor.fractionBits)
    let ratio = UInt64(middle.raw) << UInt64(RowFactor.fractionBits) / (UInt64(root.raw) + leastRoot)
    return RowFactor(raw: Int32(truncatingIfNeeded: min(ratio, most)))
  }

  private static func factor(_ root: Root, _ step: Residual) -> ColumnFactor {
    let shift = UInt64(ColumnFactor.fractionBits + Root.fractionBits - Mean.fractionBits)
    let ratio = UInt64(step.raw) << shift / (UInt64(root.raw) + leastRoot)
    return ColumnFactor(raw: Int64(min(ratio, 1 << 34)))
  }

  /// u.
  private func move(_ slope: Mean, _ rowFactor: RowFactor, _ columnFactor: ColumnFactor) -> Residual {
    let limit = Int64(16 * Mean.one.raw)
    let scaled = (Int64(slope.raw) * Int64(rowFactor.raw)) >> Int64(RowFactor.fractionBits)
    let move = (min(max(scaled, -limit), limit) * columnFactor.raw) >> Int64(ColumnFactor.fractionBits)
    let most = 4 * Int64(step.raw)
    return Residual(raw: Int32(truncatingIfNeeded: min(max(move, -most), most)))
  }
}
