/// A line of a source.
public struct SourceLine: Hashable, Sendable, CustomStringConvertible {
  /// The file's name without its folder.
  public let file: String
  /// From 1.
  public let line: UInt32

  public var description: String { "\(file):\(line)" }
}

/// Which line of a source each instruction comes from, where the program has DWARF line numbers.
public struct LineTable: Equatable, Sendable {
  /// From an address on, up to the next row.
  struct Row: Equatable, Sendable {
    var address: UInt32
    /// Place in `files`; nil where no code is, or none that came from a line.
    var file: Int?
    var line: UInt32
  }

  private(set) var files: [String] = []
  /// By ascending address.
  private(set) var rows: [Row] = []

  /// A table without a line.
  public init() {}

  /// - Parameter rows: in the order of the program's sequences; of two at one address the later one counts, but one that
  ///   ends a sequence does so first.
  init(files: [String], rows: [Row]) {
    self.files = files
    self.rows = rows.enumerated()
      .sorted { ($0.element.address, $0.element.rank, $0.offset) < ($1.element.address, $1.element.rank, $1.offset) }
      .map(\.element)
  }

  /// Whether no line is known.
  public var isEmpty: Bool { rows.isEmpty }

  /// All lines that code comes from, in no order; one may be there more than once.
  public var lines: [SourceLine] {
    rows.compactMap { row in row.file.map { SourceLine(file: files[$0], line: row.line) } }
  }

  /// The line that an instruction comes from, if it is known.
  public func line(of address: UInt32) -> SourceLine? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let file = rows[low - 1].file else { return nil }
    return SourceLine(file: files[file], line: rows[low - 1].line)
  }
}

extension LineTable.Row {
  fileprivate var rank: Int { file == nil ? 0 : 1 }
}
