import Board
import Crossbar
import RV32
import Registers
import Testing
import Trace

/// A program that starts an ERASE and loads WAIT, with a handler that counts ticks and the latency of the latest.
private enum Ticking {
  static let base: UInt32 = 0x8000_0000
  static let period: UInt32 = 100_000
  // Registers of the program.
  static let (status, ticks, worst) = (10, 11, 12)

  private static func immediate(_ opcode: UInt32, _ function: UInt32, _ rd: UInt32, _ rs1: UInt32, _ value: UInt32)
    -> UInt32
  { value << 20 | rs1 << 15 | function << 12 | rd << 7 | opcode }
  private static func add(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32, subtracting: Bool = false) -> UInt32 {
    (subtracting ? 1 << 30 : 0) | rs2 << 20 | rs1 << 15 | rd << 7 | 0x33
  }
  /// Offsets below 32.
  private static func store(_ rs2: UInt32, _ offset: UInt32, _ rs1: UInt32) -> UInt32 {
    rs2 << 20 | rs1 << 15 | 2 << 12 | offset << 7 | 0x23
  }

  private static let main = [
    store(9, TileRegister.unlock.rawValue, 8), store(5, TileRegister.start.rawValue, 8),
    immediate(0x03, 2, 10, 8, TileRegister.wait.rawValue), store(6, 0, 7),
  ]
  private static let handler: [UInt32] = [
    immediate(0x13, 0, 11, 11, 1),
    // mcycle, less the cycle that was asked for.
    immediate(0x73, 2, 28, 0, 0xb00), add(28, 28, 15, subtracting: true),
    // bge a2, t3, over the next.
    28 << 20 | 12 << 15 | 5 << 12 | 8 << 7 | 0x63, add(12, 28, 0),
    add(15, 15, 14), store(15, 0, 13), 0x3020_0073,
  ]

  static func core(isRecorded: Bool) -> Core {
    var configuration = Core.Configuration()
    configuration.ramSize = 1 << 16
    var core = Core(configuration)
    func bytes(_ words: [UInt32]) -> [UInt8] {
      words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
    core.setBytes(bytes(main), at: base)
    core.setBytes(bytes(handler), at: base + 0x1000)
    core.hart.mtvec = base + 0x1000
    core.hart.mie = .timer
    core.hart.interruptsEnabled = true
    let values: [Int: UInt32] = [
      5: Operation.erase.rawValue, 6: FinisherRegister.pass, 7: MemoryMap.finisher, 8: MemoryMap.tile(0),
      9: TileRegister.unlockKey, 13: MemoryMap.timer + TimerRegister.compare.offset(), 14: period, 15: period,
    ]
    for (register, value) in values { core[register: register] = value }
    if isRecorded { core.recorder = Recorder(capacity: 16) }
    return core
  }
}

@Suite("Interrupts while a load of WAIT stalls")
struct StallInterruptTests {
  private func machine(rows: Int) throws -> Machine<MemoryLog> {
    var machine = try Machine(
      ChipConfiguration(tiles: [TileConfiguration(wordLines: rows, bitLines: 1)]), log: MemoryLog(), ramBytes: 0)
    machine.write(MemoryMap.timer + TimerRegister.compare.offset(1), 0)
    machine.write(MemoryMap.timer + TimerRegister.compare.offset(), Ticking.period)
    return machine
  }

  @Test("A tick of 1 kHz loses none through an ERASE of 1 024 word lines", arguments: [false, true])
  func ticks(isRecorded: Bool) throws {
    var machine = try machine(rows: 1024)
    var core = Ticking.core(isRecorded: isRecorded)
    let reason = core.run(on: &machine)
    #expect(reason == .exited(.status(0)))
    #expect(core[register: Ticking.ticks] == UInt32(core.cycle / UInt64(Ticking.period)))
    #expect(core[register: Ticking.ticks] == 1024 * (2 * 9600 + 50) / Ticking.period)
    let worst = core[register: Ticking.worst]
    // The program reads the cycle in the second instruction of its handler.
    #expect(
      worst < 20 && core.interruptResponse.worstLatency == UInt64(worst) - 1, "\(worst), \(core.interruptResponse)")
    #expect(core.interruptResponse.interrupts == UInt64(core[register: Ticking.ticks]))
    #expect(core[register: Ticking.status] == Operation.erase.rawValue << 4)
    let loads = machine.log.entries.count {
      if case .access(let access) = $0.body {
        access.address == MemoryMap.tile(0) + TileRegister.wait.rawValue
      } else {
        false
      }
    }
    #expect(loads == 1, "an interrupted load is none")
    #expect(machine.chip.tiles[0].counters.phases == 1024)
  }

  @Test("Without a line that the hart takes, the load stalls to its end")
  func masked() throws {
    var machine = try machine(rows: 16)
    var core = Ticking.core(isRecorded: false)
    core.hart.interruptsEnabled = false
    #expect(core.run(on: &machine) == .exited(.status(0)) && core[register: Ticking.ticks] == 0)
    #expect(core.cycle > 16 * (2 * 9600 + 50))
  }
}
