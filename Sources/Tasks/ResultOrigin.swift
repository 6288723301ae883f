import Board
import Crossbar
import Files
import Firmware
import FixedPoint

/// All that a result depends on, for reports: with it the same result can be made again.
///
///     {"resultsVersion": 3, "task": "digits", "chip": {…}, "programming": {…}, "testData": "8d0f…", "model": "09a3…"}
package struct ResultOrigin: Sendable {
  package let json: JSON

  private init(
    _ task: String, _ chip: ChipConfiguration, _ programming: ProgrammingSettings, _ rest: [JSON.Member]
  ) {
    json = .object(
      [
        .init("resultsVersion", .integer(ResultsVersion.current)), .init("task", .string(task)),
        .init("chip", chip.json),
        .init("programming", .object(ProgrammingSettings.properties.members(of: programming))),
      ] + rest)
  }

  /// - Parameter chip: with its tiles.
  package init(_ run: ClassificationRun, on chip: ChipConfiguration) {
    self.init(
      run.test.name, chip, run.programming,
      [
        .init("activation", .string(run.activation.rawValue)), .init("testData", .string(run.test.checksum)),
        .init("model", .string(run.model.checksum)),
      ])
  }

  package init<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) {
    self.init(
      run.train.name, run.session.machine.chip.configuration, run.programming,
      [
        .init("training", .object(TrainingOptions.properties.members(of: run.options))),
        .init("trainData", .string(run.train.checksum)), .init("testData", .string(run.test.checksum)),
      ])
  }

  /// The chip without its tiles, the settings without the hidden units: both follow from the network.
  init(_ comparison: UpdateComparison) {
    let plan = comparison.plan
    self.init(
      plan.train.name, plan.chip, plan.programming,
      [
        .init(
          "training",
          .object(TrainingOptions.properties.members(of: plan.options).filter { $0.name != "hidden" })),
        .init("trainData", .string(plan.train.checksum)),
      ])
  }
}

extension Model {
  /// CRC-32 of its sizes, its window and all its weights, eight hexadecimal digits.
  package var checksum: String {
    var bytes: [UInt8] = []
    let sizes = NetworkShape.properties.written(of: shape).compactMap { $0[shape].number }
    let numbers = sizes + [window] + (lstm + dense).flatMap { $0 }
    for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 } }
    return CRC32.digits(bytes)
  }
}
