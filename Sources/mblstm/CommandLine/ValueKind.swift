import Crossbar
import Files

/// What the value of an option, or an operand, is. Validation, help, completions and the checks of files derive from it.
enum ValueKind: Sendable {
  case text
  case whole(ClosedRange<Int128>)
  case number(ClosedRange<Double>)
  /// From 0 to 1, written as such, as a percentage, or as a fraction.
  case share
  case choice([String])
  /// An address of the board's bus, 32 bits.
  case address
  case input(FileForm)
  /// One of the names, a file to read whose name ends so, or text of a form that what reads it knows.
  case nameOrInput([String], FileForm)
  case output(FileForm, OutputManner)
  case folder(FolderUse)
  /// Values with commas between.
  indirect case list(of: ValueKind)
  /// Text of a form of its own; `expected` continues "expected …", `domain` is for the help.
  case form(expected: String, domain: String? = nil, isValid: @Sendable (String) -> Bool)

  static func integer<Number: FixedWidthInteger>(_ range: ClosedRange<Number>) -> ValueKind {
    .whole(Int128(range.lowerBound)...Int128(range.upperBound))
  }

  static func choice<Choice: RawRepresentable & CaseIterable>(of _: Choice.Type) -> ValueKind
  where Choice.RawValue == String { .choice(Choice.allCases.map(\.rawValue)) }

  static func input(_ suffixes: String...) -> ValueKind { .input(FileForm(suffixes: suffixes)) }

  static func output(_ suffix: String, _ manner: OutputManner = .whole) -> ValueKind {
    .output(FileForm(suffixes: [suffix]), manner)
  }
}

/// How the names of a kind of file end; none for any.
struct FileForm: Sendable, Equatable {
  let suffixes: [String]
}

/// How a file comes to be under its name.
enum OutputManner: Sendable, Equatable {
  /// At the end, all at once.
  case whole
  /// As the run goes on; what is under the name before it ends is not yet the file.
  case stream
  /// As `stream`, and the option may name a part of what there is: `FILE:FROM:TO`.
  case streamOfPart
  /// At the end of every step, all at once; read first if it is there.
  case resumed
  /// Line by line in place; read first if it is there.
  case grown
}

enum FolderUse: Sendable, Equatable {
  case read, written
}

extension ValueKind {
  /// What was expected, where the text is no value of this kind.
  func refusal(of text: String) -> String? {
    switch self {
    case .text, .nameOrInput: return nil
    case .whole(let range):
      guard let number = Int128(text), range.contains(number) else { return "a whole number \(Self.span(range))" }
    case .number(let range):
      guard let number = Double(text), range.contains(number) else { return "a number \(Self.span(range))" }
    case .share:
      guard let share = Self.share(text) else { return "a share such as 0.05 or 5%" }
      return (0...1).contains(share) ? nil : "a share from 0 to 1"
    case .choice(let names): return names.contains(text) ? nil : Self.oneOf(names, not: text)
    case .address: return Self.address(text) == nil ? "an address such as 0x80000000" : nil
    case .input: return text.isEmpty ? "a file to read" : nil
    case .output: return text.isEmpty ? "a file to write" : nil
    case .folder: return text.isEmpty ? "a folder" : nil
    case .list(of: let kind):
      for item in Self.items(text) {
        if let expected = kind.refusal(of: item) { return "\(expected), or several with commas between" }
      }
    case .form(let expected, _, let isValid): return isValid(text) ? nil : expected
    }
    return nil
  }

  static func share(_ text: String) -> Double? { WrittenShare.value(of: text) }

  static func address(_ text: String) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }

  static func items(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private static func oneOf(_ names: [String], not text: String) -> String {
    "one of: \(names.joined(separator: ", "))\(NearestName.hint(text, among: names))"
  }

  private static func span(_ range: ClosedRange<Int128>) -> String {
    range.upperBound < Int128(Int.max)
      ? "from \(range.lowerBound) to \(range.upperBound)" : "of at least \(range.lowerBound)"
  }

  private static func span(_ range: ClosedRange<Double>) -> String {
    "from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
  }

  /// What a value may be, for a help text; nil where the placeholder says enough.
  var domain: String? {
    switch self {
    case .whole(let range):
      range.upperBound <= 1 << 32 ? "\(range.lowerBound) to \(range.upperBound)" : nil
    case .number(let range): "\(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
    case .choice(let names): Self.alternatives(names)
    case .list(of: let kind): kind.domain
    case .form(_, let domain, _): domain
    case .nameOrInput(let names, let form):
      Self.alternatives(names + form.suffixes.map { "F.\($0)" })
    case .text, .share, .address, .input, .output, .folder: nil
    }
  }

  /// `a, b or c`.
  static func alternatives(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Without `.0`.
  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
