/// A number for each kind of a controller's work: how often, or cycles for one.
package struct WorkRow: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// By kind, and zeros.
  private var numbers = InlineArray<40, Double>(repeating: 0)

  init() {}

  /// Kinds that are not given are 0.
  package init(dictionaryLiteral given: (ControllerWork.Kind, Double)...) {
    for (kind, number) in given { self[kind] = number }
  }

  package subscript(_ kind: ControllerWork.Kind) -> Double {
    get { numbers[kind.rawValue] }
    set { numbers[kind.rawValue] = newValue }
  }

  static func + (left: WorkRow, right: WorkRow) -> WorkRow {
    var sum = left
    for kind in sum.numbers.indices { sum.numbers[kind] += right.numbers[kind] }
    return sum
  }

  /// The sum over all kinds.
  static func * (left: WorkRow, right: WorkRow) -> Double {
    left.numbers.indices.reduce(0) { $0 + left.numbers[$1] * right.numbers[$1] }
  }

  package static func == (left: WorkRow, right: WorkRow) -> Bool {
    left.numbers.indices.allSatisfy { left.numbers[$0] == right.numbers[$0] }
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
