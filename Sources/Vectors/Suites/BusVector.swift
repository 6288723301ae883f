import Board
import Crossbar
import Files
import Registers
import Tasks
import Trace

/// Suites `mvm`, `registers` and `program_row`: a script of accesses, what the chip answers and does, its state after.
struct BusVector: Sendable {
  let chip: ChipConfiguration
  let conductances: [Int: [Int32]]
  let script: [ScriptLine]
  private let free: Freedom
  /// Nil where nobody has said.
  private let verdict: VerdictClass?
  var isFree: Bool { free != Freedom() }
  let accesses: [Access]
  let conductancesAfter: [Int: [Int32]]
  let counters: [TileValues]
  /// `@135 MBX0 finished READ`.
  private let events: [String]?

  struct TileValues {
    let tile: Int
    let values: [(name: String, value: UInt64)]
  }

  init(
    _ given: inout Members, _ expect: inout Members, free: Freedom, _ verdict: VerdictClass?
  ) throws(InputError) {
    let registers = RegisterText()
    self.free = free
    self.verdict = verdict
    let chip = try given.take("chip").chip()
    self.chip = chip
    conductances = try given.takeIfPresent("conductances")?.givenConductances(of: chip) ?? [:]
    script = try given.take("script").elements().map { node throws(InputError) in try node.scriptLine(registers) }
    let node = try expect.take("transactions")
    let accesses = try node.elements().map { node throws(InputError) in try node.access(registers) }
    self.accesses = accesses
    guard accesses.count(where: { $0.cycle == nil }) % max(accesses.count, 1) == 0 else {
      throw node.error("expected cycles on all transactions or on none")
    }
    conductancesAfter = try expect.takeIfPresent("conductances")?.expectedConductances(of: chip) ?? [:]
    var tiles = try expect.takeIfPresent("counters")?.members()
    var counters: [TileValues] = []
    for (name, node) in tiles?.takeRest() ?? [] {
      counters.append(TileValues(tile: try node.tile(named: name, of: chip), values: try Self.counters(node)))
    }
    self.counters = counters
    events = try expect.takeIfPresent("events").map { node throws(InputError) in
      try node.elements().map { node throws(InputError) in try node.string() }
    }
  }

  private static func counters(_ node: Node) throws(InputError) -> [(name: String, value: UInt64)] {
    var members = try node.members()
    var values: [(name: String, value: UInt64)] = []
    for name in TileCounters.names {
      if let node = members.takeIfPresent(name) { values.append((name, try node.integer())) }
    }
    try members.end()
    return values
  }

  /// The chip after the script, with the log of all that happened.
  func run() -> Machine<MemoryLog> {
    var machine = Machine(chip, conductances, log: MemoryLog())
    for line in script { machine.perform(line) }
    return machine
  }

  /// What a chip did otherwise in the script.
  /// - Parameter analog: how near the codes read have to be.
  func difference(of machine: Machine<MemoryLog>, _ analog: AnalogAgreement) -> String? {
    var judge = analog == .exact ? nil : AgreementJudge(analog, of: chip)
    let registers = RegisterText()
    var got: [Access] = []
    var gotEvents: [String] = []
    let names = RegisterNames(machine.maps)
    for entry in machine.log.entries {
      switch entry.body {
      case .access(let transaction): got.append(Access(transaction: transaction, cycle: entry.cycle))
      case .event:
        let text = names.text(of: entry)
        gotEvents.append("@\(entry.cycle) \(text.register) \(text.detail)")
      }
    }
    return free.difference(expected: accesses, got: got, registers, &judge) ?? judge?.findingWords(registers).first
      ?? difference(ofEvents: gotEvents)
      ?? (free.pulseWidth > 0 ? nil : machine.difference(conductances: conductancesAfter))
      ?? difference(ofCounters: machine) ?? differenceOfVerdict(machine)
  }

  private func differenceOfVerdict(_ machine: Machine<MemoryLog>) -> String? {
    let refusals = machine.log.refusals
    switch verdict {
    case .valid where refusals > 0: return "expected every access to be carried out, \(refusals) refused"
    case .mustRefuse where refusals == 0: return "expected an access to be refused, none was"
    case .valid, .mustRefuse, .implementationDefined, nil: return nil
    }
  }

  private func difference(ofEvents got: [String]) -> String? {
    guard let events else { return nil }
    for place in 0..<max(events.count, got.count) {
      let expected = place < events.count ? "'\(events[place])'" : "nothing more"
      let other = place < got.count ? "'\(got[place])'" : "nothing more"
      if expected != other { return "event \(place + 1): expected \(expected), got \(other)" }
    }
    return nil
  }

  private func difference(ofCounters machine: Machine<MemoryLog>) -> String? {
    for expected in counters {
      for (name, value) in expected.values {
        let got = machine.chip.tiles[expected.tile].counters.value(named: name)
        if got != value { return "counter \(name) of tile \(expected.tile): expected \(value), got \(got)" }
      }
    }
    return nil
  }
}

extension Machine {
  /// Does what a line of a script says.
  mutating func perform(_ line: ScriptLine) {
    switch line {
    case .read(let address): _ = read(address)
    case .write(let address, let value): write(address, value)
    case .advance(let target): if target > cycle { advance(to: target) }
    case .brownOut: brownOut()
    }
  }
}

extension TileCounters {
  static var names: [String] { ["reads", "phases", "pulses", "programCycles", "serialCycles", "energyAttojoules"] }

  func value(named name: String) -> UInt64 {
    switch name {
    case "reads": reads
    case "phases": phases
    case "pulses": pulses
    case "programCycles": programCycles
    case "serialCycles": serialCycles
    case "energyAttojoules": Energy(raw: readEnergy.raw + programEnergy.raw).attojoules
    default: preconditionFailure("no counter is called \(name)")
    }
  }
}
