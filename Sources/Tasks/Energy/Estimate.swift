/// A positive quantity that is known between two ends, in some unit.
///
/// Sums and products are those of the lows, of the nominals and of the highs: the ends of a sum are those of all its terms
/// at once, wider than any interval of confidence.
public struct Estimate: Sendable, Equatable, Codable {
  /// The lower end.
  public var low: Double
  /// What is taken where one number is asked for.
  public var nominal: Double
  /// The upper end.
  public var high: Double

  /// - Precondition: 0 ≤ low ≤ nominal ≤ high.
  public init(_ low: Double, _ nominal: Double, _ high: Double) {
    precondition(0 <= low && low <= nominal && nominal <= high, "a band rises")
    self.low = low
    self.nominal = nominal
    self.high = high
  }

  /// A number without a band.
  public init(_ value: Double) { self.init(value, value, value) }

  /// From a nominal value divided by `below` to one times `above`, both 1 or more.
  public init(_ nominal: Double, dividedBy below: Double, times above: Double) {
    self.init(nominal / below, nominal, nominal * above)
  }

  /// Nothing.
  public static let zero = Estimate(0)

  /// Whether the three are one.
  public var isPoint: Bool { low == high }

  /// Both.
  public static func + (left: Estimate, right: Estimate) -> Estimate {
    Estimate(left.low + right.low, left.nominal + right.nominal, left.high + right.high)
  }

  /// End by end.
  public static func * (left: Estimate, right: Estimate) -> Estimate {
    Estimate(left.low * right.low, left.nominal * right.nominal, left.high * right.high)
  }

  /// So many of it; not negative.
  public static func * (band: Estimate, count: Double) -> Estimate {
    Estimate(band.low * count, band.nominal * count, band.high * count)
  }

  /// A share of it.
  public static func / (band: Estimate, count: Double) -> Estimate {
    Estimate(band.low / count, band.nominal / count, band.high / count)
  }

  /// One over it: the lower end becomes the upper one.
  /// - Precondition: none of it is zero.
  public var inverse: Estimate { Estimate(1 / high, 1 / nominal, 1 / low) }

  /// It less what is in it already, nothing where that is more.
  public static func - (band: Estimate, known: Double) -> Estimate {
    Estimate(max(0, band.low - known), max(0, band.nominal - known), max(0, band.high - known))
  }
}
