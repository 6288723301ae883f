import TestSupport
import Testing

@testable import Tasks

@Suite("Linear equations")
struct LinearEquationsTests {
  @Test("The solution of a symmetric system gives its right side again; what is not definite has none")
  func solution() throws {
    var random = SeededRandom(3)
    for count in 1...6 {
      let factor = (0...count).map { _ in (0..<count).map { _ in Double.random(in: -1...1, using: &random) } }
      let matrix = (0..<count).map { row in
        (0..<count).map { column in factor.reduce(0) { $0 + $1[row] * $1[column] } }
      }
      let wanted = (0..<count).map { _ in Double.random(in: -9...9, using: &random) }
      let rows = matrix.map { row in row + [zip(row, wanted).reduce(0) { $0 + $1.0 * $1.1 }] }
      let solution = try #require(LinearEquations.solution(ofSymmetric: rows))
      for (one, other) in zip(solution, wanted) { #expect(abs(one - other) < 1e-6, "\(count), seed 3") }
      // What is before the diagonal is not looked at.
      let upper = rows.enumerated().map { number, row in row.enumerated().map { $0 < number ? .nan : $1 } }
      #expect(LinearEquations.solution(ofSymmetric: upper) == solution)
    }
    for rows in [[[0.0, 1]], [[-1.0, 1]], [[1, 1, 1], [1, 1, 1]], [[1, 2, 0], [2, 1, 0]]] {
      #expect(LinearEquations.solution(ofSymmetric: rows) == nil)
    }
  }
}
