/// Texts about the command, from the tables of its verbs.
enum HelpText {
  /// Columns of a line.
  private static let width = 118

  static func overview(_ verbs: [any Verb.Type]) -> String {
    let column = verbs.map { $0.name.count }.max() ?? 0
    return """
      mblstm: chip, board and firmware of a memristor LSTM accelerator, emulated bit for bit.

      usage: mblstm VERB …

      \(verbs.map { "  " + $0.name.padding(to: column + 2) + $0.summary }.joined(separator: "\n"))

      'mblstm help VERB' tells more. Exit status: 0 done, 1 found a difference, 2 could not run,
      123 the power was cut.
      """
  }

  static func manual(_ verb: any Verb.Type) -> String {
    let options = verb.allOptions
    let column = (options.map(\.label.count).max() ?? 0) + 4
    let lines = options.map { option in
      wrapped(option.explanation, to: width - column).enumerated().map { number, line in
        (number == 0 ? "  \(option.label)" : "").padding(to: column) + line
      }.joined(separator: "\n")
    }
    return """
      \(verb.summary)

      usage: mblstm \(verb.usage)

      \(verb.discussion)

      options:
      \(lines.joined(separator: "\n"))
      """
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
