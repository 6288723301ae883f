import RV32
import Testing

/// A device whose stores cannot be read back, which can end the program, and one word of which a debugger may set.
private struct EndingBus: DeviceBus {
  var exit: RV32.ExitStatus?
  var poked: [String] = []

  mutating func load(_ access: Access) -> Reply { access.address < 0x4000_0000 ? .fault : Reply(value: 7) }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply {
    guard access.address >= 0x4000_0000 else { return .fault }
    var reply = Reply()
    reply.exit = exit
    return reply
  }
  func readsBack(_ address: UInt32) -> Bool { address >= base }
  mutating func poke(_ value: UInt32, _ address: UInt32, _ width: AccessWidth) -> Bool {
    guard address >= 0x4000_0000, address < 0x4000_0008 else { return false }
    poked.append("\(width.rawValue) \(address - 0x4000_0000) \(value)")
    return true
  }
}

/// What a server sends while a program runs: texts for the console, and the stop.
private func told(
  _ program: [UInt32], step: Bool = false, points: [String] = [], bus: EndingBus = EndingBus(), turns: Int = 3,
  _ change: (inout Core) -> Void = { _ in }
) -> [String] {
  var server = GDBServer()
  var core = RV32Tests.core(program)
  var bus = bus
  core[register: 8] = base + 0x800
  core[register: 9] = 0x4000_0000
  change(&core)
  for packet in points { _ = server.receive(framed(Array(packet.utf8)), core: &core, bus: &bus) }
  _ = server.receive(framed(Array((step ? "s" : "c").utf8)), core: &core, bus: &bus)
  var sent: [UInt8] = []
  for _ in 0..<turns where server.isRunning { sent += server.advance(core: &core, bus: &bus, instructions: 50) }
  let packets: [Substring] = String(decoding: sent, as: UTF8.self).split(separator: "$")
  return packets.map { (packet: Substring) -> String in
    let body = String(packet.prefix { $0 != "#" })
    guard body.first == "O", body.count % 2 == 1 else { return body }
    let digits = body.dropFirst().map { UInt8($0.hexDigitValue ?? 0) }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    return "O " + String(decoding: bytes, as: UTF8.self)
  }
}

@Test("A trap without a handler is told in words, with the signal that a hosted program would get")
func gdbTraps() {
  func trapped(_ program: [UInt32], misaligned: Bool = false) -> [String] {
    var configuration = smallConfiguration()
    configuration.trapsMisaligned = misaligned
    return told(program) { core in
      core = RV32Tests.core(program, configuration)
      core[register: 8] = base + 0x800
    }
  }
  func words(_ cause: Cause, _ tval: UInt32) -> String {
    "O trap without a handler: \(Trap(cause, pc: base, tval: tval))\n"
  }
  #expect(trapped([0]) == [words(.illegalInstruction, 0), "T04thread:01;"])
  #expect(trapped([lw(a0, 0, zero)]) == [words(.loadFault, 0), "T0bthread:01;"])
  #expect(trapped([sw(a0, 4, zero)]) == [words(.storeFault, 4), "T0bthread:01;"])
  #expect(trapped([lw(a0, 1, s0)], misaligned: true) == [words(.loadMisaligned, base + 0x801), "T0athread:01;"])
  #expect(trapped([sw(a0, 2, s0)], misaligned: true) == [words(.storeMisaligned, base + 0x802), "T0athread:01;"])
  #expect(trapped([ecall]).last == "T05thread:01;")
  #expect(trapped([jalr(zero, zero, 0x100)]).last == "T0bthread:01;")
}

@Test("What ends a run, or stops it, is told: a status, a reset, no power, a sleep, the stack, and what is watched")
func gdbStops() {
  let exit = [sw(a0, 0, s1), jal(zero, 0)]
  #expect(told(exit, bus: EndingBus(exit: .status(0x1ff))) == ["Wff"])
  #expect(told(exit, bus: EndingBus(exit: .status(3))) == ["W03"])
  #expect(told(exit, bus: EndingBus(exit: .powerOff)) == ["W00"])
  #expect(told(exit, bus: EndingBus(exit: .reset), turns: 1) == ["O the program has reset the hart\n"])
  #expect(
    told(exit, step: true, bus: EndingBus(exit: .reset)) == ["O the program has reset the hart\n", "T05thread:01;"])
  #expect(told([wfi]) == ["O wfi: no event can end it\n", "T05thread:01;"])
  #expect(told([jal(zero, 0)]) == [] && told([jal(zero, 0)], step: true) == ["T05thread:01;"])
  let stack = told([sw(a0, 0, s0)]) { $0.stackGuard = base + 0x7f0..<base + 0x810 }
  #expect(stack == ["O stack overflow: a store to 0x80000800\n", "T0bthread:01;"])
  let uses = [lw(a0, 0, s0), sw(a0, 0, s0), jal(zero, 0)]
  #expect(told(uses, points: ["Z2,80000800,4"]) == ["T05watch:80000800;thread:01;"])
  #expect(told(uses, points: ["Z3,80000800,1"]) == ["T05rwatch:80000800;thread:01;"])
  #expect(told(uses, points: ["Z4,80000803,1"]) == ["T05awatch:80000800;thread:01;"])
  #expect(told(uses, points: ["Z2,80000804,4"]) == [] && told(uses, points: ["Z2,80000800,4", "z2,80000800,4"]) == [])
  let devices = [lw(a0, 0, s1), sw(a0, 0, s1), jal(zero, 0)]
  #expect(
    told(devices, points: ["Z2,40000000,4"])
      == ["O a store to 0x40000000, which does not read back what is written\n", "T05thread:01;"])
  #expect(told(devices, points: ["Z3,40000000,4"]) == ["T05rwatch:40000000;thread:01;"])
  for type in [0, 1] { #expect(told([nop, nop, jal(zero, 0)], points: ["Z\(type),80000004,4"]) == ["T05thread:01;"]) }
}

@Test("Each packet has its answer, and one that is not known none")
func gdbPackets() {
  func hex(_ text: String) -> String { text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
  var session = GDBSession([nop, nop, nop, nop, jal(zero, 0)])
  for (packet, answer) in [
    ("H", "OK"), ("Hg0", "OK"), ("T1", "OK"), ("qfThreadInfo", "m01"), ("qsThreadInfo", "l"), ("qC", "QC01"),
    ("qSymbol::", "OK"), ("qOffsets", "Text=0;Data=0;Bss=0"), ("qRcmd,7", "E01"), ("qRcmd,zz", "E01"),
    ("qRcmd,\(hex("none"))", hex("unknown monitor command\n")), ("qRcmd,\(hex("retired"))", hex("0\n")),
    ("vFile:open", ""),
    ("vCont;x", "E01"), ("vCont", "E01"), ("qTStatus", ""), ("QPassSignals:e", ""), ("w", ""),
    ("vCont?", "vCont;c;C;s;S"),
    ("m80000000", "E01"), ("m80000000,1,1", "E01"), ("m80000000,2001", "E01"), ("M80000000,1", "E01"),
    ("X80000000,1", "E01"),
    ("Z0,80000000", "E01"), ("Z0,80000000,4,1", "E01"), ("Z9,80000000,4", ""), ("Zx,80000000,4", "E01"),
    ("qXfer:features:read:other.xml:0,10", ""), ("qXfer:memory-map:read::0", "E01"), ("qAttached", "1"),
  ] { #expect(session.ask(packet) == answer, "\(packet)") }
  #expect(session.ask("m80000000,2000").count == 0x4000)
  for (packet, place, isStep) in [
    ("c80000008", 8, false), ("s8000000c", 12, true), ("C05;80000008", 0, false), ("S05", 0, true),
    ("vCont;C05", 0, false),
    ("vCont;S05:1", 0, true), ("c", 0, false),
  ] as [(String, UInt32, Bool)] {
    session.core.pc = base
    #expect(session.ask(packet) == "" && session.server.isRunning && session.core.pc == base + place, "\(packet)")
    #expect(session.advance() == (isStep ? "T05thread:01;" : ""), "\(packet)")
    if session.server.isRunning { #expect(payload(session.raw([3])) == "T02thread:01;") }
  }
  #expect(session.ask("!") == "OK" && session.ask("R00") == "" && session.core.retired == 0)
  #expect(session.ask("qAttached") == "0" && session.ask("?") == "T05thread:01;")
  #expect(session.ask("k") == "" && session.ask("?") == "X09" && session.ask("vAttach;1") == "E01")
}

@Test("A document comes in parts of any length, 'm' while there is more and 'l' with the last")
func gdbTransfers() {
  var session = GDBSession([nop])
  for document in ["features:read:target.xml", "memory-map:read:"] {
    let whole = session.ask("qXfer:\(document):0,8000")
    #expect(whole.first == "l")
    let text = Array(whole.dropFirst())
    for offset in [0, 1, 17, text.count - 1, text.count, text.count + 1, text.count + 99] {
      for count in [0, 1, 5, text.count] {
        let part = text.dropFirst(offset).prefix(count)
        let isMore = offset + part.count < text.count
        let packet = "qXfer:\(document):\(String(offset, radix: 16)),\(String(count, radix: 16))"
        #expect(session.ask(packet) == (isMore ? "m" : "l") + String(part), "\(packet)")
      }
    }
  }
}

@Test("Memory is written whole or not at all; an aligned word of a device at once, other bytes of it one by one")
func gdbWrites() {
  var server = GDBServer()
  var core = RV32Tests.core([nop])
  var bus = EndingBus()
  func ask(_ packet: String) -> String {
    payload(String(decoding: server.receive(framed(Array(packet.utf8)), core: &core, bus: &bus), as: UTF8.self))
  }
  #expect(ask("M8000fffe,2:1122") == "OK" && ask("m8000fffe,2") == "1122")
  #expect(ask("M8000ffff,2:3344") == "E01" && ask("m8000fffe,2") == "1122")
  #expect(ask("M80000100,0:") == "OK" && ask("M80000100,1:") == "E01" && ask("M80000100,1:0") == "E01")
  #expect(ask("M40000004,4:78563412") == "OK" && bus.poked == ["4 4 305419896"])
  #expect(ask("M40000001,3:0a0b0c") == "OK" && ask("M40000002,4:01020304") == "OK")
  #expect(bus.poked.dropFirst() == ["1 1 10", "1 2 11", "1 3 12", "1 2 1", "1 3 2", "1 4 3", "1 5 4"])
  #expect(ask("M40000008,4:00000000") == "E01" && ask("M40000007,2:0506") == "E01" && bus.poked.last == "1 7 5")
  #expect(ask("G00") == "E01" && ask("G" + String(repeating: "00000000", count: 32)) == "E01")
  let registers = (0..<33).map { number in (0..<4).map { "0\(($0 + number) % 10)" }.joined() }.joined()
  #expect(ask("G" + registers) == "OK" && ask("g") == "00000000" + registers.dropFirst(8))
  #expect(core[register: 5] == 0x0807_0605 && core.pc == 0x0504_0302 & ~1)
}
