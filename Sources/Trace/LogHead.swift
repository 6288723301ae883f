import Files

/// The lines of a log before its first entry.
struct LogHead {
  private(set) var description = ""
  private(set) var origin = LogOrigin()
  private(set) var position = 0
  private(set) var lines = 0
  /// Whether there are columns for pc and symbol.
  private(set) var hasProgram = false
  private let bytes: [UInt8]
  private let file: String

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: TextFile.byteOrderMark) { position = TextFile.byteOrderMark.count }
  }

  mutating func read() throws(InputError) {
    let signature = "`\(CSVFormat.signature)`"
    let first = try line(signature)
    guard !CSVFormat.olderSignatures.contains(where: { bytes.holds($0, at: first) }) else {
      throw error("\(signature): this program does not read older versions, record the log anew")
    }
    guard bytes.holds(CSVFormat.signature, at: first) else { throw error(signature) }
    let either = "a line beginning `# ` or `\(CSVFormat.columns(hasProgram: false))`"
    var texts: [String] = []
    while true {
      let range = try line(either)
      if bytes.holds(CSVFormat.columns(hasProgram: false), at: range) { break }
      hasProgram = bytes.holds(CSVFormat.columns(hasProgram: true), at: range)
      if hasProgram { break }
      guard range.count >= 2, bytes.holds("# ", at: range.lowerBound..<range.lowerBound + 2) else {
        throw error(either)
      }
      if try !readOrigin(range.dropFirst(2)) {
        texts.append(String(decoding: bytes[range.dropFirst(2)], as: UTF8.self))
      }
    }
    description = texts.joined(separator: "\n")
  }

  /// Whether a line is none of the description.
  private mutating func readOrigin(_ range: Range<Int>) throws(InputError) -> Bool {
    func content(behind prefix: StaticString) -> Range<Int>? {
      let end = range.lowerBound + prefix.utf8CodeUnitCount
      return end <= range.upperBound && bytes.holds(prefix, at: range.lowerBound..<end) ? end..<range.upperBound : nil
    }
    if let filter = content(behind: LogOrigin.filterPrefix) {
      guard origin.filter == nil else { throw error("one line `# \(LogOrigin.filterPrefix)…`") }
      origin.filter = String(decoding: bytes[filter], as: UTF8.self)
      return true
    }
    guard let text = content(behind: LogOrigin.statePrefix) else { return false }
    guard let state = Base64.bytes(of: bytes[text]) else { throw error("`# \(LogOrigin.statePrefix)` and base64") }
    origin.state += state
    return true
  }

  /// Whether bytes begin as a log does, and its head goes on behind them.
  /// - Parameter line: where to look on, the beginning of a line; moved on to that of the last one.
  static func isCut(_ bytes: [UInt8], from line: inout Int) -> Bool {
    let start = bytes.starts(with: TextFile.byteOrderMark) ? TextFile.byteOrderMark.count : 0
    let end = start + CSVFormat.signature.utf8CodeUnitCount
    guard bytes.count >= end, bytes.holds(CSVFormat.signature, at: start..<end) else { return false }
    line = max(line, start)
    while line < bytes.count, bytes[line] == UInt8(ascii: "#") {
      guard let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) else { return true }
      line = end + 1
    }
    return line == bytes.count
  }

  /// Where the latest line is.
  private var latest = 0..<0

  /// The next line, without its line feed.
  private mutating func line(_ expected: String) throws(InputError) -> Range<Int> {
    lines += 1
    guard position < bytes.count else {
      throw InputError(log: file, line: lines, expected: expected, found: "the end of the file")
    }
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
    latest = position..<(end ?? bytes.count)
    guard bytes[latest].isUTF8 else { throw error("UTF-8 text") }
    guard end != nil else { throw error("a line feed at the end of the file") }
    position = latest.upperBound + 1
    if bytes[latest].last == UInt8(ascii: "\r") { latest = latest.dropLast() }
    return latest
  }

  private func error(_ expected: String) -> InputError {
    InputError(log: file, line: lines, expected: expected, found: bytes[latest].quoted)
  }
}
