import Board
import Crossbar
import Files

/// What a device is and what it does under pulses.
package struct DeviceReport: Sendable {
  /// With the device, its variations and the seed; its tiles do not count.
  package let chip: ChipConfiguration
  package let cells: Int
  package let set: Staircase
  package let reset: Staircase
  /// Of a device with a threshold.
  package let sweep: VoltageSweep?

  package init(_ chip: ChipConfiguration, cells: Int) {
    self.chip = chip
    self.cells = cells
    set = Staircase(.set, of: chip, cells: cells)
    reset = Staircase(.reset, of: chip, cells: cells)
    sweep = chip.device.hasThreshold ? VoltageSweep(of: chip.device, chip.amplitudes.afterReset) : nil
  }

  /// What the figures of the staircases contain: `64 cells, seed 1, ideal wires, … c2c 5 %`.
  package var conditions: String { "\(cells) cells, \(FigureScope.caption(chip))" }

  package var json: JSON {
    let device = chip.device
    var members: [JSON.Member] = [
      .init("device", device.json), .init("summary", .string(device.summary)),
      .init("source", .string(device.base.source)), .init("leavesOut", .string(device.leavesOut)),
      .init("parameters", .array(device.parameters.map(Self.json))),
      .init("lowestConductanceMicrosiemens", .number(Double(device.conductanceRange.lowerBound) / 1e6)),
      .init("highestConductanceMicrosiemens", .number(Double(device.conductanceRange.upperBound) / 1e6)),
      .init("cells", .integer(cells)), .init("seed", .integer(chip.seed)),
      .init("setStaircase", Self.json(set)), .init("resetStaircase", Self.json(reset)),
    ]
    if let sweep {
      members.append(
        .init(
          "voltageSweep",
          .object([
            .init("periodSeconds", .number(sweep.seconds)),
            .init("volts", .array(sweep.points.map { .number($0.volts) })),
            .init("amperes", .array(sweep.points.map { .number($0.amperes) })),
          ])))
    }
    return .object(members)
  }

  private static func json(_ parameter: DeviceParameter) -> JSON {
    .object([
      .init("name", .string(parameter.name)), .init("member", .string(parameter.key)),
      .init("value", parameter.value.json), .init("unit", .string(parameter.unit.symbol)),
      .init("range", .string(parameter.limits)), .init("meaning", .string(parameter.meaning)),
    ])
  }

  private static func json(_ staircase: Staircase) -> JSON {
    .object([
      .init("millivolts", .integer(staircase.millivolts)),
      .init("firstPulseNanoseconds", .number(staircase.widths.first)),
      .init("lastPulseNanoseconds", .number(staircase.widths.last)),
      .init("meanMicrosiemens", .array(staircase.steps.map { .number($0.mean / 1e6) })),
      .init("deviationMicrosiemens", .array(staircase.steps.map { .number($0.deviation / 1e6) })),
    ])
  }
}
