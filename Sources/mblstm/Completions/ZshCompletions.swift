/// Completions for zsh.
enum ZshCompletions {
  static func text(_ verbs: [any Verb.Type]) -> String {
    let names = verbs.map { "    \(quoted("\($0.name):\($0.summary)"))" }.joined(separator: "\n")
    return """
      #compdef mblstm
      # Completions of mblstm for zsh, printed by 'mblstm completions zsh'.
      _mblstm() {
        local -a verbs
        verbs=(
      \(names)
        )
        if (( CURRENT == 2 )); then
          _describe -t verbs verb verbs
          [[ $words[2] == -* ]] && compadd -- \(TopOptions.names.joined(separator: " "))
          return
        fi
        words=("${(@)words[2,-1]}")
        (( CURRENT-- ))
        case $words[1] in
      \(verbs.map(verb).joined(separator: "\n"))
        esac
      }
      if [ "$funcstack[1]" = _mblstm ]; then _mblstm "$@"; else compdef _mblstm mblstm; fi
      """
  }

  private static func verb(_ verb: any Verb.Type) -> String {
    let specifications = verb.allOptions.flatMap(specifications) + operands(verb)
    return "  \(verb.name)) _arguments -S \\\n"
      + specifications.map { "      \(quoted($0))" }.joined(separator: " \\\n") + " ;;"
  }

  /// One for each spelling of the option, each excluding the others.
  private static func specifications(_ option: Option) -> [String] {
    option.names.map { name in
      let others = option.isRepeatable ? "*" : option.names.count > 1 ? "(\(option.names.joined(separator: " ")))" : ""
      let help = "[\(escaped(option.help))]"
      guard let value = option.value else { return others + name + help }
      let form = name.hasPrefix("--") ? "\(name)=" : name
      return "\(others)\(form)\(help):\(escaped(value.placeholder)):\(action(Completion(value.kind)))"
    }
  }

  private static func operands(_ verb: any Verb.Type) -> [String] {
    var first = 1
    return verb.operands.flatMap { operand -> [String] in
      let rest = ":\(escaped(operand.placeholder)):\(action(Completion(operand.kind)))"
      defer { first += operand.count.upperBound }
      guard operand.count.upperBound <= 8 else { return ["*" + rest] }
      return (first..<first + operand.count.upperBound).map { "\($0)" + rest }
    }
  }

  private static func action(_ completion: Completion) -> String {
    switch completion {
    case .nothing: " "
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .wordsOrFiles(let words, let suffixes):
      "{compadd -- \(words.joined(separator: " ")); \(action(.files(suffixes)))}"
    case .files(let suffixes) where suffixes.isEmpty: "_files"
    // With one name in parentheses zsh would take it for qualifiers.
    case .files(let suffixes) where suffixes.count == 1: "_files -g \"*.\(suffixes[0])\""
    case .files(let suffixes): "_files -g \"*.(\(suffixes.joined(separator: "|")))\""
    case .folders: "_files -/"
    }
  }

  private static func escaped(_ text: String) -> String {
    String(text.flatMap { "[]:\\".contains($0) ? ["\\", $0] : [$0] })
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
