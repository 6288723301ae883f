import Files
import Registers

/// One entry of a log that was read.
public struct LogLine: Sendable, Equatable {
  /// What a line tells of.
  public enum Body: Sendable, Equatable {
    /// With its register and detail columns, as they are in the file.
    case access(Transaction, EntryText)
    /// In the words of its register and detail columns, which `ChipEvent` reads.
    case event(EntryText)
  }

  /// Line of the file, from 1.
  public var number: Int
  /// Core clock cycles since reset, below 2⁶² and not below those of the line before.
  public var cycle: UInt64
  /// The access or the event.
  public var body: Body
  /// Of an access.
  public var size: AccessSize

  /// An entry at a line of a file.
  public init(number: Int, cycle: UInt64, _ body: Body, size: AccessSize = .own) {
    self.number = number
    self.cycle = cycle
    self.body = body
    self.size = size
  }
}

/// Reads a register log (see `CSVLog`) an entry at a time, and no more of its file than that needs.
///
/// The register and detail of an access are passed on and not judged: a bus monitor may leave both empty. Those of an
/// event are what the event is, and have to be the text of one. The pc and symbol of a binary's log are not looked at
/// unless they are asked for; comments, lines that begin with `#`, are passed over. Lines end in LF or CR LF, the last one
/// too: a log that was cut shows it.
public struct LogReader {
  /// What the writer was given as a description.
  public let description: String
  /// How the log begins.
  public let origin: LogOrigin
  private let file: String
  /// What of the file has been read and is not done with.
  private var bytes: [UInt8]
  private let input: InputFile?
  private let columnCount: Int
  /// Whether the log is a binary's, with columns for pc and symbol.
  public let hasProgram: Bool
  private var position: Int
  /// Lines before `position`.
  private var lines: Int
  private var cycle: UInt64 = 0
  /// No run gets there, and sums of cycles do not overflow.
  private static let mostCycles: UInt64 = 1 << 62
  /// A chip file of the longest there are, in base64.
  private static let mostHeadBytes = 400 << 20
  /// More than the codes and widths of 1024 lines take.
  private static let mostLineBytes = 1 << 16
  /// Texts of events that are kept: a log has few that are different.
  private static let mostEvents = 1 << 12
  /// Where the line at hand begins.
  private var start = 0
  /// Ends of the columns of the line at hand.
  private var ends: [Int] = []
  /// Texts already found to be events.
  private var events: Set<EntryText> = []

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - file: its name, for errors.
  /// - Throws: what is wrong with the lines before the first entry.
  public init(_ bytes: [UInt8], file: String) throws(InputError) {
    try self.init(bytes, input: nil, file: file)
  }

  /// A log of any size, read as it is needed.
  public init(_ input: InputFile) throws(InputError) {
    var bytes = try input.next()
    var line = 0
    // A head may be longer than a piece; what does not begin as a log is read no further.
    while LogHead.isCut(bytes, from: &line) {
      let more = try input.next()
      if more.isEmpty { break }
      guard bytes.count <= Self.mostHeadBytes else {
        throw InputError(
          input.path, line: 1, "the head is longer than \(Self.mostHeadBytes >> 20) MiB, expected a shorter one")
      }
      bytes += more
    }
    try self.init(bytes, input: input, file: input.path)
  }

  private init(_ bytes: [UInt8], input: InputFile?, file: String) throws(InputError) {
    var head = LogHead(bytes, file: file)
    try head.read()
    self.file = file
    self.bytes = bytes
    self.input = input
    description = head.description
    origin = head.origin
    position = head.position
    lines = head.lines
    hasProgram = head.hasProgram
    columnCount = CSVFormat.columnCount(hasProgram: hasProgram)
    ends.reserveCapacity(columnCount)
  }

  /// The next entry, or nil after the last.
  /// - Throws: what is wrong with its line; nothing can be read afterwards.
  public mutating func next() throws(InputError) -> LogLine? {
    repeat {
      start = position
      if position == bytes.count {
        guard try refill() else { return nil }
      }
      lines += 1
      try cut()
    } while bytes[start] == UInt8(ascii: "#")
    guard ends.count == columnCount else {
      throw InputError(log: file, line: lines, expected: "\(columnCount) columns", found: "\(ends.count)")
    }
    let number = try field(0, "a cycle, decimal, below 2^62") { bytes, range in
      bytes.decimal(range).flatMap { $0 < Self.mostCycles ? $0 : nil }
    }
    guard number >= cycle else { throw error("a cycle of at least \(cycle)", start..<ends[0]) }
    cycle = number
    if bytes[ends[1] + 1] == UInt8(ascii: "e") { return LogLine(number: lines, cycle: cycle, try event()) }
    let (transaction, size) = try access()
    return LogLine(number: lines, cycle: cycle, .access(transaction, text), size: size)
  }

  /// The instruction that made the access of the latest entry, and what its place is called; nil where the log does not say.
  /// - Throws: when the pc is no word.
  public func place() throws(InputError) -> (pc: UInt32, symbol: String)? {
    guard hasProgram, ends.count == columnCount, !column(7).isEmpty else { return nil }
    let pc = try field(7, "a pc, 0x and 8 digits") { $0.word($1) }
    return (pc, String(decoding: bytes[column(8)], as: UTF8.self))
  }

  /// Moves `position` behind the line there and notes where its columns end.
  private mutating func cut() throws(InputError) {
    ends.removeAll(keepingCapacity: true)
    start = position
    var end = start
    var seen: UInt8 = 0
    while true {
      while end < bytes.count && bytes[end] != UInt8(ascii: "\n") {
        if bytes[end] == UInt8(ascii: ",") { ends.append(end) }
        seen |= bytes[end]
        end += 1
      }
      let length = end - start
      guard end == bytes.count, try refill() else { break }
      end = length
    }
    guard seen < 0x80 || bytes[start..<end].isUTF8 else { throw error("UTF-8 text", start..<end) }
    guard end < bytes.count else { throw error("a line feed at the end of the file", start..<end) }
    ends.append(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
    position = end + 1
  }

  /// Drops what is before the line at hand and reads on; false at the end of the file, when nothing changes.
  private mutating func refill() throws(InputError) -> Bool {
    guard bytes.count - start <= Self.mostLineBytes else {
      throw error("a line of at most \(Self.mostLineBytes) bytes", start..<bytes.count)
    }
    guard let more = try input?.next(), !more.isEmpty else { return false }
    bytes.removeFirst(start)
    for column in ends.indices { ends[column] -= start }
    position -= start
    start = 0
    bytes += more
    return true
  }

  private func column(_ number: Int) -> Range<Int> { (number == 0 ? start : ends[number - 1] + 1)..<ends[number] }

  @inline(__always)
  private func field<Value>(
    _ number: Int, _ expected: @autoclosure () -> String, _ parse: ([UInt8], Range<Int>) -> Value?
  ) throws(InputError) -> Value {
    guard let value = parse(bytes, column(number)) else { throw error(expected(), column(number)) }
    return value
  }

  private func access() throws(InputError) -> (Transaction, AccessSize) {
    let (kind, size) = try field(2, "`read`, `write` or `event`") { bytes, range -> (Transaction.Kind, AccessSize)? in
      if bytes.holds("write", at: range) { return (.write, .own) }
      return bytes.holds("read", at: range) ? (.read, .own) : Self.sizedKind(bytes, range)
    }
    guard bytes.holds("firmware", at: column(1)) else { throw error("the initiator `firmware`", column(1)) }
    let address = try field(3, "an address, 0x and 8 digits") { $0.word($1) }
    let value = try field(4, "a value, 0x and 8 digits") { $0.word($1) }
    return (Transaction(kind, address, value), size)
  }

  /// `read8`.
  private static func sizedKind(_ bytes: [UInt8], _ range: Range<Int>) -> (Transaction.Kind, AccessSize)? {
    let text = String(decoding: bytes[range], as: UTF8.self)
    for (name, kind) in [("read", Transaction.Kind.read), ("write", .write)] where text.hasPrefix(name) {
      for size in AccessSize.allCases where size != .own && text.dropFirst(name.count) == "\(size.rawValue)" {
        return (kind, size)
      }
    }
    return nil
  }

  private var text: EntryText { EntryText(columns: bytes[column(5).lowerBound..<column(6).upperBound]) }

  private mutating func event() throws(InputError) -> LogLine.Body {
    guard bytes.holds("event", at: column(2)) else { throw error("`read`, `write` or `event`", column(2)) }
    guard bytes.holds("chip", at: column(1)) else { throw error("the initiator `chip`", column(1)) }
    guard column(3).isEmpty && column(4).isEmpty else {
      throw error("no address and no value", column(3).lowerBound..<column(4).upperBound)
    }
    let text = text
    guard events.contains(text) || ChipEvent(text) != nil else {
      throw error("the register and detail of an event", column(5).lowerBound..<column(6).upperBound)
    }
    if events.count < Self.mostEvents { events.insert(text) }
    return .event(text)
  }

  private func error(_ expected: String, _ range: Range<Int>) -> InputError {
    InputError(log: file, line: lines, expected: expected, found: bytes[range].quoted)
  }
}
