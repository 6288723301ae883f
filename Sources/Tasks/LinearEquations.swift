/// Linear equations, from + − × ÷ in a fixed order, so that every machine has the same bits.
enum LinearEquations {
  /// What is left of a row that the rows before it decide, against what it was.
  private static var leastPivot: Double { 1e-10 }

  /// The solution of Sx = b by elimination, S symmetric and positive definite.
  /// - Parameter rows: of S from the diagonal on, what is before it is not looked at, and b behind its last column.
  /// - Returns: nil where S is not definite.
  static func solution(ofSymmetric rows: [[Double]]) -> [Double]? {
    var rows = rows
    let count = rows.count
    let diagonal = rows.indices.map { rows[$0][$0] }
    for pivot in 0..<count {
      guard rows[pivot][pivot] > leastPivot * diagonal[pivot] else { return nil }
      for row in pivot + 1..<count {
        let factor = rows[pivot][row] / rows[pivot][pivot]
        for column in row...count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    var solution = Array(repeating: 0.0, count: count)
    for row in (0..<count).reversed() {
      var rest = rows[row][count]
      for column in row + 1..<count { rest -= rows[row][column] * solution[column] }
      solution[row] = rest / rows[row][row]
    }
    return solution
  }
}
