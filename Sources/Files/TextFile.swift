/// The lines of a text file in UTF-8, as every system writes them: ended by LF or CR LF, the last one or not, a byte order
/// mark before the first.
public struct TextFile: Sendable {
  /// What errors call the file.
  public let path: String
  /// Without their ends; line n is at n − 1.
  public let lines: [Substring]

  /// - `expected`: what should be there, for messages: `a file of sequences`.
  public init(_ path: String, expecting expected: String) throws(InputError) {
    try self.init(try InputFile.bytes(of: path, expecting: expected), named: path)
  }

  /// - `path`: what errors call the file.
  public init(_ bytes: [UInt8], named path: String) throws(InputError) {
    self.path = path
    let content = bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(Self.byteOrderMark.count) : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      let parts = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let place = parts.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw InputError(path, line: place + 1, "is not UTF-8 text")
    }
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
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
  private let file: TextFile
  private let line: Int

  /// - Parameters:
  ///   - line: of the file, from 1.
  ///   - text: of it, without `#` and without remarks.
  /// - Throws: for a key that is there twice.
  package init(_ text: some StringProtocol, of file: TextFile, line: Int) throws(InputError) {
    self.file = file
    self.line = line
    for item in String(text).split(separator: " ") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard !untaken.contains(where: { $0.key == parts[0] }) else { throw error("'\(parts[0])' is there twice") }
      untaken.append((parts[0], parts.count > 1 ? parts[1] : ""))
    }
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

  package func error(_ message: String) -> InputError { file.error(line: line, "the header: \(message)") }
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
