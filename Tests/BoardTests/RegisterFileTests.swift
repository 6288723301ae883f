import Registers
import TestSupport
import Testing

@testable import Board

/// A block as those of other chips are: registers that mix accesses, an array, a gap.
enum MadeUpBlock: UInt32, RegisterBlock {
  case control = 0x00
  case flags = 0x04
  case bank = 0x10
  case trigger = 0x20

  enum Control {
    static var mode: Field { Field("MODE", .readWrite, bits: 0...3, "A test.") }
    static var ready: Field { Field("READY", .readOnly, bit: 4, "A test.") }
    static var done: Field { Field("DONE", .writeOneToClear, bits: 5...6, "A test.") }
    static var request: Field { Field("REQUEST", .writeOneToSet, bits: 8...9, "A test.") }
    static var seen: Field { Field("SEEN", .readToClear, bits: 10...11, "A test.") }
    static var key: Field { Field("KEY", .writeOnly, bits: 16...23, "A test.") }
    static var queue: Field { Field("QUEUE", .port, bits: 24...31, "A test.") }
  }

  var hardwareSide: HardwareSide { .reads }
  var register: Register {
    switch self {
    case .control:
      Register(
        "CONTROL", reset: 0x0000_0113, "A test.",
        fields: [
          Control.mode, Control.ready, Control.done, Control.request, Control.seen, Control.key, Control.queue,
        ])
    case .flags: Register("FLAGS", .readToClear, reset: 5, "A test.")
    case .bank: Register("BANK", .readWrite, count: 3, "A test.")
    case .trigger: Register("TRIGGER", .writeOnly, "A test.")
    }
  }
}

@Suite("Register file")
struct RegisterFileTests {
  let map = BlockMap("TEST", at: 0, of: MadeUpBlock.self)

  private func read(_ file: inout RegisterFile<MadeUpBlock>, _ offset: UInt32) throws -> UInt32 {
    file.read(try file.locate(reading: offset))
  }

  private func write(_ file: inout RegisterFile<MadeUpBlock>, _ offset: UInt32, _ value: UInt32) throws {
    file.write(value, at: try file.locate(writing: value, at: offset))
  }

  @Test("Carries out what the fields of a mixed register say, each on its own bits")
  func mixed() throws {
    var file = RegisterFile<MadeUpBlock>(map)
    typealias Control = MadeUpBlock.Control
    file.set(Control.done, of: .control, to: 3)
    file.set(Control.seen, of: .control, to: 2)
    var word = try read(&file, 0)
    #expect(word == 0x0000_0113 | Control.done.encode(UInt32(3)) | Control.seen.encode(UInt32(2)))
    word = try read(&file, 0)
    #expect(word == 0x0000_0113 | Control.done.encode(UInt32(3)), "the first read has cleared SEEN")
    // MODE is replaced, one bit of DONE cleared, one of REQUEST set; KEY and QUEUE hold nothing.
    let key = Control.key.mask | Control.queue.mask
    try write(&file, 0, Control.mode.encode(UInt32(9)) | 1 << 5 | 1 << 9 | key)
    word = try read(&file, 0)
    #expect(word == 9 | 1 << 4 | 1 << 6 | 1 << 8 | 1 << 9)
    #expect(file[.control] == word)
  }

  @Test("Hides what is write-only and peeks without effect")
  func peeks() throws {
    var file = RegisterFile<MadeUpBlock>(map)
    file.set(MadeUpBlock.Control.key, of: .control, to: 0xff)
    let control = try #require(file.find(0))
    let flags = try #require(file.find(4))
    #expect(file.peek(control) == 0x0000_0113 && file.peek(flags) == 5 && file.peek(flags) == 5)
    let first = try read(&file, 4)
    let second = try read(&file, 4)
    #expect(first == 5 && second == 0)
  }

  @Test("Refuses by field: reserved bits, a write where nothing is writable, a read where nothing is readable")
  func refusals() {
    var file = RegisterFile<MadeUpBlock>(map)
    let before = file.words
    for bit in UInt32(0)..<32 {
      let isWritable = map.entries[0].masks.writable >> bit & 1 == 1
      let expected: Refusal? = isWritable ? nil : .reserved
      #expect(Self.refusal { try write(&file, 0, 1 << bit) } == expected, "bit \(bit)")
      if !isWritable { #expect(file.words == before || bit > 0) }
    }
    #expect(Self.refusal { try write(&file, 4, 1) } == .access)
    #expect(Self.refusal { _ = try read(&file, 0x20) } == .access)
    #expect(Self.refusal { _ = try read(&file, 0x08) } == .unmapped)
    #expect(Self.refusal { _ = try read(&file, 0x12) } == .misaligned)
  }

  private static func refusal(_ access: () throws -> Void) -> Refusal? {
    do {
      try access()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  @Test("Does what the truth table of its fields says, for random words and values at every address")
  func random() throws {
    var random = SeededRandom(7)
    var file = RegisterFile<MadeUpBlock>(map)
    for _ in 0..<2000 {
      guard let entry = map.entries.randomElement(using: &random) else { return }
      let index = Int.random(in: 0..<Int(entry.register.count), using: &random)
      let offset = entry.offset + UInt32(index) * 4
      let place = try #require(file.find(offset))
      file.words[place.word] = random.word() & entry.register.mask
      let old = file.words[place.word]
      let others = file.words
      let value = random.word() & entry.masks.writable
      if entry.masks.writable != 0 {
        try write(&file, offset, value)
        #expect(file.words[place.word] == entry.masks.written(value, over: old))
      }
      if entry.masks.readable != 0 {
        let now = file.words[place.word]
        let read = try read(&file, offset)
        #expect(read == now & entry.masks.readable && file.words[place.word] == now & ~entry.masks.clearedByRead)
      }
      for word in file.words.indices where word != place.word { #expect(file.words[word] == others[word]) }
    }
  }
}
