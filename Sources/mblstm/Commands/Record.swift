import Board
import RV32
import Tasks
import Trace
import Vectors

/// Makes a vector of the firmware from a run.
enum RecordVerb: Verb {
  static let name = "record"
  static let summary = "Make a vector of the firmware from a run of a task."
  static let usage = "record TASK --out F.json"
  static let discussion = """
    Commissions the chip for the task and classifies its first sequences; writes every request, the controller's
    accesses to the chip, its replies and the final conductances in the format of vectors/v1. The file says that it is
    recorded: it shows that nothing changed since, not that it was right. For training: train --record.

    example: mblstm record digits --sequences 2 --out digits.json && mblstm check digits.json
    """
  static let options =
    [
      Option("--out", "F.json", "The file to write."),
      Option("--sequences", "N", "How many to classify (default 1)."),
      Option("--vectors", "DIR", "The 'vectors' folder (default: found here or above)."),
    ] + ChipArguments.options + ControllerArguments.options

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    try arguments.expectOperands(1...1, "a task: \(TaskCatalog.names.joined(separator: ", "))")
    let name = arguments.operands[0]
    guard let out = arguments.text("--out") else { throw UsageError("--out F.json is missing") }
    let task = try TaskCatalog(vectors: arguments.text("--vectors")).task(name)
    guard let modelPath = task.model else { throw UsageError("the task '\(name)' has no stored weights") }
    let model = try Model(json: modelPath)
    var test = try SequenceSet(csv: task.test)
    let count = try arguments.integer("--sequences", in: 1...test.sequences.count, default: 1)
    test.sequences = Array(test.sequences.prefix(count))
    let run = ClassificationRun(
      model: model, test: test, activation: model.activation, options: try ChipArguments.options(from: arguments))
    let machine = try Machine(run.chip(named: modelPath), log: RequestLog())
    let recorded: Machine<RequestLog>
    if let program = try ControllerArguments.program(from: arguments) {
      var session = Session(on: try ControllerArguments.controller(program, on: machine, arguments))
      _ = try run(on: &session)
      recorded = session.runner.machine
    } else {
      var session = Session(machine)
      _ = try run(on: &session)
      recorded = session.machine
    }
    let recording = Recording(
      suite: .inference,
      purpose:
        "A controller that passes commissions the chip for '\(name)' and classifies \(count) of its sequences as "
        + "the one that was recorded.",
      generator: "mblstm record \(name) --sequences \(count)")
    try AtomicFile.write(recording.text(of: recorded), to: out)
    Console.message("\(out): \(recorded.log.count) requests")
    return .success
  }
}
