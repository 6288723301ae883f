import Board
import Registers
import Trace

/// Why no program can be made of a case.
enum CaseObstacle: String, Error, Sendable {
  case misaligned = "an access that is not aligned and traps in the hart"
  case memory = "accesses to the memory that the program is in"
  case serial = "more than a byte to a register of a byte"
  case brownOut = "supplies that fail"
  case cycles = "answers that depend on cycles that no program keeps"
  case size = "a program of more than 64 KiB"
}

/// How the chip comes to the state that a case begins with.
enum CaseStart: String, Sendable {
  /// By the program: a reset, and ERASE of every tile, from whatever state the cells are in.
  case reset
  /// By power-up: random draws go on through resets, or ERASE does not bring every cell back.
  case powerUp = "power-up"
  /// Through a backdoor that puts cells in a state.
  case backdoor
}

/// A case of accesses as a program that checks itself: what is read has to be what the case expects, then the counters and,
/// through reads of its rows, the cells. It is made only where that holds whatever time passes between its bursts.
struct CaseProgram: Sendable {
  let start: CaseStart
  let chip: ChipConfiguration
  let conductances: [Int: [Int32]]
  /// What brings the chip to the start, and tells whether it is the one.
  let prologue: [CaseRecord]
  let records: [CaseRecord]
  /// Whether counters and cells are compared in the end, beside what the script reads.
  let comparesState: Bool

  private static var memory: Range<UInt32> { MemoryMap.ram..<MemoryMap.ram + 256 << 10 }

  /// - Precondition: the product does what the case expects.
  init(_ vector: BusVector) throws(CaseObstacle) {
    let script = try Self.steps(vector)
    chip = vector.chip
    conductances = vector.conductances
    let identity = Self.identity(of: chip)
    let fresh = Machine(chip, conductances, log: NoLog())
    let whole = script + CaseState(vector).steps
    guard let steps = [whole, script].first(where: { Self.holds(CaseRecord.inBursts(identity), $0, on: fresh) }) else {
      throw .cycles
    }
    comparesState = steps.count > script.count
    records = CaseRecord.inBursts(steps)
    let reset = CaseRecord.inBursts(identity + Self.reset(of: chip))
    if !conductances.isEmpty {
      start = .backdoor
    } else {
      start = Self.holds(reset, steps, on: Self.used(chip)) && Self.holds(reset, steps, on: fresh) ? .reset : .powerUp
    }
    prologue = start == .reset ? reset : CaseRecord.inBursts(identity)
  }

  /// The script, with what the case expects of each read.
  private static func steps(_ vector: BusVector) throws(CaseObstacle) -> [CaseRecord.Step] {
    var accesses = vector.accesses.map(\.transaction)[...]
    var steps: [CaseRecord.Step] = []
    for line in vector.script {
      switch line {
      case .read(let address):
        try check(address, 0)
        steps.append(.read(address, expected: accesses.removeFirst().value))
      case .write(let address, let value):
        try check(address, value)
        accesses.removeFirst()
        steps.append(.write(address, value))
      case .advance(let cycle): steps.append(.pass(cycle))
      case .brownOut: throw .brownOut
      }
    }
    return steps
  }

  private static func check(_ address: UInt32, _ value: UInt32) throws(CaseObstacle) {
    let isSerial = address &- MemoryMap.uart < 0x100
    if isSerial && value > 0xff { throw .serial }
    if !isSerial && address % 4 != 0 { throw .misaligned }
    if memory.contains(address) { throw .memory }
  }

  /// Reads that tell the chip from others.
  private static func identity(of chip: ChipConfiguration) -> [CaseRecord.Step] {
    let machine = Machine(chip, [:], log: NoLog())
    var places = [MemoryMap.chip + ChipRegister.tiles.offset()]
    for tile in chip.tiles.indices {
      places += [.geometry, .converters, .conductance, .readVoltage, .timing].map { (register: TileRegister) in
        MemoryMap.tile(tile) + register.offset()
      }
      places.append(MemoryMap.tile(tile) + TileRegister.conductance.offset(1))
    }
    return places.map { .read($0, expected: machine.peek($0) ?? 0) }
  }

  private static func reset(of chip: ChipConfiguration) -> [CaseRecord.Step] {
    let word = UInt32(1) << ChipRegister.Reset.chip(.writeOnly).lowBit
    let resets = CaseRecord.Step.write(MemoryMap.chip + ChipRegister.reset.offset(), word)
    var steps = [resets]
    for base in chip.tiles.indices.map(MemoryMap.tile) {
      steps += [
        .write(base + TileRegister.unlock.offset(), TileRegister.unlockKey),
        .write(base + TileRegister.start.offset(), Operation.erase.rawValue),
        .readAny(base + TileRegister.wait.offset()),
      ]
    }
    return steps + [resets, .write(MemoryMap.chip + ChipRegister.resetCause.offset(), word)]
  }

  /// A chip whose cells have been pulsed up, row by row.
  private static func used(_ chip: ChipConfiguration) -> Machine<NoLog> {
    var machine = Machine(chip, [:], log: NoLog())
    for (number, tile) in chip.tiles.enumerated() {
      let base = MemoryMap.tile(number)
      machine.write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
      for row in 0..<tile.wordLines {
        for line in 0..<tile.bitLines { machine.write(base + TileRegister.pulse.offset(line), 0x7fff) }
        let start = Operation.programRow.rawValue | UInt32(row) << TileRegister.Start.row.lowBit
        machine.write(base + TileRegister.start.offset(), start)
        _ = machine.read(base + TileRegister.wait.offset())
      }
    }
    return machine
  }

  /// Cycles between the accesses of a burst, and between bursts: those of a fast hart, and of slow ones.
  private static var delays: [(within: UInt64, between: UInt64)] { [(0, 0), (1, 300), (2, 2000), (1, 50_000)] }

  /// Whether every read is as expected, whatever time passes.
  private static func holds(_ prologue: [CaseRecord], _ steps: [CaseRecord.Step], on machine: Machine<NoLog>) -> Bool {
    let records = CaseRecord.inBursts(steps)
    return delays.allSatisfy { delay in
      var machine = machine
      for record in prologue where !machine.does(record, since: 0) { return false }
      let begun = machine.cycle
      return records.allSatisfy { record in
        machine.advance(to: machine.cycle + (record.begins ? delay.between : delay.within))
        return machine.does(record, since: begun)
      }
    }
  }
}

extension Machine {
  /// Does a step; false where what is read is not what was expected.
  fileprivate mutating func does(_ record: CaseRecord, since begun: UInt64) -> Bool {
    switch record.step {
    case .write(let address, let value): write(address, value)
    case .read(let address, let expected): return read(address) == expected
    case .readAny(let address): _ = read(address)
    case .pass(let target): if begun + target > cycle { advance(to: begun + target) }
    }
    return true
  }
}
