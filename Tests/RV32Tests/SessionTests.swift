import Testing

@testable import RV32

@Test("A program that begins anew keeps what host and debugger have set, and nothing else of the hart before")
func sessionIsTakenOver() {
  var before = core([addi(a0, zero, 7), ebreak])
  before.breakpoints = [base + 4]
  before.watchpoints = [Watchpoint(.write, address: base + 0x100, count: 4)]
  before.stopsAtEbreak = true
  before.host.semihosting = true
  before[register: 10] = 99
  var after = core([nop, ebreak])
  after.takeOver(sessionOf: before)
  #expect(after.breakpoints == [base + 4] && after.watchpoints == before.watchpoints)
  #expect(after.stopsAtEbreak && after.host.semihosting)
  #expect(after[register: 10] == 0)
}
