/// Completions for fish.
enum FishCompletions {
  static func text(_ verbs: [any Verb.Type]) -> String {
    let top = verbs.map { verb in
      "complete -c mblstm -n __fish_use_subcommand -a \(verb.name) -d \(quoted(verb.summary))"
    }
    return """
      # Completions of mblstm for fish, printed by 'mblstm completions fish'.
      complete -c mblstm -f
      complete -c mblstm -n __fish_use_subcommand -l version -d 'Tell the version'
      \((top + verbs.flatMap(verb)).joined(separator: "\n"))
      """
  }

  private static func verb(_ verb: any Verb.Type) -> [String] {
    let start = "complete -c mblstm -n '__fish_seen_subcommand_from \(verb.name)'"
    let options = verb.allOptions.map { option in
      let names = "-l \(option.name.dropFirst(2))" + (option.short.map { " -s \($0.dropFirst())" } ?? "")
      return "\(start) \(names)\(option.completion.map { " -r" + values($0) } ?? "") -d \(quoted(option.help))"
    }
    return options + verb.operands.map { start + values(Completion($0.kind)) }
  }

  private static func values(_ completion: Completion) -> String {
    switch completion {
    case .nothing: ""
    case .words(let words): " -a '\(words.joined(separator: " "))'"
    case .wordsOrFiles(let words, let suffixes): " -k -a '\(words.joined(separator: " ")) \(files(suffixes))'"
    case .files(let suffixes) where suffixes.isEmpty: " -F"
    case .files(let suffixes): " -k -a '\(files(suffixes))'"
    case .folders: " -a '(__fish_complete_directories)'"
    }
  }

  private static func files(_ suffixes: [String]) -> String {
    suffixes.map { "(__fish_complete_suffix .\($0))" }.joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    "'" + String(text.flatMap { "'\\".contains($0) ? ["\\", $0] : [$0] }) + "'"
  }
}
