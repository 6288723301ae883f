/// Tells what the command can do.
enum HelpVerb: Verb {
  static let name = "help"
  static let summary = "Tell about the verbs, or about one."
  static let usage = "help [VERB]"
  static let discussion = """
    'mblstm VERB --help' tells the same.

    example: mblstm help run
    """
  static let options: [Option] = []
  static var operands: [Operand] {
    [Operand("VERB", "a verb", .choice(Command.verbs.map { $0.name }), count: 0...1)]
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let verb = try arguments.operands.first.map { name throws(UsageError) in try Command.verb(name) }
    Console.print(verb.map(HelpText.manual) ?? HelpText.overview(Command.verbs))
    return .success
  }
}
