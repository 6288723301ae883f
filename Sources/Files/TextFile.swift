/// The lines of a text file in UTF-8, as every system writes them: ended by LF or CR LF, the last one or not, a byte order
/// mark before the first.
public struct TextFile: Sendable {
  /// What errors call the file.
  public let path: String
  /// Without their ends; line n is at n − 1.
  public let lines: [Substring]

  /// - `kind`: what should be there: `a file of sequences`.
  public init(_ path: String, expecting kind: FileKind) throws(InputError) {
    try self.init(try InputFile.bytes(of: path, expecting: kind), named: path)
  }

  /// - `path`: what errors call the file.
  public init(_ bytes: [UInt8], named path: String) throws(InputError) {
    self.path = path
    var reader = LineReader(bytes, named: path)
    var lines: [Substring] = []
    while let line = try reader.next() { lines.append(line[...]) }
    self.lines = lines
  }

  /// - `line`: from 1.
  public func error(line: Int, _ message: String) -> InputError { InputError(path, line: line, message) }

  /// U+FEFF in UTF-8, which some programs put before a text.
  public static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}

/// What a head says in `key=value` and words between blanks, taken one by one; what nobody took is unknown.
package struct HeaderItems {
  private var untaken: [(key: String, value: String)] = []
  private var known: [String] = []
  private let path: String
  private let line: Int
  private static var mostItems: Int { 100 }

  /// - Parameters:
  ///   - text: of the line, without `#` and without remarks.
  ///   - path: what errors call the file.
  ///   - line: from 1.
  /// - Throws: for a key that is there twice.
  package init(_ text: some StringProtocol, of path: String, line: Int) throws(InputError) {
    self.path = path
    self.line = line
    for item in String(text).split(separator: " ", maxSplits: Self.mostItems) {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard !untaken.contains(where: { $0.key == parts[0] }) else { throw error("'\(parts[0])' is there twice") }
      untaken.append((parts[0], parts.count > 1 ? parts[1] : ""))
    }
    guard untaken.count <= Self.mostItems else { throw error("more than \(Self.mostItems) items") }
  }

  /// The value, empty for a word alone; nil where the key is not there.
  package mutating func take(_ key: String) -> String? {
    known.append(key)
    guard let place = untaken.firstIndex(where: { $0.key == key }) else { return nil }
    return untaken.remove(at: place).value
  }

  /// - Throws: for a key that nobody took, with the nearest name.
  package func end() throws(InputError) {
    guard let first = untaken.first else { return }
    throw error("'\(first.key)' is unknown\(NearestName.hint(first.key, among: known))")
  }

  package func error(_ message: String) -> InputError { InputError(path, line: line, "the header: \(message)") }
}

extension String {
  /// Whether it can stand in a line of a file.
  package var isOneLine: Bool { !contains(where: \.isNewline) }
}

extension Substring {
  /// Without blanks around.
  package var trimmed: Substring {
    var text = self
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  /// What commas part, empty cells too.
  package var cells: [Substring] {
    utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { Substring($0) }
  }
}
