import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("Reducing a log")
struct ShrinkTests {
  @Test("Of a hundred parts two that fail together are found, and nothing else, in the same runs every time")
  func pairs() {
    func minimum() -> ([Int], Int) {
      var debugging = DeltaDebugging()
      let rest = debugging.minimum(of: 100) { (parts: [Int]) in parts.contains(3) && parts.contains(77) }
      return (rest, debugging.runs)
    }
    let (rest, runs) = minimum()
    #expect(rest == [3, 77])
    #expect(runs < 200)
    #expect(minimum() == (rest, runs))
  }

  @Test("What fails always needs nothing; what needs all keeps all; a minimum has no part that can be left out")
  func edges() {
    var debugging = DeltaDebugging()
    #expect(debugging.minimum(of: 9) { (_: [Int]) in true }.isEmpty)
    #expect(DeltaDebugging().runs == 0)
    var whole = DeltaDebugging()
    #expect(whole.minimum(of: 9) { (parts: [Int]) in parts.count == 9 } == Array(0..<9))
    var random = SeededRandom(31)
    for _ in 0..<Trials.count(20, long: 500) {
      let needed = Set((0..<3).map { _ in Int(random.next() % 40) })
      let others = Set((0..<2).map { _ in Int(random.next() % 40) })
      func fails(_ parts: [Int]) -> Bool { needed.isSubset(of: parts) || others.isSubset(of: parts) }
      var debugging = DeltaDebugging()
      let rest = debugging.minimum(of: 40, fails: fails)
      #expect(fails(rest))
      for part in rest { #expect(!fails(rest.filter { $0 != part })) }
    }
  }

  private static func replay(_ text: [UInt8]) throws -> [Replay.Difference] {
    var reader = try LogReader(text, file: "log")
    var replay = try Replay(of: reader, file: "log")
    return try Shadow.differences(ofChipIn: &reader, &replay)
  }

  private static func steps(_ text: String) throws -> LogSteps {
    let reader = try LogReader(Array(text.utf8), file: "log")
    return try LogSteps(reader, from: try Replay(of: reader, file: "log"))
  }

  @Test("All steps are the log again; any of them are a log that replays")
  func subsets() throws {
    let text = try CaptureBench.log(of: try CaptureBench.chip()).text
    let steps = try Self.steps(text)
    #expect(String(decoding: steps.log(of: Array(0..<steps.count)), as: UTF8.self) == text)
    var random = SeededRandom(37)
    print("steps by the seed 37")
    for _ in 0..<Trials.count(3, long: 300) {
      let share = random.next() % 100
      let log = steps.log(of: (0..<steps.count).filter { _ in random.next() % 100 < share })
      let found = try Self.replay(log)
      #expect(found.isEmpty, "\(found.prefix(2))")
    }
  }

  @Test("A value that the chip did not read stays in every log that has its access")
  func kept() throws {
    let lines = try CaptureBench.log(of: try CaptureBench.chip()).text.split(separator: "\n").map(String.init)
    let place = try #require(lines.lastIndex { $0.contains(",MBX0.SENSE[1]") })
    var altered = lines
    altered[place] = altered[place].prefix { $0 != "," } + ",firmware,read,0x40012004,0x7fff7fff,,"
    let steps = try Self.steps(altered.joined(separator: "\n") + "\n")
    var debugging = DeltaDebugging()
    let rest = try debugging.minimum(of: steps.count) { (places: [Int]) throws(any Error) in
      try !Self.replay(steps.log(of: places)).isEmpty
    }
    #expect(rest.count == 1)
    #expect(String(decoding: steps.log(of: rest), as: UTF8.self).contains("0x7fff7fff"))
  }
}
