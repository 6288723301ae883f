import FixedPoint

/// The way in and out of the formats for real numbers, which no firmware has.
extension Fixed {
  /// The nearest number of the format, saturated.
  init(_ value: Double) {
    self.init(raw: Raw(clamping: Int((value * Double(Int64(1) << Int64(fractionBits))).rounded())))
  }
}

extension Double {
  init<Raw, let bits: Int>(_ number: Fixed<Raw, bits>) { self = Double(number.raw) / Double(Int64(1) << Int64(bits)) }
}
