import Board
import Registers
import TestSupport
import Testing
import Trace

@testable import RV32
@testable import Tasks

/// A `Hart` is all that there is of one: with its RAM and its board it goes on as if it had never stopped.
@Suite("Saved harts")
struct SavedHartTests {
  /// What is seen of a hart that goes on.
  private struct Course: Equatable {
    let reasons: [StopReason]
    let seen: [UInt64]
    let log: [LogEntry]
    let ram: [UInt8]

    init(_ hart: inout WanderingHart) throws {
      for _ in 0..<12 { try hart.step() }
      (reasons, seen, log, ram) = (hart.reasons, hart.board.seen, hart.board.machine.log.entries, hart.ram)
    }

    func difference(_ other: Course) -> String {
      if let place = zip(reasons, other.reasons).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
        return "run \(place.offset) ends with \(place.element.0), again \(place.element.1)"
      }
      if let place = zip(log, other.log).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
        return "entry \(place.offset): \(place.element.0), again \(place.element.1)"
      }
      return "RAM or what is seen is another"
    }
  }

  /// The board comes back from the bytes of a file, RAM from its own, and the hart is the value that it was.
  @Test("A hart put back with its RAM and its board goes on as one that never stopped, whatever was going on")
  func goesOn() throws {
    let seeds = 1...UInt64(Trials.count(100, long: 12_000))
    var going: [String: Int] = [:]
    var retired: UInt64 = 0
    for seed in seeds {
      var hart = try WanderingHart.stopped(seed: seed)
      for (what, isSo) in hart.going { going[what, default: 0] += isSo ? 1 : 0 }
      let (cut, bytes) = (hart.core.retired, ChipFile(hart.board.machine.snapshot).bytes)
      let machine = try ChipFile(bytes: bytes, named: "f").machine(log: MemoryLog(), named: "f")
      var again = WanderingHart(hart.core.hart, machine, goingOnAs: hart)
      hart.forgetWhatWasSeen()
      let (one, other) = try (Course(&hart), Course(&again))
      retired += hart.core.retired - cut
      if one != other { Issue.record("seed \(seed): \(one.difference(other))") }
      let isSame = hart.core.hart == again.core.hart && hart.board.machine.snapshot == again.board.machine.snapshot
      #expect(isSame, "seed \(seed): another end")
    }
    #expect(going.filter { $0.value == 0 }.keys.sorted() == [])
    print("saved harts: \(seeds.count) cut at random, \(retired) instructions behind the cuts, seeds \(seeds)")
    print(going.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  private static func leaves(_ hart: Hart) -> [String: String] { Leaves(of: hart, skipping: []).values }

  @Test("Every stored property of a hart comes back, and each is another one's than a fresh hart's in some case")
  func everyProperty() throws {
    var all: Set<String> = []
    var moved: Set<String> = []
    for seed in 1...UInt64(Trials.count(60, long: 2000)) {
      let hart = try WanderingHart.stopped(seed: seed)
      let now = Self.leaves(hart.core.hart)
      var again = Core(hart.core.configuration)
      again.hart = hart.core.hart
      let after = Self.leaves(again.hart)
      #expect(now == after, "seed \(seed)")
      all.formUnion(now.keys)
      let fresh = Self.leaves(Hart(pc: MemoryMap.ram))
      moved.formUnion(now.filter { fresh[$0.key] != $0.value }.keys)
    }
    #expect(all.subtracting(moved).sorted() == ["x.0"])
    print("saved harts: \(all.count) stored properties")
  }

  private static var losses: [Loss<Hart>] {
    [
      Loss("pc", \.pc), Loss("cycle", \.cycle), Loss("retired", \.retired), Loss("hartID", \.hartID),
      Loss("mcycle.offset", \.mcycle.offset), Loss("mcycle.held", \.mcycle.held),
      Loss("minstret.offset", \.minstret.offset), Loss("minstret.held", \.minstret.held),
      Loss("interruptsEnabled", \.interruptsEnabled),
      Loss("previousInterruptsEnabled", \.previousInterruptsEnabled), Loss("mie", \.mie), Loss("mtvec", \.mtvec),
      Loss("mscratch", \.mscratch), Loss("mepc", \.mepc), Loss("mcause", \.mcause), Loss("mtval", \.mtval),
      Loss("reservation", \.reservation),
    ] + (1..<32).map { Loss("x.\($0)", \.x[$0]) } + (0..<4).map { Loss("pmpcfg.\($0)", \.pmpcfg[$0]) }
      + (0..<16).map { Loss("pmpaddr.\($0)", \.pmpaddr[$0]) }
  }

  /// What follows from the rest: x0 is zero, and the lines are sampled before they are looked at.
  private static let derived: Set<String> = ["x.0", "mip"]

  @Test("A property of a hart that is forgotten is noticed from outside, and no property is without such a case")
  func forgotten() throws {
    var parts: Set<String> = []
    var noticed: Set<String> = []
    for seed in 1...UInt64(Trials.count(30, long: 300)) {
      let hart = try WanderingHart.stopped(seed: seed)
      parts.formUnion(Self.leaves(hart.core.hart).keys.map(Self.part))
      let left = Self.losses.filter { !noticed.contains($0.name) }
      guard !left.isEmpty else { continue }
      let course = try Self.course(of: hart) { _ in }
      for loss in left {
        let other = try Self.course(of: hart) { loss.lose(&$0, Hart(pc: MemoryMap.ram)) }
        if other != course { noticed.insert(loss.name) }
      }
    }
    #expect(Self.losses.map(\.name).filter { !noticed.contains($0) } == [])
    #expect(parts.symmetricDifference(Self.losses.map(\.name)).sorted() == Self.derived.sorted())
    print("saved harts: each forgotten property is noticed: \(noticed.sorted().joined(separator: " "))")
  }

  /// What is seen of a hart that is put back with something forgotten: a program tells all of it, and it goes on.
  private static func course(of hart: borrowing WanderingHart, _ lose: (inout Hart) -> Void) throws -> Course {
    var partial = hart.core.hart
    lose(&partial)
    var again = WanderingHart(partial, hart.board.machine, goingOnAs: hart)
    again.tell()
    return try Course(&again)
  }

  /// Optional and raw values count as one part.
  private static func part(_ path: String) -> String {
    for end in [".some", ".rawValue"] where path.hasSuffix(end) { return String(path.dropLast(end.count)) }
    return path
  }
}
