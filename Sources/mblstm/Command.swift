import Foundation

/// The command: a list of verbs.
@main
enum Command {
  static var verbs: [any Verb.Type] {
    [
      RunVerb.self, TrainVerb.self, SweepVerb.self, ExecVerb.self, DebugVerb.self, CheckVerb.self, RecordVerb.self,
      ReplayVerb.self, DiffVerb.self, MapVerb.self, BenchVerb.self,
    ]
  }

  static var overview: String {
    """
    mblstm: chip, board and firmware of a memristor LSTM accelerator, emulated bit for bit.

    usage: mblstm VERB …

    \(verbs.map { "  " + $0.name.padding(to: 8) + $0.summary }.joined(separator: "\n"))

    mblstm VERB --help tells more. Exit status: 0 done, 1 found a difference, 2 could not run.
    """
  }

  static func main() {
    exit(perform(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func perform(_ words: [String]) -> ExitStatus {
    guard let name = words.first else {
      Console.message(overview)
      return .failure
    }
    if name == "--help" || name == "help" {
      Console.print(overview)
      return .success
    }
    guard let verb = verbs.first(where: { $0.name == name }) else {
      let names = verbs.map { $0.name }.joined(separator: ", ")
      Console.message("mblstm: unknown verb '\(name)', expected one of: \(names)")
      return .failure
    }
    if words.contains("--help") {
      Console.print(verb.help)
      return .success
    }
    do {
      return try verb.run(try Arguments(words.dropFirst(), options: verb.options))
    } catch {
      Console.message("mblstm \(name): \(error)")
      return .failure
    }
  }
}
