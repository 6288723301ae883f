import Board
import Crossbar
import RV32
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

/// What is saved is all there is.
@Suite("Saved boards")
struct SavedStateTests {
  /// A board in a random state, and how random goes on.
  private static func wandered(_ seed: UInt64) throws -> (board: Wandering, random: SeededRandom) {
    var random = SeededRandom(seed)
    var board = try Wandering(seed: seed)
    for _ in 0..<20 + random.next() % 130 { try board.step(&random) }
    board.machine.log.entries = []
    return (board, random)
  }

  private static func read(_ snapshot: MachineSnapshot) throws -> Wandering {
    Wandering(
      try ChipFile(bytes: ChipFile(snapshot).bytes, named: "f").machine(log: MemoryLog(), named: "f"))
  }

  /// What is seen of a board that goes on, its log and its state in the end.
  private struct Course: Equatable {
    let seen: [UInt64]
    let log: [LogEntry]
    let end: MachineSnapshot
  }

  private static func course(of board: Wandering, _ random: SeededRandom, steps: Int = 30) throws -> Course {
    var (board, random) = (Wandering(board.machine), random)
    for _ in 0..<steps { try board.step(&random) }
    return Course(seen: board.seen, log: board.machine.log.entries, end: board.machine.snapshot)
  }

  private static func difference(_ one: Course, _ other: Course) -> String {
    if let place = zip(one.log, other.log).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
      return "entry \(place.offset): \(place.element.0), again \(place.element.1)"
    }
    return one.seen == other.seen ? "the end is another" : "what is seen is another"
  }

  @Test("A board read back from bytes goes on as one that never stopped, whatever was going on")
  func goesOn() throws {
    let seeds = 1...UInt64(Trials.count(30, long: 12_000))
    for seed in seeds {
      let (board, random) = try Self.wandered(seed)
      let snapshot = board.machine.snapshot
      let again = try Self.read(snapshot)
      #expect(again.machine.snapshot == snapshot, "seed \(seed)")
      let (one, other) = try (Self.course(of: board, random), Self.course(of: again, random))
      if one != other { Issue.record("seed \(seed): \(Self.difference(one, other))") }
    }
    print("saved boards: \(seeds.count) cut at random, seeds \(seeds)")
  }

  /// Derived from a chip's configuration, and never changed.
  private static let fixed: Set<String> = [
    "maps", "map", "blocks", "masks", "first", "shift", "configuration", "spread", "chain", "drivers", "timing",
    "elements", "guarded", "number", "lines", "device", "variation", "synapse", "random", "wordLines", "bitLines",
    "tile", "paddedWordLines", "paddedColumns", "columns", "conductanceStep", "referenceCode",
  ]
  /// Kept where Mirror does not see it, and worked out anew from the registers: an activation circuit's segments.
  private static let unseen: Set<String> = ["_storage"]
  /// Without a bit that can be set: what is written there is the exit status.
  private static let constant: Set<String> = ["finisher.words", "chip.tiles.amplifiers.kilohertz", "chip.cellUnit"]
  /// The account of a run, what belongs to the access at hand alone, and working memory.
  private static let passing: Set<String> = [
    "log", "isStaged", "firstLogged", "diagnostics", "pc", "refusal", "hartEnd", "isDisturbed", "timePassed", "codes",
    "currents", "outputs", "activity", "scalarEvaluations", "formedCells",
  ]
  /// Queues that are stored as all there was and how much is taken: compared by what is left of them.
  private static let queues: Set<String> = ["toController", "typed", "taken"]

  private static func leaves(_ machine: Machine<MemoryLog>) -> Leaves {
    Leaves(of: machine, skipping: fixed.union(passing).union(queues).union(unseen))
  }

  @Test("Every stored property of a board comes back, and each is another one's than a fresh board's in some case")
  func everyProperty() throws {
    var kinds: Set<String> = []
    var moved: Set<String> = []
    for seed in 1...UInt64(Trials.count(80, long: 1000)) {
      let (board, _) = try Self.wandered(seed)
      let now = Self.leaves(board.machine).values
      let again = Self.leaves(try Self.read(board.machine.snapshot).machine).values
      for (path, value) in now where again[path] != value {
        Issue.record("seed \(seed): \(path) was \(value), is \(again[path] ?? "nothing")")
      }
      #expect(now.count == again.count)
      let fresh = Self.leaves(try Wandering(seed: seed).machine).values
      for (path, value) in now {
        let kind = Leaves.kind(path)
        kinds.insert(kind)
        if fresh[path] != value { moved.insert(kind) }
      }
    }
    #expect(kinds.subtracting(moved).subtracting(Self.constant).sorted() == [])
    print("saved boards: \(kinds.count) kinds of stored properties, each moved")
  }

  private static var losses: [Loss<MachineSnapshot>] {
    [
      Loss("cycle", \.cycle), Loss("exitStatus", \.exitStatus), Loss("flash.pages", \.flash.pages),
      Loss("flash.startWord", \.flash.startWord), Loss("flash.endCycle", \.flash.endCycle),
      Loss("supply.faults.powerCut", \.supply.faults.powerCut),
      Loss("supply.faults.brownOut", \.supply.faults.brownOut), Loss("supply.loss", \.supply.loss),
      Loss("toController", \.toController), Loss("fromController", \.fromController), Loss("host.room", \.host.room),
      Loss("host.isFlooded", \.host.isFlooded), Loss("host.emptyLevels", \.host.emptyLevels),
      Loss("host.emptyTakes", \.host.emptyTakes), Loss("uartInput", \.uartInput), Loss("uartOutput", \.uartOutput),
      Loss("uart.looped", \.uart.looped), Loss("uart.divisor.low", \.uart.divisor.low),
      Loss("uart.divisor.high", \.uart.divisor.high), Loss("uart.isInputOpen", \.uart.isInputOpen),
      Loss("lineTimes.chipRaised", \.lineTimes.chipRaised), Loss("lineTimes.flashRaised", \.lineTimes.flashRaised),
      Loss("lineTimes.timerWritten", \.lineTimes.timerWritten),
      Loss("lineTimes.longestStall", \.lineTimes.longestStall), Loss("ram", \.ram),
      Loss(tile: "conductance", \.conductance), Loss(tile: "operationNumber", \.operationNumber),
      Loss(tile: "startWord", \.startWord), Loss(tile: "endCycle", \.endCycle), Loss(tile: "wakeCycle", \.wakeCycle),
      Loss(tile: "counters.reads", \.counters.reads), Loss(tile: "counters.phases", \.counters.phases),
      Loss(tile: "counters.pulses", \.counters.pulses), Loss(tile: "counters.programCycles", \.counters.programCycles),
      Loss(tile: "counters.serialCycles", \.counters.serialCycles),
      Loss(tile: "counters.readEnergy", \.counters.readEnergy),
      Loss(tile: "counters.programEnergy", \.counters.programEnergy),
    ]
  }

  /// Parts with a test of their own: registers one by one, and what a board is made with.
  private static let others = ["configuration", "registers", "ramWords"]

  @Test("A part of a snapshot that is forgotten is noticed, and no part is without such a case")
  func forgotten() throws {
    var parts: Set<String> = []
    var noticed: Set<String> = []
    for seed in 1...UInt64(Trials.count(100, long: 500)) {
      let (board, random) = try Self.wandered(seed)
      let snapshot = board.machine.snapshot
      let fresh = try Wandering(seed: seed).machine.snapshot
      for path in Leaves(of: snapshot, skipping: Set(Self.others)).values.keys { parts.insert(Self.part(path)) }
      let left = Self.losses.filter { !noticed.contains($0.name) }
      guard !left.isEmpty else { continue }
      let course = try Self.course(of: board, random)
      for loss in left {
        var partial = snapshot
        loss.lose(&partial, fresh)
        if partial != snapshot, try Self.isNoticed(partial, course, random) { noticed.insert(loss.name) }
      }
    }
    #expect(Self.losses.map(\.name).filter { !noticed.contains($0) } == [])
    #expect(parts.subtracting(Self.losses.map(\.name)).sorted() == [])
    print("saved boards: each forgotten part is noticed: \(noticed.sorted().joined(separator: " "))")
  }

  /// Lists and optional records count as one part.
  private static func part(_ path: String) -> String {
    let kind = Leaves.kind(path)
    if kind.hasPrefix("flash.pages") { return "flash.pages" }
    if kind.hasPrefix("supply.loss") { return "supply.loss" }
    for end in [".some", ".raw"] where kind.hasSuffix(end) { return String(kind.dropLast(end.count)) }
    return kind
  }

  private static func isNoticed(
    _ snapshot: MachineSnapshot, _ course: Course, _ random: SeededRandom
  ) throws -> Bool {
    guard let machine = try? Machine(snapshot, log: MemoryLog()) else { return true }
    return try self.course(of: Wandering(machine), random) != course
  }

  @Test("Every register that can hold something is in some snapshot")
  func everyRegister() throws {
    var stored: Set<String> = []
    let maps = BlockMap.board(tiles: 2)
    func name(_ address: UInt32) -> String? {
      for map in maps where address >= map.base {
        if let entry = map.find(address - map.base)?.entry { return "\(map.name).\(entry.register.name)" }
      }
      return nil
    }
    for seed in 1...UInt64(Trials.count(80, long: 500)) {
      stored.formUnion(try Self.wandered(seed).board.machine.snapshot.registers.compactMap { name($0.address) })
    }
    // Nothing is held of a word that sets something off, or goes on to a queue.
    let empty: Set<String> = [
      "MBX.SNAPSHOT", "MBX.SCALAR_SIGMOID", "MBX.SCALAR_TANH", "MBX.RESET", "MBX.START", "MBX.UNLOCK", "FLASH.START",
      "FLASH.UNLOCK", "FINISHER.FINISH", "HOST.DATA", "UART.DATA", "CELL.START", "MBX.DRIVE_SIGNALS", "MBX.PULSE_PAIRS",
    ]
    let writable = Set(
      maps.flatMap { map in
        map.entries.filter { $0.masks.writable != 0 }.map { "\(map.name).\($0.register.name)" }
      })
    #expect(writable.subtracting(stored).subtracting(empty).sorted() == [])
    print("saved boards: \(stored.count) registers that hold something")
  }
}
