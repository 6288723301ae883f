import Glibc

/// Why an output could not be written.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// As the output was named; `-` for standard output.
  public let path: String
  /// In the operating system's words.
  public let reason: String

  /// A path, and why it could not be written.
  public init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  /// - `code`: of `errno`.
  public init(_ path: String, code: Int32) { self.init(path, SystemReason.text(code)) }

  public var description: String {
    "cannot write \(path == OutputFile.standardOutput ? "standard output" : path): \(reason)"
  }
}

/// What the system says of a failure.
public enum SystemReason {
  /// - Parameter code: of `errno`.
  public static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
  /// Of the latest failure on this thread.
  public static var latest: String { text(errno) }
}
