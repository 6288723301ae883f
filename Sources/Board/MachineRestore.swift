import Crossbar
import Registers

/// Why a board cannot be made from a snapshot.
public struct SnapshotProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// What, and what was expected.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Machine {
  /// A board that goes on where the snapshot was taken.
  /// - Throws: what in the snapshot no board could have, so that nothing later fails on it.
  public init(_ snapshot: MachineSnapshot, log: Log) throws(SnapshotProblem) {
    guard (0...Self.largestRAMWords).contains(snapshot.ramWords), snapshot.ram.count <= snapshot.ramWords else {
      throw SnapshotProblem(
        "\(snapshot.ram.count) words of \(snapshot.ramWords) in RAM, expected at most \(Self.largestRAMWords)")
    }
    do {
      try self.init(snapshot.configuration, log: log, ramBytes: snapshot.ramWords * 4)
    } catch {
      throw SnapshotProblem(error.description)
    }
    guard snapshot.cycle < Self.largestCount else { throw SnapshotProblem("the cycle counter is beyond 2^62") }
    guard snapshot.tiles.count == chip.tiles.count else {
      throw SnapshotProblem("\(snapshot.tiles.count) tiles, the configuration has \(chip.tiles.count)")
    }
    for word in snapshot.registers { try restore(word) }
    cycle = snapshot.cycle
    timePassed.begin = cycle
    exitStatus = snapshot.exitStatus
    for (number, state) in snapshot.tiles.enumerated() {
      try chip.tiles[number].restore(state, cycle: cycle)
    }
    chip.noteEnds()
    chip.activation.reload(chip.registers)
    try flash.restore(snapshot.flash, cycle: cycle)
    restore(snapshot.lineTimes)
    mailbox = try Mailbox(
      snapshot.host, toController: snapshot.toController, fromController: snapshot.fromController)
    try uart.restore(snapshot.uart, input: snapshot.uartInput, output: snapshot.uartOutput)
    try restore(snapshot.supply)
    ram.replaceSubrange(0..<snapshot.ram.count, with: snapshot.ram)
    if chip.firstLogged <= cycle, powerLoss == nil { beginLogAtOnce() }
  }

  /// 64 MiB.
  static var largestRAMWords: Int { 1 << 24 }
  /// Counters stay below it, so that none can overflow for a century.
  static var largestCount: UInt64 { 1 << 62 }

  private mutating func restore(_ word: MachineSnapshot.RegisterWord) throws(SnapshotProblem) {
    for map in maps {
      guard word.address >= map.base, (word.address - map.base) % map.registerBytes == 0,
        let entry = map.find(word.address - map.base)?.entry
      else { continue }
      let register = entry.register
      let name = "\(map.name)\(map.number.map(String.init) ?? "").\(register.name)"
      let place = Int((word.address - map.base) / map.registerBytes)
      let fresh = words(of: map)[place]
      // What describes the chip is no state.
      guard register.resetOrigin != .chip || register.masks.writable != 0 || fresh == word.value else {
        throw SnapshotProblem("\(name) is \(word.value), that of the configuration is \(fresh)")
      }
      guard word.value & ~register.mask == 0, accepts(word.value, at: entry.offset, of: map) else {
        throw SnapshotProblem("\(name) is \(word.value), which it cannot hold")
      }
      set(place, to: word.value, in: map)
      return
    }
    throw SnapshotProblem("address \(word.address) has no register")
  }

  /// Whether software could have brought a register to a value, for those that refuse some.
  private func accepts(_ value: UInt32, at offset: UInt32, of map: BlockMap) -> Bool {
    if let number = map.number, let register = TileRegister(rawValue: offset) {
      return chip.tiles[number].refusal(of: value, by: register) == nil && !register.register.needs.contains(.windows)
    }
    if map.base == MemoryMap.chip, let register = ChipRegister(rawValue: offset) {
      return chip.refusal(of: value, by: register) == nil
    }
    if map.base == MemoryMap.cellUnit, let register = CellRegister(rawValue: offset), let unit = chip.cellUnit {
      return unit.refusal(of: value, by: register) == nil
    }
    // A write ends the run: it holds nothing.
    return map.base != MemoryMap.finisher
  }

  private mutating func set(_ place: Int, to value: UInt32, in map: BlockMap) {
    switch map.base {
    case MemoryMap.finisher: break
    case MemoryMap.timer: timer.registers.words[place] = value
    case MemoryMap.uart: uart.registers.words[place] = value
    case MemoryMap.chip: chip.registers.words[place] = value
    case MemoryMap.host: host.words[place] = value
    case MemoryMap.flash: flash.registers.words[place] = value
    case MemoryMap.cellUnit: chip.cellUnit?.registers.words[place] = value
    default: chip.tiles[map.number ?? 0].registers.words[place] = value
    }
  }
}

extension Tile {
  /// Takes a state over; the registers are already those of the snapshot.
  fileprivate mutating func restore(_ state: MachineSnapshot.TileState, cycle: UInt64) throws(SnapshotProblem) {
    guard state.conductance.count == array.wordLines * array.bitLines else {
      throw SnapshotProblem(
        "tile \(number) has \(state.conductance.count) cells, the configuration"
          + " \(array.wordLines) × \(array.bitLines)")
    }
    for (cell, picosiemens) in state.conductance.enumerated() where picosiemens != array.conductance[cell] {
      let (wordLine, bitLine) = (cell / array.bitLines, cell % array.bitLines)
      let range = array.bounds(wordLine: wordLine, bitLine: bitLine)
      guard range.contains(picosiemens) else {
        throw SnapshotProblem(
          "a cell of tile \(number) has \(picosiemens) pS, expected \(range.lowerBound) to \(range.upperBound)")
      }
      array.setConductance(picosiemens, wordLine: wordLine, bitLine: bitLine)
    }
    guard state.counters.isPlausible, state.operationNumber < 1 << 62 else {
      throw SnapshotProblem("a counter of tile \(number) is beyond 2^62")
    }
    counters = state.counters
    operationNumber = state.operationNumber
    for first in stride(from: 0, to: circuits.count, by: TileRegister.Activation.columnsPerWord) {
      takeCircuits(word: first / TileRegister.Activation.columnsPerWord)
    }
    correctedLines = (0..<lines).count { registers[.trim, $0] != TileRegister.Trim.unit }
    isLocked = TileRegister.Status.locked.decode(registers[.status]) == 1
    isSaturated = TileRegister.Status.saturated.decode(registers[.status]) == 1
    isStale = TileRegister.Status.stale.decode(registers[.status]) == 1
    guard isWithinLimits else { throw SnapshotProblem("tile \(number) is beyond a limit") }
    try restoreSupply(state, cycle: cycle)
    try restoreOperation(state, cycle: cycle)
    refreshStatus()
  }

  private mutating func restoreSupply(
    _ state: MachineSnapshot.TileState, cycle: UInt64
  ) throws(SnapshotProblem) {
    supplied = Supplied(state: registers[.supplyState])
    guard supplied.state == registers[.supplyState], supplied.wanted == registers[.supply], supplied.isInOrder,
      supplied.isWaking
        ? (cycle...cycle + UInt64(timing.wakeUp)).contains(state.wakeCycle) : state.wakeCycle == 0
    else { throw SnapshotProblem("tile \(number) has supplies that no order leads to") }
    if supplied.isWaking { wakeEnd = state.wakeCycle }
  }

  private mutating func restoreOperation(
    _ state: MachineSnapshot.TileState, cycle: UInt64
  ) throws(SnapshotProblem) {
    guard state.startWord != 0 else { return }
    guard let command = StartCommand(state.startWord), command.word == state.startWord,
      command.operation != .programRow || command.row < array.wordLines,
      sensedLines(command.operation) > 0 ? supplied.analog : supplied.drivers && !command.isUnsettled
    else { throw SnapshotProblem("tile \(number) is in an operation that it could not have started") }
    underWay = command
    endCycle = state.endCycle
    let length = span(of: command).lasts
    guard endCycle >= length, endCycle - length <= cycle, cycle <= endCycle else {
      throw SnapshotProblem(
        "tile \(number) ends its operation of \(length) cycles at \(endCycle), which does not hold cycle \(cycle)")
    }
  }
}

extension TileCounters {
  /// As after reset.
  public static var zero: TileCounters { TileCounters() }

  fileprivate var isPlausible: Bool {
    [reads, phases, pulses, programCycles, serialCycles].allSatisfy { $0 < 1 << 62 }
      && readEnergy.raw < 1 << 120 && programEnergy.raw < 1 << 120
  }
}
