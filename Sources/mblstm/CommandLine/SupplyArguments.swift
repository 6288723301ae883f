import Board
import Files
import Tasks
import Trace

/// The options of how the supply ends a run, and of the chip that is left.
enum SupplyArguments {
  static let options = [
    Option(
      "--power-cut", "CYCLE", .integer(1...UInt64(1) << 62),
      "Cut the power at this cycle of the core clock: what is under way ends there, and the run with status 123."),
    Option(
      "--brown-out", "CYCLE", .integer(1...UInt64(1) << 62),
      "Have the supplies of references and drivers fail at this cycle: what is under way ends there, and the run goes on."
    ),
  ]
  static let save = Option("--save", "CHIP.mbx", .output("mbx"), "Write the chip as it is left, for --load.")

  /// What the options ask for.
  /// - Parameter start: the cycle at which the run begins.
  static func faults(_ arguments: Arguments, from start: UInt64 = 0) throws(UsageError) -> SupplyFaults {
    func cycle(_ name: String) throws(UsageError) -> UInt64? {
      guard let text = arguments.text(name) else { return nil }
      let cycle: UInt64 = arguments.integer(name)
      guard cycle > start else {
        throw UsageError("\(name) is '\(text)', expected a cycle after \(start), from which the run goes on")
      }
      return cycle
    }
    return SupplyFaults(powerCut: try cycle("--power-cut"), brownOut: try cycle("--brown-out"))
  }

  /// Whether a run that ended has met what the options asked for.
  static func cameTrue<Log: LogSink>(_ machine: Machine<Log>, _ arguments: Arguments) -> Bool {
    machine.powerLoss != nil || arguments.text("--brown-out") != nil && machine.faults.brownOut == nil
  }

  /// Makes the logs whole and writes the chip as it is left.
  /// - Parameter end: the cycle at which the run ended; nil for that of the machine.
  static func finish<Log: ClosingLog>(
    _ machine: inout Machine<Log>, at end: UInt64? = nil, facts: @autoclosure () -> [ChipFile.Fact],
    _ arguments: Arguments
  ) throws {
    try machine.log.close()
    try arguments.outputs.write("--save", bytes: ChipFile(machine.snapshotLeft.undisturbed, facts: facts()).bytes)
    tellUnmet(machine, at: end)
  }

  /// Says what was asked for and did not come, because the run was over before.
  static func tellUnmet<Log: LogSink>(_ machine: Machine<Log>, at end: UInt64? = nil) {
    let ended = "the run ended at cycle \(end ?? machine.cycle), before"
    if machine.powerLoss == nil, let cycle = machine.faults.powerCut {
      Console.message("\(ended) --power-cut \(cycle)")
    }
    if let cycle = machine.faults.brownOut { Console.message("\(ended) --brown-out \(cycle)") }
  }
}
