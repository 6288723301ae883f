import RV32
import TestSupport
import Testing

/// A program that leaves double words at `tohost` in one of the ways that programs do, and then goes round.
private struct Mailbox: ~Copyable {
  static let tohost = base + 0x8000
  var core: Core
  var bus = ConsoleBus()

  /// - Parameter order: which words are stored, low first or not, or one alone.
  init(_ words: [UInt64], order: [Int] = [0, 4], fromhost: UInt32? = base + 0x8008, bytes: UInt32 = 8) {
    core = RV32Tests.core([jal(0, 0)])
    let stores = words.flatMap { word in
      order.flatMap { place in li(a0, UInt32(truncatingIfNeeded: word >> UInt64(8 * place))) + [sw(a0, place, a1)] }
        // Time to be answered in, and fromhost taken.
        + Array(repeating: nop, count: 40) + [lw(s0, 8, a1), sw(zero, 8, a1), sw(zero, 12, a1)]
    }
    core.setBytes(code(stores + [jal(0, 0)]), at: base)
    core[register: 11] = Self.tohost
    core.host.tohost = HostInterface.Word(address: Self.tohost, bytes: bytes)
    core.host.fromhost = fromhost.map { HostInterface.Word(address: $0, bytes: bytes) }
  }

  /// Eight double words of a system call, from `base + 0xA000` on.
  mutating func call(_ words: [UInt64]) {
    let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    core.setBytes(bytes, at: base + 0xA000)
  }

  mutating func run(_ instructions: UInt64 = 5000) -> StopReason { core.run(on: &bus, instructions: instructions) }
}

private let call = UInt64(base) + 0xA000
private let text = base + 0x9000

@Test(
  "A console word is printed in whatever order its halves are stored, odd and even bytes alike",
  arguments: [[0, 4], [4, 0]])
func consoleWords(_ order: [Int]) {
  let words = (0...255 as ClosedRange<UInt64>).map { 0x0101 << 48 | $0 }
  for start in stride(from: 0, to: 256, by: 16) {
    var mailbox = Mailbox(Array(words[start..<start + 16]), order: order)
    let reason = mailbox.run()
    let output = mailbox.bus.output
    let left = [mailbox.core.peekWord(Mailbox.tohost), mailbox.core.peekWord(Mailbox.tohost + 4)]
    #expect(reason == .instructionLimit && output == (start..<start + 16).map { UInt8($0) } && left == [0, 0])
  }
}

@Test("A half counts as stored once any of its bytes is; the command is served when both are, at the next instruction")
func storedBytes() {
  for low in 0..<4 {
    for high in 4..<8 {
      // The word 0x0101_0000_0000_0000 with a byte of each half stored; what is printed is the lowest byte.
      var mailbox = Mailbox([])
      mailbox.core.setBytes(
        code([store(0, a0, low, a1), store(0, a2, high, a1), addi(a3, a3, 1), jal(0, 0)]), at: base)
      mailbox.core.setBytes([0, 0, 0, 0, 0, 0, 1, 1], at: Mailbox.tohost)
      mailbox.core[register: 10] = 0x42
      mailbox.core[register: 12] = high > 5 ? 1 : 0
      _ = mailbox.run(1)
      let before = mailbox.bus.output
      _ = mailbox.run(2)
      let output = mailbox.bus.output
      #expect(before == [] && output == [low == 0 ? 0x42 : 0], "\(low) \(high)")
    }
  }
}

@Test("An odd word is an exit status: stored whole, in either order, or its low half alone; negative ones too")
func exits() {
  for order in [[0, 4], [4, 0], [0]] {
    for status in [0, 1, 7, 1000] as [UInt64] {
      var mailbox = Mailbox([status << 1 | 1], order: order)
      let reason = mailbox.run()
      #expect(reason == .exited(.status(UInt32(status))), "\(order) \(status)")
    }
  }
  var negative = Mailbox([UInt64(bitPattern: -1)])
  let reason = negative.run()
  #expect(reason == .exited(.status(0x7FFF_FFFF)))
  // A word that is pending when the program comes to its end counts.
  var sleeping = Mailbox([])
  sleeping.core.setBytes(code([sw(a0, 0, a1), wfi]), at: base)
  sleeping.core[register: 10] = 5
  let end = sleeping.run()
  #expect(end == .exited(.status(2)))
}

@Test("System calls are answered through fromhost: write, read and exit are served, others are -ENOSYS and noted once")
func systemCalls() {
  func result(_ words: [UInt64], typed: String = "") -> (value: Int32, answered: Bool, output: String, unserved: Int) {
    var mailbox = Mailbox([call])
    mailbox.bus.typed = Array(typed.utf8)
    mailbox.core.setBytes(Array("hello".utf8), at: text)
    mailbox.call(words)
    let reason = mailbox.run(60)
    #expect(reason == .instructionLimit)
    let value = mailbox.core.peekWord(base + 0xA000) ?? 0
    return (
      Int32(bitPattern: value), mailbox.core[register: 8] == 1,
      String(decoding: mailbox.bus.output, as: UTF8.self), mailbox.core.unservedCalls.first.count
    )
  }
  #expect(result([64, 1, UInt64(text), 5]) == (5, true, "hello", 0))
  #expect(result([64, 2, UInt64(text), 2]) == (2, true, "he", 0))
  #expect(result([64, 3, UInt64(text), 2]) == (-9, true, "", 0))
  #expect(result([64, 1, 0x1000, 2]) == (-14, true, "", 0))
  #expect(result([64, 1, UInt64(text), 0xFFFF_FFFF]) == (-14, true, "", 0))
  #expect(result([63, 0, UInt64(text), 4], typed: "abcdef") == (4, true, "", 0))
  #expect(result([63, 0, UInt64(text), 4]) == (0, true, "", 0))
  #expect(result([63, 0, UInt64(base) + 0xFFFE, 4], typed: "abcdef") == (-14, true, "", 0))
  #expect(result([63, 5, UInt64(text), 4]) == (-9, true, "", 0))
  for number in [0, 56, 57, 62, 80, 93 + 1, 214, 1024, 2011, 0xFFFF] as [UInt64] {
    #expect(result([number]) == (-38, true, "", 1))
  }
  var mailbox = Mailbox([call])
  mailbox.call([93, 42])
  let reason = mailbox.run()
  #expect(reason == .exited(.status(42)))
  // Where the words are no RAM there is nothing to write to, and yet an answer.
  var lost = Mailbox([0x1000, 0x1000])
  _ = lost.run()
  let (answer, unserved) = (lost.core[register: 8], lost.core.unservedCalls.first)
  #expect(answer == 1 && unserved.map(\.kind) == [.misplaced(0x1000)] && unserved[0].count == 2)
}

@Test("A call that is not served is told with its place and its count, and a guest cannot make the list long")
func unserved() {
  var mailbox = Mailbox([call, call, call])
  mailbox.call([80])
  _ = mailbox.run()
  // The number has become the result of the first call, -38, by the second.
  let told = mailbox.core.unservedCalls.first
  #expect(told.map(\.count) == [1, 2] && told[0].kind == .systemCall(80) && told[0].pc == base + 20)
  #expect("\(told[0].kind)" == "system call 80 (fstat)")
  var many = Mailbox((2...50 as ClosedRange<UInt64>).map { $0 << 56 })
  _ = many.run()
  let calls = many.core.unservedCalls
  #expect(calls.first.count == UnservedCalls.most && calls.others == 49 - UnservedCalls.most)
}

@Test("Nothing but tohost, fromhost and the call's words is written, wherever fromhost lies, and none if there is none")
func memoryIsKept() {
  var random = SeededRandom(12)
  for _ in 0..<200 {
    let fromhost: UInt32? = random.pick([base + 0x8008, base + 0x8040, base + 0xC000, base + 0x7FF8, nil])
    let word: UInt64 = random.pick([call, 0x0101 << 48 | 65, 0x0100 << 48, 0x7700 << 48])
    var mailbox = Mailbox([], fromhost: fromhost)
    mailbox.core.setBytes((0x300..<0x10000).map { UInt8(truncatingIfNeeded: $0 &* 31) }, at: base + 0x300)
    mailbox.call([64, 1, UInt64(text), 3])
    for place in [Mailbox.tohost, Mailbox.tohost + 4] + (fromhost.map { [$0, $0 + 4] } ?? []) {
      mailbox.core.pokeWord(0, place)
    }
    mailbox.core.setBytes(code([sw(a0, 0, a1), sw(a2, 4, a1), jal(0, 0)]), at: base)
    mailbox.core[register: 10] = UInt32(truncatingIfNeeded: word)
    mailbox.core[register: 12] = UInt32(truncatingIfNeeded: word >> 32)
    let before = mailbox.core.memory(0x10000)
    _ = mailbox.run(100)
    let after = mailbox.core.memory(0x10000)
    let changed = (0..<0x10000).filter { before[$0] != after[$0] }.map { base + UInt32($0) }
    let allowed = { (address: UInt32) in
      address &- Mailbox.tohost < 8 || fromhost.map { address &- $0 < 8 } ?? false || address &- (base + 0xA000) < 8
    }
    #expect(changed.allSatisfy(allowed), "\(changed) \(String(word, radix: 16))")
  }
}

@Test("A tohost of four bytes leaves what is beside it alone, and a size or the next symbol says that it has four")
func shortWords() throws {
  var mailbox = Mailbox([UInt64(call)], order: [0], fromhost: base + 0x8004, bytes: 4)
  mailbox.call([64, 1, UInt64(text), 1])
  mailbox.core.setBytes([65], at: text)
  mailbox.core.pokeWord(0xCAFE, base + 0x8008)
  _ = mailbox.run(20)
  let (words, output) = ([0x8000, 0x8004, 0x8008].map { mailbox.core.peekWord(base + $0) }, mailbox.bus.output)
  #expect(words == [0, 1, 0xCAFE] && output == [65])

  func found(_ size: UInt32, _ next: UInt32) throws -> HostInterface.Word? {
    var image = try Image(raw: code([nop]), at: base)
    image.symbols = SymbolTable([
      Symbol(name: "tohost", address: base + 0x40, size: size, kind: .object),
      Symbol(name: "next", address: base + 0x40 + next, size: 0, kind: .other),
    ])
    var core = core([])
    try core.load(image)
    return core.host.tohost
  }
  for (size, next, bytes) in [(8, 8, 8), (0, 8, 8), (0, 64, 8), (4, 64, 4), (0, 4, 4), (8, 4, 4)]
    as [(UInt32, UInt32, UInt32)]
  {
    let word = try found(size, next)
    #expect(word?.bytes == bytes)
  }
}

@Test("What is read waits until it is typed, and the run comes back meanwhile; split runs do the same as whole ones")
func reading() {
  var mailbox = Mailbox([0x0100 << 48])
  mailbox.bus.isInputOpen = true
  for _ in 0..<3 {
    let reason = mailbox.run()
    #expect(reason == .consoleWaits)
  }
  mailbox.bus.typed = [65]
  let reason = mailbox.run(100)
  #expect(reason == .instructionLimit)
  let answer = mailbox.core[register: 8]
  #expect(answer == 0x141)

  var whole = Mailbox([call, 0x0101 << 48 | 66], order: [0])
  var split = Mailbox([call, 0x0101 << 48 | 66], order: [0])
  _ = whole.run(200)
  for _ in 0..<200 { _ = split.run(1) }
  let (first, second) = (whole.core.hart, split.core.hart)
  let same = whole.core.memory(0x10000) == split.core.memory(0x10000)
  #expect(first == second && same)
}

@Test("A program that takes no answers, or prints without end, makes the host keep a bounded amount")
func floods() {
  var mailbox = Mailbox([])
  mailbox.core.setBytes(code([sw(a0, 0, a1), sw(zero, 4, a1), jal(0, -8)]), at: base)
  mailbox.core[register: 10] = UInt32(call)
  mailbox.bus.room = 1 << 20
  mailbox.call([64, 1, UInt64(text), 256])
  for _ in 0..<100 {
    // The result is the count again, so that the words stay those of a call.
    mailbox.call([64, 1, UInt64(base), 0x8000])
    let reason = mailbox.run(2)
    let count = mailbox.bus.output.count
    #expect(reason == .instructionLimit && count < 1 << 20 || reason == .consoleWaits && count == 1 << 20)
    if reason == .consoleWaits { mailbox.bus.output = [] }
    mailbox.core.pc = base
  }
}

@Test("Calls that are not served have the names of Linux's table and of the semihosting specification, others numbers")
func callNames() {
  // asm-generic/unistd.h, and the legacy calls of newlib's libgloss.
  let calls: [UInt32: String] = [
    17: "getcwd", 25: "fcntl", 29: "ioctl", 48: "faccessat", 56: "openat", 57: "close", 62: "lseek", 78: "readlinkat",
    79: "fstatat", 80: "fstat", 113: "clock_gettime", 129: "kill", 153: "times", 160: "uname", 169: "gettimeofday",
    172: "getpid", 214: "brk", 222: "mmap", 1024: "open", 1025: "link", 1026: "unlink", 1038: "stat", 1039: "lstat",
    2011: "getmainvars",
  ]
  for number in 0...2100 as ClosedRange<UInt32> {
    let name = calls[number].map { " (\($0))" } ?? ""
    #expect("\(UnservedCall.Kind.systemCall(number))" == "system call \(number)\(name)")
  }
  let semihosting: [UInt32: String] = [
    0x0D: "SYS_TMPNAM", 0x0E: "SYS_REMOVE", 0x0F: "SYS_RENAME", 0x11: "SYS_TIME", 0x12: "SYS_SYSTEM",
    0x15: "SYS_GET_CMDLINE", 0x16: "SYS_HEAPINFO",
  ]
  for number in 0...0x40 as ClosedRange<UInt32> where number != 1 {
    let name = semihosting[number].map { " (\($0))" } ?? ""
    let digits = String(number, radix: 16)
    #expect("\(UnservedCall.Kind.semihosting(number))" == "semihosting call 0x\(digits)\(name)")
  }
  #expect("\(UnservedCall.Kind.semihosting(1))" == "semihosting call 0x1 (SYS_OPEN) of a file")
  #expect("\(UnservedCall.Kind.misplaced(0x1000))" == "a system call at 0x00001000, which is not in RAM")
  #expect("\(UnservedCall.Kind.device(7, 2))" == "action 2 of HTIF's device 7")
}
