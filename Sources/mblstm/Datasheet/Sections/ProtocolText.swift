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
    let cells = command.cells
    return "| \(command.rawValue) | \(cells.name) |\(filled(cells.words)) |\(filled(cells.answer)) |"
  }

  static func row(_ status: Status) -> String {
    "| \(status.rawValue) | \(status.cells.meaning) |\(filled(status.cells.words)) |"
  }

  private static func filled(_ text: String) -> String { text.isEmpty ? "" : " \(text)" }
}

extension Firmware.Command {
  /// A command added to the protocol is asked for here.
  fileprivate var cells: (name: String, words: String, answer: String) {
    switch self {
    case .identify: ("identify", "", "version, capabilities")
    case .configure:
      (
        "configure",
        "inputs, hidden, outputs, LSTM window (UQ8.8), dense window (UQ8.8), dense headroom (0…8 bits)",
        ""
      )
    case .setActivation:
      (
        "set activation",
        "bank (0 sigmoid, 1 tanh), count, `RAILS`, count × `BREAK`, count × `LINE`, as in the registers",
        ""
      )
    case .calibrate:
      (
        "calibrate",
        "samples as a power of two (0…8)",
        "largest offset, largest gain error, of tile 0, of tile 1"
      )
    case .setPulseTimes:
      (
        "set pulse times",
        "65 SET times, 65 RESET times, sixteenths of a pulse step; then, if given, 1 for a device with "
          + "noisy pulses, else 0",
        ""
      )
    case .program:
      (
        "program",
        "layer (0 LSTM, 1 dense), tolerance (Q0.15), rounds, samples as a power of two, rows × columns "
          + "weights (Q0.15 of the window)",
        "worst error, cells missed, rounds, reads"
      )
    case .infer: ("infer", "steps, steps × inputs (Q0.15)", "class, outputs")
    case .readWeights: ("read weights", "layer, samples as a power of two", "rows × columns weights")
    case .erase: ("erase", "layer", "")
    case .stop: ("stop", "", "")
    case .configureTraining:
      (
        "configure training",
        "rule, loss, backward path, batch, truncation, longest sequence, momentum, levels, pulse width, "
          + "threshold: `TrainingSettings`",
        ""
      )
    case .setRate: ("set rate", "learning rate, 2⁻²⁴", "")
    case .train:
      (
        "train",
        "steps, label, then for each step its inputs and, with a squared error, its targets",
        "loss (2⁻¹⁶), class"
      )
    case .update: ("update", "", "")
    case .predict: ("predict", "steps, then for each its inputs", "for each its outputs")
    case .exportState: ("export state", "", "residuals and velocities of both layers")
    case .importState: ("import state", "what 16 gave", "")
    }
  }
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
    }
  }
}
