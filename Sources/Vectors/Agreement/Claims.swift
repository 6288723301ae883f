import Firmware

/// What a controller claims to do, which it is held to.
package struct Claims: Sendable, Equatable {
  /// Requests whose answers count.
  package var commands: Set<Command>
  /// To refuse what is wrong in a request; without it such requests are left out.
  package var refusals: Bool
  /// To work on chips whose synapses are pairs; without it their cases are left out.
  package var pairs: Bool

  private enum Other: String, CaseIterable {
    case refusals, pairs
  }

  /// Everything that vectors have.
  package static let everything = Claims(commands: Set(Command.allCases), refusals: true, pairs: true)

  /// What there is to claim, by name.
  package static let names = Command.allCases.map { "\($0)" } + Other.allCases.map(\.rawValue)

  /// Nothing but what is named; names of `names`, others are not heard.
  package init(_ names: [String]) {
    commands = Set(Command.allCases.filter { names.contains("\($0)") })
    refusals = names.contains(Other.refusals.rawValue)
    pairs = names.contains(Other.pairs.rawValue)
  }

  private init(commands: Set<Command>, refusals: Bool, pairs: Bool) {
    (self.commands, self.refusals, self.pairs) = (commands, refusals, pairs)
  }

  /// How a request of a case is dealt with.
  enum Standing {
    case judged
    /// Sent, as a part of what goes before others, and not judged.
    case sent
    case leftOut
  }

  /// - Parameter status: what a right controller answers.
  func standing(of word: UInt32, answered status: UInt32) -> Standing {
    let isDone = status == Status.done.rawValue || status == Status.hardware.rawValue
    if !isDone && !refusals { return .leftOut }
    guard let command = Command(rawValue: word) else { return .judged }
    return commands.contains(command) ? .judged : .sent
  }
}
