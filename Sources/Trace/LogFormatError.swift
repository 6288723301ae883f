/// What a log holds in place of what its format demands.
public struct LogFormatError: Error, Sendable, Equatable, CustomStringConvertible {
  public let file: String
  /// From 1.
  public let line: Int
  public let expected: String
  /// What is there, cut to a readable length.
  public let found: String

  public init(file: String, line: Int, expected: String, found: String) {
    self.file = file
    self.line = line
    self.expected = expected
    self.found = found
  }

  public var description: String { "\(file):\(line): expected \(expected), found \(found)" }
}
