import Testing

@testable import RV32

@Suite("How deep a profile goes, and how far back a trail")
struct ProfileDepthTests {
  @Test("Calls deeper than 1024 stand at the place of the last that is kept", arguments: [1024, 1026])
  func deepest(_ calls: Int) {
    var core = core([jal(ra, 0x100)])
    // Each call has a frame of its own below that of its caller.
    core.setBytes(code([addi(sp, sp, -4), jal(ra, -4)]), at: base + 0x100)
    core[register: 2] = base + 0x8000
    core.profiler = Profiler(
      SymbolTable([
        Symbol(name: "m", address: base, size: 4, kind: .function),
        Symbol(name: "f", address: base + 0x100, size: 8, kind: .function),
      ]))
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: UInt64(2 * calls))
    let lines = core.profiler?.folded.split(separator: "\n") ?? []
    let deepest = lines.map { line in line.utf8.count { $0 == UInt8(ascii: ";") } }.max()
    // The main program calls first; then each call of f but the last calls the next.
    #expect(deepest == min(calls, 1024) && lines.count == min(calls, 1024) + 1)
    // Of each call 1 cycle for its frame and 2 for the next jump, and the last has made its frame alone.
    let last = lines.first { line in line.utf8.count { $0 == UInt8(ascii: ";") } == deepest }
    #expect(last?.hasSuffix("f \(1 + 3 * max(calls - 1024, 0))") == true, "\(last?.suffix(20) ?? "none")")
    #expect(core.profiler?.cycles == core.cycle)
  }

  @Test("Of the trail as many instructions are told as are asked for and there are, the latest last")
  func trail() {
    var core = core([nop, cNop, nop, jal(zero, 0)])
    var bus = EmptyBus()
    #expect(core.lastInstructions(5).isEmpty)
    _ = core.run(on: &bus, instructions: 3)
    let all = [
      PlacedInstruction(pc: base, instruction: nop), PlacedInstruction(pc: base + 4, instruction: 1),
      PlacedInstruction(pc: base + 6, instruction: nop),
    ]
    for count in [3, 4, 100] { #expect(core.lastInstructions(count) == all, "\(count)") }
    #expect(core.lastInstructions(2) == Array(all[1...]) && core.lastInstructions(1) == [all[2]])
    #expect(core.lastInstructions(0).isEmpty && core.lastInstructions(-1).isEmpty)
    _ = core.run(on: &bus, instructions: 2)
    #expect(core.lastInstructions(3).map(\.pc) == [base + 6, base + 10, base + 10])
  }

  @Test("A debugger that is not served is told why in its own words")
  func refusedDebugger() {
    // The dollar sign is escaped on the wire.
    let sent = GDBServer.refusal("one $ is there")
    #expect(sent == Array("+".utf8) + framed(Array("E.one }\u{4} is there".utf8)))
    #expect(GDBServer().console("a\n") == framed(Array("O610a".utf8)))
  }

  @Test("A server is finished once the program was killed, or let go of after its end, and GDB cannot start it anew")
  func finished() {
    for isExtended in [false, true] {
      var session = GDBSession([nop])
      if isExtended { #expect(session.ask("!") == "OK") }
      #expect(!session.server.isFinished && !session.server.isDetached)
      #expect(session.ask("D") == "OK" && session.server.isDetached == !isExtended && !session.server.isFinished)
      #expect(session.disconnect() == false)
      if isExtended { _ = session.ask("!") }
      #expect(session.ask("vKill;1") == "OK" && session.server.isFinished == !isExtended)
      #expect(session.ask("?") == "X09" && session.ask("vAttach;1") == "E01")
      #expect(session.ask("vRun;") == "T05thread:01;" && !session.server.isFinished && session.ask("qAttached") == "0")
      #expect(session.ask("vAttach;1") == "T05thread:01;")
      _ = session.ask("k")
      #expect(session.disconnect() == true)
    }
    var ended = GDBSession([sw(a0, 0, a1)])
    ended.core[register: 10] = 0x5555
    ended.core[register: 11] = 0x10_0000
    #expect(ended.ask("c") == "" && ended.advance() == "W00" && ended.ask("?") == "W00")
    #expect(ended.ask("c") == "" && ended.server.isRunning && ended.advance() == "W00" && !ended.server.isRunning)
    #expect(!ended.server.isFinished && ended.ask("D") == "OK" && ended.server.isFinished)
    #expect(ended.disconnect() == true && ended.ask("?") == "X09")
  }
}
