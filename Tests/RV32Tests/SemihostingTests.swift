import RV32
import Testing

private let callHost: [UInt32] = [0x01F0_1013, 0x0010_0073, 0x4070_5013]
private let block = base + 0x900
private let text = base + 0xA00
private let buffer = base + 0xB00

/// A program that makes calls one after another, and the console it does so at.
private struct Host: ~Copyable {
  var core: Core
  var bus = ConsoleBus()

  init(_ program: [UInt32] = callHost + [jal(0, -12)]) {
    core = RV32Tests.core(program)
    core.host.semihosting = true
  }

  /// A call with a number in a1.
  mutating func call(_ number: UInt32, _ argument: UInt32) -> UInt32 {
    core.pc = base
    core[register: 10] = number
    core[register: 11] = argument
    let reason = core.run(on: &bus, instructions: 3)
    #expect(reason == .instructionLimit || number == 0x18 || number == 0x20)
    return core[register: 10]
  }

  /// A call with words in a block.
  mutating func call(_ number: UInt32, words: [UInt32]) -> UInt32 {
    for (place, word) in words.enumerated() { core.pokeWord(word, block + 4 * UInt32(place)) }
    return call(number, block)
  }

  mutating func open(_ name: String, _ mode: UInt32) -> UInt32 {
    core.setBytes(Array(name.utf8) + [0], at: text)
    return call(1, words: [text, mode, UInt32(name.utf8.count)])
  }

  var error: UInt32 { mutating get { call(0x13, 0) } }
}

@Test("Standard streams: opened by their name, written, read and closed; a closed one and one of the other kind fail")
func standardStreams() {
  var host = Host()
  host.bus.typed = Array("typed".utf8)
  let (input, output, errors) = (host.open(":tt", 0), host.open(":tt", 4), host.open(":tt", 8))
  #expect(Set([input, output, errors, .max, 0]).count == 5)
  host.core.setBytes(Array("hello".utf8), at: text)
  let written = [host.call(5, words: [output, text, 3]), host.call(5, words: [errors, text + 3, 2])]
  let (wrong, badFile) = (host.call(5, words: [input, text, 3]), host.error)
  #expect(written == [0, 0] && host.bus.output == Array("hello".utf8) && wrong == .max && badFile == 9)
  let read = [host.call(6, words: [input, buffer, 3]), host.call(6, words: [input, buffer + 3, 9])]
  #expect(read == [0, 7] && host.core.bytes(at: buffer, count: 5) == Array("typed".utf8))
  #expect(host.call(6, words: [input, buffer, 9]) == 9 && host.call(7, 0) == .max)
  #expect(host.call(6, words: [output, buffer, 1]) == .max)
  #expect(host.call(9, words: [input]) == 1 && host.call(0xC, words: [output]) == 0)
  #expect(host.call(0xA, words: [output, 0]) == .max)
  #expect(host.call(2, words: [output]) == 0 && host.call(2, words: [output]) == .max)
  #expect(host.call(5, words: [output, text, 1]) == .max && host.error == 9)
  #expect(host.core.unservedCalls.first.isEmpty)
}

@Test("A name of 4096 bytes is none of a stream; a longer one is not read")
func longNames() {
  var host = Host()
  #expect(host.call(1, words: [base, 0, 4096]) == .max && host.error == 2)
  #expect(host.call(1, words: [base, 0, 4097]) == .max && host.error == 14)
}

@Test("What the host can do is read from its own file, from any place")
func features() {
  var host = Host()
  let file = host.open(":semihosting-features", 0)
  #expect(host.call(9, words: [file]) == 0 && host.call(0xC, words: [file]) == 5)
  #expect(host.call(6, words: [file, buffer, 4]) == 0 && host.core.bytes(at: buffer, count: 4) == Array("SHFB".utf8))
  #expect(host.call(6, words: [file, buffer, 4]) == 3 && host.core.bytes(at: buffer, count: 1) == [3])
  #expect(host.call(6, words: [file, buffer, 4]) == 4)
  #expect(host.call(0xA, words: [file, 4]) == 0 && host.call(6, words: [file, buffer, 1]) == 0)
  #expect(host.call(0xA, words: [file, 6]) == .max && host.call(5, words: [file, text, 1]) == .max)
  #expect(host.open(":semihosting-features", 4) == .max)
}

@Test("Single characters and text; a bad pointer fails, with nothing printed")
func characters() {
  var host = Host()
  host.core.setBytes(Array("hello\0".utf8), at: text)
  host.bus.typed = [65]
  #expect(host.call(4, text) == 4 && host.call(3, text + 1) == 3)
  #expect(host.bus.output == Array("helloe".utf8) && host.call(7, 0) == 65)
  host.bus.output = []
  for number in [0x3, 0x4, 0x30] as [UInt32] { #expect(host.call(number, 0x1000) == .max && host.error == 14) }
  for number in [0x1, 0x2, 0x5, 0x6, 0x8, 0x9, 0xA, 0xC] as [UInt32] { #expect(host.call(number, 0x1000) == .max) }
  let output = host.open(":tt", 4)
  let lost = [host.call(5, words: [output, 0x1000, 4]), host.call(5, words: [output, text, .max])]
  #expect(lost == [.max, .max] && host.bus.output.isEmpty)
  #expect(host.call(1, words: [0x1000, 0, 3]) == .max && host.call(1, words: [text, 12, 3]) == .max)
}

@Test("Clocks count the cycles of the machine")
func clocks() {
  var host = Host()
  host.core.hart.cycle = 123_456_789_012
  #expect(host.call(0x10, 0) == 123_456 && host.call(0x31, 0) == 100_000_000)
  #expect(host.call(0x30, buffer) == 0)
  let time = UInt64(host.core.peekWord(buffer) ?? 0) | UInt64(host.core.peekWord(buffer + 4) ?? 0) << 32
  #expect(time >= 123_456_789_012 && time < 123_456_789_100)
  #expect(host.call(0x8, words: [0xFFFF_FFFF]) != 0 && host.call(0x8, words: [5]) == 0)
}

@Test("A program ends with its own status, by the extended call, or with 0 or 1 by the other")
func endedBySemihosting() {
  func ended(_ number: UInt32, _ argument: UInt32, _ words: [UInt32] = []) -> StopReason {
    var host = Host()
    for (place, word) in words.enumerated() { host.core.pokeWord(word, block + 4 * UInt32(place)) }
    host.core[register: 10] = number
    host.core[register: 11] = argument
    return host.core.run(on: &host.bus, instructions: 10)
  }
  #expect(ended(0x18, 0x20026) == .exited(.status(0)) && ended(0x18, 0x20023) == .exited(.status(1)))
  for status in [0, 7, 255, 70_000] as [UInt32] {
    #expect(ended(0x20, block, [0x20026, status]) == .exited(.status(status)))
  }
  #expect(ended(0x20, block, [0x20024, 0]) == .exited(.status(1)))
}

@Test("A call that is not served fails and is noted once, with its place: of files, and of numbers that there are not")
func unservedSemihosting() {
  var host = Host()
  for _ in 0..<3 { #expect(host.open("file.txt", 0) == .max) }
  #expect(host.error == 2)
  for number in [0x0B, 0x0D, 0x0E, 0x0F, 0x11, 0x12, 0x15, 0x16, 0x99, .max] as [UInt32] {
    #expect(host.call(number, block) == .max)
  }
  let told = host.core.unservedCalls.first
  #expect(told.count == 11 && told[0].count == 3 && told.allSatisfy { $0.pc == base + 4 })
  #expect("\(told[0].kind)" == "semihosting call 0x1 (SYS_OPEN) of a file")
  #expect("\(told[5].kind)" == "semihosting call 0x11 (SYS_TIME)")
}

@Test("A program has a bounded number of streams open")
func manyStreams() {
  var host = Host()
  let handles = (0..<40).map { _ in host.open(":tt", 4) }
  #expect(handles.filter { $0 == .max }.count == 8)
  #expect(host.call(2, words: [handles[5]]) == 0 && host.open(":tt", 0) == handles[5])
}

@Test("A read waits for what is typed: the call is made again, and nothing has happened before")
func waiting() {
  var host = Host()
  let input = host.open(":tt", 0)
  host.bus.isInputOpen = true
  for (number, argument) in [(0x6, block), (0x7, 0)] as [(UInt32, UInt32)] {
    host.core.pc = base
    for (place, word) in [input, buffer, 4].enumerated() { host.core.pokeWord(word, block + 4 * UInt32(place)) }
    host.core[register: 10] = number
    host.core[register: 11] = argument
    for _ in 0..<3 {
      let reason = host.core.run(on: &host.bus, instructions: 100)
      #expect(reason == .consoleWaits && host.core.pc == base + 4 && host.core[register: 10] == number)
    }
    host.bus.typed = [66]
    let reason = host.core.run(on: &host.bus, instructions: 2)
    #expect(reason == .instructionLimit && host.core[register: 10] == (number == 6 ? 3 : 66))
  }
}

@Test("Switched off, or without the exact sequence, the call is a breakpoint")
func sequence() {
  func ended(_ program: [UInt32], isOn: Bool) -> StopReason {
    var host = Host(program)
    host.core.host.semihosting = isOn
    host.core[register: 10] = 0x18
    host.core[register: 11] = 0x20026
    return host.core.run(on: &host.bus, instructions: 10)
  }
  let trap = StopReason.unhandled(Trap(.breakpoint, pc: base + 4, tval: base + 4))
  #expect(ended(callHost, isOn: true) == .exited(.status(0)) && ended(callHost, isOn: false) == trap)
  #expect(ended([callHost[0], callHost[1], nop], isOn: true) == trap)
  #expect(ended([nop, callHost[1], callHost[2]], isOn: true) == trap)
}
