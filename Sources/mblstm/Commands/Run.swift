import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Tasks
import Trace

/// Takes a trained network to the chip and classifies a test set on it.
enum RunVerb: Verb {
  static let name = "run"
  static let summary = "Classify a test set on the chip."
  static let usage = "run TASK | run --data TEST.csv --model MODEL.json | run TASK --boot CHIP.mbx"
  static let discussion = """
    Programs both tiles with the trained weights by write-verify, sends every test sequence through the firmware, and
    prints the accuracy on the chip and of the same network in floating point, the confusion matrix, and what
    programming and inference cost. Tasks: \(TaskCatalog.names.joined(separator: ", ")).

    --commit has the controller write its commissioning record into the flash, and --save keeps the chip with it; --boot
    powers such a chip up, and the controller starts from the record: nothing is configured, calibrated or programmed.
    --scrub then has it hold the arrays against the record, and write single cells back that have changed; --upset changes
    some of the chip that --save writes. --update puts a second network on two more tiles while the first one serves.

    example: mblstm run digits --adc-bits 8 --variation 5% --limit 200
    """
  static let options =
    [
      Option("--data", "TEST.csv", .input("csv"), "Your own sequences: header line, then label and values a line."),
      Option("--model", "MODEL.json", .input("json"), default: .words("the task's"), "Your own weights."),
      Option(
        "--load", "CHIP.mbx", .input("mbx"),
        "Power up a chip that holds its weights already, as train --save writes it."),
      Option(
        "--reprogram",
        "With --load: program the weights again; cells that are where they should be get no pulse."),
      Option("--commit", "Have the controller write its commissioning record before the first sequence."),
      Option(
        "--boot", "CHIP.mbx", .input("mbx"),
        "Power up a chip that --commit --save wrote; its controller starts from the commissioning record."),
      Option(
        "--scrub", "With --boot: find and write back cells that are not as the commissioning record's sums have them."),
      Option(
        "--update", "MODEL.json", .input("json"),
        "Put this network on two more tiles while the task's serves, and let it take over; the report is of it."),
      TaskArguments.vectors,
      Option("--limit", "N", .integer(1...Int.max), "Only the first N sequences."),
      Option("--answers", "F.csv", .output("csv"), "Write what the chip answered to each sequence, for 'compare'."),
      Option(
        "--activation", "KIND", .choice(of: ActivationKind.self), default: .words("the model's"),
        "The activation circuits."),
    ] + ChipArguments.options + ControllerArguments.options + [ControllerArguments.wait, ControllerArguments.profile]
    + TechnologyArguments.options + SupplyArguments.options
    + [SupplyArguments.save, upset] + LogOptions.options + [LogOptions.every, .json]
  private static let upset = Option(
    "--upset", "N", .integer(1...1_000_000),
    "With --save: of the chip that is written, move N cells of the network to the far end of their range.")
  static let operands = [TaskArguments.operand(0...1)]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration {
    try (arguments.text("--boot") ?? arguments.text("--load")).map { try ChipFile(path: $0).snapshot.configuration }
      ?? ChipArguments.chip(from: arguments)
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let setting = try RunSetting(arguments)
    let program = try ControllerArguments.program(from: arguments)
    let job = Job(setting: setting, program: program, arguments: arguments)
    try LogOptions.run(job, on: setting.chip, program, arguments, loaded: setting.start.loaded?.file)
    return .success
  }

  private struct Job: LoggedJob {
    let setting: RunSetting
    let program: Program?
    let arguments: Arguments

    func run<Log: ClosingLog>(with log: Log) throws {
      var machine = try setting.machine(log: log)
      machine.schedule(try SupplyArguments.faults(arguments))
      guard let program else {
        if ControllerArguments.sleeps(arguments) {
          var session = Session(on: SleepingController(machine))
          return try execute(setting, on: &session, arguments)
        }
        var session = Session(machine)
        return try execute(setting, on: &session, arguments)
      }
      var session = Session(on: try ControllerArguments.controller(program, on: machine, arguments))
      defer { ControllerArguments.tell(session.runner) }
      try execute(setting, on: &session, arguments)
      try ControllerArguments.write(profileOf: session.runner, arguments)
    }
  }

  private static func execute<Runner: ControllerRunner & ~Copyable>(
    _ setting: RunSetting, on session: inout Session<Runner>, _ arguments: Arguments
  ) throws where Runner.Log: ClosingLog {
    let run = setting.run
    var bar = ProgressBar(run.test.name, total: run.test.sequences.count)
    let start = ContinuousClock().now
    let outcome: RunOutcome
    do {
      defer { bar.end() }
      outcome = try setting.classify(on: &session) { bar.update($0) }
    } catch {
      let serving = session.servingSide
      if Interruption.signal == nil, SupplyArguments.cameTrue(session.machine, arguments) {
        try SupplyArguments.finish(&session.machine, facts: setting.facts(serving: serving), arguments)
      }
      try session.machine.log.closeIfInterrupted()
      throw error
    }
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    if arguments.text("--upset") != nil {
      session.machine.upset(arguments.integer("--upset"), of: run.model.shape, on: setting.side)
    }
    let serving = session.servingSide
    try SupplyArguments.finish(&session.machine, facts: setting.facts(serving: serving), arguments)
    try arguments.outputs.write("--answers", AnswerFile(outcome.report.answers, to: run.test).text)
    try TechnologyArguments.write(outcome.report.system, named: run.test.name, arguments)
    if arguments.has("--json") {
      try Console.json(outcome.report, of: ResultOrigin(run, on: setting.chip))
    } else {
      Console.print(
        RunText.text(outcome, setting.chip, computing: ControllerArguments.computing(arguments)))
      Console.message(
        "emulated in \(decimal(seconds, 2)) s, \(RunText.speed(outcome.report, run, seconds: seconds))")
    }
  }
}
