// The line number programs of DWARF 2 to 5 ("DWARF Debugging Information Format", chapter 6.2), 32-bit and 64-bit form.
// What is damaged or unknown ends its unit: a program runs without line numbers too.

/// The sections that line numbers are in.
struct DWARFSections {
  var lines: ArraySlice<UInt8> = []
  var lineStrings: ArraySlice<UInt8> = []
  var strings: ArraySlice<UInt8> = []
}

extension LineTable {
  init(_ sections: DWARFSections) {
    var reader = DWARFReader(sections.lines)
    var files: [String] = []
    var rows: [Row] = []
    while !reader.isAtEnd, let unit = LineUnit(&reader, sections) {
      let first = files.count
      files += unit.files
      rows += unit.rows(filesFrom: first)
    }
    self.init(files: files, rows: rows)
  }
}

/// Bytes of a section, one after another. Past the end everything is nil.
private struct DWARFReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func take(_ count: UInt64) -> DWARFReader? {
    guard count <= UInt64(bytes.count) else { return nil }
    defer { bytes = bytes.dropFirst(Int(count)) }
    return DWARFReader(bytes.prefix(Int(count)))
  }

  /// A number of so many bytes, low byte first.
  mutating func number(_ count: UInt64) -> UInt64? {
    guard count <= 8 else { return nil }
    return take(count)?.bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
  }

  mutating func byte() -> UInt8? { bytes.popFirst() }

  mutating func unsignedLEB() -> UInt64? {
    var (value, shift) = (0 as UInt64, 0 as UInt64)
    while let byte = byte() {
      if shift < 64 { value |= UInt64(byte & 0x7f) << shift }
      shift += 7
      if byte < 0x80 { return value }
    }
    return nil
  }

  mutating func signedLEB() -> Int64? {
    var (value, shift) = (0 as Int64, 0 as Int64)
    while let byte = byte() {
      if shift < 64 { value |= Int64(byte & 0x7f) << shift }
      shift += 7
      if byte < 0x80 { return byte & 0x40 != 0 && shift < 64 ? value | -1 << shift : value }
    }
    return nil
  }

  mutating func text() -> String? {
    // No name is longer: a damaged table makes no more of its bytes than there are.
    guard let end = bytes.prefix(4096).firstIndex(of: 0) else { return nil }
    defer { bytes = bytes[(end + 1)...] }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}

/// The header of one unit, and its program.
private struct LineUnit {
  private(set) var files: [String] = []
  private var program: DWARFReader
  private let version: UInt64
  private var minimumLength: UInt64 = 1
  private var lineBase: Int64 = 0
  private var lineRange: UInt64 = 1
  private var operandCounts: [UInt8] = []
  /// Bytes of an offset into a section.
  private let offsetBytes: UInt64

  /// Takes a unit off; nil at what is none.
  init?(_ reader: inout DWARFReader, _ sections: DWARFSections) {
    guard var length = reader.number(4) else { return nil }
    let isLong = length == 0xFFFF_FFFF
    if isLong, let long = reader.number(8) { length = long }
    offsetBytes = isLong ? 8 : 4
    guard var unit = reader.take(length), let version = unit.number(2), (2...5).contains(version) else { return nil }
    self.version = version
    if version == 5 { _ = unit.number(2) }
    guard let headerLength = unit.number(offsetBytes), var header = unit.take(headerLength) else { return nil }
    program = unit
    guard readParameters(&header), version == 5 ? readEntries(&header, sections) : readNames(&header) else {
      return nil
    }
  }

  private mutating func readParameters(_ header: inout DWARFReader) -> Bool {
    guard let minimum = header.byte() else { return false }
    if version >= 4 { _ = header.byte() }
    guard header.byte() != nil, let base = header.byte(), let range = header.byte(), range > 0,
      let opcodeBase = header.byte(), opcodeBase > 0
    else { return false }
    minimumLength = UInt64(minimum)
    lineBase = Int64(Int8(bitPattern: base))
    lineRange = UInt64(range)
    for _ in 1..<opcodeBase {
      guard let count = header.byte() else { return false }
      operandCounts.append(count)
    }
    return true
  }

  /// Before version 5: texts up to an empty one, the files from 1.
  private mutating func readNames(_ header: inout DWARFReader) -> Bool {
    while let folder = header.text(), !folder.isEmpty {}
    files = ["?"]
    while let name = header.text() {
      if name.isEmpty { return true }
      for _ in 0..<3 { _ = header.unsignedLEB() }
      files.append(Self.name(name))
    }
    return false
  }

  /// Version 5: tables that say their own form; first the folders.
  private mutating func readEntries(_ header: inout DWARFReader, _ sections: DWARFSections) -> Bool {
    for isOfFiles in [false, true] {
      guard let columns = header.byte() else { return false }
      var forms: [(content: UInt64, form: UInt64)] = []
      for _ in 0..<columns {
        guard let content = header.unsignedLEB(), let form = header.unsignedLEB() else { return false }
        forms.append((content, form))
      }
      guard let count = header.unsignedLEB() else { return false }
      // An entry without a byte says nothing.
      guard !forms.isEmpty || count == 0 else { return false }
      for _ in 0..<count {
        var name = "?"
        for (content, form) in forms {
          guard let text = value(&header, form, sections) else { return false }
          if content == 1 { name = text }
        }
        if isOfFiles { files.append(Self.name(name)) }
      }
    }
    return true
  }

  /// A value as text, empty if it is none; nil where the form is not known.
  private func value(_ header: inout DWARFReader, _ form: UInt64, _ sections: DWARFSections) -> String? {
    switch form {
    case 0x08: return header.text()  // DW_FORM_string
    case 0x0E, 0x1F:  // DW_FORM_strp, DW_FORM_line_strp
      guard let offset = header.number(offsetBytes) else { return nil }
      var strings = DWARFReader(form == 0x1F ? sections.lineStrings : sections.strings)
      guard strings.take(offset) != nil else { return nil }
      return strings.text()
    case 0x0F: return header.unsignedLEB().map { _ in "" }  // DW_FORM_udata
    case 0x0B: return header.number(1).map { _ in "" }  // DW_FORM_data1
    case 0x05: return header.number(2).map { _ in "" }  // DW_FORM_data2
    case 0x06: return header.number(4).map { _ in "" }  // DW_FORM_data4
    case 0x07: return header.number(8).map { _ in "" }  // DW_FORM_data8
    case 0x1E: return header.take(16).map { _ in "" }  // DW_FORM_data16
    case 0x09:  // DW_FORM_block
      guard let count = header.unsignedLEB() else { return nil }
      return header.take(count).map { _ in "" }
    default: return nil
    }
  }

  private static func name(_ path: String) -> String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "?")
  }
}

extension LineUnit {
  /// The registers of the machine that a line number program runs on.
  private struct State {
    var address: UInt64 = 0
    var file: UInt64 = 1
    var line: Int64 = 1
  }

  /// - Parameter first: the place of the unit's first file among all.
  func rows(filesFrom first: Int) -> [LineTable.Row] {
    var program = program
    var state = State()
    var rows: [LineTable.Row] = []
    func row(ends: Bool = false) -> LineTable.Row {
      let isKnown = !ends && state.file < files.count && state.line > 0
      return LineTable.Row(
        address: UInt32(truncatingIfNeeded: state.address), file: isKnown ? first + Int(state.file) : nil,
        line: UInt32(truncatingIfNeeded: state.line))
    }
    while let opcode = program.byte() {
      if opcode > operandCounts.count {
        let adjusted = UInt64(opcode) - UInt64(operandCounts.count) - 1
        state.address &+= adjusted / lineRange &* minimumLength
        state.line &+= lineBase &+ Int64(adjusted % lineRange)
        rows.append(row())
      } else if opcode == 0 {
        guard let length = program.unsignedLEB(), var operands = program.take(length) else { return rows }
        switch operands.byte() {
        case 1:  // DW_LNE_end_sequence
          rows.append(row(ends: true))
          state = State()
        case 2: state.address = operands.number(min(length - 1, 8)) ?? 0  // DW_LNE_set_address
        default: break
        }
      } else if opcode == 1 {  // DW_LNS_copy
        rows.append(row())
      } else if !advance(&state, opcode, &program) {
        return rows
      }
    }
    return rows
  }

  /// The standard operations that make no row. False at the end of the bytes.
  private func advance(_ state: inout State, _ opcode: UInt8, _ program: inout DWARFReader) -> Bool {
    switch opcode {
    case 2:  // DW_LNS_advance_pc
      guard let count = program.unsignedLEB() else { return false }
      state.address &+= count &* minimumLength
    case 3:  // DW_LNS_advance_line
      guard let count = program.signedLEB() else { return false }
      state.line &+= count
    case 4:  // DW_LNS_set_file
      guard let file = program.unsignedLEB() else { return false }
      state.file = file
    case 8:  // DW_LNS_const_add_pc
      state.address &+= (255 - UInt64(operandCounts.count) - 1) / lineRange &* minimumLength
    case 9:  // DW_LNS_fixed_advance_pc
      guard let count = program.number(2) else { return false }
      state.address &+= count
    default:
      for _ in 0..<operandCounts[Int(opcode) - 1] {
        guard program.unsignedLEB() != nil else { return false }
      }
    }
    return true
  }
}
