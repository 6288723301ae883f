extension ByteText {
  /// An exact decimal number as C's `%g` writes it: plain from 0.0001 on, with an exponent below.
  /// - Parameters:
  ///   - number: counted in units of its last decimal place.
  ///   - places: how many places are behind its point, 0 … 18.
  mutating func append(real number: Int64, places: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var (digits, places) = (number.magnitude, places)
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    let count = Self.powersOfTen.dropFirst().firstIndex { digits < $0 } ?? Self.powersOfTen.count
    let exponent = count - 1 - places
    if exponent < -4 {
      append(digits, places: count - 1)
      append("e-")
      append(-exponent, digits: 2)
    } else {
      append(digits, places: places)
    }
  }

  private mutating func append(_ digits: UInt64, places: Int) {
    let (whole, rest) = digits.quotientAndRemainder(dividingBy: Self.powersOfTen[places])
    append(decimal: whole)
    guard places > 0 else { return }
    append(UInt8(ascii: "."))
    append(rest, digits: places)
  }

  /// With zeros in front.
  private mutating func append(_ number: some BinaryInteger, digits: Int) {
    for place in (0..<digits).reversed() {
      append(UInt8(ascii: "0") + UInt8(UInt64(number) / Self.powersOfTen[place] % 10))
    }
  }

  /// 1 … 10¹⁹.
  private static let powersOfTen = (1..<20).reduce(into: [1 as UInt64]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }
}
