import RV32
import TestSupport
import Testing

/// A little ELF file: one segment with code, one with zeros only, and two symbols.
func elf(machine: UInt16 = 243) -> [UInt8] {
  var file = [UInt8](repeating: 0, count: 0x200)
  func put(_ value: UInt32, _ count: Int, _ offset: Int) {
    for index in 0..<count { file[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
  }
  for (index, byte) in ([0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] as [UInt8]).enumerated() { file[index] = byte }
  let header: [(UInt32, Int, Int)] = [
    (2, 2, 16), (UInt32(machine), 2, 18), (1, 4, 20), (base + 4, 4, 24), (52, 4, 28), (0x140, 4, 32), (1, 4, 36),
    (52, 2, 40), (32, 2, 42), (2, 2, 44), (40, 2, 46), (3, 2, 48),
  ]
  for (value, count, offset) in header { put(value, count, offset) }
  // type, offset, virtual address, physical address, file size, memory size, flags, alignment
  for (index, word) in ([1, 0x100, 0x1000, base, 12, 16, 5, 4] as [UInt32]).enumerated() {
    put(word, 4, 52 + 4 * index)
  }
  for (index, word) in ([1, 0, 0x2000, base + 0x100, 0, 64, 6, 4] as [UInt32]).enumerated() {
    put(word, 4, 84 + 4 * index)
  }
  for (index, byte) in code([nop, addi(a0, zero, 7), ebreak]).enumerated() { file[0x100 + index] = byte }
  // Section headers: none, symbols, strings.
  for (index, word) in ([0, 2, 0, 0, 0x1C0, 48, 2, 0, 4, 16] as [UInt32]).enumerated() {
    put(word, 4, 0x168 + 4 * index)
  }
  for (index, word) in ([0, 3, 0, 0, 0x110, 14, 0, 0, 1, 0] as [UInt32]).enumerated() {
    put(word, 4, 0x190 + 4 * index)
  }
  for (index, byte) in Array("\0main\0tohost\0".utf8).enumerated() { file[0x110 + index] = byte }
  for (index, word) in ([1, base + 4, 8, 0x0001_0012] as [UInt32]).enumerated() { put(word, 4, 0x1D0 + 4 * index) }
  for (index, word) in ([6, base + 0x100, 8, 0x0002_0011] as [UInt32]).enumerated() { put(word, 4, 0x1E0 + 4 * index) }
  return file
}

@Test("An ELF file loads at its physical addresses, zeros what it has no bytes for, and gives entry and symbols")
func elfFile() throws {
  let image = try Image(elf: elf())
  #expect(image.entry == base + 4)
  #expect(image.segments.map(\.address) == [base, base + 0x100])  // physical, not virtual
  #expect(image.segments.map(\.zeroCount) == [4, 64])
  #expect(image.symbols["main"]?.address == base + 4 && image.symbols["main"]?.kind == .function)
  #expect(image.symbols.describe(base + 8) == "main+0x4" && image.symbols.describe(base + 12) == nil)
  var core = Core(smallConfiguration())
  core.clear(base, count: 0x1000)
  core.setBytes([UInt8](repeating: 0xEE, count: 0x200), at: base)
  try core.load(image)
  #expect(core.bytes(at: base, count: 17) == code([nop, addi(a0, zero, 7), ebreak]) + [0, 0, 0, 0, 0xEE])
  #expect(core.bytes(at: base + 0x100, count: 65) == [UInt8](repeating: 0, count: 64) + [0xEE])
  #expect(core.pc == base + 4 && core.host.tohost?.address == base + 0x100)
}

@Test("Of an ELF file as many segments are loaded as its header says", arguments: 1...2)
func elfWithSegments(_ count: Int) throws {
  var file = elf()
  file[44] = 0
  #expect(throws: ImageError.self) { try Image(elf: file) }
  file[44] = UInt8(count)
  #expect(try Image(elf: file).segments.map(\.address) == Array([base, base + 0x100].prefix(count)))
}

@Test("An ELF file without sections loads, without symbols")
func elfWithoutSections() throws {
  var file = elf()
  for offset in 32..<36 { file[offset] = 0 }
  for offset in 48..<50 { file[offset] = 0 }
  #expect(try Image(elf: Array(file[..<0x10C])).symbols == SymbolTable())
}

@Test(
  "A wrong field of an ELF file is refused in words that name it",
  arguments: [
    (4, 2, "64-bit"), (5, 2, "big-endian"), (0, 0, "not an ELF"), (18, 40, "expected 243"), (16, 1, "expected 2"),
    (42, 8, "expected 32"), (44, 90, "truncated"), (56, 0xFF, "truncated"), (72, 8, "8 bytes in memory but 12"),
    (64 + 32, 0, "overlaps"), (6, 9, "version"), (0x180, 9, "string table"), (0x1D0, 99, "outside"),
  ])
func badELF(_ offset: Int, _ value: UInt8, _ message: String) {
  var file = elf()
  file[offset] = value
  if offset == 64 + 32 { file[offset + 1] = 0 }
  let error = #expect(throws: ImageError.self) { try Image(elf: file) }
  #expect(error?.description.contains(message) == true, "\(String(describing: error))")
}

@Test(
  "What is wrong is told with the place of the field",
  arguments: [(42, 8), (46, 39), (72, 8), (0x180, 9), (0x1D0, 99)])
func placeOfBadField(_ offset: Int, _ value: UInt8) {
  var file = elf()
  file[offset] = value
  #expect(#expect(throws: ImageError.self) { try Image(elf: file) }?.place == .offset(offset))
}

@Test("An ELF file cut anywhere is refused")
func truncatedELF() {
  let file = elf()
  for count in 0..<0x1F0 { #expect(throws: ImageError.self) { try Image(elf: Array(file[..<count])) } }
}

@Test("An image outside RAM, empty, or with an odd entry is refused and changes nothing")
func imagesThatDoNotFit() throws {
  var core = Core(smallConfiguration())
  let big = try Image(segments: [.init(address: base, bytes: [1], zeroCount: 0x1_0000)], entry: base)
  #expect(throws: ImageError.self) { try core.load(big) }
  let below = try Image(raw: [1, 2], at: base - 1)
  #expect(throws: ImageError.self) { try core.load(below) }
  let odd = try Image(segments: [.init(address: base, bytes: [1])], entry: base + 1)
  #expect(throws: ImageError.self) { try core.load(odd) }
  let empty = #expect(throws: ImageError.self) { try Image(raw: [], at: base) }
  #expect(empty?.place == .offset(0))
  #expect(throws: ImageError.self) { try Image(raw: [1, 2], at: .max) }
  #expect(core.bytes(at: base, count: 2) == [0, 0])
}

private func record(_ bytes: [UInt8]) -> String {
  let all = bytes + [0 &- bytes.reduce(0, &+)]
  return ":" + all.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined().uppercased() + "\r\n"
}

private func hexFile(_ records: [[UInt8]]) -> [UInt8] { Array(records.map(record).joined().utf8) }

@Test("Intel HEX records, linear and segmented, make joined segments and an entry")
func intelHex() throws {
  let file = hexFile([
    [2, 0, 0, 4, 0x80, 0x00], [4, 0, 0x10, 0, 1, 2, 3, 4], [2, 0, 0x14, 0, 5, 6], [1, 1, 0, 0, 9],
    [4, 0, 0, 5, 0x80, 0, 0, 0x12], [0, 0, 0, 1],
  ])
  let image = try Image(anyFormat: file, rawAddress: 0)
  #expect(image.entry == 0x8000_0012)
  #expect(
    image.segments == [
      .init(address: 0x8000_0010, bytes: [1, 2, 3, 4, 5, 6]), .init(address: 0x8000_0100, bytes: [9]),
    ])
  let segmented = try Image(intelHex: hexFile([[2, 0, 0, 2, 0x12, 0x34], [1, 0, 5, 0, 7], [0, 0, 0, 1]]))
  #expect(segmented.segments.map(\.address) == [0x12345] && segmented.entry == 0x12345)
}

@Test(
  "A record of an Intel HEX file has as many bytes of data as its type wants",
  arguments: [(1, 0), (2, 2), (3, 4), (4, 2), (5, 4)])
func hexRecordSizes(_ type: UInt8, _ wanted: Int) throws {
  for count in 0...6 {
    let record = [UInt8(count), 0, 0, type] + [UInt8](repeating: 0, count: count)
    let file = hexFile([[1, 0, 0, 0, 7], record] + (type == 1 ? [] : [[0, 0, 0, 1]]))
    guard count != wanted else {
      #expect(try Image(intelHex: file).entry == 0)
      continue
    }
    let error = #expect(throws: ImageError.self) { try Image(intelHex: file) }
    #expect(error?.description.contains("type \(type) with \(count) bytes of data; expected \(wanted)") == true)
  }
}

@Test(
  "A wrong record of an Intel HEX file is refused in words that say why",
  arguments: [
    (":00000001FE", "checksum 0xfe; expected 0xff"), ("", "no end-of-file"), (":0", "odd number"),
    ("x", "starts with ':'"),
    (":00000001FF", "no data"), (":020000040", "odd number"), (":0100", "truncated"), (":0400000001FB", "count says 4"),
    (":00000006FA", "expected 0 to 5"), (":00000001FF\n:00000001FF", "after the end"),
    (":01000004 7", "no hexadecimal"),
    (":0100000407F4", "expected 2"), ("\n\r\n:0", "line 3: "),
    (":01000000FF00\n:01000000FE01\n:00000001FF", "overlaps"),
  ])
func badIntelHex(_ text: String, _ message: String) {
  let error = #expect(throws: ImageError.self) { try Image(intelHex: Array(text.utf8)) }
  #expect(error?.description.contains(message) == true, "\(String(describing: error))")
}

@Test("Damaged files end in an image or an ImageError, and loading one never crashes")
func fuzzedImages() {
  let hex = hexFile([[2, 0, 0, 4, 0x80, 0x00], [4, 0, 0x10, 0, 1, 2, 3, 4], [2, 0, 0x14, 0, 5, 6], [0, 0, 0, 1]])
  let seed: UInt64 = 7
  var random = SeededRandom(seed)
  var accepted = 0
  var core = Core(smallConfiguration())
  let count = 100_000
  for round in 0..<count {
    var file = round % 2 == 0 ? elf() : hex
    for _ in 0...(random.word() % 4) {
      let place = Int(random.word()) % file.count
      switch random.word() % 5 {
      case 0: file[place] = UInt8(truncatingIfNeeded: random.word())
      case 1: file[place] = random.pick([0, 1, 0x7F, 0x80, 0xFF])
      case 2: file[place] ^= 1 << UInt8(random.word() % 8)
      case 3: file.removeSubrange(place..<min(file.count, place + Int(random.word() % 8) + 1))
      default: file.insert(contentsOf: file[place..<min(file.count, place + 4)], at: place)
      }
      if file.isEmpty { file = [0] }
    }
    guard let image = try? (round % 2 == 0 ? Image(elf: file) : Image(intelHex: file)) else { continue }
    accepted += 1
    try? core.load(image)
  }
  print("fuzzed images: seed \(seed), \(count) files, \(accepted) accepted")
}
