import RV32
import TestSupport
import Testing

@Test("GDB packets are acknowledged by their checksum, until QStartNoAckMode")
func gdbFraming() {
  var session = GDBSession([nop])
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
  var session = GDBSession([addi(a0, zero, 1)])
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

@Test("The description has every CSR there is, by its name; all are read, and written where an instruction may")
func gdbCSRs() throws {
  var session = GDBSession([nop])
  var description = ""
  while !description.hasSuffix("</target>") {
    let part = session.ask("qXfer:features:read:target.xml:\(String(description.count, radix: 16)),1000")
    try #require(part.count > 1)
    description += part.dropFirst()
  }
  let number = /name="([a-z0-9]+)" bitsize="32" regnum="([0-9]+)" type="int" group="csr"/
  let described = description.matches(of: number).compactMap { match in Int(match.2).map { (match.1, $0 - 65) } }
  let present = (0..<4096).filter { trap([csrrs(a0, $0, zero)]) == nil }
  #expect(described.map(\.1) == present && present.count > 100)
  #expect(Set(described.map(\.0)).count == present.count)
  for (name, csr) in described {
    let packet = String(65 + csr, radix: 16)
    #expect(session.ask("p\(packet)").count == 8, "\(name)")
    let isWritable = trap([csrrw(zero, csr, zero)]) == nil
    #expect(session.ask("P\(packet)=01000000") == (isWritable ? "OK" : "E01"), "\(name)")
  }
  let scratch = String(65 + 0x340, radix: 16)
  #expect(session.ask("p\(scratch)") == "01000000")
}

@Test("The map of the memory has RAM and the devices")
func gdbMemoryMap() {
  var session = GDBSession([nop])
  #expect(session.ask("qSupported").contains("qXfer:memory-map:read+"))
  let map = session.ask("qXfer:memory-map:read::0,1000")
  #expect(map.first == "l" && map.contains(#"<memory type="ram" start="0x80000000" length="0x00010000"/>"#))
  #expect(session.ask("qXfer:memory-map:read::10,8") == "m" + map.dropFirst(17).prefix(8))
}

@Test("GDB starts the program anew, kills it, or lets it stand for another debugger")
func gdbLives() {
  var session = GDBSession([addi(a0, a0, 1), addi(a0, a0, 1), jal(0, -8)])
  #expect(session.ask("!") == "OK" && session.ask("qAttached") == "1")
  #expect(session.ask("s") == "" && session.advance() == "T05thread:01;")
  #expect(session.ask("vRun;") == "T05thread:01;" && session.core.retired == 0 && session.ask("qAttached") == "0")
  #expect(session.ask("vKill;1") == "OK" && !session.server.isFinished && session.ask("?") == "X09")
  #expect(session.ask("vRun;6d61696e") == "T05thread:01;" && session.ask("?") == "T05thread:01;")
  #expect(session.ask("D") == "OK" && !session.server.isDetached && session.ask("vAttach;1") == "T05thread:01;")
  session.core.breakpoints = [base]
  #expect(session.ask("c") == "" && session.server.isRunning)
  let isOver = session.disconnect()
  #expect(!isOver && !session.server.isRunning && session.core.breakpoints.isEmpty)
  #expect(session.ask("D") == "OK" && session.server.isDetached)
  let isOverNow = session.disconnect()
  #expect(!isOverNow && session.ask("k") == "" && session.server.isFinished)
  let isOverAtLast = session.disconnect()
  #expect(isOverAtLast)
}

@Test("The program's own ebreak stops it before, and the run that follows goes on behind")
func gdbEbreak() {
  var session = GDBSession([addi(a0, a0, 1), 0x0010_0073, 0x9002, addi(a0, a0, 1), jal(0, 0)])
  session.core.stopsAtEbreak = true
  #expect(session.ask("c") == "" && session.advance() == "T05thread:01;" && session.core.pc == base + 4)
  #expect(session.ask("c") == "" && session.advance() == "T05thread:01;" && session.core.pc == base + 8)
  #expect(session.ask("s") == "" && session.advance() == "T05thread:01;" && session.core.pc == base + 10)
  #expect(session.ask("c") == "" && session.advance() == "" && session.core[register: 10] == 2)
  #expect(session.core.hart.mcause == 0)
}

@Test("GDB reads and writes RAM, and never reaches a device")
func gdbMemory() {
  var session = GDBSession([nop])
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
  var session = GDBSession([addi(a0, a0, 1), sw(a0, 0, a1), jal(0, -8)])
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

@Test("Numbers of a packet have no sign and fit in 32 bits, and there are as many watchpoints as are looked at in time")
func gdbNumbers() {
  var session = GDBSession([nop])
  for number in ["-8000000000000000", "-1", "+1", "7fffffffffffffff", "ffffffffffffffff1", "100000000", ""] {
    for packet in ["p\(number)", "P\(number)=00000000", "m\(number),1", "m80000000,\(number)", "Z0,\(number),4"] {
      #expect(session.ask(packet) == "E01", "\(packet)")
    }
  }
  #expect(session.ask("pffffffff") == "E01" && session.ask("Pffffffff=00000000") == "E01")
  #expect((0..<64).allSatisfy { session.ask("Z2,\(String($0, radix: 16)),4") == "OK" })
  #expect(session.ask("Z2,4000,4") == "E01" && session.ask("Z2,3f,4") == "OK" && session.ask("z2,1,4") == "OK")
  #expect(session.ask("Z2,4000,4") == "OK")
}

@Test("The GDB server survives whatever arrives")
func gdbFuzz() {
  var random = SeededRandom(11)
  var session = GDBSession([addi(a0, a0, 1), jal(0, -4)])
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
