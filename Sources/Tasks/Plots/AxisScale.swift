/// One axis: the numbers it covers, its ticks, and where a number is in pixels.
struct AxisScale {
  let range: ClosedRange<Double>
  let ticks: [Double]
  /// The power of ten that labels leave out; the axis title tells it.
  let exponent: Int
  private let decimals: Int
  private let unit: Double
  /// Pixels of both ends of the range.
  var pixels: (from: Double, to: Double) = (0, 1)

  /// - Parameters:
  ///   - values: all that must be on the axis.
  ///   - isWidened: whether the range ends at ticks, else at the values with a little room.
  init(_ values: some Sequence<Double>, count: Int = 5, isWidened: Bool, within fixed: ClosedRange<Double>? = nil) {
    let finite = values.filter(\.isFinite)
    var low = fixed?.lowerBound ?? finite.min() ?? 0
    var high = fixed?.upperBound ?? finite.max() ?? 1
    if high <= low {
      let room = low == 0 ? 1 : low.magnitude * 0.1
      (low, high) = (low - room, low + room)
    }
    let step = Self.niceStep((high - low) / Double(count))
    if fixed == nil {
      let room = (high - low) * 0.03
      low = isWidened ? (low / step + 1e-9).rounded(.down) * step : low - room
      high = isWidened ? (high / step - 1e-9).rounded(.up) * step : high + room
    }
    range = low...high
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    exponent = Self.exponent(max(low.magnitude, high.magnitude))
    unit = Self.power(exponent)
    var decimals = 0
    var scaled = step / unit
    while decimals < 6 && (scaled - scaled.rounded()).magnitude > 1e-6 {
      decimals += 1
      scaled *= 10
    }
    self.decimals = decimals
  }

  /// 1, 2 or 5 times a power of ten, not below `least`.
  static func niceStep(_ least: Double) -> Double {
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    return power * ([1, 2, 5].first { power * $0 >= least * (1 - 1e-9) } ?? 10)
  }

  /// 0 for numbers from a thousandth to below a million, else a multiple of 3.
  private static func exponent(_ largest: Double) -> Int {
    guard largest > 0, largest < 1e-3 || largest >= 1e6 else { return 0 }
    var exponent = 0
    var scaled = largest
    while scaled >= 1000 { (scaled, exponent) = (scaled / 1000, exponent + 3) }
    while scaled < 1 && exponent > -300 { (scaled, exponent) = (scaled * 1000, exponent - 3) }
    return exponent
  }

  private static func power(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power = exponent > 0 ? power * 10 : power / 10 }
    return power
  }

  func pixel(_ value: Double) -> Double {
    pixels.from + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (pixels.to - pixels.from)
  }

  /// As a label: a true minus, and groups of three on an axis with five digits or more.
  func label(_ tick: Double) -> String {
    let text = DecimalText.fixed(tick / unit, decimals: decimals)
    let digits = text.drop { $0 == "-" }
    var whole = String(digits.prefix { $0 != "." })
    let fraction = digits.dropFirst(whole.count)
    if max(range.lowerBound.magnitude, range.upperBound.magnitude) / unit >= 10_000 {
      for place in stride(from: whole.count - 3, to: 0, by: -3) {
        whole.insert("\u{2009}", at: whole.index(whole.startIndex, offsetBy: place))
      }
    }
    return (text.hasPrefix("-") ? "\u{2212}" : "") + whole + fraction
  }

  /// Pixels that the widest label takes.
  var labelWidth: Double { ticks.map { SVG.width(of: label($0)) }.max() ?? 0 }

  /// The title with the power of ten that labels leave out, before the unit: `energy (10⁻⁹ J)`.
  func title(_ text: String) -> String {
    guard exponent != 0 else { return text }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let power =
      "10" + (exponent < 0 ? "⁻" : "")
      + String("\(exponent.magnitude)".compactMap(\.wholeNumberValue).map { digits[$0] })
    guard text.hasSuffix(")"), let unit = text.lastIndex(of: "(") else { return "\(text) (\(power))" }
    return "\(text[...unit])\(power) \(text[text.index(after: unit)...])"
  }
}
