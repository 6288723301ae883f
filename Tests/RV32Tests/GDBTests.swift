import RV32
import TestSupport
import Testing

/// A session with a server: what is sent and what comes back, without the framing.
private struct Session: ~Copyable {
  var server = GDBServer()
  var core: Core
  var bus = LoggingBus()

  init(_ program: [UInt32]) { core = RV32Tests.core(program) }

  mutating func raw(_ bytes: [UInt8]) -> String {
    let output = server.receive(bytes, core: &core, bus: &bus) { command, core, _ in
      command == "retired" ? "\(core.retired)\n" : nil
    }
    return String(decoding: output, as: UTF8.self)
  }

  mutating func ask(_ packet: String) -> String {
    var answer = raw(framed(Array(packet.utf8)))
    if answer.first == "+" { answer.removeFirst() }
    return payload(answer)
  }

  mutating func advance() -> String {
    payload(String(decoding: server.advance(core: &core, bus: &bus, instructions: 100), as: UTF8.self))
  }
}

private func framed(_ body: [UInt8]) -> [UInt8] {
  let sum = body.reduce(0 as UInt8, &+)
  return Array("$".utf8) + body + Array("#\(String(sum >> 4, radix: 16))\(String(sum & 15, radix: 16))".utf8)
}

private func payload(_ wire: String) -> String {
  guard let start = wire.lastIndex(of: "$"), let end = wire.lastIndex(of: "#") else { return wire }
  return String(wire[wire.index(after: start)..<end])
}

@Test("GDB packets are acknowledged by their checksum, until QStartNoAckMode")
func gdbFraming() {
  var session = Session([nop])
  #expect(session.raw(Array("$?#3f".utf8)) == "+$T05thread:01;#07")
  #expect(session.raw(Array("$?#3e".utf8)) == "-")
  #expect(session.raw(Array("$?#zz".utf8)) == "-")
  #expect(session.raw(Array("noise+-$?".utf8)) == "" && session.raw(Array("#3".utf8)) == "")
  #expect(session.raw(Array("f".utf8)) == "+$T05thread:01;#07")
  #expect(session.raw([3]) == "")  // an interrupt while nothing runs
  #expect(session.ask("QStartNoAckMode") == "OK")
  #expect(session.raw(Array("$?#3f".utf8)) == "$T05thread:01;#07")
  #expect(session.ask("unknown") == "" && session.ask("vMustReplyEmpty") == "")
  #expect(
    session.raw(Array("$".utf8) + [UInt8](repeating: 0x41, count: 100_000) + Array("$?#3f".utf8)) == "$T05thread:01;#07"
  )
}

@Test("GDB reads and writes registers and CSRs by number, and gets a description of them")
func gdbRegisters() {
  var session = Session([addi(a0, zero, 1)])
  let all = session.ask("g")
  #expect(all.count == 33 * 8 && all.hasSuffix("00000080"))
  #expect(session.ask("Pa=78563412") == "OK" && session.ask("pa") == "78563412")
  #expect(session.core[register: 10] == 0x1234_5678)
  #expect(session.ask("P0=ffffffff") == "OK" && session.ask("p0") == "00000000")
  #expect(session.ask("P20=10000080") == "OK" && session.core.pc == base + 16)
  let mepc = String(65 + 0x341, radix: 16)
  let cycle = String(65 + 0xC00, radix: 16)
  #expect(session.ask("P\(mepc)=01020304") == "OK" && session.ask("p\(mepc)") == "00020304")
  #expect(session.ask("P\(cycle)=00000000") == "E01" && session.ask("p\(cycle)") == "00000000")
  #expect(session.ask("p30") == "E01" && session.ask("P") == "E01" && session.ask("G00") == "E01")
  #expect(session.ask("G" + all) == "OK" && session.core.pc == base && session.core[register: 10] == 0)
  var description = ""
  repeat {
    description.removeFirst(description.isEmpty ? 0 : 1)
    let part = session.ask("qXfer:features:read:target.xml:\(String(description.count, radix: 16)),100")
    description = part.prefix(1) + description + part.dropFirst()
  } while description.first == "m"
  #expect(description.contains("riscv:rv32") && description.contains(#"name="pc" bitsize="32" regnum="32""#))
  #expect(session.ask("qSupported:swbreak+").contains("qXfer:features:read+"))
}

@Test("GDB reads and writes RAM, and never reaches a device")
func gdbMemory() {
  var session = Session([nop])
  #expect(session.ask("m80000000,4") == "13000000")
  #expect(session.ask("M80000100,3:010203") == "OK" && session.ask("m80000100,4") == "01020300")
  #expect(session.raw(framed(Array("X80000100,2:".utf8) + [0x7D, 0x03, 0x41])).contains("OK"))  // } 03 is #
  #expect(session.ask("m80000100,2") == "2341")
  #expect(session.ask("m8000ffff,8").count == 2 && session.ask("m0,4") == "E01" && session.ask("m80000000,0") == "")
  #expect(session.ask("M80000100,3:0102") == "E01" && session.ask("mzz") == "E01" && session.ask("M0,1:00") == "E01")
  #expect(session.bus.log.isEmpty)  // nothing was read or written for real
}

@Test("GDB steps, continues, and stops at breakpoints, watchpoints, traps and the program's exit")
func gdbExecution() {
  var session = Session([addi(a0, a0, 1), sw(a0, 0, a1), jal(0, -8)])
  session.core[register: 11] = base + 0x800
  #expect(session.ask("vCont?") == "vCont;c;C;s;S")
  #expect(session.ask("s") == "" && session.server.isRunning && session.advance() == "T05thread:01;")
  #expect(!session.server.isRunning && session.core.pc == base + 4)
  #expect(session.ask("Z0,80000008,4") == "OK" && session.ask("vCont;c:1") == "")
  #expect(session.advance() == "T05thread:01;" && session.core.pc == base + 8)
  #expect(session.ask("z0,80000008,4") == "OK" && session.ask("Z2,80000800,4") == "OK" && session.ask("c") == "")
  #expect(session.advance() == "T05watch:80000800;thread:01;" && session.core.pc == base + 4)
  #expect(session.ask("z2,80000800,4") == "OK" && session.ask("c") == "" && session.advance() == "")
  #expect(
    payload(session.raw([3])) == "T02thread:01;" && !session.server.isRunning && session.ask("?") == "T02thread:01;")
  #expect(
    session.ask("qRcmd,72657469726564")
      == String(
        "\(session.core.retired)\n".utf8.flatMap { [$0 >> 4, $0 & 15] }
          .map { String($0, radix: 16) }.joined()))
  session.core.pokeWord(0, base)
  session.core.pc = base
  #expect(session.ask("c") == "" && session.advance() == "T04thread:01;")
  session.core.setBytes(code([sw(a0, 0, a1)]), at: base)
  session.core[register: 10] = 0x2A_3333
  session.core[register: 11] = 0x10_0000
  #expect(session.ask("c") == "" && session.advance() == "W2a")
  #expect(session.ask("D") == "OK" && session.server.isFinished)
}

@Test("The GDB server survives whatever arrives")
func gdbFuzz() {
  var random = SeededRandom(11)
  var session = Session([addi(a0, a0, 1), jal(0, -4)])
  let starts = [
    "g", "G", "p", "P", "m", "M", "X", "Z0", "Z2", "z3", "c", "s", "vCont;", "qXfer:features:read:target.xml:",
    "qRcmd,", "H", "v", "q",
  ]
  for _ in 0..<(isOptimised ? 100_000 : 5000) {
    var body = Array(random.pick(starts).utf8)
    for _ in 0..<random.word() % 12 { body.append(random.pick(Array("0123456789abcdef,:;=-}".utf8))) }
    if random.word() % 50 == 0 { body.append(UInt8(truncatingIfNeeded: random.word())) }
    _ = session.raw(framed(body))
    if session.server.isRunning { _ = session.advance() }
    if random.word() % 100 == 0 { _ = session.raw([UInt8(truncatingIfNeeded: random.word()), 3]) }
    session.core.breakpoints.removeAll()
    session.core.watchpoints.removeAll()
  }
}
