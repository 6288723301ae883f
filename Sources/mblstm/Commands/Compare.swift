import Tasks

/// Compares the answers of two networks to one test set.
enum CompareVerb: Verb {
  static let name = "compare"
  static let summary = "Compare the answers of two runs or trainings, sequence by sequence."
  static let usage = "compare A.csv B.csv"
  static let discussion = """
    The files are those of run --answers and train --answers, of the same test set. Prints both accuracies, how many
    sequences one alone has right, and the two-sided p of McNemar's exact test: how likely numbers as unlike are where
    neither network is better. It is about these two networks: other seeds make others, which sweeps tell of.

    example: mblstm run digits --answers programmed.csv && mblstm train digits --answers trained.csv && \\
    mblstm compare programmed.csv trained.csv
    """
  static let options = [Option.json]
  static let operands = [Operand("A.csv", "two files of answers", .input("csv"), count: 2...2)]

  /// As JSON.
  private struct Report: Encodable {
    let task: String
    let sequences: Int
    let correctInFirst: Int
    let correctInSecond: Int
    let correctInFirstAlone: Int
    let correctInSecondAlone: Int
    let mcnemarExactP: Double
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let paths = (arguments.operands[0], arguments.operands[1])
    let first = try AnswerFile(path: paths.0)
    let second = try AnswerFile(path: paths.1)
    let right = try first.compared(with: second, named: paths)
    if arguments.has("--json") {
      try Console.json(
        Report(
          task: first.task, sequences: first.labels.count, correctInFirst: right.first, correctInSecond: right.second,
          correctInFirstAlone: right.firstAlone, correctInSecondAlone: right.secondAlone,
          mcnemarExactP: right.mcnemarExactP))
      return .success
    }
    Console.print(
      "\(first.task), \(grouped(first.labels.count)) sequences\n"
        + table([
          [paths.0, percent(first.accuracy), "\(grouped(right.first)) right"],
          [paths.1, percent(second.accuracy), "\(grouped(right.second)) right"],
        ]) + "\n"
        + PairedText.line((paths.0, right.firstAlone), (paths.1, right.secondAlone), p: right.mcnemarExactP))
    return .success
  }
}
