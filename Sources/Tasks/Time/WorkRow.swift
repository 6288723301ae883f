/// A number for each kind of a controller's work: how often, or cycles for one.
package struct WorkRow: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// By kind, four at a time, and zeros.
  private var fours = InlineArray<8, SIMD4<Double>>(repeating: .zero)

  init() {}

  /// Kinds that are not given are 0.
  package init(dictionaryLiteral given: (ControllerWork.Kind, Double)...) {
    for (kind, number) in given { self[kind] = number }
  }

  package subscript(_ kind: ControllerWork.Kind) -> Double {
    get { fours[kind.rawValue / 4][kind.rawValue % 4] }
    set { fours[kind.rawValue / 4][kind.rawValue % 4] = newValue }
  }

  static func + (left: WorkRow, right: WorkRow) -> WorkRow {
    var sum = left
    for place in sum.fours.indices { sum.fours[place] += right.fours[place] }
    return sum
  }

  /// The sum over all kinds.
  static func * (left: WorkRow, right: WorkRow) -> Double {
    var sum = SIMD4<Double>.zero
    for place in left.fours.indices { sum += left.fours[place] * right.fours[place] }
    return sum.sum()
  }

  package static func == (left: WorkRow, right: WorkRow) -> Bool {
    left.fours.indices.allSatisfy { left.fours[$0] == right.fours[$0] }
  }
}

/// The account of a controller's time, with the row of the family that it was asked for last: most requests are as the one before.
package struct ControllerAccount: Sendable {
  private var family: ControllerWork.Family?
  private var row = WorkRow()

  /// Nothing asked for yet.
  package init() {}

  /// Whole cycles of the controller for a request.
  package mutating func cycles(of work: ControllerWork) -> UInt64 {
    if family != work.family { (family, row) = (work.family, ControllerCosts.perUnit(of: work.family)) }
    return UInt64(work.cycles(by: row).rounded())
  }
}
