import RV32
import Testing

private let callHost: [UInt32] = [0x01F0_1013, 0x0010_0073, 0x4070_5013]
private let block = base + 0x900
private let text = base + 0xA00
private let buffer = base + 0xB00
/// Behind the last byte of 64 KiB.
private let end = base + 0x1_0000

private enum Number {
  static let open: UInt32 = 0x01
  static let close: UInt32 = 0x02
  static let writeCharacter: UInt32 = 0x03
  static let writeText: UInt32 = 0x04
  static let write: UInt32 = 0x05
  static let read: UInt32 = 0x06
  static let isError: UInt32 = 0x08
  static let isTerminal: UInt32 = 0x09
  static let seek: UInt32 = 0x0A
  static let length: UInt32 = 0x0C
  static let clock: UInt32 = 0x10
  static let error: UInt32 = 0x13
  static let exit: UInt32 = 0x18
  static let exitExtended: UInt32 = 0x20
  static let elapsed: UInt32 = 0x30
  static let frequency: UInt32 = 0x31
}

/// A program that makes one call, and its console.
private struct Caller: ~Copyable {
  var core: Core
  var bus = ConsoleBus()
  var reason: StopReason?

  init(ramSize: UInt32 = 1 << 16) {
    var configuration = smallConfiguration()
    configuration.ramSize = ramSize
    core = RV32Tests.core(callHost, configuration)
    core.host.semihosting = true
  }

  mutating func call(_ number: UInt32, _ argument: UInt32) -> UInt32 {
    core.pc = base
    core[register: 10] = number
    core[register: 11] = argument
    reason = core.run(on: &bus, instructions: 3)
    return core[register: 10]
  }

  mutating func call(_ number: UInt32, words: [UInt32], at place: UInt32 = block) -> UInt32 {
    for (index, word) in words.enumerated() { core.pokeWord(word, place + 4 * UInt32(index)) }
    return call(number, place)
  }

  mutating func open(_ name: String, _ mode: UInt32) -> UInt32 {
    core.setBytes(Array(name.utf8), at: text)
    return call(Number.open, words: [text, mode, UInt32(name.utf8.count)])
  }

  /// Of the latest call that failed.
  mutating func error() -> UInt32 { call(Number.error, 0) }
}

@Suite("Arguments of semihosting calls, to their bounds")
struct SemihostingBlockTests {
  @Test("The time goes to an aligned double word of RAM; at another address nothing is written")
  func elapsed() {
    for (address, isTaken) in [
      (buffer, true), (buffer + 1, false), (buffer + 2, false), (buffer + 3, false), (buffer + 4, true),
      (end - 8, true), (end - 4, false), (end - 7, false), (end, false), (base - 4, false), (base - 8, false),
    ] {
      var caller = Caller()
      caller.core.setBytes([UInt8](repeating: 0xEE, count: 8), at: end - 8)
      caller.core.setBytes([UInt8](repeating: 0xEE, count: 16), at: buffer)
      caller.core.hart.cycle = 0x7_0000_0000
      let before = caller.core.bytes(at: base + 0x900, count: 0xF700)
      let result = caller.call(Number.elapsed, address)
      #expect(result == (isTaken ? 0 : .max), "\(address)")
      let after = caller.core.bytes(at: base + 0x900, count: 0xF700)
      #expect((after == before) == !isTaken, "\(address)")
      if isTaken {
        // The shift before the call takes a cycle.
        #expect(caller.core.peekWord(address) == 1 && caller.core.peekWord(address + 4) == 7, "\(address)")
      } else {
        let error = caller.error()
        #expect(error == 14, "\(address)")
      }
    }
  }

  @Test("The clock has hundredths of a second, by the cycles that a second has", arguments: [100_000_000, 48_000_000])
  func clock(_ frequency: UInt64) {
    let hundredth = frequency / 100
    for (cycle, count) in [
      (0, 0), (hundredth - 2, 0), (hundredth - 1, 1), (hundredth, 1), (2 * hundredth - 2, 1), (2 * hundredth - 1, 2),
      (hundredth << 32 - 1, 0), (hundredth << 32 + 7 * hundredth - 1, 7),
    ] {
      var caller = Caller()
      caller.core.host.cyclesPerSecond = frequency
      caller.core.hart.cycle = cycle
      let found = caller.call(Number.clock, 0)
      #expect(found == count, "\(cycle)")
      let ticks = caller.call(Number.frequency, 0)
      #expect(ticks == frequency)
    }
    var fast = Caller()
    fast.core.host.cyclesPerSecond = 1 << 40
    let ticks = fast.call(Number.frequency, 0)
    #expect(ticks == .max)
  }

  @Test("A character is printed from any byte of RAM, a text up to its zero or to the end of RAM")
  func printed() {
    for (address, isTaken) in [(base, true), (end - 1, true), (end, false), (base - 1, false)] {
      for number in [Number.writeCharacter, Number.writeText] {
        var caller = Caller()
        caller.core.setBytes([0x41], at: end - 1)
        let first = caller.core.bytes(at: base, count: 1) ?? []
        let result = caller.call(number, address)
        let output = caller.bus.output
        #expect(result == (isTaken ? number : .max), "\(address)")
        if address == end - 1 { #expect(output == [0x41]) }
        if address == base { #expect(output.prefix(1) == first[...]) }
        if !isTaken { #expect(output.isEmpty) }
      }
    }
    var caller = Caller()
    caller.core.setBytes(Array("ab".utf8), at: end - 2)
    caller.core.setBytes([0x61, 0, 0x62], at: text)
    for address in [end - 2, text, text + 1] { _ = caller.call(Number.writeText, address) }
    #expect(caller.bus.output == Array("aba".utf8))
  }

  @Test("A mode below 4 reads, below 12 writes, and 12 is none")
  func modes() {
    for mode in 0...13 as ClosedRange<UInt32> {
      var caller = Caller()
      let handle = caller.open(":tt", mode)
      guard mode < 12 else {
        let error = caller.error()
        #expect(handle == .max && error == 22, "\(mode)")
        continue
      }
      #expect(handle == 1, "\(mode)")
      caller.core.setBytes([0x41], at: text)
      let written = caller.call(Number.write, words: [handle, text, 1])
      #expect(written == (mode < 4 ? .max : 0) && caller.bus.output == (mode < 4 ? [] : [0x41]), "\(mode)")
      let features = caller.open(":semihosting-features", mode)
      #expect(features == (mode < 4 ? 2 : .max), "\(mode)")
      let error = caller.error()
      #expect(error == (mode < 4 ? 9 : 2), "\(mode)")
    }
  }

  @Test("A name has exactly as many bytes as its length says, up to the last of RAM")
  func names() {
    for (place, length, error) in [
      (end - 3, 3, 0), (end - 3, 2, 2), (end - 3, 4, 14), (end - 2, 3, 14), (end, 0, 2), (text, 0, 2),
      (base - 1, 3, 14),
    ] as [(UInt32, UInt32, UInt32)] {
      var caller = Caller()
      caller.core.setBytes(Array(":tt".utf8), at: end - 3)
      let handle = caller.call(Number.open, words: [place, 0, length])
      let found = caller.error()
      #expect(handle == (error == 0 ? 1 : .max) && found == error, "\(place) \(length)")
    }
  }

  @Test("A block of one word may be the last of RAM; what a block lacks of RAM counts as 0")
  func lastWord() {
    var caller = Caller()
    let features = caller.open(":semihosting-features", 0)
    let results = [
      caller.call(Number.isError, words: [0x8000_0000], at: end - 4),
      caller.call(Number.isError, words: [0x7FFF_FFFF], at: end - 4),
      caller.call(Number.isTerminal, words: [features], at: end - 4),
      caller.call(Number.length, words: [features], at: end - 4),
      caller.call(Number.seek, words: [features], at: end - 4),
      caller.call(Number.read, words: [features, end - 4], at: end - 8),
      caller.call(Number.close, words: [features], at: end - 4),
    ]
    #expect(results == [1, 0, 0, 5, 0, 0, 0])
    for number in [Number.isError, Number.isTerminal, Number.length, Number.seek, Number.close, Number.exitExtended] {
      for address in [end - 3, end, base - 4] {
        let result = caller.call(number, address)
        #expect(result == .max && caller.reason == .instructionLimit, "\(number) at \(address)")
        let error = caller.error()
        #expect(error == 14, "\(number) at \(address)")
      }
    }
  }

  @Test("A handle is one that was given; 0, the next one and what was closed are none")
  func handles() {
    var caller = Caller()
    let none = caller.error()
    #expect(none == 0)
    for handle in [0, 1, .max] as [UInt32] {
      for number in [Number.close, Number.read, Number.write, Number.isTerminal, Number.seek, Number.length] {
        let result = caller.call(number, words: [handle, buffer, 1])
        let error = caller.error()
        #expect(result == .max && error == 9, "\(number) of \(handle)")
      }
    }
    let opened = [caller.open(":tt", 0), caller.open(":tt", 4)]
    #expect(opened == [1, 2])
    let terminals = (0...3).map { caller.call(Number.isTerminal, words: [$0]) }
    #expect(terminals == [.max, 1, 1, .max])
    let lengths = (1...2).map { caller.call(Number.length, words: [$0]) }
    #expect(lengths == [0, 0])
    let places = (1...2).map { caller.call(Number.seek, words: [$0, 0]) }
    let invalid = caller.error()
    #expect(places == [.max, .max] && invalid == 22)
    let again = [caller.call(Number.close, words: [1]), caller.call(Number.close, words: [1])]
    let error = caller.error()
    #expect(again == [0, .max] && error == 9)
    let reused = caller.open(":semihosting-features", 0)
    #expect(reused == 1)
  }

  @Test("The features are read from a place to their end; a place beyond, or a buffer outside RAM, moves nothing")
  func features() {
    let all: [UInt8] = Array("SHFB".utf8) + [3]
    for place in 0...6 as ClosedRange<UInt32> {
      for count in [0, 1, 4, 5, 6, 9] as [UInt32] {
        var caller = Caller()
        let handle = caller.open(":semihosting-features", 3)
        caller.core.setBytes([UInt8](repeating: 0xEE, count: 9), at: buffer)
        let sought = caller.call(Number.seek, words: [handle, place])
        #expect(sought == (place <= 5 ? 0 : .max))
        let first = place <= 5 ? Int(place) : 0
        let lost = caller.call(Number.read, words: [handle, end - 1, 6])
        let expectedLoss = all.count - first <= 1 ? 6 - UInt32(all.count - first) : .max
        #expect(lost == expectedLoss, "\(place)")
        guard lost == .max else { continue }
        let error = caller.error()
        #expect(error == 14)
        let left = caller.call(Number.read, words: [handle, buffer, count])
        let wanted = Array(all[first...].prefix(Int(count)))
        #expect(left == count - UInt32(wanted.count), "\(place) \(count)")
        let bytes = caller.core.bytes(at: buffer, count: 9)
        #expect(bytes == wanted + [UInt8](repeating: 0xEE, count: 9 - wanted.count), "\(place) \(count)")
      }
    }
  }

  @Test("What is read or written lies in RAM to its last byte, or is refused with nothing done")
  func buffers() {
    for (place, count, isTaken) in [
      (end - 4, 4, true), (end - 4, 5, false), (end - 3, 4, false), (base, 0, true), (end, 0, true), (end, 1, false),
      (base - 1, 1, false), (base - 1, 2, false),
    ] as [(UInt32, UInt32, Bool)] {
      var caller = Caller()
      caller.core.setBytes([1, 2, 3, 4], at: end - 4)
      let (input, output) = (caller.open(":tt", 0), caller.open(":tt", 4))
      let written = caller.call(Number.write, words: [output, place, count])
      let printed = caller.bus.output.count
      #expect(written == (isTaken ? 0 : .max) && printed == (isTaken ? Int(count) : 0), "\(place) \(count)")
      caller.bus.typed = [5, 6, 7, 8, 9, 10]
      let read = caller.call(Number.read, words: [input, place, count])
      let typed = caller.bus.typed.count
      #expect(read == (isTaken ? 0 : .max) && typed == (isTaken ? 6 - Int(count) : 6), "\(place) \(count)")
      let error = caller.error()
      #expect(error == (isTaken ? 0 : 14))
    }
    var waiting = Caller()
    let input = waiting.open(":tt", 0)
    waiting.bus.isInputOpen = true
    let nothing = waiting.call(Number.read, words: [input, buffer, 0])
    #expect(nothing == 0 && waiting.reason == .instructionLimit, "nothing is read without waiting")
  }

  @Test("One call prints or reads a MiB at most, and tells how much is left")
  func longest() {
    let mebibyte: UInt32 = 1 << 20
    var caller = Caller(ramSize: 2 << 20)
    let (input, output) = (caller.open(":tt", 0), caller.open(":tt", 4))
    let start = base + 0x1000
    caller.core.setBytes([UInt8](repeating: 0x41, count: Int(mebibyte) + 3), at: start)
    let left = caller.call(Number.write, words: [output, start, mebibyte + 3])
    #expect(left == 3 && caller.bus.output.count == 1_048_576)
    caller.bus.output = []
    let whole = caller.call(Number.writeText, start)
    #expect(whole == Number.writeText && caller.bus.output.count == 1_048_576)
    caller.bus.typed = [UInt8](repeating: 0x42, count: Int(mebibyte) + 1)
    let unread = caller.call(Number.read, words: [input, start, mebibyte + 2])
    #expect(unread == 2 && caller.bus.typed.count == 1)
    #expect(caller.core.bytes(at: start + mebibyte - 1, count: 2) == [0x42, 0x41])
  }

  @Test("Only the reason of an application's end is a success, and only the extended call has a status")
  func ends() {
    for reason in [0x20025, 0x20026, 0x20027, 0, 0x20022] as [UInt32] {
      var plain = Caller()
      _ = plain.call(Number.exit, reason)
      #expect(plain.reason == .exited(.status(reason == 0x20026 ? 0 : 1)), "\(reason)")
      var extended = Caller()
      _ = extended.call(Number.exitExtended, words: [reason, 42])
      #expect(extended.reason == .exited(.status(reason == 0x20026 ? 42 : 1)), "\(reason)")
    }
  }
}
