/// A decimal number as it is written, times a power of ten: read exactly, or rounded once.
struct WrittenNumber {
  private let isNegative: Bool
  /// Without sign and point, up to 36 digits.
  private let digits: Substring
  /// Of ten, for the last digit.
  private var exponent: Int

  /// Digits with an optional sign, point and exponent, and then a suffix of the unit.
  init?(_ text: some StringProtocol, unit: PropertyUnit) {
    var rest = Substring(text)
    isNegative = rest.first == "-"
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    func digits() -> Substring {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest.removeFirst(digits.count)
      return digits
    }
    let whole = digits()
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = digits()
    }
    guard !(whole.isEmpty && fraction.isEmpty), whole.count + fraction.count <= 36 else { return nil }
    self.digits = whole + fraction
    var power = 0
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      let sign = rest.first == "-" ? -1 : 1
      if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
      guard let written = Int(digits()), written <= 400 else { return nil }
      power = sign * written
    }
    guard let scale = unit.exponent(of: rest) else { return nil }
    exponent = power + scale - fraction.count
  }

  /// Times a power of ten.
  func shifted(by power: Int) -> WrittenNumber {
    var number = self
    number.exponent += power
    return number
  }

  /// The nearest one; nil beyond the largest.
  var real: Double? {
    guard let magnitude = Double("\(digits)e\(exponent)"), magnitude.isFinite else { return nil }
    return isNegative && magnitude != 0 ? -magnitude : magnitude
  }

  /// Exactly; nil for a fraction or one beyond 36 digits.
  var whole: Int128? {
    guard var magnitude = Int128(digits) else { return nil }
    guard magnitude != 0 else { return 0 }
    guard abs(exponent) <= 36 else { return nil }
    for _ in 0..<abs(exponent) {
      if exponent > 0 {
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        magnitude = product
      } else {
        guard magnitude % 10 == 0 else { return nil }
        magnitude /= 10
      }
    }
    return isNegative ? -magnitude : magnitude
  }
}
