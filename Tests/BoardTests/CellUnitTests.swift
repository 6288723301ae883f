import Crossbar
import Registers
import Testing
import Trace

@testable import Board

/// What golden cases cannot have: a supply that goes while the unit holds the bus.
@Suite("The cell unit")
struct CellUnitTests {
  private static let cells = 2
  private static var hold: UInt64 { CellRegister.Timing.cycles(cells: cells) }

  private static func ready() throws -> Bench {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 6, bitLines: 8), .init(wordLines: 3, bitLines: 10)])
    chip.features = .all
    var machine = try Bench.small(chip)
    write(.cells, UInt32(cells), &machine)
    write(.target, CellRegister.Target.word(tile: 1, line: 0), &machine)
    write(.state, Lanes.pack(900, -700), &machine)
    machine.write(.driveSignals, 0, Lanes.pack(.max, .max))
    machine.write(.driveSignals, 0, tile: 1, Lanes.pack(20_000, -20_000))
    machine.write(.start, Operation.read.rawValue)
    _ = machine.read(.wait)
    return machine
  }

  private static func write(_ register: CellRegister, _ value: UInt32, _ machine: inout Bench) {
    machine.write(MemoryMap.cellUnit + register.offset(), value)
  }

  private static func step(_ machine: inout Bench) { write(.start, CellOperation.step.rawValue, &machine) }

  @Test("Has done nothing where the power goes while it holds the bus, in the last cycle too")
  func power() throws {
    let before = try Self.ready()
    for cycles in 1...Self.hold + 1 {
      var machine = before
      machine.schedule(.init(powerCut: machine.cycle + cycles))
      Self.step(&machine)
      #expect(machine.powerLoss?.cycle == before.cycle + cycles)
      for address in [
        MemoryMap.cellUnit + CellRegister.state.offset(), MemoryMap.tile(1) + TileRegister.drive.offset(),
      ] {
        #expect(machine.peek(address) == before.peek(address), "\(cycles)")
      }
    }
    var machine = before
    machine.schedule(.init(powerCut: machine.cycle + Self.hold + 2))
    Self.step(&machine)
    #expect(machine.powerLoss == nil && machine.cycle == before.cycle + Self.hold + 1)
    #expect(machine.peek(.drive, tile: 1) != before.peek(.drive, tile: 1))
  }

  @Test("A brown-out while it holds the bus ends what other tiles have under way, and not its own step")
  func brownOut() throws {
    let before = try Self.ready()
    var undisturbed = before
    Self.step(&undisturbed)
    var machine = before
    machine.schedule(.init(brownOut: machine.cycle + 3))
    Self.step(&machine)
    let address = MemoryMap.cellUnit + CellRegister.state.offset()
    #expect(machine.peek(address) == undisturbed.peek(address) && machine.cycle == undisturbed.cycle)
    #expect(machine.peek(.supply) == 0 && undisturbed.peek(.supply) == 3)
  }

  @Test("Places of what a chip does not have are places without a register")
  func absent() throws {
    for features in [ChipFeatures(), .windows, .cell] {
      var chip = ChipConfiguration.small()
      chip.features = features
      var machine = try Bench.small(chip)
      for register in [TileRegister.driveSignals, .pulsePairs] {
        machine.write(register, 0)
        #expect(machine.peek(.error) == (features == .windows ? 0 : TileError.unmapped.field.mask))
        machine.write(.error, .max)
      }
      Self.write(.source, 1, &machine)
      #expect(machine.peek(chip: .error) == (features == .cell ? 0 : ChipError.unmapped.field.mask))
      #expect(machine.peek(chip: .features) == features.rawValue)
    }
  }
}
