import Board
import Crossbar
import Registers
import Trace

/// What a case leaves, as accesses: the counters that it expects, and the cells that it expects, seen through the codes that
/// their rows convert to one after another (specification 3; the codes are the product's, of the cells of the case).
struct CaseState {
  private(set) var steps: [CaseRecord.Step] = []
  private var machine: Machine<NoLog>

  /// Accesses at most for the cells of a case.
  private static var most: Int { 1500 }
  /// Steps of the converters that the largest weight comes to: all but the rail.
  private static var fullScale: UInt64 { 32_000 }

  /// - Precondition: the product does what the case expects.
  init(_ vector: BusVector) {
    machine = Machine(vector.chip, vector.conductances, log: NoLog())
    for line in vector.script { machine.perform(line) }
    for expected in vector.counters { compare(expected) }
    for tile in vector.conductancesAfter.keys.sorted() where accesses(of: tile) <= Self.most {
      compareCells(of: tile)
    }
  }

  private mutating func write(_ address: UInt32, _ value: UInt32) {
    machine.write(address, value)
    steps.append(.write(address, value))
  }

  private mutating func read(_ address: UInt32) { steps.append(.read(address, expected: machine.read(address))) }

  private mutating func compare(_ expected: BusVector.TileValues) {
    let base = MemoryMap.tile(expected.tile)
    write(base + TileRegister.snapshot.offset(), 0)
    for (name, value) in expected.values {
      let register = Self.register(name)
      for half in 0..<2 {
        let address = base + register.offset(half)
        _ = machine.read(address)
        steps.append(.read(address, expected: UInt32(truncatingIfNeeded: value >> (32 * UInt64(half)))))
      }
    }
  }

  private static func register(_ counter: String) -> TileRegister {
    switch counter {
    case "reads": .reads
    case "phases": .phases
    case "pulses": .pulses
    case "programCycles": .programCycles
    case "serialCycles": .serialCycles
    case "energyAttojoules": .energy
    default: preconditionFailure("no counter is called \(counter)")
    }
  }

  private var differential: Bool { machine.chip.configuration.synapse == .differential }
  private func columns(of tile: Int) -> Int {
    machine.chip.configuration.tiles[tile].bitLines / (differential ? 2 : 1)
  }

  private func accesses(of tile: Int) -> Int {
    let rows = machine.chip.configuration.tiles[tile].wordLines
    return max(rows, columns(of: tile)) / 2 + 8 + rows * (5 + columns(of: tile) / 2)
  }

  /// The resistor at which the largest weight of one driven line comes to the full scale, ohms.
  private var feedbackOhms: UInt32 {
    let chip = machine.chip.configuration
    let range = chip.device.conductanceRange
    let span = UInt64(range.upperBound - range.lowerBound) / (differential ? 1 : 2)
    // A step of the converters is 25 µV: 25 · 10¹² aA·Ω.
    let ohms = Self.fullScale * 25_000_000_000_000 / max(1, UInt64(chip.readVoltage) * span)
    return UInt32(clamping: max(1, ohms))
  }

  private mutating func compareCells(of tile: Int) {
    let base = MemoryMap.tile(tile)
    let rows = machine.chip.configuration.tiles[tile].wordLines
    steps.append(.readAny(base + TileRegister.wait.offset()))
    _ = machine.read(base + TileRegister.wait.offset())
    write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
    write(base + TileRegister.watchdog.offset(), 0)
    write(base + TileRegister.feedback.offset(1), feedbackOhms)
    for word in 0..<(max(rows, columns(of: tile)) + 1) / 2 { write(base + TileRegister.drive.offset(word), 0) }
    let code = Int16(machine.chip.configuration.largestDriveCode)
    let start =
      Operation.read.rawValue | 1 << TileRegister.Start.gain.lowBit | 1 << TileRegister.Start.linear.lowBit
    for row in 0..<rows {
      let place = base + TileRegister.drive.offset(row / 2)
      write(place, row % 2 == 0 ? Lanes.pack(code, 0) : Lanes.pack(0, code))
      write(base + TileRegister.start.offset(), start)
      steps.append(.readAny(base + TileRegister.wait.offset()))
      _ = machine.read(base + TileRegister.wait.offset())
      for word in 0..<(columns(of: tile) + 1) / 2 { read(base + TileRegister.sense.offset(word)) }
      write(place, 0)
    }
  }
}
