import Files
import Registers
import Tasks
import Trace

// Finding the place again where two logs go on alike.
extension LogComparison {
  /// Lines that are looked ahead, in each log.
  private static let window = 256
  /// Lines in a row that have to be of the same steps.
  private static let enough = 3
  /// Lines of rounds that are taken together at most.
  private static let longestRounds = 1 << 18

  /// How many lines of each log have to be passed over until both go on alike: the fewest, of both together.
  mutating func distance() throws(InputError) -> (expected: Int, got: Int) {
    var (one, other): ([LineKey], [LineKey]) = ([], [])
    while one.count < Self.window, let line = try expected.peek(one.count) { one.append(key(line)) }
    while other.count < Self.window, let line = try got.peek(other.count) { other.append(key(line)) }
    for sum in 0...one.count + other.count {
      // First where as many differ in both.
      for place in 0...sum {
        let first = place & 1 == 0 ? sum / 2 - place / 2 : sum / 2 + (place + 1) / 2
        let second = sum - first
        guard first >= 0, second >= 0, first <= one.count, second <= other.count else { continue }
        if goesOn(one[first...], other[second...]) { return (first, second) }
      }
    }
    return (one.count, other.count)
  }

  /// Whether enough steps are the same, or all there are up to the end of both.
  private func goesOn(_ one: ArraySlice<LineKey>, _ other: ArraySlice<LineKey>) -> Bool {
    if one.isEmpty || other.isEmpty { return one.isEmpty && other.isEmpty && one.endIndex < Self.window }
    return zip(one.prefix(Self.enough), other.prefix(Self.enough)).allSatisfy { $0 == $1 }
  }

  /// Takes all lines from here on that may be rounds of pulses and reads, of both logs. Where they are of the same steps
  /// they are compared line by line; where programming took other rounds, by what it came to.
  /// - Returns: false, with nothing taken, where neither programs anything.
  mutating func stepRounds() throws(InputError) -> Bool {
    var counts = (expected: 0, got: 0)
    var programs = false
    var isSame = true
    while counts.expected < Self.longestRounds, let line = try expected.peek(counts.expected), line.isOfRounds {
      programs = programs || line.start?.operation == .programRow
      counts.expected += 1
    }
    while counts.got < Self.longestRounds, let line = try got.peek(counts.got), line.isOfRounds {
      programs = programs || line.start?.operation == .programRow
      if isSame, counts.got < counts.expected, let one = try expected.peek(counts.got) {
        isSame = key(one) == key(line)
      }
      counts.got += 1
    }
    guard counts != (1, 1) else { return false }
    if isSame, counts.expected == counts.got {
      for _ in 0..<counts.expected {
        if let line = try expected.next(), let other = try got.next() { compare(line, other) }
      }
      return true
    }
    guard programs else { return false }
    var (one, other): ([LogLine], [LogLine]) = ([], [])
    for _ in 0..<counts.expected { if let line = try expected.next() { one.append(line) } }
    for _ in 0..<counts.got { if let line = try got.next() { other.append(line) } }
    compareRounds(one, other)
    return true
  }

  /// What rounds of programming came to: the codes of their last conversions, read alike.
  private mutating func compareRounds(_ one: [LogLine], _ other: [LogLine]) {
    otherRounds += 1
    let (first, second) = (Self.lastConversion(one), Self.lastConversion(other))
    for line in one[..<first] { if case .access(let access, _) = line.body { judge?.pass(expected: access) } }
    for line in other[..<second] { if case .access(let access, _) = line.body { judge?.pass(got: access) } }
    let (last, otherLast) = (Array(one[first...]), Array(other[second...]))
    guard last.count == otherLast.count, zip(last, otherLast).allSatisfy({ key($0) == key($1) }) else {
      // Of rounds that end with pulses, as updates do, no code tells what they came to.
      guard first == one.count, second == other.count else {
        return tellUnequal(last.first, otherLast.first)
      }
      return
    }
    for (line, other) in zip(last, otherLast) { compare(line, other) }
  }

  /// Where the last start of a conversion is, if no pulses come behind it; else the end.
  private static func lastConversion(_ lines: [LogLine]) -> Int {
    guard let place = lines.lastIndex(where: { $0.start != nil }),
      let operation = lines[place].start?.operation, operation == .read || operation == .readTransposed
    else { return lines.count }
    return place
  }
}
