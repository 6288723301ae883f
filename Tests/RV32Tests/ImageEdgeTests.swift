import Testing

@testable import RV32

/// Behind the last byte of 64 KiB.
private let end = base + 0x1_0000

@Suite("Images and symbols at their edges")
struct ImageEdgeTests {
  private static func symbols(_ places: [(String, UInt32, UInt32)]) -> SymbolTable {
    SymbolTable(places.map { Symbol(name: $0, address: $1, size: $2, kind: .function) })
  }

  @Test(
    "An entry is the even address of a byte in RAM",
    arguments: [
      (base, true), (base + 2, true), (end - 2, true), (base + 1, false), (end - 1, false), (base - 2, false),
      (base - 1, false), (end, false), (end + 2, false), (0, false), (.max, false),
    ] as [(UInt32, Bool)])
  func entries(_ entry: UInt32, _ isTaken: Bool) throws {
    var core = Core(smallConfiguration())
    core.pc = base + 0x40
    let image = try Image(segments: [.init(address: base, bytes: [1, 2])], entry: entry)
    guard !isTaken else {
      try core.load(image)
      #expect(core.pc == entry && core.bytes(at: base, count: 2) == [1, 2])
      return
    }
    let error = #expect(throws: ImageError.self) { try core.load(image) }
    #expect(error?.place == .address(entry) && error?.problem == "expected an even entry address in RAM")
    #expect(core.pc == base + 0x40 && core.bytes(at: base, count: 2) == [0, 0])
  }

  @Test("A part fits in RAM from its first byte to its last, with the zeros behind it")
  func fits() throws {
    for (address, count, zeros, isTaken) in [
      (base, 1, 0xFFFF, true), (base, 0, 0x1_0000, true), (base, 1, 0x1_0000, false), (base, 0, 0x1_0001, false),
      (end - 1, 1, 0, true), (end - 1, 2, 0, false), (end - 1, 1, 1, false), (end, 1, 0, false),
      (base - 1, 1, 0, false), (base - 1, 2, 0, false), (base - 1, 0, 1, false),
    ] as [(UInt32, Int, UInt32, Bool)] {
      var core = Core(smallConfiguration())
      core.setBytes([UInt8](repeating: 0xEE, count: 0x1_0000), at: base)
      let part = Image.Segment(address: address, bytes: [UInt8](repeating: 0x41, count: count), zeroCount: zeros)
      let image = try Image(segments: [part], entry: base)
      guard !isTaken else {
        try core.load(image)
        let wanted =
          [UInt8](repeating: 0xEE, count: Int(address - base)) + part.bytes + [UInt8](repeating: 0, count: Int(zeros))
        #expect(core.bytes(at: base, count: wanted.count) == wanted, "\(address) \(count) \(zeros)")
        continue
      }
      let error = #expect(throws: ImageError.self) { try core.load(image) }
      #expect(error?.place == .address(address))
      #expect(
        error?.problem == "\(count + Int(zeros)) bytes do not fit in RAM, which is 0x80000000...0x8000ffff",
        "\(address) \(count) \(zeros)")
      #expect(core.bytes(at: base, count: 0x1_0000)?.allSatisfy { $0 == 0xEE } == true)
    }
  }

  @Test("Parts may touch and may end with the address space, and no byte further; empty ones are none")
  func parts() throws {
    func image(_ parts: [(UInt32, Int, UInt32)]) throws -> [UInt32] {
      try Image(
        segments: parts.map { .init(address: $0, bytes: [UInt8](repeating: 1, count: $1), zeroCount: $2) }, entry: 0
      ).segments.map(\.address)
    }
    #expect(try image([(0x20, 4, 0), (0x10, 8, 8)]) == [0x10, 0x20])
    #expect(try image([(0x20, 4, 0), (0x18, 0, 0), (0x22, 0, 0), (0x24, 0, 1)]) == [0x20, 0x24])
    #expect(try image([(.max, 1, 0)]) == [.max] && image([(.max - 3, 2, 2)]) == [.max - 3])
    for (parts, place, problem) in [
      ([(0x20, 4, 0), (0x10, 8, 9)], 0x20, "overlaps the part that starts at 0x00000010"),
      ([(0x20, 4, 0), (0x10, 17, 0)], 0x20, "overlaps the part that starts at 0x00000010"),
      ([(0x20, 4, 0), (0x20, 0, 1)], 0x20, "overlaps the part that starts at 0x00000020"),
      ([(.max, 2, 0)], .max, "runs past the end of the 32-bit address space"),
      ([(.max - 3, 2, 3)], .max - 3, "runs past the end of the 32-bit address space"),
    ] as [([(UInt32, Int, UInt32)], UInt32, String)] {
      let error = #expect(throws: ImageError.self) { try image(parts) }
      #expect(error?.place == .address(place) && error?.problem == problem, "\(parts)")
    }
  }

  @Test("A file of no known form needs an address, from which it is executed")
  func raw() throws {
    let image = try Image(anyFormat: [0x7f, 0x45, 0x4c], rawAddress: base + 6)
    #expect(image.entry == base + 6 && image.segments == [.init(address: base + 6, bytes: [0x7f, 0x45, 0x4c])])
    let error = #expect(throws: ImageError.self) { try Image(anyFormat: [0x7f, 0x45, 0x4c], rawAddress: nil) }
    #expect(
      error?.description
        == "at byte 0 of the file: is neither ELF nor Intel HEX; a raw binary needs an address (--at)")
    #expect(throws: ImageError.self) { try Image(anyFormat: [0x7f, 0x45, 0x4c, 0x46], rawAddress: base) }
    #expect(throws: ImageError.self) { try Image(anyFormat: [0x3a], rawAddress: base) }
    let empty = #expect(throws: ImageError.self) { try Image(anyFormat: [], rawAddress: base) }
    #expect(empty?.description == "at byte 0 of the file: the file is empty")
  }

  @Test("An address is in the room of its symbol, or between two, or before the first")
  func extents() {
    let table = Self.symbols([("a", 0x100, 0x10), ("b", 0x120, 0), ("c", 0x140, 0x40), ("d", 0x160, 4)])
    for (address, extent) in [
      (0, 0..<0x100), (0xFF, 0..<0x100), (0x100, 0x100..<0x110), (0x10F, 0x100..<0x110), (0x110, 0x110..<0x120),
      (0x11F, 0x110..<0x120), (0x120, 0x120..<0x140), (0x13F, 0x120..<0x140), (0x140, 0x140..<0x160),
      (0x15F, 0x140..<0x160), (0x160, 0x160..<0x164), (0x163, 0x160..<0x164), (0x164, 0x164 ..< .max),
      (0x8000_0000, 0x164 ..< .max),
    ] as [(UInt32, Range<UInt32>)] { #expect(table.extent(around: address) == extent, "\(address)") }
    #expect(SymbolTable().extent(around: 7) == 0 ..< .max)
    #expect(Self.symbols([("a", 8, 0)]).extent(around: 9) == 8 ..< .max)
  }

  @Test("Of code before the first symbol a profile says the address at which it was entered")
  func before() {
    var core = core([nop, jal(ra, 4), nop, jal(zero, 0)])
    core.profiler = Profiler(Self.symbols([("f", base + 8, 8)]))
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: 4)
    // A jump takes two cycles.
    #expect(core.profiler?.folded == "0x80000000 3\n0x80000000;f 3\n")
  }

  @Test("Whether a symbol begins in some bytes counts the first of them and not the one behind the last")
  func begins() {
    let table = Self.symbols([("a", 0x100, 4), ("b", 0x108, 0)])
    for (address, count, isSo) in [
      (0x100, 1, true), (0xFD, 4, true), (0xFC, 4, false), (0x101, 7, false), (0x101, 8, true), (0x108, 1, true),
      (0x109, 100, false), (0x100, 0, false), (1, 0xFF, false), (1, 0x100, true),
    ] as [(UInt32, UInt32, Bool)] { #expect(table.begins(within: count, of: address) == isSo, "\(address) \(count)") }
  }

  @Test("A place is told by the nearest symbol, of several at one address by the function, then by the largest")
  func descriptions() {
    let table = SymbolTable([
      Symbol(name: "data", address: 0x100, size: 64, kind: .object),
      Symbol(name: "small", address: 0x100, size: 4, kind: .function),
      Symbol(name: "z", address: 0x100, size: 32, kind: .function),
      Symbol(name: "y", address: 0x100, size: 32, kind: .function),
      Symbol(name: "y", address: 0x200, size: 0, kind: .other),
    ])
    #expect(
      [0xFF, 0x100, 0x101, 0x11F, 0x120, 0x200, 0x2FF].map { table.describe($0) } == [
        nil, "y", "y+0x1", "y+0x1f", nil, "y", "y+0xff",
      ])
    #expect(table["y"]?.address == 0x100 && table["data"]?.size == 64 && table["none"] == nil)
  }

  @Test("Memory is reached to its last byte, and what leaves it does nothing")
  func memory() {
    var core = Core(smallConfiguration())
    #expect(core.pokeWord(0x0403_0201, end - 4) && core.peekWord(end - 4) == 0x0403_0201)
    for address in [end - 3, end - 1, end, base - 1, base - 4] {
      #expect(!core.pokeWord(9, address) && core.peekWord(address) == nil, "\(address)")
    }
    #expect(core.bytes(at: end - 4, count: 4) == [1, 2, 3, 4] && core.bytes(at: end - 4, count: 5) == nil)
    #expect(core.bytes(at: end, count: 0) == [] && core.bytes(at: base, count: -1) == nil)
    #expect(!core.clear(end - 4, count: 5) && core.peekWord(end - 4) == 0x0403_0201)
    #expect(core.clear(end - 2, count: 2) && core.peekWord(end - 4) == 0x0201)
    #expect(!core.setBytes([7, 7], at: end - 1) && core.setBytes([7], at: end - 1) && core.setBytes([], at: end))
    #expect(core.peekWord(end - 4) == 0x0700_0201)
    let bus = EmptyBus()
    #expect(core.peek(end - 1, on: bus) == 7 && core.peek(end, on: bus) == nil && core.peek(base - 1, on: bus) == nil)
    core.setBytes(code([0x0000_0013, 0x0001, 0x0000_0073]), at: base)
    #expect([0, 4, 6].map { core.instruction(at: base + $0) } == [0x13, 1, 0x73])
    core.setBytes([0x73, 0], at: end - 2)
    #expect(core.instruction(at: end - 2) == 0x73 && core.instruction(at: end - 1) == 0)
    core.setBytes([0xF3, 0xFF], at: end - 2)
    #expect(core.instruction(at: end - 2) == 0xFFF3, "the half that is there")
  }

  @Test("What is watched beside RAM is watched by nobody, and what is watched in it is at either end", arguments: 2...4)
  func watchedBesideRAM(_ kind: Int) {
    for (address, count, hits) in [
      (base - 4, 4, false), (end, 4, false), (base - 4, 5, true), (end - 1, 9, true), (base, 1, true),
      (end - 4, 1, false),
    ] as [(UInt32, UInt32, Bool)] {
      let isBelow = address < base + 8
      var core = core([jal(zero, 0x100)])
      core[register: 8] = isBelow ? base : end - 4
      core.setBytes(
        code([store(0, a0, isBelow ? 0 : 3, s0), load(4, a1, isBelow ? 0 : 3, s0), jal(zero, 0)]), at: base + 0x100)
      core.watchpoints = [
        Watchpoint(Watchpoint.Kind(rawValue: UInt8(kind)) ?? .access, address: address, count: count)
      ]
      var bus = EmptyBus()
      let place = isBelow ? base : end - 1
      let reason = core.run(on: &bus, instructions: 20)
      #expect(reason == (hits ? .watchpoint(core.watchpoints[0], address: place) : .instructionLimit), "\(address)")
      if hits { #expect(core.pc == base + (kind == 3 ? 0x104 : 0x100)) }
    }
  }
}
