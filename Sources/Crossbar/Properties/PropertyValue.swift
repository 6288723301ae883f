/// What a property is: exactly.
public enum PropertyValue: Sendable, Hashable, CustomStringConvertible {
  /// A number without a fraction, in the unit of its property.
  case whole(Int128)
  /// A number in the unit of its property; of a share the fraction of 1.
  case real(Double)
  /// One of a few names, or a word that begins with one.
  case name(String)

  /// The one way of writing it in texts, without a unit.
  public var description: String {
    switch self {
    case .whole(let number): "\(number)"
    case .real(let number): "\(number == 0 ? 0 : number)"
    case .name(let name): name
    }
  }

  /// As a place on an axis; a name has none.
  public var number: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .real(let number): number
    case .name: nil
    }
  }

  /// - Precondition: it is a number without a fraction.
  var whole: Int128 {
    guard case .whole(let number) = self else { preconditionFailure("\(self) is no whole number") }
    return number
  }

  /// - Precondition: it is a number.
  var real: Double {
    guard let number else { preconditionFailure("\(self) is no number") }
    return number
  }

  /// Without needless zeros: times a power of ten, with no more digits than it has. Reads back as the same bits.
  func shortest(times power: Int = 0) -> String {
    if case .whole = self, power == 0 { return description }
    let text = WrittenNumber(description, unit: .share)?.shifted(by: power).real.map { "\($0)" } ?? description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// What a property may be.
public enum PropertyRange: Sendable, Equatable {
  /// Numbers without a fraction, both ends allowed.
  case whole(ClosedRange<Int128>)
  /// Numbers, both ends allowed.
  case real(ClosedRange<Double>)
  /// One of these names, placed on an axis in this order.
  case names([String])
  /// One of some words, or one with more behind a colon, which whoever keeps it looks at.
  case words([String])

  var isOfNames: Bool {
    switch self {
    case .names, .words: true
    case .whole, .real: false
    }
  }

  /// A value as it is kept, or nil for one that is out of range. A whole number is a real one too, and a real one
  /// without a fraction a whole one.
  func clean(_ value: PropertyValue) -> PropertyValue? {
    switch (self, value) {
    case (.whole(let range), .whole(let number)): range.contains(number) ? value : nil
    case (.whole(let range), .real(let number)):
      Int128(exactly: number).flatMap { range.contains($0) ? .whole($0) : nil }
    case (.real(let range), .real(let number)): range.contains(number) ? .real(number == 0 ? 0 : number) : nil
    case (.real(let range), .whole(let number)):
      range.contains(Double(number)) ? .real(Double(number)) : nil
    case (.names(let names), .name(let name)): names.contains(name) ? value : nil
    case (.words(let words), .name(let text)): words.contains { text == $0 || text.hasPrefix("\($0):") } ? value : nil
    case (.whole, .name), (.real, .name), (.names, _), (.words, _): nil
    }
  }
}
