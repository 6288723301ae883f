import Files

/// A case of a pure function: what goes in, what has to come out.
protocol ValueVector: Sendable {
  init(_ given: inout Members, _ expect: inout Members) throws(InputError)

  /// The first place where the product answers something else, in words; nil when there is none.
  func difference() -> String?
}

extension ValueVector {
  /// - Parameter what: a number's name in the message, given its place.
  static func difference<Value: Equatable>(
    _ expected: [Value], _ got: [Value], _ what: (Int) -> String
  ) -> String? {
    guard let place = expected.indices.first(where: { expected[$0] != got[$0] }) else { return nil }
    return "\(what(place)): expected \(expected[place]), got \(got[place])"
  }
}

extension Node {
  /// A list with as many numbers as another.
  func integers<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max, count: Int
  ) throws(InputError) -> [Number] {
    let numbers = try integers(in: range)
    guard numbers.count == count else { throw error("expected \(count) numbers, found \(numbers.count)") }
    return numbers
  }
}
