import Tasks
import Testing
import Vectors

@Suite("Where two logs go on alike, and rounds of programming")
struct LogRoundTests {
  private static func found(
    _ one: [String], _ other: [String], _ analog: AnalogAgreement = .codes(2)
  ) throws -> [String] {
    try LogComparisonTests.differences(
      LogComparisonTests.log(one), LogComparisonTests.log(other, seed: analog == .exact ? 1 : 2)
    ) {
      $0.analog = analog
      $0.findsAll = true
    }.map(\.words)
  }

  @Test("Lines that one log has more are found up to 256 on, and those of both together as the fewest")
  func window() throws {
    let tail = Array(LogComparisonTests.drives.prefix(6))
    for more in [1, 2, 100, 253] {
      let extra = (0..<more).map { _ in "R 0x40010014 0" }
      let found = try Self.found(extra + tail, tail, .exact)
      #expect(found.count == more, "\(more)")
      #expect(found.allSatisfy { $0.contains("expected read MBX0.ERROR") }, "\(more)")
    }
  }

  @Test("Logs that never go on alike differ in every line, a line of each beside one of the other")
  func neverAlike() throws {
    for (one, other) in [(3, 3), (3, 5), (5, 3), (1, 0), (0, 1), (300, 300), (300, 310)] {
      let lines = (0..<one).map { _ in "R 0x40010014 0" }
      let others = (0..<other).map { _ in "R 0x40011000 0" }
      let found = try Self.found(lines, others, .exact)
      #expect(found.count == max(one, other), "\(one) \(other): \(found.count)")
    }
  }

  @Test("Rounds that end with pulses have no code that tells what they came to: other numbers of them are alike")
  func updates() throws {
    let round = ["W 0x40013000 100", "W 0x40010008 3", "R 0x40010010 48"]
    let behind = ["W 0x40011000 7"]
    func rounds(_ count: Int) -> [String] { (0..<count).flatMap { _ in round } }
    #expect(try Self.found(rounds(2) + behind, rounds(3) + behind).isEmpty)
    #expect(try Self.found(rounds(3) + behind, rounds(1) + behind).isEmpty)
    #expect(try !Self.found(rounds(2) + behind, rounds(3) + behind, .exact).isEmpty)
  }

  @Test("Rounds that end with a conversion in one log and with pulses in the other are told as what one has more")
  func otherEnds() throws {
    let round = ["W 0x40013000 100", "W 0x40010008 3", "R 0x40010010 48"]
    let read = ["W 0x40010008 49", "R 0x40010010 16", "R 0x40012000 5", "R 0x40012004 0"]
    let behind = ["W 0x40011000 7"]
    let more = try Self.found(round + read + behind, round + round + behind)
    #expect(more.count == 1 && more[0].hasSuffix("got nothing there"), "\(more)")
    let less = try Self.found(round + round + behind, round + read + behind)
    #expect(less.count == 1 && less[0].contains("expected nothing there"), "\(less)")
  }

  @Test("Lines of rounds in which nothing is programmed are no rounds: one more is told")
  func readsAlone() throws {
    let read = ["W 0x40010008 49", "R 0x40010010 16", "R 0x40012000 5", "R 0x40012004 0"]
    let behind = ["W 0x40011000 7", "W 0x40011004 8", "W 0x40011008 9"]
    #expect(try Self.found(read + behind, read + behind).isEmpty)
    #expect(try Self.found(read + read + behind, read + behind).count == 4)
    #expect(try Self.found(read + behind, read + read + behind).count == 4)
  }

  @Test("What rounds come to is read by columns as by word lines: its last conversion, forward or transposed")
  func transposed() throws {
    let round = ["W 0x40013000 100", "W 0x40010008 3", "R 0x40010010 48"]
    func rounds(_ count: Int, _ code: Int) -> [String] {
      (0..<count).flatMap { _ in round }
        + ["W 0x40010008 50", "R 0x40010010 16", "R 0x40012000 \(code)", "R 0x40012004 0", "W 0x40011000 7"]
    }
    #expect(try Self.found(rounds(1, 500), rounds(2, 502)).isEmpty)
    let off = try Self.found(rounds(1, 500), rounds(2, 503))
    #expect(off.count == 1 && off[0].contains("MBX0.SENSE[0]"), "\(off)")
  }
}
