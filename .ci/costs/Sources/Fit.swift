/// Least squares with coefficients that are not negative: Lawson, Hanson, "Solving Least Squares Problems", chapter 23, on the
/// normal equations.
struct Fit {
  private let size: Int
  private var matrix: [[Double]]
  private var right: [Double]

  /// Of so many coefficients.
  init(_ size: Int) {
    self.size = size
    matrix = Array(repeating: Array(repeating: 0, count: size), count: size)
    right = Array(repeating: 0, count: size)
  }

  /// Adds an observation: so many of each took some cycles together.
  mutating func add(_ counts: [Double], cycles: Double, weight: Double) {
    for one in 0..<size where counts[one] != 0 {
      for other in 0..<size { matrix[one][other] += weight * counts[one] * counts[other] }
      right[one] += weight * counts[one] * cycles
    }
  }

  /// Cycles for one of each; 0 for what did not occur, or brings nothing.
  var coefficients: [Double] {
    var (found, used) = (Array(repeating: 0.0, count: size), Set<Int>())
    // Each round adds the one that brings most, by its own scale, until none brings anything.
    for _ in 0..<4 * size {
      let slopes = (0..<size).map { one in
        matrix[one][one] > 0
          ? (right[one] - zip(matrix[one], found).reduce(0) { $0 + $1.0 * $1.1 }) / matrix[one][one].squareRoot() : 0
      }
      let free = (0..<size).filter { !used.contains($0) }
      guard let next = free.max(by: { slopes[$0] < slopes[$1] }), slopes[next] > 1e-7 else { break }
      used.insert(next)
      move(&found, &used)
    }
    return found
  }

  /// To the least squares over the kinds in use; those that would become negative go out of use on the way.
  private func move(_ found: inout [Double], _ used: inout Set<Int>) {
    while true {
      let target = solved(over: used.sorted())
      let falling = used.filter { target[$0] <= 0 }
      guard !falling.isEmpty else { return found = target }
      let share = falling.map { found[$0] / (found[$0] - target[$0]) }.min() ?? 0
      for one in used { found[one] += share * (target[one] - found[one]) }
      for one in falling where found[one] <= 1e-12 {
        found[one] = 0
        used.remove(one)
      }
      if used.isEmpty { return }
    }
  }

  /// By elimination, each in its own scale; a trace is added to the diagonal for those that always come together.
  private func solved(over places: [Int]) -> [Double] {
    let scales = places.map { matrix[$0][$0].squareRoot() }
    var rows = places.indices.map { one in
      places.indices.map { matrix[places[one]][places[$0]] / scales[one] / scales[$0] + (one == $0 ? 1e-9 : 0) }
        + [right[places[one]] / scales[one]]
    }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let share = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot..<rows[row].count { rows[row][column] -= share * rows[pivot][column] }
      }
    }
    var solution = Array(repeating: 0.0, count: size)
    for (row, place) in places.enumerated() {
      solution[place] = rows[row][places.count] / rows[row][row] / scales[row]
    }
    return solution
  }
}
