import Board
import Crossbar
import Files
import Firmware
import Tasks

/// Tells what a device is, and draws what it does.
enum DeviceVerb: Verb {
  static let name = "device"
  static let summary = "List the devices; tell and draw what one is."
  static let usage = "device [NAME | F.json | F.csv] [--device-set …] [--svg F.svg] [--json]"
  static let discussion = """
    Prints a device's parameters with their units, source and valid range, what its model leaves out, and its staircases:
    conductance against the number of pulses at the chip's amplitude, mean and standard deviation over cells with the
    device's own noise and the variations that are given. --svg draws them, and for a device with a threshold its
    current under a triangle of voltage.

    A device of your own is JSON, {"model": "vteam", "onResistance": 5000}, with the parameters that differ from the
    published ones, or a CSV of measured pulses: conductance (µS),pulse,mean step (nS),deviation (nS); a pulse is SET
    or RESET. Logs and chip files hold such a device whole.

    example: mblstm device vteam --device-set on-resistance=5k,set-threshold=0.9 --c2c 5% --svg vteam.svg
    """
  static let options =
    [
      Option("--cells", "N", .integer(2...1024), default: .value("64"), "Cells under the pulses."),
      Option("--svg", "F.svg", .output("svg"), "Draw the staircases and the loop."),
      .json,
    ] + ChipArguments.options.filter { $0.name != DeviceArguments.device.name }
  static let operands = [
    Operand("DEVICE", "a device, or nothing for the list", DeviceArguments.kind, count: 0...1)
  ]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration {
    try chip(arguments.operands.first ?? ChipConfiguration.properties.usual.device.name, arguments)
  }

  private static func chip(_ name: String, _ arguments: Arguments) throws -> ChipConfiguration {
    try ChipArguments.chip(from: arguments, device: DeviceArguments.device(name, from: arguments))
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    guard let name = arguments.operands.first else {
      guard arguments.givenNames.isEmpty else { throw UsageError("expected a device before its options") }
      Console.print(DeviceText.list)
      return .success
    }
    let chip = try chip(name, arguments).sized(
      for: NetworkShape(inputs: 1, hidden: 1, outputs: 1), named: name)
    let report = DeviceReport(chip, cells: arguments.integer("--cells"))
    try arguments.outputs.write("--svg", DevicePlots.svg(report))
    Console.print(arguments.has("--json") ? String(report.json.prettyText.dropLast()) : DeviceText.text(report))
    return .success
  }
}
