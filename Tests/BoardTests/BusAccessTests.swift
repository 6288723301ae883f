import RV32
import Registers
import Testing
import Trace

@testable import Board

@Suite("A master of the bus")
struct BusAccessTests {
  private static let unmapped: [UInt32] = [0, 0x3fff_fffc, 0x4003_0000, 0x8000_0040, 0xffff_fffc]

  @Test("Reaches a register in its own size, with the value and without an error of the bus")
  func own() throws {
    var machine = try Bench.small()
    #expect(machine.write(MemoryMap.tile(0) + TileRegister.drive.rawValue, 0x0005_0003, .word) == false)
    #expect(machine.read(MemoryMap.tile(0) + TileRegister.drive.rawValue, .word) == (0x0005_0003, false))
    #expect(machine.write(MemoryMap.uart + 7, 0x5a, .byte) == false)
    #expect(machine.read(MemoryMap.uart + 7, .byte) == (0x5a, false))
    #expect(machine.write(MemoryMap.ram + 4, 77, .word) == false)
    #expect(machine.read(MemoryMap.ram + 4, .word) == (77, false))
    #expect(machine.cycle == 6)
  }

  @Test("Gets an error of the bus for another size, another alignment and where there is no block")
  func errors() throws {
    var machine = try Bench.small()
    for width in [AccessWidth.byte, .half] {
      #expect(machine.read(MemoryMap.chip, width) == (0, true))
      #expect(machine.write(MemoryMap.tile(1), 0, width) == true)
      #expect(machine.read(MemoryMap.ram, width) == (0, true))
    }
    #expect(machine.read(MemoryMap.uart, .word) == (0, true) && machine.write(MemoryMap.uart, 0, .half) == true)
    #expect(
      machine.read(MemoryMap.chip + 1, .word).isError == true && machine.write(MemoryMap.tile(0) + 2, 0, .word) == true)
    #expect(machine.read(MemoryMap.ram + 2, .word).isError == true)
    for address in Self.unmapped {
      for width in [AccessWidth.byte, .half, .word] {
        #expect(machine.read(address, width).isError == true && machine.write(address, 0, width) == true, "\(address)")
      }
    }
    let sizes = machine.log.entries.filter { if case .access = $0.body { true } else { false } }.map(\.size)
    #expect(
      sizes.prefix(6) == [.byte, .byte, .byte, .half, .half, .half]
        && sizes[6...10] == [.word, .half, .own, .own, .own])
    #expect(machine.cycle == UInt64(sizes.count))
  }

  @Test("Reaches a register without naming its size, and then bits beyond it are reserved ones")
  func unsized() throws {
    var machine = try Bench.small()
    #expect(machine.writeRegister(MemoryMap.uart + 7, 0x5a) == false)
    #expect(machine.readRegister(MemoryMap.uart + 7) == (0x5a, false))
    #expect(machine.readRegister(MemoryMap.chip).value == machine.peek(chip: .identity))
    #expect(machine.writeRegister(MemoryMap.uart + 7, 0x100) == false)
    #expect(machine.peek(chip: .error) == ChipError.reserved.field.mask && machine.peek(MemoryMap.uart + 7) == 0x5a)
    #expect(machine.readRegister(MemoryMap.chip + 2).isError == true)
    for address in Self.unmapped { #expect(machine.writeRegister(address, 0) == true, "\(address)") }
  }

  @Test("Gets no error of the bus for what a block refuses: its own error bit is set")
  func refusals() throws {
    var machine = try Bench.small()
    #expect(machine.write(MemoryMap.tile(0) + TileRegister.geometry.rawValue, 1, .word) == false)
    #expect(machine.peek(.error) == TileError.access.field.mask)
    #expect(machine.read(MemoryMap.tile(0) + 0x60, .word) == (0, false))
    #expect(machine.read(MemoryMap.tile(0) + 0xffc, .word) == (0, false))
    // An access before is not told of again.
    #expect(machine.read(MemoryMap.tile(0), .word).isError == false)
  }

  @Test("Finds a board without power as it was left, and no error")
  func power() throws {
    var machine = try Bench.small()
    machine.cutPower()
    #expect(machine.read(0, .word).isError == false && machine.write(MemoryMap.chip, 0, .byte) == false)
    #expect(machine.cycle == 0)
  }

  @Test("Sees each interrupt line by itself")
  func lines() throws {
    var machine = try Bench.small()
    #expect(machine.lines == [])
    machine.write(chip: .interruptEnable, .max & 0x1ffff)
    machine.run(.zero)
    #expect(machine.lines == .chip)
    machine.write(chip: .interruptPending, .max)
    machine.write(MemoryMap.timer, 1)
    #expect(machine.lines == .software)
    machine.write(MemoryMap.timer, 0)
    machine.write(MemoryMap.timer + 0x4004, 0)
    machine.write(MemoryMap.timer + 0x4000, UInt32(machine.cycle + 3))
    #expect(machine.lines == [])
    machine.advance(to: machine.cycle + 2)
    #expect(machine.lines == .timer)
    machine.write(MemoryMap.timer + 0x4004, 1)
    machine.write(MemoryMap.host + HostRegister.interruptEnable.rawValue, 1)
    #expect(machine.lines == [])
    machine.mailbox.post([1])
    #expect(machine.lines == .host)
    _ = machine.read(MemoryMap.host)
    machine.write(MemoryMap.uart + 1, 2)
    #expect(machine.lines == .uart)
    machine.write(MemoryMap.uart + 1, 0)
    machine.write(MemoryMap.flash + FlashRegister.interruptEnable.rawValue, 1)
    machine.write(MemoryMap.flash + FlashRegister.unlock.rawValue, FlashRegister.unlockKey)
    machine.write(MemoryMap.flash + FlashRegister.start.rawValue, 1)
    _ = machine.read(MemoryMap.flash + FlashRegister.wait.rawValue)
    #expect(machine.lines == .flash)
  }

  @Test("A poke puts a word there with all that follows, in no time and without an entry")
  func poke() throws {
    var machine = try Bench.unlocked()
    machine.diagnostics.append(
      Diagnostic(cycle: 0, pc: 0, kind: .read, address: 0, refusal: .brownOut, isFault: false))
    let (cycle, entries, told) = (machine.cycle, machine.log.entries.count, machine.diagnostics)
    try machine.poke(MemoryMap.tile(0) + TileRegister.status.rawValue, TileRegister.Status.locked.mask)
    try machine.poke(MemoryMap.tile(1) + TileRegister.drive.rawValue, 0x0001_0002)
    try machine.poke(MemoryMap.ram + 8, 99)
    #expect(machine.cycle == cycle && machine.log.entries.count == entries && machine.diagnostics == told)
    #expect(machine.peek(.drive, tile: 1) == 0x0001_0002 && machine.peek(MemoryMap.ram + 8) == 99)
    machine.run(.erase)
    #expect(machine.peek(.error) == TileError.locked.field.mask)
    #expect(throws: SnapshotProblem.self) { try machine.poke(MemoryMap.tile(1) + TileRegister.drive.rawValue, 0x00ff) }
    #expect(throws: SnapshotProblem.self) { try machine.poke(MemoryMap.chip + ChipRegister.tiles.rawValue, 7) }
    #expect(throws: SnapshotProblem.self) { try machine.poke(MemoryMap.chip + ChipRegister.identity.rawValue, 7) }
    try machine.poke(MemoryMap.chip + ChipRegister.identity.rawValue, ChipRegister.identityWord)
    #expect(throws: SnapshotProblem.self) { try machine.poke(0x5000_0000, 0) }
    #expect(throws: SnapshotProblem.self) { try machine.poke(MemoryMap.ram + 1, 0) }
    #expect(machine.peek(.drive, tile: 1) == 0x0001_0002)
  }
}
