import Foundation
import Testing

/// The programs of `firmware/`, built once for all tests of a process.
public enum BuiltFirmware {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let problem: String? = {
    do {
      let result = try Shell.run("/bin/bash", [repository + "/firmware/build.sh"])
      return result.status == 0 ? nil : result.output
    } catch {
      return "\(error)"
    }
  }()

  /// Builds them where they are not.
  public static func make() throws { try #require(problem == nil, "firmware/build.sh: \(problem ?? "")") }

  /// Where one is.
  public static func path(_ name: String) throws -> String {
    try make()
    return repository + "/.build/firmware/\(name).elf"
  }
}
