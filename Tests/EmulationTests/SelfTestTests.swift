import Board
import RV32
import Tasks
import TestSupport
import Testing
import Trace

@Suite("The firmware's self-test")
struct SelfTestTests {
  private func output(_ name: String = "selftest") throws -> String {
    let program = try BuiltFirmware.program(name)
    var core = try program.core(ramBytes: Machine<NoLog>.defaultRAMBytes)
    var machine = try Machine(smallChip(), log: NoLog())
    #expect(core.run(on: &machine, instructions: 100_000_000) == .exited(.status(0)))
    return String(decoding: machine.uart.collect(), as: UTF8.self)
  }

  @Test("Runs to its end and its arithmetic is right")
  func checksums() throws {
    let printed = try output()
    #expect(printed.hasPrefix("MbLSTM self-test\n") && printed.hasSuffix("done\n"))
    #expect(!printed.contains("wrong"))
  }

  @Test("Prints the same on QEMU", .needs(.qemu), arguments: ["selftest", "lstmloop"])
  func qemu(_ name: String) throws {
    let qemu = try #require(OutsideTool.qemu.path)
    let result = try Shell.run(
      "/usr/bin/timeout",
      ["60", qemu, "-M", "virt", "-bios", "none", "-nographic", "-kernel", try BuiltFirmware.path(name)])
    #expect(result.status == 0)
    #expect(try result.output.replacing("\r", with: "") == output(name))
  }
}
