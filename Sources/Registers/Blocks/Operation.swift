/// What `START` can start.
public enum Operation: UInt32, Sendable, CaseIterable {
  /// Word lines driven, columns converted.
  case read = 1
  /// Columns driven, word lines converted.
  case readTransposed = 2
  /// Pulses on one word line: SET, then RESET.
  case programRow = 3
  /// A RESET pulse on every cell.
  case erase = 4
  /// 0 V converted on every line.
  case zero = 5
  /// The reference voltage converted on every line.
  case reference = 6

  /// As listings and logs call it: `READ_T`.
  public var name: StaticString {
    switch self {
    case .read: "READ"
    case .readTransposed: "READ_T"
    case .programRow: "PROGRAM_ROW"
    case .erase: "ERASE"
    case .zero: "ZERO"
    case .reference: "REFERENCE"
    }
  }

  /// One sentence.
  public var meaning: StaticString {
    switch self {
    case .read: "Drive the word lines, convert every column."
    case .readTransposed: "Drive the columns, convert every word line (the transposed product); always linear."
    case .programRow:
      "Pulse word line ROW: phase P all positive widths as SET, then phase N all negative ones as RESET."
    case .erase: "RESET every cell with ERASE_WIDTH."
    case .zero: "Convert every line with its converter input at 0 V; always linear."
    case .reference: "Convert every line with its converter input at the reference voltage; always linear."
    }
  }
}
