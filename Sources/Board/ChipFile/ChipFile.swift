import Files
import Trace

/// A chip in a file: the board's whole state, what its weights are for, and further sections of a program's own.
///
///     MBLSTM chip 6
///     results version=3
///     chip seed=1 synapse=reference device=vteam …
///     tile word-lines=25 bit-lines=64
///     info task=digits
///     section board 40
///     section tile0.cells 6400
///     section residuals 3200
///     end
///
/// Then the sections' bytes one after another (integers little-endian), and the CRC-32 of all before.
/// `head -n 20 chip.mbx` shows the text.
public struct ChipFile: Sendable, Equatable {
  /// A fact about the chip, for programs and for readers of the file: `task=digits`.
  public struct Fact: Sendable, Equatable {
    /// As a section's name.
    public var name: String
    /// One line.
    public var value: String

    /// A name and a value, which is kept as its description.
    public init(_ name: String, _ value: some CustomStringConvertible) {
      self.name = name
      self.value = value.description
    }
  }

  /// State of the board.
  public var snapshot: MachineSnapshot
  /// In the order of the file.
  public var facts: [Fact]
  /// In addition to those of the board; names are unique.
  package var sections: [BinarySection]

  package init(_ snapshot: MachineSnapshot, facts: [Fact] = [], sections: [BinarySection] = []) {
    self.snapshot = snapshot
    self.facts = facts
    self.sections = sections
  }

  /// The value of a fact.
  public func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
  package func section(_ name: String) -> BinarySection? { sections.first { $0.name == name } }

  /// Of the format, in the first line; a file of another one is refused.
  public static let version = 6
  static let magic = "MBLSTM chip "
  /// Eight tiles of 1024 × 1024 cells, what a training keeps of each, and RAM are less.
  package static let mostBytes = 256 << 20
  static let kind = FileKind(
    "a chip file", mostBytes: mostBytes, signatures: [magic],
    refusal: "is not a chip file, expected it to begin with '\(magic)\(version)'")

  /// What a chip is made of that may be a configuration as well.
  package static let orConfiguration = FileKind(
    "a chip as --print-chip writes it, or a chip file", mostBytes: mostBytes)
  /// Whether bytes begin as a chip file does.
  package static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic.utf8) }

  // MARK: Writing

  /// The whole file.
  /// - Precondition: names are names, values are single lines, no section has a board section's name or another's.
  public var bytes: [UInt8] {
    let all = snapshot.sections + sections
    precondition(Set(all.map(\.name)).count == all.count, "two sections of one name")
    precondition(
      facts.allSatisfy { BinarySection.isName($0.name) && !$0.value.contains(where: \.isNewline) },
      "a fact is one line with a name")
    let lines =
      ["\(Self.magic)\(Self.version)", "\(snapshot.configuration)"] + facts.map { "info \($0.name)=\($0.value)" }
      + all.map { "section \($0.name) \($0.bytes.count)" } + ["end\n"]
    var bytes = Array(lines.joined(separator: "\n").utf8)
    for section in all { bytes += section.bytes }
    withUnsafeBytes(of: CRC32.checksum(bytes).littleEndian) { bytes += $0 }
    return bytes
  }

  /// What tells a file from others: the checksum at its end, in digits.
  public var mark: String {
    let digits = String(CRC32.checksum(bytes.dropLast(4)), radix: 16)
    return "crc32=" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Writes the file; `bytes` has the precondition.
  /// - Throws: when it cannot be written; an old file then stays.
  public func write(to path: String) throws(OutputError) { try OutputFile.write(bytes, to: path) }

  // MARK: Reading

  /// Reads a file; whether its state is one that its chip can have is seen where a machine is made of it.
  /// - Throws: when it cannot be read, is of another version, or is damaged.
  public init(path: String) throws(InputError) {
    try self.init(bytes: try InputFile.bytes(of: path, expecting: Self.kind), named: path)
  }

  /// A file by its content.
  /// - `name`: what errors call the file.
  public init(bytes: [UInt8], named name: String) throws(InputError) {
    let head = try ChipFileHead(bytes, named: name)
    var sections: [BinarySection] = []
    var start = head.length
    for (section, count) in head.sections {
      sections.append(BinarySection(section, bytes: Array(bytes[start..<start + count])))
      start += count
    }
    facts = head.facts
    snapshot = try MachineSnapshot(head.configuration, takingFrom: &sections, named: name)
    self.sections = sections
  }

  /// The board as it was, going on.
  /// - `name`: what errors call the file.
  public func machine<Log: LogSink>(log: Log, named name: String) throws(InputError) -> Machine<Log> {
    do {
      return try Machine(snapshot, log: log)
    } catch {
      throw InputError(name, "does not fit its configuration: \(error)")
    }
  }

  /// The board once its power has gone and come again: its cells and its flash as they were left, everything else as after power-up.
  /// - `ramBytes`: of the board; nil for as many as the file's has.
  /// - `name`: what errors call the file.
  public func poweredUp<Log: LogSink>(
    log: Log, ramBytes: Int? = nil, named name: String
  ) throws(InputError) -> Machine<Log> {
    do {
      var snapshot = try snapshot.powerCycled()
      if let ramBytes { snapshot.ramWords = ramBytes / 4 }
      return try Machine(snapshot, log: log)
    } catch {
      throw InputError(name, "does not fit its configuration: \(error)")
    }
  }
}
