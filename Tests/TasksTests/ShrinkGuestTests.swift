import TestSupport
import Testing
import Trace

@testable import Tasks

/// Logs of runs that may do anything, whose chips may begin in any state and lose their supplies at any moment.
@Suite("Reducing logs of any guest")
struct ShrinkGuestTests {
  private static let firstSeed: UInt64 = 1

  private static func steps(_ log: [UInt8]) throws -> LogSteps {
    let reader = try LogReader(log, file: "log")
    return try LogSteps(reader, from: try Replay(of: reader, file: "log"))
  }

  /// The whole log, a part of it, and one with the places of a binary.
  private static func logs(seed: UInt64) throws -> [[UInt8]] {
    let guest = AnyGuest(seed: seed)
    let symbols: ProgramSymbols = { $0 % 4 == 0 ? "main+\($0 & 0xff)" : nil }
    return [try guest.log(), try guest.log(guest.part), try guest.log(guest.part, symbols: symbols)]
  }

  /// Events of a log, `MBX0,started READ` without what differs from one to the next.
  private static func events(_ log: [UInt8]) -> Set<String> {
    let lines = String(decoding: log, as: UTF8.self).split(separator: "\n").filter { $0.contains(",chip,event,") }
    return Set(
      lines.map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        return "\(cells[5]),\(cells[6].split(separator: " ").prefix(2).joined(separator: " "))"
      })
  }

  @Test("A log of which nothing is left out is the same log, byte by byte")
  func all() throws {
    let count = UInt64(Trials.count(60, long: 10_000))
    var kinds: Set<String> = []
    for seed in Self.firstSeed..<Self.firstSeed + count {
      for log in try Self.logs(seed: seed) {
        let steps = try Self.steps(log)
        let isSame = steps.log(of: Array(0..<steps.count)) == Self.withoutComments(log)
        #expect(isSame, "seed \(seed)")
        guard isSame else { return }
        kinds.formUnion(Self.events(log))
      }
    }
    let needed = [
      "MBX,brown-out", "MBX,power off", "MBX0,settled", "MBX1,supply ANALOG=0", "MBX0,started READ",
      "MBX0,aborted READ", "MBX,error UNMAPPED", "MBX0,error WAIT", "FLASH,started ERASE", "FLASH,aborted ERASE",
    ]
    let missing = needed.filter { text in !kinds.contains { $0.hasPrefix(text) } }
    #expect(missing.isEmpty, "of \(count) seeds: \(missing) of \(kinds.sorted())")
  }

  /// Comments behind the head say how the run ended, and are not part of what happened.
  private static func withoutComments(_ log: [UInt8]) -> [UInt8] {
    var isHead = true
    return log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).filter { line in
      if line.starts(with: "cycle,".utf8) { isHead = false }
      return isHead || line.first != UInt8(ascii: "#")
    }.joined(separator: [UInt8(ascii: "\n")]).map { $0 }
  }

  @Test("Any steps of a log are a log that replays, and of which nothing more is lost")
  func subsets() throws {
    var random = SeededRandom(43)
    for seed in Self.firstSeed..<Self.firstSeed + UInt64(Trials.count(30, long: 3000)) {
      for log in try Self.logs(seed: seed) {
        let steps = try Self.steps(log)
        let share = random.next() % 100
        let part = steps.log(of: (0..<steps.count).filter { _ in random.next() % 100 < share })
        let difference = ReplayTests.difference(part)
        let again = try Self.steps(part)
        let isSame = again.log(of: Array(0..<again.count)) == part
        #expect(difference == nil && isSame, "seed \(seed), subsets by 43")
        guard difference == nil, isSame else { return }
      }
    }
  }

  @Test("What fails for an event keeps it, whatever it is, with what it takes and no more")
  func events() throws {
    var random = SeededRandom(47)
    for seed in Self.firstSeed..<Self.firstSeed + UInt64(Trials.count(8, long: 400)) {
      let log = try AnyGuest(seed: seed).log()
      let steps = try Self.steps(log)
      for event in Self.events(log).sorted() where event.contains("brown-out") || random.next() % 4 == 0 {
        func holds(_ places: [Int]) -> Bool { Self.events(steps.log(of: places)).contains(event) }
        var debugging = DeltaDebugging()
        let rest = debugging.minimum(of: steps.count, fails: holds)
        let isWhole = holds(rest) && ReplayTests.difference(steps.log(of: rest)) == nil
        #expect(isWhole, "seed \(seed), events by 47: \(event)")
        for place in rest { #expect(!holds(rest.filter { $0 != place }), "seed \(seed): \(event)") }
        if event == "MBX,brown-out" { #expect(rest.count == 1, "seed \(seed): \(rest)") }
      }
    }
  }
}
