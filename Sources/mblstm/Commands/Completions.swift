/// Prints what a shell needs to complete commands.
enum CompletionsVerb: Verb {
  static let name = "completions"
  static let summary = "Print a shell's completions: verbs, options, choices, files."
  static let usage = "completions bash|zsh|fish"
  static let discussion = """
    example: mblstm completions bash > ~/.local/share/bash-completion/completions/mblstm
             mblstm completions zsh > ~/.zfunc/_mblstm      # a folder of $fpath
             mblstm completions fish > ~/.config/fish/completions/mblstm.fish
    """
  static let options: [Option] = []
  static let operands = [Operand("SHELL", "a shell (bash, zsh or fish)", .choice(of: Shell.self))]

  private enum Shell: String, CaseIterable { case bash, zsh, fish }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let verbs = Command.verbs
    switch Shell(rawValue: arguments.operands[0]) {
    case .bash, nil: Console.print(BashCompletions.text(verbs))
    case .zsh: Console.print(ZshCompletions.text(verbs))
    case .fish: Console.print(FishCompletions.text(verbs))
    }
    return .success
  }
}
