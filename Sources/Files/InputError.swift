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
    self.message = message.cutForReading
  }

  /// `file`, or `file:line`.
  public var place: String { ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }

  public var description: String {
    ([place] + (member.isEmpty ? [] : [member]) + [message]).joined(separator: ": ")
  }
}

extension String {
  /// Cut where it is longer than anybody reads: what is quotes a file that is not what it should be.
  package var cutForReading: String {
    let mostBytes = 1 << 14
    return utf8.count <= mostBytes ? self : prefix(mostBytes / 4) + "…"
  }

  /// With control characters but tabs and line feeds as JSON writes them, `\u001b`: what a file holds is shown, and tells a
  /// terminal nothing.
  package var printable: String {
    func tells(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
    // U+0080 to U+009F begin with C2.
    func mayTell(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x0a && byte != 0x09 || byte == 0x7f || byte == 0xc2 }
    guard utf8.contains(where: mayTell), unicodeScalars.contains(where: tells) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      guard tells(scalar) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return text
  }
}
