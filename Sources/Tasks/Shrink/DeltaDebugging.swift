/// The fewest parts of a whole that still fail: ddmin (Zeller and Hildebrandt, Simplifying and isolating failure-inducing
/// input, IEEE Transactions on Software Engineering 28, 2002).
///
/// The result is 1-minimal: without any one of its parts it does not fail. The same whole and the same test give the same
/// result in the same runs.
package struct DeltaDebugging {
  /// Tests that were made.
  package private(set) var runs = 0
  /// What is left of the whole; also of a search that was ended in its middle, which has not come to the fewest.
  package private(set) var rest: [Int] = []
  private var known: [[Int]: Bool] = [:]
  /// Parts that there is room for in the sets that are remembered: 32 MB.
  private var room = 1 << 22

  package init() {}

  /// - Parameters:
  ///   - count: parts, 0 ..< count; together they fail.
  ///   - fails: whether some parts, in order, fail.
  package mutating func minimum<Problem: Error>(
    of count: Int, fails: ([Int]) throws(Problem) -> Bool
  ) throws(Problem) -> [Int] {
    rest = Array(0..<count)
    var pieces = 2
    while rest.count >= 2 {
      pieces = min(pieces, rest.count)
      if let (smaller, next) = try reduced(rest, pieces, fails) {
        (rest, pieces) = (smaller, next)
      } else if pieces < rest.count {
        pieces *= 2
      } else {
        break
      }
    }
    if rest.count == 1, try test([], fails) { rest = [] }
    return rest
  }

  /// One piece that fails by itself, or all but one that do, and in how many pieces to go on.
  private mutating func reduced<Problem: Error>(
    _ parts: [Int], _ pieces: Int, _ fails: ([Int]) throws(Problem) -> Bool
  ) throws(Problem) -> ([Int], Int)? {
    let ranges = (0..<pieces).map { piece in
      parts.count * piece / pieces..<parts.count * (piece + 1) / pieces
    }
    for range in ranges {
      let piece = Array(parts[range])
      if try test(piece, fails) { return (piece, 2) }
    }
    guard pieces > 2 else { return nil }
    for range in ranges {
      let rest = Array(parts[..<range.lowerBound] + parts[range.upperBound...])
      if try test(rest, fails) { return (rest, max(pieces - 1, 2)) }
    }
    return nil
  }

  private mutating func test<Problem: Error>(
    _ parts: [Int], _ fails: ([Int]) throws(Problem) -> Bool
  ) throws(Problem) -> Bool {
    if let answer = known[parts] { return answer }
    runs += 1
    let answer = try fails(parts)
    if parts.count < room {
      known[parts] = answer
      room -= parts.count + 1
    }
    return answer
  }
}
