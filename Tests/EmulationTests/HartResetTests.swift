import Board
import Crossbar
import Foundation
import RV32
import Registers
import Tasks
import Testing
import Trace

@Suite("A hart that is reset")
struct HartResetTests {
  /// Sleeps with the timer's line up and enabled, which ends the sleep at once. Reads RESET_CAUSE; ends if its HART bit
  /// is set, or resets the hart and loops.
  private static let words: [UInt32] = [
    0x0200_42b7,  // lui t0, MTIMECMP
    0x0002_a023,  // sw zero, 0(t0)
    0x0002_a223,  // sw zero, 4(t0)
    0x0800_0313,  // li t1, MTIE
    0x3043_2073,  // csrs mie, t1
    0x1050_0073,  // wfi
    0x4000_02b7,  // lui t0, MBX
    0x0542_a303,  // lw t1, RESET_CAUSE(t0)
    0x0013_7393,  // andi t2, t1, 1
    0x0003_9863,  // bnez t2, +16
    0x0010_0393,  // li t2, 1
    0x0472_a823,  // sw t2, RESET(t0)
    0x0000_006f,  // j .
    0x0010_02b7,  // lui t0, FINISHER
    0x0000_5337,  // lui t1, 5
    0x5553_0313,  // addi t1, t1, 0x555
    0x0062_a023,  // sw t1, 0(t0)
  ]

  private static func loaded() throws -> Program {
    let path = NSTemporaryDirectory() + "hart-reset-\(UUID().uuidString).bin"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try Program(path: path, rawAddress: MemoryMap.ram)
  }

  private static func packet(_ text: String) -> [UInt8] {
    let sum = text.utf8.reduce(0 as UInt8, &+)
    return Array("$\(text)#\(sum < 16 ? "0" : "")\(String(sum, radix: 16))".utf8)
  }

  @Test("It begins its program anew, time goes on, and RESET_CAUSE tells")
  func restart() throws {
    let program = try Self.loaded()
    var execution = try Execution(
      program, on: Machine(smallChip(), log: MemoryLog(), ramBytes: 0), ramBytes: 1 << 16)
    execution.instructionLimit = 1000
    let reason = try execution(print: { _ in })
    #expect(reason == .exited(.status(0)))
    #expect(execution.machine.peek(MemoryMap.chip + ChipRegister.resetCause.offset()) == 5)
    #expect(execution.core.retired == 12 + 14 && execution.core.cycle > 26)
    #expect(execution.core.interruptResponse.wakes == 2, "what was told before the reset is kept")
    let cycles = execution.machine.log.entries.map(\.cycle)
    #expect(zip(cycles, cycles.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("Under a debugger too: GDB is told in its console, and by a step that stands at the reset vector")
  func debugged() throws {
    let program = try Self.loaded()
    let chip = smallChip()
    func session() throws -> DebugSession {
      let log = WatchedLog(BlockMap.board(tiles: chip.tiles.count), program)
      return try DebugSession(program, on: Machine(chip, log: log, ramBytes: 0), ramBytes: 1 << 16)
    }
    let told = "the program has reset the hart\n".utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()

    var whole = try session()
    _ = whole.receive(Self.packet("vCont;c"))
    var answer = ""
    for _ in 0..<3 { answer += String(decoding: whole.advance(), as: UTF8.self) }
    #expect(answer.contains("$O\(told)#") && answer.contains("$W00#"), "\(answer)")
    let goesOn = whole.isRunning
    #expect(!goesOn)

    var stepped = try session()
    answer = ""
    for _ in 0..<12 {
      _ = stepped.receive(Self.packet("vCont;s"))
      answer = String(decoding: stepped.advance(), as: UTF8.self)
    }
    #expect(answer.contains("$O\(told)#") && answer.contains("$T05thread:01;#"), "\(answer)")
    #expect(String(decoding: stepped.receive(Self.packet("p20")), as: UTF8.self).contains("$00000080#"))
  }
}
