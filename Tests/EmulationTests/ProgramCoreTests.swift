import RV32
import Tasks
import TestSupport
import Testing

@Suite("Cores of programs")
struct ProgramCoreTests {
  @Test(
    "Trap misaligned accesses where that is asked for; have the RAM that is asked for, and no finisher of their own")
  func settings() throws {
    var program = try BuiltFirmware.program("selftest")
    for isAsked in [false, true] {
      program.trapsMisaligned = isAsked
      var core = try program.core(ramBytes: 1 << 20)
      #expect(core.configuration.trapsMisaligned == isAsked)
      #expect(core.configuration.ramSize == 1 << 20)
      #expect(core.host.finisher == nil)
      core.pokeWord(0x0015_2503, core.pc)  // lw a0, 1(a0)
      core.hart.x[10] = core.pc & ~3
      core.hart.mtvec = core.pc & ~3 + 0x100
      var bus = EmptyBus()
      _ = core.step(on: &bus)
      #expect((core.hart.mcause == Cause.loadMisaligned.rawValue) == isAsked)
    }
  }
}
