import Testing

@testable import RV32

@Suite("Runs, hosts and records at their edges")
struct RunEdgeTests {
  private static let end = base + 0x1_0000

  @Test("A run of no instructions, or up to a cycle that has come, does nothing; instructions are looked at first")
  func nothing() {
    var core = core([addi(a0, a0, 1), addi(a0, a0, 1), jal(zero, -8)])
    var bus = EmptyBus()
    #expect(
      core.run(on: &bus, instructions: 0) == .instructionLimit && core.run(on: &bus, untilCycle: 0) == .cycleLimit)
    #expect(core.run(on: &bus, instructions: 0, untilCycle: 0) == .instructionLimit)
    #expect(core.retired == 0 && core.cycle == 0 && core.pc == base)
    #expect(core.run(on: &bus, instructions: 5, untilCycle: 1) == .cycleLimit && core.retired == 1)
    #expect(core.run(on: &bus, untilCycle: 1) == .cycleLimit && core.retired == 1)
    #expect(core.run(on: &bus, instructions: 1, untilCycle: 2) == .instructionLimit && core.retired == 2)
    // A jump takes two cycles, the limit is in its second.
    #expect(core.run(on: &bus, untilCycle: 3) == .cycleLimit && core.cycle == 4 && core.retired == 3)
  }

  @Test("A run ends where the count of instructions does")
  func lastInstruction() {
    for (left, count) in [(3, 10), (3, 3), (3, 2), (0, 1)] as [(UInt64, UInt64)] {
      var core = core(Array(repeating: nop, count: 20))
      core.hart.retired = .max - left
      var bus = EmptyBus()
      #expect(core.run(on: &bus, instructions: count) == .instructionLimit)
      #expect(core.retired == .max - left + min(left, count) && core.pc == base + 4 * UInt32(min(left, count)))
    }
  }

  @Test("The finisher looks at the low half of a word, and goes on at a word that says nothing")
  func finisherWords() {
    for (word, reason) in [
      (0xFFFF_5555, .exited(.status(0))), (0x3333, .exited(.status(0))), (0x1_3333, .exited(.status(1))),
      (0xFFFF_3333, .exited(.status(65535))), (0xFFFF_7777, .exited(.reset)), (0, nil), (0x5554, nil), (0x3334, nil),
      (0x7776, nil), (0x5555_0000, nil),
    ] as [(UInt32, StopReason?)] {
      for address in [0x10_0000, 0x20_0000] as [UInt32] {
        var core = core([sw(a0, 0, a1), addi(a2, zero, 9), nop])
        core.host.finisher = address
        core[register: 10] = word
        core[register: 11] = address
        var bus = EmptyBus()
        let found = core.run(on: &bus, instructions: 3)
        #expect(found == (reason ?? .instructionLimit), "\(word)")
        #expect(core.retired == (reason == nil ? 3 : 1) && core[register: 12] == (reason == nil ? 9 : 0))
      }
    }
  }

  /// What a command stored to `tohost` leaves.
  private struct Told {
    var reason: StopReason
    var answer: UInt64
    var output: [UInt8]
    var result: UInt32
    var unserved: [UnservedCall.Kind]
  }

  private static func tell(
    _ command: UInt64, _ words: [UInt32] = [], at place: UInt32 = base + 0xA000, typed: [UInt8] = [], room: Int = .max
  ) -> Told {
    var core = core([sw(a0, 0, a1), sw(a2, 4, a1), nop, jal(zero, 0)])
    core[register: 10] = UInt32(truncatingIfNeeded: command)
    core[register: 11] = base + 0x8000
    core[register: 12] = UInt32(command >> 32)
    core.host.tohost = HostInterface.Word(address: base + 0x8000)
    core.host.fromhost = HostInterface.Word(address: base + 0x8008)
    for (index, word) in words.enumerated() { core.pokeWord(word, place + 8 * UInt32(index)) }
    core.setBytes(Array("hello".utf8), at: base + 0x9000)
    var bus = ConsoleBus()
    bus.typed = typed
    bus.room = room
    let reason = core.run(on: &bus, instructions: 100)
    let answer = [0, 4].map { UInt64(core.peekWord(base + 0x8008 + $0) ?? 0) }
    return Told(
      reason: reason, answer: answer[1] << 32 | answer[0], output: bus.output, result: core.peekWord(place) ?? 0,
      unserved: core.unservedCalls.first.map(\.kind))
  }

  @Test("A system call has its eight double words in RAM, to its last byte, at a place of 32 bits")
  func systemCallWords() {
    for (place, isServed) in [
      (Self.end - 64, true), (Self.end - 60, false), (Self.end - 8, false), (Self.end, false),
    ] {
      let told = Self.tell(UInt64(place), [64, 1, base + 0x9000, 5], at: place)
      #expect(told.output == (isServed ? Array("hello".utf8) : []) && told.answer == 1, "\(place)")
      #expect(told.unserved == (isServed ? [] : [.misplaced(place)]) && told.reason == .instructionLimit)
    }
    let far = Self.tell(0x1_8000_A000, [64, 1, base + 0x9000, 5])
    #expect(far.output.isEmpty && far.unserved == [.misplaced(0x8000_A000)] && far.answer == 1)
  }

  @Test("Only descriptor 0 is read, and only 1 and 2 are written; nothing is asked for without waiting")
  func descriptors() {
    let bad = UInt32(bitPattern: -9)
    for descriptor in [0, 1, 2, 3, .max] as [UInt32] {
      let read = Self.tell(0x8000_A000, [63, descriptor, base + 0x9100, 3], typed: [1, 2, 3, 4])
      #expect(read.result == (descriptor == 0 ? 3 : bad), "\(descriptor)")
      let written = Self.tell(0x8000_A000, [64, descriptor, base + 0x9000, 4])
      #expect(written.result == (descriptor == 1 || descriptor == 2 ? 4 : bad), "\(descriptor)")
      #expect(written.output.count == (written.result == 4 ? 4 : 0))
    }
    #expect(Self.tell(0x8000_A000, [63, 0, base + 0x9100, 0]).result == 0)
    #expect(Self.tell(0x8000_A000, [64, 1, Self.end - 1, 1]).result == 1)
    #expect(Self.tell(0x8000_A000, [64, 1, Self.end - 1, 2]).result == UInt32(bitPattern: -14))
    #expect(Self.tell(0x8000_A000, [93, 0x8000_0001]).reason == .exited(.status(0x8000_0001)))
  }

  @Test("The console prints one byte and reads one, with no answer at the end of what is typed; others are answered 0")
  func devices() {
    let printed = Self.tell(0x0101_0000_0000_0141)
    #expect(printed.output == [0x41] && printed.answer == 0 && printed.unserved.isEmpty)
    #expect(Self.tell(0x0101_0000_0000_0041, room: 1).reason == .consoleWaits)
    #expect(Self.tell(0x0101_0000_0000_0041, room: 2).reason == .instructionLimit)
    #expect(Self.tell(0x0100_0000_0000_0000, typed: [0]).answer == 0x0100_0000_0000_0100)
    #expect(Self.tell(0x0100_0000_0000_0000, typed: [0xff, 1]).answer == 0x0100_0000_0000_01ff)
    #expect(Self.tell(0x0100_0000_0000_0000).answer == 0 && Self.tell(0x0100_0000_0000_0000).unserved.isEmpty)
    for (command, device, action) in [(0x0102, 1, 2), (0x0200, 2, 0), (0x0001, 0, 1), (0xFFFF, 255, 255)]
      as [(UInt64, UInt8, UInt8)]
    {
      let told = Self.tell(command << 48 | 2)
      #expect(told.unserved == [.device(device, action)] && told.answer == command << 48, "\(command)")
    }
    #expect(Self.tell(0x0001_0000_0000_0003).reason == .instructionLimit, "an odd word of a device is no exit")
    #expect(Self.tell(0x0000_0001_0000_0003).reason == .exited(.status(1)))
  }

  @Test("Answers to interrupts and sleeps are counted apart, the longest is kept, from when a line was up and enabled")
  func responses() {
    var response = InterruptResponse()
    response.noteInterrupt(raised: 10, at: 10)
    #expect(response.worstLatency == 0 && response.interrupts == 1 && response.wakes == 0)
    response.noteWake(raised: 10, at: 15)
    #expect(response.worstLatency == 5 && response.interrupts == 1 && response.wakes == 1)
    response.noteInterrupt(raised: 20, at: 24)
    #expect(response.worstLatency == 5 && response.interrupts == 2)
    response.enabled = 100
    response.noteInterrupt(raised: 20, at: 106)
    response.noteInterrupt(raised: 20, at: 99)
    #expect(response.worstLatency == 6 && response.interrupts == 4 && response.wakes == 1)
  }

  @Test("Ranges of bytes that are watched overlap where they share one, around the end of addresses too")
  func overlaps() {
    for (address, count, other, width, isShared) in [
      (100, 4, 96, 4, false), (100, 4, 97, 4, true), (100, 4, 103, 1, true), (100, 4, 104, 1, false),
      (100, 1, 99, 1, false), (100, 1, 99, 2, true), (100, 0, 100, 1, true), (100, 0, 101, 1, false),
      (.max, 2, 0, 1, true), (.max, 2, 1, 1, false), (0, 4, .max, 1, false), (0, 4, .max, 2, true),
      (.max - 3, 4, .max, 1, true), (.max - 3, 4, 0, 4, false),
    ] as [(UInt32, UInt32, UInt32, UInt32, Bool)] {
      let watchpoint = Watchpoint(.write, address: address, count: count)
      #expect(watchpoint.overlaps(other, width) == isShared && watchpoint.count == max(count, 1), "\(address) \(other)")
      if count > 0 {
        #expect(HostInterface.Word(address: address, bytes: count).overlaps(other, width) == isShared)
      }
    }
  }

  @Test("A record names what an instruction wrote and what it accessed, and nothing else")
  func records() {
    let program: [UInt32] = [
      csrrs(a0, 0x340, zero), csr(5, zero, 0x340, 0), csrrw(t0, 0xB03, a1), csrrw(zero, 0x341, a1), store(0, a1, 1, s0),
      store(1, a1, 2, s0), lr(a2, s0), sc(a3, a1, s0), sc(a3, a1, s0), jal(ra, 4), fenceI, csrrw(zero, 0x7A0, a1),
      csrrw(zero, 0x7A4, a1), csr(2, zero, 0x340, zero), csr(6, zero, 0x340, 3),
    ]
    var core = core(program)
    core[register: 8] = base + 0x800
    core[register: 11] = 0xABCD_1235
    core.recorder = Recorder(capacity: 100)
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: UInt64(program.count))
    let told = [
      " x10 0x00000000", " c832_mscratch 0x00000000", " x5  0x00000000", " c833_mepc 0xabcd1234",
      " mem 0x80000801 0x35", " mem 0x80000802 0x1235", " x12 0x12353500 mem 0x80000800",
      " x13 0x00000000 mem 0x80000800 0xabcd1235", " x13 0x00000001", " x1  0x80000028", "",
      " c1952_tselect 0x00000000",
      "", "", " c832_mscratch 0x00000003",
    ]
    let lines = core.recorder?.entries.map(\.commitLogLine) ?? []
    #expect(lines.count == program.count)
    for (place, (line, rest)) in zip(lines, told).enumerated() {
      let word = String(program[place], radix: 16)
      let digits = String(repeating: "0", count: 8 - word.count) + word
      let pc = String(base + 4 * UInt32(place), radix: 16)
      #expect(line == "core   0: 3 0x\(pc) (0x\(digits))\(rest)")
    }
  }

  @Test("The return from a trap tells of mstatus and of the two registers that Spike writes with it")
  func returnRecord() {
    var core = core([mret])
    core.hart.mepc = base + 4
    core.hart.previousInterruptsEnabled = true
    core.recorder = Recorder(capacity: 1)
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: 1)
    #expect(
      core.recorder?.entries.map(\.commitLogLine) == [
        "core   0: 3 0x80000000 (0x30200073) c768_mstatus 0x00001888 c784_mstatush 0x00000000 c1957_tcontrol 0x00000000"
      ])
  }

  @Test("Registers have the names of the privileged manual, those with a number its own, and no other has one")
  func names() {
    var names: [Int: String] = [
      0x300: "mstatus", 0x301: "misa", 0x304: "mie", 0x305: "mtvec", 0x310: "mstatush", 0x320: "mcountinhibit",
      0x340: "mscratch", 0x341: "mepc", 0x342: "mcause", 0x343: "mtval", 0x344: "mip", 0x7A0: "tselect",
      0x7A1: "tdata1", 0x7A2: "tdata2", 0x7A3: "tdata3", 0x7A4: "tinfo", 0xF11: "mvendorid", 0xF12: "marchid",
      0xF13: "mimpid", 0xF14: "mhartid", 0xF15: "mconfigptr", 0xB00: "mcycle", 0xB02: "minstret", 0xB80: "mcycleh",
      0xB82: "minstreth", 0xC00: "cycle", 0xC01: "time", 0xC02: "instret", 0xC80: "cycleh", 0xC81: "timeh",
      0xC82: "instreth",
    ]
    for number in 0..<4 { names[0x3A0 + number] = "pmpcfg\(number)" }
    for number in 0..<16 { names[0x3B0 + number] = "pmpaddr\(number)" }
    for number in 3..<32 {
      names[0x320 + number] = "mhpmevent\(number)"
      names[0xB00 + number] = "mhpmcounter\(number)"
      names[0xB80 + number] = "mhpmcounter\(number)h"
    }
    for number in -1...4096 {
      #expect(CSR.name(number) == names[number], "\(number)")
      #expect((Hart().csr(number, time: 0) != nil) == (names[number] != nil), "\(number)")
    }
    #expect(CSR.all == names.keys.sorted())
  }

  @Test("Only counters that count nothing and triggers that there are not have nothing to write")
  func constants() {
    let constant = (0..<4096).filter { CSR.isConstant($0) }
    #expect(constant == [0x7A1, 0x7A2, 0x7A3, 0x7A4] + Array(0xB03...0xB1F) + Array(0xB83...0xB9F))
  }
}
