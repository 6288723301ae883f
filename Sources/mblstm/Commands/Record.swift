import Board
import Files
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
      Option("--out", short: "-o", "F.json", .output("json"), isRequired: true, "The file to write."),
      Option("--sequences", "N", .integer(1...Int.max), default: .value("1"), "How many to classify."),
      TaskArguments.vectors,
    ] + ChipArguments.options + ControllerArguments.options
  static let operands = [TaskArguments.operand()]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let task = try TaskArguments.task(arguments)
    let name = task.name
    guard let modelPath = task.model else { throw UsageError("the task '\(name)' has no stored weights") }
    let model = try Model(json: modelPath)
    var test = try task.testSet()
    let count: Int = arguments.integer("--sequences")
    guard count <= test.sequences.count else {
      throw UsageError("--sequences is '\(count)', the task '\(name)' has \(test.sequences.count)")
    }
    test.sequences = Array(test.sequences.prefix(count))
    let run = ClassificationRun(
      model: model, test: test, activation: model.activation, chip: try ChipArguments.chip(from: arguments))
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
    try arguments.outputs.write("--out", recording.text(of: recorded))
    Console.message("\(arguments.required("--out")): \(recorded.log.count) requests")
    return .success
  }
}
