import Board
import Crossbar
import Tasks

/// The options that choose a device.
enum DeviceArguments {
  static let device = Option(
    "--device", "NAME", kind, default: .value(ChipConfiguration.properties.usual.device.name),
    "The memristor's model.")

  static let kind = ValueKind.nameOrInput(Device.names, FileForm(suffixes: ["json", "csv"]))

  static let set = Option(
    "--device-set", "NAME=V,…", .text, isRepeatable: true,
    "Parameters of the device that are to be others: on-resistance=5k,set-threshold=0.9; mblstm device NAME lists them."
  )

  /// The device that was asked for, or nil where nothing was said.
  /// - Parameter usual: what parameters are changed of where no other is named.
  static func device(from arguments: Arguments, instead usual: Device) throws(UsageError) -> Device? {
    guard arguments.has("--device") || arguments.has("--device-set") else { return nil }
    return try changed(arguments.has("--device") ? named(arguments.required("--device")) : usual, arguments)
  }

  /// A named device with the parameters that are given.
  static func device(_ name: String, from arguments: Arguments) throws(UsageError) -> Device {
    try changed(named(name), arguments)
  }

  private static func changed(_ published: Device, _ arguments: Arguments) throws(UsageError) -> Device {
    var device = published
    for items in arguments.texts("--device-set") {
      do {
        try device.set(items.split(separator: ",", omittingEmptySubsequences: false))
        if let problem = device.problem { throw DeviceProblem(problem) }
      } catch { throw UsageError("--device-set: \(error)") }
    }
    return device
  }

  /// A name, a device in one word, or a file.
  private static func named(_ name: String) throws(UsageError) -> Device {
    do {
      return try DeviceFile.isFile(name) ? DeviceFile.device(name) : Device(name)
    } catch { throw UsageError("\(error)") }
  }
}
