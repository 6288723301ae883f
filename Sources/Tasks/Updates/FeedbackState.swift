import Firmware
import FixedPoint

/// What the controller keeps of error feedback, as `exportState` sends it.
struct FeedbackState {
  private(set) var words: [UInt32]
  let shape: NetworkShape

  init(_ words: [UInt32], of shape: NetworkShape) {
    self.words = words
    self.shape = shape
  }

  /// Behind debts and means of a layer: updates, writes, write error.
  private static let rest = 3

  private func first(_ layer: Layer) -> Int {
    guard layer == .dense else { return 0 }
    return shape.lstm.cells + shape.lstm.rows + shape.lstm.columns + Self.rest
  }

  private func debts(_ layer: Layer) -> Range<Int> { first(layer)..<first(layer) + shape[layer].cells }

  /// What each weight of a layer is owed, row-major, shares of the window.
  func owed(_ layer: Layer) -> [Double] { words[debts(layer)].map { Double(CellDebt(word: $0).residual) } }

  /// Sizes of the gradients of rows and columns, ρ and κ of `FactoredMeans`, in a unit of their own.
  func means(_ layer: Layer) -> (rows: [Double], columns: [Double]) {
    let begin = debts(layer).upperBound
    let middle = begin + shape[layer].rows
    return (words[begin..<middle].map { Double($0) }, words[middle..<middle + shape[layer].columns].map { Double($0) })
  }

  /// The same with nothing owed.
  var withoutDebts: FeedbackState {
    var state = self
    for layer in Layer.allCases {
      for place in debts(layer) { state.words[place] = CellDebt.none.word }
    }
    return state
  }
}
