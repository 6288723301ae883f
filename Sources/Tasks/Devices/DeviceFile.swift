import Crossbar
import Files

/// A device in a file of a user: a model's parameters in JSON (`Device.init(_: Node)`), or measured pulses in CSV
/// (`MeasuredPulses.init(csv:file:)`). JSON of a measured device may name its CSV beside it:
///
///     {"model": "measured", "pulses": "my-pulses.csv", "pulseTime": 200}
package enum DeviceFile {
  /// Whether a device is so named as a file.
  package static func isFile(_ name: String) -> Bool { name.hasSuffix(".json") || name.hasSuffix(".csv") }

  /// - Throws: what cannot be read or cannot be, with file, line and member or column.
  package static func device(_ path: String) throws(InputError) -> Device {
    if path.hasSuffix(".csv") { return .measured(try pulses(path)) }
    let bytes = try InputFile.bytes(of: path, expecting: "a device in JSON")
    return try Device(Node(bytes, file: path)) { name throws(InputError) in
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      return try pulses(name.hasPrefix("/") ? name : folder + name)
    }
  }

  private static func pulses(_ path: String) throws(InputError) -> MeasuredPulses {
    try MeasuredPulses(csv: try InputFile.bytes(of: path, expecting: "measured pulses in CSV"), file: path)
  }
}
