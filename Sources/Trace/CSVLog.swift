import Files
import Registers

/// What a place in a program is called, without a comma.
public typealias ProgramSymbols = @Sendable (UInt32) -> String?

/// The register log as text, one line an entry: the exchange format.
///
///     # mblstm register log, version 4
///     # results version=3
///     # chip seed=1 synapse=reference device=vteam …
///     # tile word-lines=16 bit-lines=12
///     cycle,initiator,kind,address,value,register,detail
///     104,firmware,write,0x40011000,0x00120034,MBX0.DRIVE[0],EVEN=52 ODD=18
///     105,firmware,write,0x40010008,0x00000001,MBX0.START,OPERATION=1 GAIN=0 LINEAR=0 ROW=0
///     105,chip,event,,,MBX0,started READ gain=0
///
/// What follows the description says how the log begins (`LogOrigin`): `# state …`, the chip as it was, in base64, where
/// that was no fresh one; `# filtered …` where entries were left out. A number behind `read` or `write` is the size in
/// bits of an access that the bus refused for it: `read8`.
///
/// Cycles never decrease. No column holds a comma or a quote; lines end in a line feed, the last one too. The register
/// and detail of an access follow from its address and value and are there for people.
///
/// The log of a binary has two columns more, `pc,symbol`: the instruction that made an access, and where in the program
/// that is; both are empty for an event.
public struct CSVLog<Output: ByteOutput>: ClosingLog {
  public static var isActive: Bool { true }

  /// Where the lines go.
  public private(set) var output: Output
  private let names: RegisterNames
  private var places: ProgramPlaces?
  private var line = ByteText()

  /// - `description`: what ran, in lines of `key=value …`; each goes behind a `# `.
  /// - `symbols`: of the binary, if one runs.
  /// - `origin`: how it begins.
  public init(
    to output: Output, description: String, names: RegisterNames, symbols: ProgramSymbols? = nil,
    origin: LogOrigin = LogOrigin()
  ) {
    self.output = output
    self.names = names
    places = symbols.map(ProgramPlaces.init)
    line.append(header: description, origin, CSVFormat.columns(hasProgram: symbols != nil))
    self.output.append(line.bytes)
  }

  public mutating func append(_ entry: LogEntry) {
    line.clear()
    switch entry.body {
    case .access(let transaction):
      names.append(transaction, entry.size, at: entry.cycle, to: &line)
    case .event(let event):
      line.append(decimal: entry.cycle)
      line.append(",chip,event,,,")
      line.append(event)
    }
    places?.append(entry.pc, to: &line)
    line.append(UInt8(ascii: "\n"))
    output.append(line.bytes)
  }

  public mutating func close() throws(OutputError) { try output.close() }

  public mutating func comment(_ text: String) {
    line.clear()
    line.append("# ")
    line.append(string: text)
    line.append("\n")
    output.append(line.bytes)
  }
}

extension CSVLog: Sendable where Output: Sendable {}

/// The words of the format that writer and reader share.
enum CSVFormat {
  /// What older programs wrote.
  static var olderSignatures: [StaticString] {
    ["# mblstm register log, version 1", "# mblstm register log, version 2", "# mblstm register log, version 3"]
  }
  static var signature: StaticString { "# mblstm register log, version 4" }
  static func columns(hasProgram: Bool) -> StaticString {
    hasProgram
      ? "cycle,initiator,kind,address,value,register,detail,pc,symbol"
      : "cycle,initiator,kind,address,value,register,detail"
  }
  /// `cycle,firmware,write16,0xaaaaaaaa,0xvvvvvvvv,`
  static var longestPlain: Int { 20 + 18 + 10 + 1 + 10 + 1 }
  static func columnCount(hasProgram: Bool) -> Int { hasProgram ? 9 : 7 }
}

extension ByteText {
  fileprivate mutating func append(header description: String, _ origin: LogOrigin, _ columns: StaticString) {
    append(CSVFormat.signature)
    append("\n")
    if !description.isEmpty {
      append("# ")
      for byte in description.utf8 {
        append(byte)
        if byte == UInt8(ascii: "\n") { append("# ") }
      }
      append("\n")
    }
    for line in origin.lines { append(string: "# \(line)\n") }
    append(columns)
    append("\n")
  }
}

extension RegisterNames {
  fileprivate func append(_ access: Transaction, _ size: AccessSize, at cycle: UInt64, to line: inout ByteText) {
    line.extend(by: CSVFormat.longestPlain + longest) { text in
      text.append(access, size, at: cycle)
      append(access, to: &text)
    }
  }
}

extension TextCursor {
  /// Appends the columns of an access up to its value.
  @inline(__always)
  fileprivate mutating func append(_ access: Transaction, _ size: AccessSize, at cycle: UInt64) {
    append(decimal: cycle)
    if size != .own {
      append(access.kind, size)
    } else if access.kind == .read {
      append(",firmware,read,")
    } else {
      append(",firmware,write,")
    }
    append(hex: access.address)
    append(UInt8(ascii: ","))
    append(hex: access.value)
    append(UInt8(ascii: ","))
  }

  @inline(never)
  private mutating func append(_ kind: Transaction.Kind, _ size: AccessSize) {
    append(kind == .read ? ",firmware,read" : ",firmware,write")
    append(decimal: Int(size.rawValue))
    append(UInt8(ascii: ","))
  }
}

/// The columns that only a binary's log has. Few instructions make all accesses: each is named once.
private struct ProgramPlaces: Sendable {
  private struct Slot {
    var pc: UInt32
    var text: TextRange
  }

  private let symbols: ProgramSymbols
  /// `,0xpppppppp,symbol` of each instruction that made an access.
  private var texts: [UInt32: TextRange] = [:]
  private var pool = TextPool()
  /// The latest of them by low bits of the pc, which is even where there is one.
  private var slots = Array(repeating: Slot(pc: 1, text: TextRange(start: 0, count: 0)), count: 256)

  init(_ symbols: @escaping ProgramSymbols) { self.symbols = symbols }

  mutating func append(_ pc: UInt32?, to line: inout ByteText) {
    guard let pc else { return line.append(",,") }
    let slot = Int(pc >> 1) & (slots.count - 1)
    if slots[slot].pc != pc { slots[slot] = Slot(pc: pc, text: text(of: pc)) }
    let text = slots[slot].text
    pool.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("a pool is never empty") }
      line.extend(by: Int(text.count)) { $0.append(base, text) }
    }
  }

  private mutating func text(of pc: UInt32) -> TextRange {
    if let known = texts[pc] { return known }
    var columns = ByteText()
    columns.append(",")
    columns.append(hex: pc)
    columns.append(",")
    columns.append(string: symbols(pc) ?? "")
    let text = pool.store(String(decoding: columns.bytes, as: UTF8.self))
    texts[pc] = text
    return text
  }
}
