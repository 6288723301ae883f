import Registers

/// What a place in a program is called, without a comma.
public typealias ProgramSymbols = @Sendable (UInt32) -> String?

/// The register log as text, one line an entry: the exchange format.
///
///     # mblstm register log, version 1
///     # chip seed=1 synapse=reference device=vteam …
///     # tile word-lines=16 bit-lines=12
///     cycle,initiator,kind,address,value,register,detail
///     104,firmware,write,0x40011000,0x00120034,MBX0.DRIVE[0],EVEN=52 ODD=18
///     105,firmware,write,0x40010008,0x00000001,MBX0.START,OPERATION=1 GAIN=0 LINEAR=0 ROW=0
///     105,chip,event,,,MBX0,started READ gain=0
///
/// Cycles never decrease. No column holds a comma or a quote; lines end in a line feed, the last one too. The register
/// and detail of an access follow from its address and value and are there for people.
///
/// The log of a binary has two columns more, `pc,symbol`: the instruction that made an access, and where in the program
/// that is; both are empty for an event.
public struct CSVLog<Output: ByteOutput>: ClosingLog {
  public static var isActive: Bool { true }

  public private(set) var output: Output
  private let names: RegisterNames
  private let symbols: ProgramSymbols?
  private var line = ByteText()

  /// - Parameters:
  ///   - description: what ran, in lines of `key=value …`; each goes behind a `# `.
  ///   - symbols: of the binary, if one runs.
  public init(to output: Output, description: String, names: RegisterNames, symbols: ProgramSymbols? = nil) {
    self.output = output
    self.names = names
    self.symbols = symbols
    line.append(header: description, CSVFormat.columns(hasProgram: symbols != nil))
    self.output.append(line.bytes)
  }

  public mutating func append(_ entry: LogEntry) {
    line.clear()
    line.append(entry, names)
    if let symbols { line.append(place: entry.pc, symbols) }
    line.append("\n")
    output.append(line.bytes)
  }

  public mutating func close() throws(LogFileError) { try output.close() }
}

extension CSVLog: Sendable where Output: Sendable {}

/// The words of the format that writer and reader share.
enum CSVFormat {
  static var signature: StaticString { "# mblstm register log, version 1" }
  static func columns(hasProgram: Bool) -> StaticString {
    hasProgram
      ? "cycle,initiator,kind,address,value,register,detail,pc,symbol"
      : "cycle,initiator,kind,address,value,register,detail"
  }
  static func columnCount(hasProgram: Bool) -> Int { hasProgram ? 9 : 7 }
}

extension ByteText {
  fileprivate mutating func append(header description: String, _ columns: StaticString) {
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
    append(columns)
    append("\n")
  }

  fileprivate mutating func append(_ entry: LogEntry, _ names: RegisterNames) {
    append(decimal: entry.cycle)
    switch entry.body {
    case .access(let transaction):
      append(transaction.kind == .read ? ",firmware,read," : ",firmware,write,")
      append(hex: transaction.address)
      append(UInt8(ascii: ","))
      append(hex: transaction.value)
      append(UInt8(ascii: ","))
      names.append(transaction, to: &self)
    case .event(let event):
      append(",chip,event,,,")
      append(event)
    }
  }

  /// Appends the columns that only a binary's log has.
  fileprivate mutating func append(place pc: UInt32?, _ symbols: (UInt32) -> String?) {
    guard let pc else { return append(",,") }
    append(UInt8(ascii: ","))
    append(hex: pc)
    append(UInt8(ascii: ","))
    append(string: symbols(pc) ?? "")
  }
}
