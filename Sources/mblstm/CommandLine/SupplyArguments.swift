import Board
import Files
import Tasks
import Trace

/// The options of how the supply ends a run, and of the chip that is left.
enum SupplyArguments {
  static let options = [
    Option(
      "--power-cut", "CYCLE", .integer(1...UInt64(1) << 62),
      "Cut the power at this cycle of the core clock: what is under way ends there, and the run with status 123.")
  ]
  static let save = Option("--save", "CHIP.mbx", .output("mbx"), "Write the chip as it is left, for --load.")

  /// The cycle at which the power is to go; nil for never.
  /// - Parameter start: the cycle at which the run begins.
  static func powerCut(_ arguments: Arguments, from start: UInt64 = 0) throws(UsageError) -> UInt64? {
    guard let text = arguments.text("--power-cut") else { return nil }
    let cycle: UInt64 = arguments.integer("--power-cut")
    guard cycle > start else {
      throw UsageError("--power-cut is '\(text)', expected a cycle after \(start), from which the run goes on")
    }
    return cycle
  }

  /// Makes the logs whole and writes the chip as it is left.
  /// - Parameter end: the cycle at which the run ended; nil for that of the machine.
  static func finish<Log: ClosingLog>(
    _ machine: inout Machine<Log>, at end: UInt64? = nil, facts: @autoclosure () -> [ChipFile.Fact],
    _ arguments: Arguments
  ) throws {
    try machine.log.close()
    try arguments.outputs.write("--save", bytes: ChipFile(machine.snapshotLeft, facts: facts()).bytes)
    if let cycle = try powerCut(arguments), machine.powerLoss == nil {
      Console.message("the run ended at cycle \(end ?? machine.cycle), before --power-cut \(cycle)")
    }
  }
}
