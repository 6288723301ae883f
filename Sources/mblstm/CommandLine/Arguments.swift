import Files

/// A command line that cannot be carried out: what is wrong and what was expected.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The words after a verb, sorted into options and operands, every value of the kind that its option declares.
struct Arguments {
  private(set) var operands: [String] = []
  private var given: [String: [String]] = [:]
  private let options: [Option]
  private let declaredOperands: [Operand]
  private var opened: Outputs?
  private let moved: [String: String]

  /// - Throws: for an option that is not declared, is given twice or lacks its value; for a value of another kind; for
  ///   operands too few or too many.
  init(_ words: some Sequence<String>, of verb: any Verb.Type) throws(UsageError) {
    try self.init(words, options: verb.allOptions, operands: verb.operands, moved: verb.moved)
  }

  init(
    _ words: some Sequence<String>, options: [Option], operands declared: [Operand] = [], moved: [String: String] = [:]
  ) throws(UsageError) {
    self.options = options
    declaredOperands = declared
    self.moved = moved
    var words = Array(words)[...]
    while let word = words.popFirst() {
      if word == "--" {
        operands += words
        break
      }
      guard word.hasPrefix("-"), word.count > 1 else {
        operands.append(word)
        continue
      }
      try take(word, &words)
    }
    if let missing = options.first(where: { $0.isRequired && given[$0.name] == nil }) {
      throw UsageError("expected \(missing.usage)")
    }
    try checkOperands()
  }

  /// Takes an option, with the next word where that is its value.
  private mutating func take(_ word: String, _ words: inout ArraySlice<String>) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = Self.option(parts[0], of: options) else {
      if let now = moved[parts[0]] { throw UsageError("\(parts[0]) is gone; use '\(now)'") }
      let hint = NearestName.hint(parts[0], among: options.map(\.name))
      throw UsageError("unknown option '\(parts[0])'\(hint.isEmpty ? "; --help lists what there is" : hint)")
    }
    guard option.isRepeatable || given[option.name] == nil else { throw UsageError("\(option.name) is given twice") }
    guard let (_, kind) = option.value else {
      guard parts.count == 1 else { throw UsageError("\(option.name) takes no value") }
      given[option.name] = [""]
      return
    }
    if parts.count == 1 {
      guard let next = words.first, !Self.isOption(next) else {
        throw UsageError("\(option.name) needs a value: \(option.usage)")
      }
      words.removeFirst()
      try check(next, option.name, kind)
      given[option.name, default: []].append(next)
    } else {
      try check(parts[1], option.name, kind)
      given[option.name, default: []].append(parts[1])
    }
  }

  /// Whether a word stands for an option, one that there is or not, and is no value. A value that begins so is written
  /// behind the option's name: `--model=-m.json`.
  static func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let next = word.dropFirst().first else { return false }
    // A negative number.
    return !(next.isNumber || next == ".")
  }

  private static func option(_ name: String, of options: [Option]) -> Option? {
    options.first { $0.names.contains(name) }
  }

  private func check(_ text: String, _ what: String, _ kind: ValueKind) throws(UsageError) {
    if let expected = kind.refusal(of: text) { throw UsageError("\(what) is '\(text)', expected \(expected)") }
  }

  private func checkOperands() throws(UsageError) {
    let least = declaredOperands.reduce(0) { $0 + $1.count.lowerBound }
    let most = declaredOperands.reduce(0) { $0 + $1.count.upperBound }
    guard operands.count >= least, operands.count <= most else {
      let missing = declaredOperands.filter { $0.count.lowerBound > 0 }
      let expected = operands.count < least ? missing : declaredOperands
      throw UsageError("expected \(expected.expectation), got \(Self.listed(operands))")
    }
    for (operand, text) in assigned { try check(text, operand.placeholder, operand.kind) }
  }

  /// Each operand with what declares it: all but the last declaration take what they can.
  private var assigned: [(operand: Operand, text: String)] {
    var rest = operands[...]
    return declaredOperands.flatMap { operand in
      let taken = rest.prefix(operand.count.upperBound)
      rest = rest.dropFirst(taken.count)
      return taken.map { (operand, $0) }
    }
  }

  private static func listed(_ words: [String]) -> String {
    words.isEmpty ? "nothing" : words.map { "'\($0)'" }.joined(separator: " ")
  }

  /// For what the other options decide; the table says what there may be at all.
  func expectOperands(_ range: ClosedRange<Int>, _ what: String) throws(UsageError) {
    guard range.contains(operands.count) else {
      throw UsageError("expected \(what), got \(Self.listed(operands))")
    }
  }
}

// Reading. What is not declared cannot be read, and what was read is of its kind.
extension Arguments {
  /// Whether a switch, or an option with any value, was given.
  func has(_ name: String) -> Bool {
    precondition(declares(name))
    return given[name] != nil
  }

  /// The options that were given.
  var givenNames: Set<String> { Set(given.keys) }

  /// The value, or the declared default.
  func text(_ name: String) -> String? { given[declared(name).name]?.last ?? declaredDefault(name) }

  /// The value of an option that is required.
  func required(_ name: String) -> String {
    guard let text = text(name) else { preconditionFailure("\(name) is not required") }
    return text
  }

  /// Every value of an option that may be given more than once.
  func texts(_ name: String) -> [String] {
    precondition(declared(name).isRepeatable, "\(name) is given once")
    return given[name] ?? []
  }

  /// - Parameter fallback: where the table has no default.
  func integer<Number: FixedWidthInteger>(_ name: String, default fallback: Number? = nil) -> Number {
    value(name, fallback) { Int128($0).flatMap(Number.init(exactly:)) }
  }

  func number(_ name: String, default fallback: Double? = nil) -> Double { value(name, fallback, Double.init) }

  func address(_ name: String, default fallback: UInt32? = nil) -> UInt32 { value(name, fallback, ValueKind.address) }

  func choice<Choice: RawRepresentable>(_ name: String, default fallback: Choice? = nil) -> Choice
  where Choice.RawValue == String { value(name, fallback, Choice.init) }

  /// The items of a list with commas.
  func list(_ name: String) -> [String] { text(name).map(ValueKind.items) ?? [] }

  private func value<Value>(_ name: String, _ fallback: Value?, _ read: (String) -> Value?) -> Value {
    guard let value = text(name).map(read) ?? fallback else {
      preconditionFailure("\(name): not of the kind that is declared, or without a default")
    }
    return value
  }

  func declares(_ name: String) -> Bool { options.contains { $0.name == name } }

  private func declared(_ name: String) -> Option {
    guard let option = options.first(where: { $0.name == name }) else { preconditionFailure("\(name) is not declared") }
    return option
  }

  private func declaredDefault(_ name: String) -> String? {
    guard case .value(let text) = declared(name).fallback else { return nil }
    return text
  }
}

// Files.
extension Arguments {
  /// A file that the command line names, as the user calls it: `--log`, or `a register log`.
  struct NamedFile {
    let name: String
    let path: String
    /// Of an output.
    let manner: OutputManner?
  }

  /// Makes sure that all that will be written can be.
  /// - Parameter others: files that the verb reads without their being named.
  mutating func openOutputs(beside others: [NamedFile]) throws {
    opened = try Outputs(outputFiles, beside: inputs + others)
  }

  /// The files to write.
  var outputs: Outputs {
    guard let opened else { preconditionFailure("a verb runs when its outputs are open") }
    return opened
  }

  /// Every file to be read.
  var inputs: [NamedFile] {
    files { kind, text in
      switch kind {
      case .input: true
      case .nameOrInput(_, let form): form.suffixes.contains { text.hasSuffix(".\($0)") }
      default: false
      }
    }
  }

  /// Every file to be written, without the part asked for (`F:FROM:TO`).
  var outputFiles: [NamedFile] {
    files { kind, _ in if case .output = kind { true } else { false } }
  }

  private func files(_ isWanted: (ValueKind, String) -> Bool) -> [NamedFile] {
    let valued = options.flatMap { option in
      (given[option.name] ?? []).compactMap { text in option.value.map { (option.name, $0.kind, text) } }
    }
    let all = valued + assigned.map { ($0.operand.meaning, $0.operand.kind, $0.text) }
    return all.filter { isWanted($0.1, $0.2) }.map {
      NamedFile(name: $0.0, path: $0.1.path(in: $0.2), manner: $0.1.manner)
    }
  }
}

extension [Operand] {
  /// `a task`, `two register logs`, `no operand`.
  fileprivate var expectation: String {
    isEmpty ? "no operand" : map(\.meaning).joined(separator: " and ")
  }
}

extension ValueKind {
  fileprivate var manner: OutputManner? { if case .output(_, let manner) = self { manner } else { nil } }

  /// The path in a value that names a file.
  fileprivate func path(in text: String) -> String {
    guard case .output(_, .streamOfPart) = self else { return text }
    return text.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? text
  }
}
