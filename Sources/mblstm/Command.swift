import Board
import Files
import Glibc
import Tasks

/// The command: a list of verbs.
@main
enum Command {
  static var verbs: [any Verb.Type] {
    [
      RunVerb.self, TrainVerb.self, UpdatesVerb.self, SweepVerb.self, ReproduceVerb.self, ExecVerb.self,
      DebugVerb.self, CheckVerb.self, RecordVerb.self, ReplayVerb.self, DiffVerb.self, CompareVerb.self,
      ShadowVerb.self, ShrinkVerb.self, CoverageVerb.self, DeviceVerb.self, FidelityVerb.self, MapVerb.self,
      DatasheetVerb.self,
      ExportVerb.self, BenchVerb.self,
      CompletionsVerb.self, VersionVerb.self, HelpVerb.self,
    ]
  }

  static func verb(_ name: String) throws(UsageError) -> any Verb.Type {
    guard let verb = verbs.first(where: { $0.name == name }) else {
      let names = verbs.map { $0.name }
      let hint = NearestName.hint(name, among: names + TopOptions.names)
      throw UsageError(
        "unknown verb '\(name)'\(hint.isEmpty ? ", expected one of: \(names.joined(separator: ", "))" : hint)")
    }
    return verb
  }

  static func main() {
    Interruption.watch()
    exit(perform(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func alias(_ word: String) -> String {
    Option.help.names.contains(word) ? HelpVerb.name : word == "--version" ? VersionVerb.name : word
  }

  private static func perform(_ words: [String]) -> ExitStatus {
    guard let first = words.first else {
      Console.message(HelpText.overview(verbs))
      return .failure
    }
    let name = alias(first)
    do {
      let verb = try verb(name)
      do {
        let rest = words.dropFirst()
        if rest.prefix(while: { $0 != "--" }).contains(where: Option.help.names.contains) {
          Console.print(HelpText.manual(verb))
          return .success
        }
        var arguments = try Arguments(rest, of: verb)
        if arguments.declares("--print-chip"), arguments.has("--print-chip") {
          Console.print(try verb.chip(arguments).json)
          return .success
        }
        try arguments.openOutputs(beside: verb.unnamedInputs(arguments))
        return try verb.run(arguments)
      } catch {
        Console.message("mblstm \(name): \(error)")
        if let signal = Interruption.signal { return .interrupted(by: signal) }
        if (error as? FirmwareRefusal)?.powerLoss != nil { return .powerOff }
      }
    } catch {
      Console.message("mblstm: \(error)")
    }
    return .failure
  }
}
