import Registers

/// An entry in words: the last two columns of a log line. Events are compared by it.
public struct EntryText: Sendable, Hashable {
  /// `MBX0.DRIVE[3]` of an access, `MBX0` or `MBX` of an event.
  public var register: String
  /// `EVEN=52 ODD=-3` of an access, `started READ gain=0` of an event.
  public var detail: String

  /// The two columns as they are.
  public init(register: String, detail: String) {
    self.register = register
    self.detail = detail
  }
}

extension RegisterNames {
  /// The words for an entry, as `CSVLog` writes them.
  public func text(of entry: LogEntry) -> EntryText {
    var text = ByteText()
    switch entry.body {
    case .access(let transaction): text.extend(by: longest) { append(transaction, to: &$0) }
    case .event(let event): text.append(event)
    }
    return EntryText(columns: text.bytes)
  }
}

extension EntryText {
  /// Two columns with a comma between them.
  init(columns: ArraySlice<UInt8>) {
    let comma = columns.firstIndex(of: UInt8(ascii: ",")) ?? columns.endIndex
    register = String(decoding: columns[..<comma], as: UTF8.self)
    detail = String(decoding: columns[comma...].dropFirst(), as: UTF8.self)
  }

  /// The words for an event, as `CSVLog` writes them.
  public init(_ event: ChipEvent) {
    var text = ByteText()
    text.append(event)
    self.init(columns: text.bytes)
  }
}

extension ByteText {
  /// Appends the register and detail columns of an event. Everything about it that the accesses around it do not say
  /// is in the text: two events with the same text differ in line codes and pulse widths only.
  mutating func append(_ event: ChipEvent) {
    switch event {
    case .started(let tile, let start):
      append(tile: tile, ",started ", start.operation)
      append(start)
    case .finished(let tile, let end):
      append(tile: tile, ",finished ", end.operation)
      if end.isSaturated { append(" saturated") }
      if end.isUnsettled { append(" unsettled") }
    case .aborted(let tile, let operation): append(tile: tile, ",aborted ", operation)
    case .tileError(let tile, let error):
      append(tile: tile)
      append(",error ")
      append(error.field.name)
    case .chipError(let error):
      append("MBX,error ")
      append(error.field.name)
    case .supply(let tile, let analog, let drivers):
      append(tile: tile)
      append(analog ? ",supply ANALOG=1" : ",supply ANALOG=0")
      append(drivers ? " DRIVERS=1" : " DRIVERS=0")
    case .settled(let tile):
      append(tile: tile)
      append(",settled")
    case .brownOut: append("MBX,brown-out")
    case .powerOff: append("MBX,power off")
    case .flash(let event): append(event)
    case .cellError(let error):
      append("CELL,error ")
      append(error.field.name)
    }
  }

  private mutating func append(_ event: FlashEvent) {
    append("FLASH,")
    switch event {
    case .started(let operation, let page):
      append("started ")
      append(operation.name)
      append(" page=")
      append(decimal: page)
    case .finished(let operation):
      append("finished ")
      append(operation.name)
    case .aborted(let operation):
      append("aborted ")
      append(operation.name)
    case .error(let error):
      append("error ")
      append(error.field.name)
    }
  }

  private mutating func append(tile: Int) {
    append("MBX")
    append(decimal: tile)
  }

  private mutating func append(tile: Int, _ what: StaticString, _ operation: Operation) {
    append(tile: tile)
    append(what)
    append(operation.name)
  }

  /// What an operation uses is always said, what it ignores when it is not 0.
  private mutating func append(_ start: OperationStart) {
    if start.gain != 0 || start.operation.usesGain {
      append(" gain=")
      append(decimal: start.gain)
    }
    if start.isLinear { append(" linear") }
    if start.row != 0 || start.operation == .programRow {
      append(" row=")
      append(decimal: start.row)
    }
  }
}

extension Operation {
  fileprivate var usesGain: Bool {
    switch self {
    case .read, .readTransposed: true
    case .programRow, .erase, .zero, .reference: false
    }
  }

  fileprivate init?(name: Substring) {
    guard let operation = Self.allCases.first(where: { "\($0.name)" == name }) else { return nil }
    self = operation
  }
}

extension ChipEvent {
  /// The event of a text, without line codes and pulse widths; nil for a text that no event has.
  public init?(_ text: EntryText) {
    let words = text.detail.split(separator: " ", omittingEmptySubsequences: false)
    let number = text.register.dropFirst(3)
    if text.register == "FLASH" {
      guard let event = FlashEvent(words) else { return nil }
      self = .flash(event)
    } else if text.register == "CELL" {
      guard words.count >= 2, let error = CellError.allCases.first(where: { "\($0.field.name)" == words[1] }) else {
        return nil
      }
      self = .cellError(error)
    } else if !text.register.hasPrefix("MBX") {
      return nil
    } else if number.isEmpty, let whole = [ChipEvent.powerOff, .brownOut].first(where: { EntryText($0) == text }) {
      self = whole
    } else if number.isEmpty {
      guard words.count >= 2, let error = ChipError.allCases.first(where: { "\($0.field.name)" == words[1] }) else {
        return nil
      }
      self = .chipError(error)
    } else {
      guard let tile = Int(number), 0..<MemoryMap.maximumTiles ~= tile else { return nil }
      self.init(tile: tile, words)
    }
    // Whatever was overlooked above is not the text of this event.
    guard EntryText(self) == text else { return nil }
  }

  private init?(tile: Int, _ words: [Substring]) {
    if words[0] == "settled" {
      self = .settled(tile: tile)
      return
    }
    guard words.count >= 2 else { return nil }
    if words[0] == "supply" {
      self = .supply(tile: tile, analog: words[1] == "ANALOG=1", drivers: words.last == "DRIVERS=1")
      return
    }
    if words[0] == "error" {
      guard let error = TileError.allCases.first(where: { "\($0.field.name)" == words[1] }) else { return nil }
      self = .tileError(tile: tile, error)
      return
    }
    guard let operation = Operation(name: words[1]) else { return nil }
    switch words[0] {
    case "started": self = .started(tile: tile, OperationStart(operation, options: words.dropFirst(2)))
    case "finished":
      self = .finished(
        tile: tile,
        OperationEnd(
          operation: operation, senseCodes: [], isSaturated: words.last == "saturated",
          isUnsettled: words.last == "unsettled"))
    case "aborted": self = .aborted(tile: tile, operation)
    default: return nil
    }
  }
}

extension FlashEvent {
  fileprivate init?(_ words: [Substring]) {
    guard words.count >= 2 else { return nil }
    if words[0] == "error" {
      guard let error = FlashError.allCases.first(where: { "\($0.field.name)" == words[1] }) else { return nil }
      self = .error(error)
      return
    }
    guard let operation = FlashOperation.allCases.first(where: { "\($0.name)" == words[1] }) else { return nil }
    switch words[0] {
    case "started":
      guard let page = words.last.flatMap({ $0.hasPrefix("page=") ? Int($0.dropFirst(5)) : nil }) else { return nil }
      self = .started(operation, page: page)
    case "finished": self = .finished(operation)
    case "aborted": self = .aborted(operation)
    default: return nil
    }
  }
}

extension OperationStart {
  fileprivate init(_ operation: Operation, options: ArraySlice<Substring>) {
    func number(_ name: String) -> Int {
      options.first { $0.hasPrefix(name) }.flatMap { Int($0.dropFirst(name.count)) } ?? 0
    }
    self.init(
      operation: operation, gain: number("gain="), isLinear: options.contains("linear"), row: number("row="),
      driveCodes: [], pulseWidths: [])
  }
}
