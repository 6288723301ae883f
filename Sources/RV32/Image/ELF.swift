// ELF, 32-bit little-endian RISC-V executables (System V ABI, chapters 4 and 5; RISC-V ELF psABI).

extension Image {
  /// The loadable segments at their physical addresses, the entry, and the symbols if there are any.
  public init(elf bytes: [UInt8]) throws(ImageError) {
    let file = FileBytes(bytes)
    try checkIdentification(file)
    let entry = try file.word(24, "the ELF header")
    let segments = try loadableSegments(file)
    if segments.isEmpty { throw ImageError(.offset(28), "no loadable program header") }
    try self.init(segments: segments, entry: entry)
    symbols = SymbolTable(try readSymbols(file))
    lines = LineTable(try lineSections(file))
  }
}

/// The bytes of a file, read with bounds checks.
private struct FileBytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func slice(_ offset: UInt32, _ count: UInt32, _ what: String) throws(ImageError) -> ArraySlice<UInt8> {
    let end = UInt64(offset) + UInt64(count)
    guard end <= UInt64(bytes.count) else {
      throw ImageError(
        .offset(Int(offset)), "truncated: \(what) needs \(count) bytes, the file has \(bytes.count) in all")
    }
    return bytes[Int(offset)..<Int(end)]
  }

  func half(_ offset: UInt32, _ what: String) throws(ImageError) -> UInt16 {
    UInt16(truncatingIfNeeded: try little(offset, 2, what))
  }

  func word(_ offset: UInt32, _ what: String) throws(ImageError) -> UInt32 { try little(offset, 4, what) }

  private func little(_ offset: UInt32, _ count: UInt32, _ what: String) throws(ImageError) -> UInt32 {
    var value: UInt32 = 0
    for byte in try slice(offset, count, what).reversed() { value = value << 8 | UInt32(byte) }
    return value
  }

  /// The text from an offset to the next zero byte, or to `end`.
  func text(_ offset: Int, end: Int) -> String {
    String(decoding: bytes[offset..<end].prefix { $0 != 0 }, as: UTF8.self)
  }
}

private func checkIdentification(_ file: FileBytes) throws(ImageError) {
  func expect(_ condition: Bool, _ offset: Int, _ problem: String) throws(ImageError) {
    if !condition { throw ImageError(.offset(offset), problem) }
  }
  let header = Array(try file.slice(0, 52, "the ELF header"))
  let type = UInt16(header[17]) << 8 | UInt16(header[16])
  let machine = UInt16(header[19]) << 8 | UInt16(header[18])
  try expect(header.starts(with: [0x7F, 0x45, 0x4C, 0x46]), 0, "not an ELF file: expected 7F 'E' 'L' 'F'")
  try expect(
    header[4] == 1, 4, header[4] == 2 ? "a 64-bit file; expected 32-bit" : "class \(header[4]); expected 1, 32-bit")
  try expect(header[5] == 1, 5, header[5] == 2 ? "big-endian; expected little-endian" : "data \(header[5]); expected 1")
  try expect(header[6] == 1, 6, "ELF version \(header[6]); expected 1")
  try expect(machine == 243, 18, "machine \(machine); expected 243, RISC-V")
  try expect(type == 2, 16, "file type \(type); expected 2, an executable")
}

private func loadableSegments(_ file: FileBytes) throws(ImageError) -> [Image.Segment] {
  let table = try file.word(28, "the ELF header")
  let entrySize = UInt32(try file.half(42, "the ELF header"))
  let count = UInt32(try file.half(44, "the ELF header"))
  if count == 0 { return [] }
  if entrySize < 32 { throw ImageError(.offset(42), "program headers of \(entrySize) bytes; expected 32") }
  _ = try file.slice(table, entrySize * count, "the table of \(count) program headers")
  var segments: [Image.Segment] = []
  for index in 0..<count {
    let header = table + index * entrySize
    func field(_ offset: UInt32) throws(ImageError) -> UInt32 { try file.word(header + offset, "a program header") }
    let loadable: UInt32 = 1
    guard try field(0) == loadable else { continue }
    let fileSize = try field(16)
    let memorySize = try field(20)
    if memorySize < fileSize {
      throw ImageError(.offset(Int(header) + 20), "\(memorySize) bytes in memory but \(fileSize) in the file")
    }
    let bytes = try file.slice(try field(4), fileSize, "segment \(index)")
    segments.append(
      Image.Segment(address: try field(12), bytes: Array(bytes), zeroCount: memorySize - fileSize))
  }
  return segments
}

/// The sections of line numbers, as far as they are there and not compressed.
private func lineSections(_ file: FileBytes) throws(ImageError) -> DWARFSections {
  let table = try file.word(32, "the ELF header")
  let entrySize = UInt32(try file.half(46, "the ELF header"))
  let count = UInt32(try file.half(48, "the ELF header"))
  let names = UInt32(try file.half(50, "the ELF header"))
  guard table > 0, names < count else { return DWARFSections() }
  func field(_ section: UInt32, _ offset: UInt32) throws(ImageError) -> UInt32 {
    try file.word(table + section * entrySize + offset, "a section header")
  }
  func content(_ section: UInt32) throws(ImageError) -> ArraySlice<UInt8> {
    try file.slice(try field(section, 16), try field(section, 20), "section \(section)")
  }
  let text = try content(names)
  var sections = DWARFSections()
  for section in 0..<count {
    let isCompressed = try field(section, 8) & 0x800 != 0
    guard !isCompressed, try field(section, 4) == 1 else { continue }
    let name = text.dropFirst(Int(try field(section, 0))).prefix { $0 != 0 }
    switch String(decoding: name, as: UTF8.self) {
    case ".debug_line": sections.lines = try content(section)
    case ".debug_line_str": sections.lineStrings = try content(section)
    case ".debug_str": sections.strings = try content(section)
    default: break
    }
  }
  return sections
}

/// The named symbols with an address; none if the file has no symbol table.
private func readSymbols(_ file: FileBytes) throws(ImageError) -> [Symbol] {
  let table = try file.word(32, "the ELF header")
  let entrySize = UInt32(try file.half(46, "the ELF header"))
  let count = UInt32(try file.half(48, "the ELF header"))
  if table == 0 || count == 0 { return [] }
  if entrySize < 40 { throw ImageError(.offset(46), "section headers of \(entrySize) bytes; expected 40") }
  _ = try file.slice(table, entrySize * count, "the table of \(count) section headers")
  var symbols: [Symbol] = []
  for index in 0..<count {
    let header = table + index * entrySize
    let symbolTable: UInt32 = 2
    guard try file.word(header + 4, "a section header") == symbolTable else { continue }
    let link = try file.word(header + 24, "a section header")
    if link >= count { throw ImageError(.offset(Int(header) + 24), "string table \(link) of \(count) sections") }
    let strings = table + link * entrySize
    symbols += try symbolSection(
      file, offset: try file.word(header + 16, "a section header"),
      size: try file.word(header + 20, "a section header"),
      names: try file.word(strings + 16, "a section header"), namesSize: try file.word(strings + 20, "a section header")
    )
  }
  return symbols
}

private func symbolSection(
  _ file: FileBytes, offset: UInt32, size: UInt32, names: UInt32, namesSize: UInt32
) throws(ImageError) -> [Symbol] {
  let section = try file.slice(offset, size, "the symbol table")
  _ = try file.slice(names, namesSize, "the symbol names")
  var symbols: [Symbol] = []
  for entry in 0..<UInt32(section.count / 16) {
    let start = offset + 16 * entry
    let name = try file.word(start, "a symbol")
    let kind = try file.half(start + 12, "a symbol") & 0xF
    let isDefined = try file.half(start + 14, "a symbol") != 0
    // Section and file symbols are no names of the program, nor are the mapping symbols of assemblers.
    guard isDefined, name != 0, kind <= 2 else { continue }
    guard name < namesSize else {
      throw ImageError(.offset(Int(start)), "name \(name) outside the \(namesSize) bytes of names")
    }
    let text = file.text(Int(names + name), end: Int(names + namesSize))
    if text.isEmpty || text.hasPrefix("$x") || text.hasPrefix("$d") || text.hasPrefix(".L") { continue }
    symbols.append(
      Symbol(
        name: text, address: try file.word(start + 4, "a symbol"), size: try file.word(start + 8, "a symbol"),
        kind: kind == 2 ? .function : kind == 1 ? .object : .other))
  }
  return symbols
}
