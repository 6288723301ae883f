import Files

/// The text at the beginning of a chip file, checked together with the length and the checksum of the whole.
struct ChipFileHead {
  var configuration: ChipConfiguration
  var facts: [ChipFile.Fact] = []
  var sections: [(name: String, count: Int)] = []
  /// Bytes of the text.
  var length: Int

  private static let end = Array("\nend\n".utf8)
  private static let checksumBytes = 4
  /// A head longer than this is none.
  private static let mostBytes = 1 << 20

  init(_ bytes: [UInt8], named name: String) throws(InputError) {
    try Self.checkVersion(bytes, named: name)
    guard let length = Self.length(bytes) else {
      throw InputError(name, "is truncated: its head has no end")
    }
    self.length = length
    var lines = String(decoding: bytes[..<length], as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
    while let line = lines.last, let section = Self.section(line) {
      sections.append(section)
      lines.removeLast()
    }
    sections.reverse()
    let expected = sections.reduce(length + Self.checksumBytes) { $0 + $1.count }
    guard bytes.count >= expected else {
      throw InputError(name, "is truncated: it has \(bytes.count) bytes, its head tells of \(expected)")
    }
    let body = bytes.dropLast(Self.checksumBytes)
    let stored = bytes.suffix(Self.checksumBytes).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard bytes.count == expected, CRC32.checksum(body) == stored else {
      throw InputError(name, "is damaged: its checksum does not match its content")
    }
    guard Set(sections.map(\.name)).count == sections.count else {
      throw InputError(name, "has two sections of one name")
    }
    while let line = lines.last, let fact = Self.fact(line) {
      facts.append(fact)
      lines.removeLast()
    }
    facts.reverse()
    do {
      configuration = try ChipConfiguration(description: lines.joined(separator: "\n"))
    } catch {
      throw InputError(name, "\(error)")
    }
  }

  private static func checkVersion(_ bytes: [UInt8], named name: String) throws(InputError) {
    let magic = Array(ChipFile.magic.utf8)
    let line = bytes.prefix(magic.count + 10).prefix { $0 != UInt8(ascii: "\n") }
    guard line.starts(with: magic), let version = Int(String(decoding: line.dropFirst(magic.count), as: UTF8.self))
    else { throw InputError(name, ChipFile.kind.refusal) }
    guard version == ChipFile.version else {
      throw InputError(name, "is of version \(version), this program reads version \(ChipFile.version)")
    }
  }

  /// Bytes up to and with the line `end`.
  private static func length(_ bytes: [UInt8]) -> Int? {
    let last = min(bytes.count, mostBytes) - end.count
    guard last >= 0 else { return nil }
    return (0...last).first { bytes[$0] == end[0] && bytes[$0...].starts(with: end) }.map { $0 + end.count }
  }

  private static func section(_ line: Substring) -> (name: String, count: Int)? {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "section", BinarySection.isName(parts[1]), let count = Int(parts[2]),
      (0..<1 << 40).contains(count)
    else { return nil }
    return (String(parts[1]), count)
  }

  private static func fact(_ line: Substring) -> ChipFile.Fact? {
    guard line.hasPrefix("info "), let sign = line.firstIndex(of: "=") else { return nil }
    let name = line.dropFirst("info ".count).prefix { $0 != "=" }
    let value = String(line[line.index(after: sign)...])
    // A form feed, say, ends a line as well: such a value could not be written again.
    guard BinarySection.isName(name), value.isOneLine else { return nil }
    return ChipFile.Fact(String(name), value)
  }
}
