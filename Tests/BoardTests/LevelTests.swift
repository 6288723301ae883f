import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

/// What is on the lines of a tile, for who looks at it, against what a log with analog waves is told.
@Suite("Levels of a tile's lines")
struct LevelTests {
  /// What a log was told last, as it holds from then on.
  private struct Told: LogSink {
    static let isActive = true
    var volts: [LineKind: [Int64]] = [:]
    var amperes: [LineKind: [Int64]] = [:]
    var pulses: [PulseLevel] = []

    var takesLevels: Bool { true }
    mutating func append(_: LogEntry) {}
    mutating func append(_ levels: LineLevels, ofTile _: Int) {
      switch levels {
      case .driven(let kind, let microvolts): volts[kind] = microvolts
      case .sensed(let kind, let attoamperes): amperes[kind] = attoamperes
      case .pulsed(let levels): pulses = levels
      }
    }
  }

  private func machine(_ configuration: ChipConfiguration = .small()) throws -> Machine<Told> {
    var machine = try Machine(configuration, log: Told(), ramBytes: 64)
    machine.write(MemoryMap.tile(0) + TileRegister.unlock.offset(), TileRegister.unlockKey)
    return machine
  }

  private func write(_ machine: inout Machine<Told>, _ register: TileRegister, _ index: Int = 0, _ value: UInt32) {
    machine.write(MemoryMap.tile(0) + register.offset(index), value)
  }

  private func wait(_ machine: inout Machine<Told>) {
    _ = machine.read(MemoryMap.tile(0) + TileRegister.wait.offset())
  }

  @Test("Lines are driven while READ or READ_T is under way, and currents stay until the next of its direction")
  func conversions() throws {
    var configuration = ChipConfiguration.small(mismatch: .init(dacOffset: 300, dacNonlinearity: 700))
    configuration.readNoiseShare = 0.01
    var machine = try machine(configuration)
    for word in 0..<3 { write(&machine, .drive, word, Lanes.pack(Int16(11 * word - 5), Int16(90 - 30 * word))) }
    for (operation, kind) in [(Registers.Operation.read, LineKind.wordLines), (.readTransposed, .columns)] {
      write(&machine, .start, 0, operation.rawValue)
      let other = kind == .columns ? LineKind.wordLines : .columns
      let tile = machine.chip.tiles[0]
      #expect(tile.microvolts(of: kind) == machine.log.volts[kind] && tile.microvolts(of: kind).contains { $0 != 0 })
      #expect(tile.microvolts(of: other).allSatisfy { $0 == 0 })
      #expect(tile.attoamperes(of: other) == Array(repeating: 0, count: other == .columns ? 4 : 6))
      wait(&machine)
      #expect(machine.chip.tiles[0].microvolts(of: kind).allSatisfy { $0 == 0 })
      #expect(machine.chip.tiles[0].attoamperes(of: other) == machine.log.amperes[other])
    }
    for kind in [LineKind.columns, .wordLines] {
      #expect(machine.chip.tiles[0].attoamperes(of: kind) == machine.log.amperes[kind])
    }
    try machine.poke(MemoryMap.tile(0) + TileRegister.drive.offset(0), 1)
    #expect(machine.chip.tiles[0].attoamperes(of: .wordLines) == machine.log.amperes[.wordLines])
    #expect(machine.reset(parts: ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(1))) != nil)
    #expect(machine.chip.tiles[0].attoamperes(of: .wordLines) == Array(repeating: 0, count: 6))
  }

  @Test("Pulses are those of the waves, cycle by cycle", arguments: [Registers.Operation.programRow, .erase])
  func pulses(_ operation: Registers.Operation) throws {
    var machine = try machine()
    for (line, width) in [3, -2, 1, 0].enumerated() {
      write(&machine, .pulse, line, UInt32(UInt16(bitPattern: Int16(width))))
    }
    write(&machine, .eraseWidth, 0, 2)
    write(&machine, .start, 0, operation.rawValue)
    let begin = machine.cycle
    let levels = machine.log.pulses.flatMap { Array(repeating: $0.microvolts, count: Int($0.cycles)) }
    #expect(Set(levels.map { $0.signum() }) == (operation == .erase ? [-1, 0] : [-1, 0, 1]))
    for (cycle, microvolts) in levels.enumerated() {
      machine.advance(to: begin + UInt64(cycle))
      #expect(machine.chip.tiles[0].pulseMicrovolts(at: machine.cycle) == microvolts, "cycle \(cycle)")
    }
    machine.advance(to: begin + UInt64(levels.count))
    #expect(!machine.chip.tiles[0].isBusy && machine.chip.tiles[0].pulseMicrovolts(at: machine.cycle) == 0)
  }

  @Test("A phase that has no pulse has no rest either, as its operation does not take it")
  func missingPhase() throws {
    var machine = try machine()
    for line in 0..<4 { write(&machine, .pulse, line, UInt32(line)) }
    write(&machine, .start, 0, Registers.Operation.programRow.rawValue)
    #expect(machine.log.pulses.map { $0.microvolts.signum() } == [1, 0])
    machine.advance(to: machine.cycle + machine.log.pulses.reduce(0) { $0 + $1.cycles })
    #expect(!machine.chip.tiles[0].isBusy)
  }
}
