import Board
import Tasks

extension VectorFile {
  /// Holds a controller against the file at the strictest level first, and at the next one where that fails: the outcome
  /// is that of the strictest level at which nothing fails, or else of the loosest, without a level.
  package func certify<Runner: ControllerRunner & ~Copyable>(
    _ agreement: Agreement, _ waivers: Waivers?, with controller: (Machine<AccessLog>) throws -> Runner
  ) throws -> FileOutcome where Runner.Log == AccessLog {
    var obstacles: [String] = []
    for level in AgreementLevel.strictestFirst {
      var agreement = agreement
      agreement.level = level
      let checked = try check(agreement, with: controller)
      var outcome = waivers?.applied(to: checked) ?? checked
      if outcome.failed == 0 || level == AgreementLevel.strictestFirst.last {
        if outcome.failed > 0 { outcome.level = nil }
        outcome.obstacles = obstacles
        return outcome
      }
      if let difference = outcome.differences.first { obstacles.append("at \(level.rawValue): \(difference)") }
    }
    preconditionFailure("there is a level")
  }
}
