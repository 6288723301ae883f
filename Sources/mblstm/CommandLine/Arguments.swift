/// One option of a verb.
struct Option {
  let name: String
  /// What stands for its value in the help, or nil for a switch.
  let value: String?
  let help: String

  init(_ name: String, _ value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }
}

/// A command line that cannot be carried out: what is wrong and what was expected.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The words after a verb, sorted into options and operands.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var occurrences: [String: [String]] = [:]
  private var switches: Set<String> = []

  /// - Throws: for an option that the verb does not have, or one without its value.
  init(_ words: some Sequence<String>, options: [Option]) throws(UsageError) {
    var words = words.makeIterator()
    while let word = words.next() {
      guard word.hasPrefix("-"), word.count > 1 else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard let option = options.first(where: { $0.name == parts[0] }) else {
        throw UsageError("unknown option '\(parts[0])'; --help lists what there is")
      }
      guard option.value != nil else {
        guard parts.count == 1 else { throw UsageError("\(option.name) takes no value") }
        switches.insert(option.name)
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : words.next() else {
        throw UsageError("\(option.name) needs a value: \(option.name) \(option.value ?? "")")
      }
      values[option.name] = value
      occurrences[option.name, default: []].append(value)
    }
  }

  func has(_ name: String) -> Bool { switches.contains(name) }
  func text(_ name: String) -> String? { values[name] }
  /// Every value of an option that may be given more than once.
  func texts(_ name: String) -> [String] { occurrences[name] ?? [] }

  func integer<Number: FixedWidthInteger>(
    _ name: String, in range: ClosedRange<Number>, default fallback: Number
  ) throws(UsageError) -> Number {
    guard let text = values[name] else { return fallback }
    guard let number = Number(text), range.contains(number) else {
      throw UsageError(
        "\(name) is '\(text)', expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func number(_ name: String, in range: ClosedRange<Double>, default fallback: Double) throws(UsageError) -> Double {
    guard let text = values[name] else { return fallback }
    guard let number = Double(text), range.contains(number) else {
      throw UsageError("\(name) is '\(text)', expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A share from 0 to 1, written as such or as a percentage.
  func share(_ name: String, default fallback: Double) throws(UsageError) -> Double {
    guard let text = values[name] else { return fallback }
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text) else {
      throw UsageError("\(name) is '\(text)', expected a share such as 0.05 or 5%")
    }
    let share = isPercent ? number / 100 : number
    guard (0...1).contains(share) else { throw UsageError("\(name) is '\(text)', expected a share from 0 to 1") }
    return share
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default fallback: Choice
  ) throws(UsageError) -> Choice where Choice.RawValue == String {
    guard let text = values[name] else { return fallback }
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("\(name) is '\(text)', expected one of: \(names)")
    }
    return choice
  }

  func expectOperands(_ range: ClosedRange<Int>, _ what: String) throws(UsageError) {
    guard range.contains(operands.count) else {
      throw UsageError("expected \(what), got \(operands.isEmpty ? "nothing" : operands.joined(separator: " "))")
    }
  }
}
