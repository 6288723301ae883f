/// Something wrong with what the user gave: where, and what was expected.
///
///     FILE:LINE: case 17: given.script[3]: expected a whole number from 0 to 7, found 9
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A file, or what else is wrong: `--tiles`.
  public let file: String
  /// From 1; nil where no line can be told.
  public let line: Int?
  /// Byte of the line, from 1, where that helps.
  public let column: Int?
  /// Place inside a file of values: `given.script[3]`; empty for all of it.
  public let member: String
  /// What is there, and what was expected.
  public let message: String

  /// What is wrong with a file, or with what else is named: place first, message last.
  public init(_ file: String, line: Int? = nil, column: Int? = nil, member: String = "", _ message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.member = member
    self.message = message.utf8.count <= Self.mostBytes ? message : message.prefix(Self.mostBytes / 4) + "…"
  }

  /// What is longer quotes a file that is no text.
  private static var mostBytes: Int { 1 << 14 }

  /// `file`, or `file:line`.
  public var place: String { ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }

  public var description: String {
    ([place] + (member.isEmpty ? [] : [member]) + [message]).joined(separator: ": ")
  }
}
