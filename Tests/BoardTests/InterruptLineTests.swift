import RV32
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("The chip's interrupt line")
struct InterruptLineTests {
  /// Registers of the chip and of both tiles, and an address behind each block's last one.
  private static func address(_ random: inout SeededRandom) -> UInt32 {
    let chip = ChipRegister.allCases.map { MemoryMap.chip + $0.rawValue } + [MemoryMap.chip + 0xffc]
    let tile = MemoryMap.tile(Int(random.next() % 2))
    let places =
      chip + TileRegister.allCases.map { tile + $0.rawValue } + [tile + 0xffc, tile + TileRegister.start.rawValue]
    return places.randomElement(using: &random) ?? 0
  }

  private static func value(_ random: inout SeededRandom) -> UInt32 {
    [0, 1, 3, 4, 0x31, 0x0100_0001, .max, TileRegister.unlockKey, random.word() % 64].randomElement(using: &random) ?? 0
  }

  @Test("Each block has a line of its own")
  func own() {
    let lines: [InterruptLines] = [.chip, .flash, .host, .uart, .timer, .software]
    #expect(Set(lines.map(\.rawValue)).count == lines.count && lines.allSatisfy { $0.rawValue.nonzeroBitCount == 1 })
  }

  @Test(
    "Is noted with the cycle of what raised it: the hart's access, an operation's end, a brown-out",
    arguments: 1...12 as ClosedRange<UInt64>)
  func noted(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var machine = try Bench.small(ChipConfiguration.small(seed: seed))
    var changes = 0
    for _ in 0..<3000 {
      let (before, wasRaised) = (machine.cycle, machine.chip.interrupts)
      let noted = machine.raiseCycle(of: .external, at: .max)
      var access = Access(
        address: Self.address(&random), width: random.next() % 40 == 0 ? .half : .word,
        cycle: machine.cycle + random.next() % 20, pc: MemoryMap.ram)
      switch random.next() % 60 {
      case 0: machine.brownOut()
      case 1:
        (access.address, access.width) = (MemoryMap.chip + ChipRegister.interruptEnable.rawValue, .word)
        _ = machine.store(.max >> (random.word() % 32), access)
      case 2...20: _ = machine.load(access)
      default: _ = machine.store(Self.value(&random), access)
      }
      _ = machine.interrupts(at: machine.cycle)
      let raised = machine.raiseCycle(of: .external, at: .max)
      #expect((raised != .max) == machine.chip.interrupts, "seed \(seed), cycle \(machine.cycle)")
      guard machine.chip.interrupts else { continue }
      #expect(raised <= machine.cycle)
      if wasRaised, raised != noted { #expect(raised >= before, "it went down and up again") }
      if !wasRaised {
        changes += 1
        #expect(raised >= before, "seed \(seed), cycle \(machine.cycle)")
      }
    }
    #expect(changes > 5, "seed \(seed)")
  }

  @Test(
    "An operation's end raises it at its own cycle, however late the hart looks", arguments: [50, 5000] as [UInt64])
  func late(_ wait: UInt64) throws {
    var machine = try Bench.small()
    func access(_ address: UInt32, _ cycle: UInt64) -> RV32.Access {
      Access(address: address, width: .word, cycle: cycle, pc: MemoryMap.ram)
    }
    let enable = ChipRegister.Interrupt.tiles(.readWrite).encode(UInt32(1))
    _ = machine.store(enable, access(MemoryMap.chip + ChipRegister.interruptEnable.rawValue, 10))
    let start = TileRegister.Start.operation.encode(Operation.read.rawValue)
    _ = machine.store(start, access(MemoryMap.tile(0) + TileRegister.start.rawValue, 20))
    #expect(machine.raiseCycle(of: .external, at: .max) == .max)
    _ = machine.load(access(MemoryMap.chip, 20 + wait))
    let ends = machine.events.filter { if case .finished = $0.event { true } else { false } }.map(\.cycle)
    #expect(ends.count == 1 && machine.raiseCycle(of: .external, at: .max) == ends.first)
  }
}
