/// How a read sees a conductance: a 15-bit code, in which the device's range and a quarter of it more fit.
public enum ConductanceCode {
  /// The largest code, 2¹⁵ − 1.
  public static let largest: Int64 = 32_767
  /// Full scale over the device's highest conductance, as a fraction.
  public static let fullScale: (numerator: Int64, denominator: Int64) = (5, 4)

  /// Picosiemens in one step: `⌈highest · 5/4 / 32 767⌉`.
  public static func step(highest picosiemens: Int64) -> Int64 {
    let steps = fullScale.denominator * largest
    return (picosiemens * fullScale.numerator + steps - 1) / steps
  }
}
