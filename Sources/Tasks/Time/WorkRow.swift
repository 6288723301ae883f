/// A number for each kind of a controller's work: how often, or cycles for one.
package struct WorkRow: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// By kind, and zeros.
  private var numbers = SIMD32<Double>()

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
    sum.numbers += right.numbers
    return sum
  }

  /// The sum over all kinds.
  static func * (left: WorkRow, right: WorkRow) -> Double { (left.numbers * right.numbers).sum() }
}
