import TestSupport
import Testing

@testable import RV32

/// What an executable is, by the System V ABI: fields where its tables have them, each within the file.
private struct Expected: Error, Equatable {
  var offset: Int
  var problem: String
}

/// A second reader, of whole files: what the product's has to give for any bytes.
private struct Reader {
  let bytes: [UInt8]

  func number(_ offset: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 + Int(bytes[offset + $1]) << (8 * $1) } }

  func need(_ offset: Int, _ count: Int, _ what: String) throws(Expected) {
    guard offset + count <= bytes.count else {
      throw Expected(
        offset: offset, problem: "truncated: \(what) needs \(count) bytes, the file has \(bytes.count) in all")
    }
  }

  func expect(_ isSo: Bool, _ offset: Int, _ problem: String) throws(Expected) {
    if !isSo { throw Expected(offset: offset, problem: problem) }
  }

  func identify() throws(Expected) {
    try need(0, 52, "the ELF header")
    try expect(Array(bytes[..<4]) == [0x7f, 0x45, 0x4c, 0x46], 0, "not an ELF file: expected 7F 'E' 'L' 'F'")
    let (form, order) = (bytes[4], bytes[5])
    try expect(form != 2, 4, "a 64-bit file; expected 32-bit")
    try expect(form == 1, 4, "class \(form); expected 1, 32-bit")
    try expect(order != 2, 5, "big-endian; expected little-endian")
    try expect(order == 1, 5, "data \(order); expected 1")
    try expect(bytes[6] == 1, 6, "ELF version \(bytes[6]); expected 1")
    try expect(number(18, 2) == 243, 18, "machine \(number(18, 2)); expected 243, RISC-V")
    try expect(number(16, 2) == 2, 16, "file type \(number(16, 2)); expected 2, an executable")
  }

  func segments() throws(Expected) -> [Image.Segment] {
    let (table, size, count) = (number(28, 4), number(42, 2), number(44, 2))
    guard count > 0 else { throw Expected(offset: 28, problem: "no loadable program header") }
    try expect(size >= 32, 42, "program headers of \(size) bytes; expected 32")
    try need(table, size * count, "the table of \(count) program headers")
    var found: [Image.Segment] = []
    for place in (0..<count).map({ table + $0 * size }) where number(place, 4) == 1 {
      let (held, all) = (number(place + 16, 4), number(place + 20, 4))
      try expect(all >= held, place + 20, "\(all) bytes in memory but \(held) in the file")
      try need(number(place + 4, 4), held, "segment \((place - table) / size)")
      let start = number(place + 4, 4)
      found.append(
        .init(
          address: UInt32(number(place + 12, 4)), bytes: Array(bytes[start..<start + held]),
          zeroCount: UInt32(all - held)))
    }
    try expect(!found.isEmpty, 28, "no loadable program header")
    return found
  }

  /// Header, offset and size of each section.
  func symbols() throws(Expected) -> [Symbol] {
    let (table, size, count) = (number(32, 4), number(46, 2), number(48, 2))
    guard table > 0, count > 0 else { return [] }
    try expect(size >= 40, 46, "section headers of \(size) bytes; expected 40")
    try need(table, size * count, "the table of \(count) section headers")
    var found: [Symbol] = []
    for place in (0..<count).map({ table + $0 * size }) where number(place + 4, 4) == 2 {
      let link = number(place + 24, 4)
      try expect(link < count, place + 24, "string table \(link) of \(count) sections")
      let (first, length) = (number(place + 16, 4), number(place + 20, 4))
      let (names, room) = (number(table + link * size + 16, 4), number(table + link * size + 20, 4))
      try need(first, length, "the symbol table")
      try need(names, room, "the symbol names")
      for entry in stride(from: first, to: first + length / 16 * 16, by: 16) {
        let (name, kind) = (number(entry, 4), number(entry + 12, 1) % 16)
        if name == 0 || kind > 2 || number(entry + 14, 2) == 0 { continue }
        try expect(name < room, entry, "name \(name) outside the \(room) bytes of names")
        let text = String(decoding: bytes[(names + name)..<(names + room)].prefix { $0 != 0 }, as: UTF8.self)
        if text.isEmpty || ["$x", "$d", ".L"].contains(where: { text.hasPrefix($0) }) { continue }
        found.append(
          Symbol(
            name: text, address: UInt32(number(entry + 4, 4)), size: UInt32(number(entry + 8, 4)),
            kind: [.other, .object, .function][kind]))
      }
    }
    return found
  }

  func sections() throws(Expected) -> DWARFSections {
    let (table, size, count, names) = (number(32, 4), number(46, 2), number(48, 2), number(50, 2))
    var found = DWARFSections()
    guard table > 0, names < count else { return found }
    func content(_ section: Int) throws(Expected) -> ArraySlice<UInt8> {
      let place = table + section * size
      try need(number(place + 16, 4), number(place + 20, 4), "section \(section)")
      return bytes[number(place + 16, 4)..<(number(place + 16, 4) + number(place + 20, 4))]
    }
    let texts = try content(names)
    for section in 0..<count {
      let place = table + section * size
      guard number(place + 4, 4) == 1, number(place + 8, 4) & 0x800 == 0 else { continue }
      let name = texts.dropFirst(number(place, 4)).prefix { $0 != 0 }
      if name.elementsEqual(".debug_line".utf8) { found.lines = try content(section) }
      if name.elementsEqual(".debug_line_str".utf8) { found.lineStrings = try content(section) }
      if name.elementsEqual(".debug_str".utf8) { found.strings = try content(section) }
    }
    return found
  }

  /// Everything in the order in which it is looked at.
  func image() -> Result<Image, ImageError> {
    do {
      try identify()
      var image = try Image(segments: try segments(), entry: UInt32(number(24, 4)))
      image.symbols = SymbolTable(try symbols())
      image.lines = LineTable(try sections())
      return .success(image)
    } catch let error as Expected {
      return .failure(ImageError(.offset(error.offset), error.problem))
    } catch let error as ImageError {
      return .failure(error)
    } catch { preconditionFailure("no other error") }
  }
}

@Suite("An ELF file")
struct ELFReaderTests {
  /// Two segments that are loaded and one that is not, symbols of every kind, and line numbers whose names are elsewhere.
  private static let file: [UInt8] = {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func words(_ values: [Int]) -> [UInt8] { values.flatMap { little($0, 4) } }
    let ram = 0x8000_0000
    let code: [UInt8] = [0x13, 0, 0, 0, 0x73, 0, 0x10, 0]
    let symbolNames = Array("\0main\0table\0$xrv\0.Lhere\0label\0".utf8)
    let entries: [(name: Int, address: Int, size: Int, info: Int, section: Int)] = [
      (0, 0, 0, 0, 0), (1, ram, 8, 0x12, 1), (6, ram + 0x100, 4, 0x11, 2), (12, ram, 0, 0, 1), (17, ram + 4, 0, 0, 1),
      (24, ram + 4, 0, 0x10, 0xfff1), (6, ram + 0x200, 0, 0x01, 0), (24, 0, 0, 3, 1),
    ]
    let symbols: [UInt8] = entries.flatMap { entry -> [UInt8] in
      words([entry.name, entry.address, entry.size]) + [UInt8(entry.info), 0] + little(entry.section, 2)
    }
    let lineStrings = Array("src\0a.c\0".utf8)
    let header: [UInt8] =
      [1, 1, 1, 3, 1, 1] + [1, 1, 0x1f, 1] + little(0, 4) + [1, 1, 0x0e, 2] + little(0, 4) + little(4, 4)
    let program: [UInt8] = [0, 5, 2] + little(ram, 4) + [1, 0, 1, 1]
    let unit: [UInt8] = [5, 0, 4, 0] + little(header.count, 4) + header + program
    let lines = little(unit.count, 4) + unit
    let sectionNames = Array("\0.symtab\0.strtab\0.debug_line\0.debug_line_str\0.debug_str\0.shstrtab\0".utf8)
    var file = [UInt8](repeating: 0, count: 52 + 3 * 32)
    var places: [Int] = []
    let parts: [[UInt8]] = [code, symbolNames, symbols, lineStrings, lineStrings, lines, sectionNames]
    for part in parts {
      places.append(file.count)
      file += part
    }
    func section(_ name: String, _ type: Int, _ place: Int, _ count: Int, link: Int = 0) -> [Int] {
      let start = name.isEmpty ? 0 : sectionNames.firstRange(of: Array("\(name)\0".utf8))?.lowerBound ?? 0
      return [start, type, 0, 0, places[place], count, link, 0, 1, 0]
    }
    let table = file.count
    let sections = [
      section("", 0, 0, 0), section(".symtab", 2, 2, symbols.count, link: 2),
      section(".strtab", 3, 1, symbolNames.count),
      section(".debug_line", 1, 5, lines.count), section(".debug_line_str", 1, 3, lineStrings.count),
      section(".debug_str", 1, 4, lineStrings.count), section(".shstrtab", 3, 6, sectionNames.count),
    ]
    file += sections.flatMap { words($0) }
    let identification: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
    let head =
      identification + little(2, 2) + little(243, 2) + words([1, ram + 4, 52, table, 1])
      + [52, 32, 3, 40, sections.count, sections.count - 1].flatMap { little($0, 2) }
    let programs = [
      [4, 0, 0, 0, 0, 0, 4, 4], [1, places[0], 0x1000, ram, code.count, 12, 5, 4],
      [1, places[3], 0x2000, ram + 0x100, lineStrings.count, lineStrings.count, 6, 4],
    ]
    file.replaceSubrange(0..<52 + 3 * 32, with: head + programs.flatMap { words($0) })
    return file
  }()

  private func expectAlike(_ file: [UInt8], _ what: @autoclosure () -> String) {
    let expected = Reader(bytes: file).image()
    do throws(ImageError) {
      let image = try Image(elf: file)
      #expect(expected == .success(image), "\(what())")
    } catch {
      #expect(expected == .failure(error), "\(what())")
    }
  }

  @Test("Is read with its segments, symbols of the kinds that are names, and lines")
  func whole() throws {
    let image = try Image(elf: Self.file)
    #expect(image.segments.map(\.address) == [base, base + 0x100] && image.segments.map(\.zeroCount) == [4, 0])
    #expect(Set(image.symbols.symbols.map(\.name)) == ["main", "table", "label"])
    #expect(image.symbols["label"]?.kind == .other && image.symbols["table"]?.kind == .object)
    #expect(image.lines.line(of: base)?.description == "a.c:4")
    expectAlike(Self.file, "as it is")
  }

  @Test("With any one byte changed is what a second reader makes of it, or is refused with its words and place")
  func changed() {
    let file = Self.file
    for place in file.indices {
      let old = file[place]
      for value in Set([0, 1, 2, 0x10, 0x27, 0x28, 0x7f, 0x80, 0xff, old &+ 1, old &- 1, old ^ 0x80]) where value != old
      {
        var copy = file
        copy[place] = value
        expectAlike(copy, "byte \(place) is \(value)")
      }
    }
  }

  @Test("Has symbols in any of its sections, the first and the last too, and as many tables as there are")
  func sections() throws {
    let file = Self.file
    let table = (0..<4).reduce(0) { $0 + Int(file[32 + $1]) << (8 * $1) }
    let symbols = Array(file[table + 40..<table + 80])
    for section in 0..<7 {
      var copy = file
      copy.replaceSubrange(table + 40 * section..<table + 40 * (section + 1), with: symbols)
      expectAlike(copy, "section \(section)")
      if section == 0 { #expect(try Image(elf: copy).symbols.symbols.count == 6) }
    }
  }

  @Test("Cut anywhere, or with bytes changed at random, likewise")
  func cut() {
    for count in Self.file.indices { expectAlike(Array(Self.file[..<count]), "\(count) bytes") }
    var random = SeededRandom(61)
    for _ in 0..<Trials.count(3000, long: 200_000) {
      var copy = Self.file
      for _ in 0...random.next() % 3 {
        copy[Int(random.next() % UInt64(copy.count))] = random.pick([
          0, 1, 2, 4, 0x20, 0xff, UInt8(random.next() & 255),
        ])
      }
      if random.next() % 4 == 0 { copy.removeLast(Int(random.next() % 200)) }
      expectAlike(copy, "random")
    }
  }
}
