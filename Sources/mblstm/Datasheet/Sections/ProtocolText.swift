import Firmware

/// The mailbox protocol in words, a row for each command and status; `firmware/README.md` has the same rows.
enum ProtocolText {
  static var text: String {
    """
    A host sends words and reads words through `HOST.DATA`. Request: opcode, number of words that follow, those words.
    Answer: status, then the words listed. Version \(Firmware.Command.version).

    | opcode | request | words | answer after status 0 |
    |---|---|---|---|
    \(Firmware.Command.allCases.map(row).joined(separator: "\n"))

    | status | meaning | words |
    |---|---|---|
    \(Status.allCases.map(row).joined(separator: "\n"))
    """
  }

  static func row(_ command: Firmware.Command) -> String {
    let words = command.words
    let cells = [words.request, words.answer].map { filled($0.description) }
    return "| \(command.rawValue) | \(name(of: command)) |\(cells[0]) |\(cells[1]) |"
  }

  /// `set activation`, not `setActivation`.
  private static func name(of command: Firmware.Command) -> String {
    "\(command)".map { $0.isUppercase ? " \($0.lowercased())" : "\($0)" }.joined()
  }

  static func row(_ status: Status) -> String {
    "| \(status.rawValue) | \(status.cells.meaning) |\(filled(status.cells.words)) |"
  }

  private static func filled(_ text: String) -> String { text.isEmpty ? "" : " \(text)" }
}

extension Status {
  /// A status added to the protocol is asked for here.
  fileprivate var cells: (meaning: String, words: String) {
    switch self {
    case .done: ("done", "as above")
    case .unknownCommand: ("unknown opcode", "")
    case .badLength: ("fewer or more words than the request needs", "")
    case .badArgument: ("a number outside its range", "")
    case .notConfigured: ("needs configure, or set pulse times, before it", "")
    case .doesNotFit: ("the network is larger than the tiles", "")
    case .hardware: ("a tile refused something", "`ERROR` of both tiles, which are then clear")
    case .outOfMemory: ("training needs more memory", "need, have, bytes")
    case .noRecord: ("the flash holds no commissioning record", "")
    case .damagedRecord: ("the flash holds a record, and none that is whole", "")
    case .foreignRecord: ("the newest record is that of another die", "")
    case .flash: ("the flash did not keep the record", "`FLASH.ERROR`, which is then clear")
    case .otherRecord: ("the record is of another network", "")
    }
  }
}
