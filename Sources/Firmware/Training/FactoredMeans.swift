import FixedPoint

/// The sizes of a layer's gradients: a root mean square for each row and each column, over about the last 128 updates.
///
/// The second moment of a weight's gradient is taken to be ρ²κ²/μ², ρ of its row, κ of its column, μ² the mean of all ρ²:
/// a number a row and one a column instead of one a weight (Shazeer, Stern, "Adafactor", ICML 2018, section 3).
struct FactoredMeans: Sendable {
  /// A mean gradient of a batch, within ±4.
  typealias Mean = Fixed<Int32, 24>
  /// Finer than the gradients, so that a root that is rounded down at every update does not sink.
  typealias Root = Fixed<UInt32, 29>

  /// The longest average, updates.
  private static var horizon: UInt32 { 128 }

  var rows: [Root]
  var columns: [Root]
  /// Updates so far.
  var updates: UInt32 = 0

  init(_ lines: NetworkShape.Lines) {
    rows = Array(repeating: .zero, count: lines.rows)
    columns = Array(repeating: .zero, count: lines.columns)
  }

  /// Bytes that a layer takes.
  static func bytes(_ lines: NetworkShape.Lines) -> Int { (lines.rows + lines.columns) * MemoryLayout<Root>.size }

  /// Takes the mean gradients of an update into account, row-major, in the format of `Mean`.
  /// - Returns: μ.
  mutating func take(_ gradients: [Gradient]) -> Root {
    updates = updates == .max ? .max : updates + 1
    let span = UInt64(min(updates, Self.horizon))
    var columnSums = [UInt64](repeating: 0, count: columns.count)
    var mean: UInt64 = 0
    var cell = 0
    for row in 0..<rows.count {
      var sum: UInt64 = 0
      for column in 0..<columns.count {
        let size = UInt64(gradients[cell].raw.magnitude)
        cell += 1
        guard size > 0 else { continue }
        sum &+= size &* size
        columnSums[column] &+= size &* size
      }
      mean &+= Self.follow(&rows[row], sum / UInt64(columns.count), over: span) / UInt64(rows.count)
    }
    for column in 0..<columns.count {
      _ = Self.follow(&columns[column], columnSums[column] / UInt64(rows.count), over: span)
    }
    return Root(raw: mean.wholeSquareRoot)
  }

  /// Digits of all roots, in base 2: what was worked out for them, one by one.
  var rootDigits: Int {
    func digits(_ roots: [Root]) -> Int { roots.reduce(0) { $0 + UInt32.bitWidth - $1.raw.leadingZeroBitCount } }
    return digits(rows) + digits(columns)
  }

  /// Moves a root by a share of 1/span towards that of a mean square, 2⁻⁴⁸.
  /// - Returns: its square, 2⁻⁵⁸.
  private static func follow(_ root: inout Root, _ meanSquare: UInt64, over span: UInt64) -> UInt64 {
    let shift = UInt64(2 * (Root.fractionBits - Mean.fractionBits))
    let (old, new) = (UInt64(root.raw) * UInt64(root.raw), meanSquare << shift)
    let square = new >= old ? old + (new - old) / span : old - (old - new) / span
    root = Root(raw: square.wholeSquareRoot)
    return square
  }
}
