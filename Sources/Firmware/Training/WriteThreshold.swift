import FixedPoint

/// How much has to be owed to a weight before it is written, from what its writes miss.
///
/// With `e` the moving average of what a write of this layer misses, shares of the window:
///
/// | sequences of the ramp | threshold | within |
/// |---|---|---|
/// | below 2¹⁴, or no ramp | 5/4 e | 1/32 … 1/16 |
/// | below 2¹⁵ | 5/4 e | 1/16 … 1/12 |
/// | more | 5/2 e | 1/16 … 1/8 |
///
/// Below the own error of a write there is nothing to gain, and much above it a quiet device learns less. The longer a
/// training is, the longer a weight can wait: it is written more rarely, and learns as well. The limits were chosen on
/// fifths of the training sets of digits and vowels.
struct WriteThreshold: Sendable {
  /// As `configureTraining` has it; zero for the law.
  let given: Residual
  var length = RateRamp.Length.short
  /// `e`, begun at 1/20.
  var error = Residual(raw: Residual.one.raw / 20)

  /// `e` is an average over about so many writes, as a power of two.
  private static var horizonLog2: Int32 { 6 }

  init(given: Residual) { self.given = given }

  var value: Residual {
    if given != .zero { return given }
    let one = Residual.one.raw
    let asked = error.raw + error.raw >> 2
    let raw =
      switch length {
      case .short: min(max(asked, one / 32), one / 16)
      case .middling: min(max(asked, one / 16), one / 12)
      case .long: min(max(2 * asked, one / 16), one / 8)
      }
    return Residual(raw: raw)
  }

  /// - Parameter missed: where the weight should be, less where it has come to be.
  mutating func note(missed: Residual) {
    let size = min(missed.magnitude, Residual(raw: Self.largestError))
    error = Residual(raw: error.raw + (size.raw - error.raw) >> Self.horizonLog2)
  }

  /// Two windows.
  static var largestError: Int32 { 2 * Residual.one.raw }
}
