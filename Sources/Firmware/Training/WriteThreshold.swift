import FixedPoint

/// How much has to be owed to a weight before it is written, from what its writes miss.
///
/// With `e` the moving average of what a write of this layer misses, the threshold is 5/4 e within 1/32 … 1/16 of the
/// window: below the own error of a write there is nothing to gain, and much above it a quiet device learns less. A training
/// that is known to be long can wait, and has twice that: it writes a third as often, and learns as well. `RateRamp` says
/// which is long.
struct WriteThreshold: Sendable {
  /// As `configureTraining` has it; zero for the law.
  let given: Residual
  var isLong = false
  /// `e`, begun at 1/20.
  var error = Residual(raw: Residual.one.raw / 20)

  /// `e` is an average over about so many writes, as a power of two.
  private static var horizonLog2: Int32 { 6 }

  init(given: Residual) { self.given = given }

  var value: Residual {
    if given != .zero { return given }
    let one = Residual.one.raw
    let short = min(max(error.raw + error.raw >> 2, one / 32), one / 16)
    return Residual(raw: isLong ? 2 * short : short)
  }

  /// - Parameter missed: where the weight should be, less where it has come to be.
  mutating func note(missed: Residual) {
    let size = min(missed.magnitude, Residual(raw: Self.largestError))
    error = Residual(raw: error.raw + (size.raw - error.raw) >> Self.horizonLog2)
  }

  /// Two windows.
  static var largestError: Int32 { 2 * Residual.one.raw }
}
