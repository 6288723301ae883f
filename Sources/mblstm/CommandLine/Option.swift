/// One option of a verb, written once: parsing, messages, help, completions and the checks of files derive from it.
struct Option: Sendable {
  /// `--limit`.
  let name: String
  /// `-o`.
  let short: String?
  /// What stands for its value in the help, and what that value is; nil for a switch.
  let value: (placeholder: String, kind: ValueKind)?
  /// A sentence.
  let help: String
  let fallback: Fallback
  /// Whether it may be given more than once.
  let isRepeatable: Bool
  let isRequired: Bool

  /// What holds when an option is not given.
  enum Fallback: Sendable {
    case none
    /// As a user would have written it.
    case value(String)
    /// In words, for what depends on other things.
    case words(String)
  }

  /// A switch.
  init(_ name: String, short: String? = nil, _ help: String) {
    self.name = name
    self.short = short
    value = nil
    self.help = help
    fallback = .none
    isRepeatable = false
    isRequired = false
  }

  init(
    _ name: String, short: String? = nil, _ placeholder: String, _ kind: ValueKind, default fallback: Fallback = .none,
    isRepeatable: Bool = false, isRequired: Bool = false, _ help: String
  ) {
    self.name = name
    self.short = short
    value = (placeholder, kind)
    self.help = help
    self.fallback = fallback
    self.isRepeatable = isRepeatable
    self.isRequired = isRequired
  }

  var names: [String] { [name] + (short.map { [$0] } ?? []) }

  /// `--limit N`.
  var usage: String { value.map { "\(name) \($0.placeholder)" } ?? name }

  /// `-o, --out F.csv`.
  var label: String { (short.map { "\($0), " } ?? "") + usage }

  /// The sentence, with what may be given and what holds otherwise: `Bits of the converters (5 to 16; default 12).`
  var explanation: String {
    let facts = [value?.kind.domain, fallback.text].compactMap(\.self)
    guard !facts.isEmpty, help.hasSuffix(".") else { return help }
    return "\(help.dropLast()) (\(facts.joined(separator: "; ")))."
  }

  /// Every verb has it.
  static let help = Option("--help", short: "-h", "Print this.")
  static let json = Option("--json", "Print the report as JSON, of the form that 'mblstm export schema' prints.")
}

extension Option.Fallback {
  fileprivate var text: String? {
    switch self {
    case .none: nil
    case .value(let text): "default \(text)"
    case .words(let text): "default: \(text)"
    }
  }
}

/// What a verb takes beside its options.
struct Operand: Sendable {
  /// `TASK`.
  let placeholder: String
  /// `a task`.
  let meaning: String
  let kind: ValueKind
  let count: ClosedRange<Int>

  /// As many as there may be.
  static let any = 0...Int(Int32.max)

  init(_ placeholder: String, _ meaning: String, _ kind: ValueKind, count: ClosedRange<Int> = 1...1) {
    self.placeholder = placeholder
    self.meaning = meaning
    self.kind = kind
    self.count = count
  }
}
