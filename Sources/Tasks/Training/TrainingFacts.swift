import Board
import Crossbar
import Files

/// What a chip file says of the training that its chip comes from, so that the same can be done again.
extension TrainingPlan {
  var facts: [ChipFile.Fact] {
    [
      .init("training", TrainingOptions.properties.text(of: options)),
      .init("programming", ProgrammingSettings.properties.text(of: programming)),
      .init("train-data", "\(train.checksum)"), .init("test-data", "\(test.checksum)"),
    ] + (validation.map { [.init("validation-data", $0.checksum)] } ?? [])
      + (options.extensions.isEmpty
        ? [] : [.init(Self.extensions, options.extensions.map { "\($0)" }.joined(separator: "+"))])
      + (loaded.map { [.init("loaded", options.goesOn ? "\($0.mark) going on" : $0.mark)] } ?? [])
  }

  private static var extensions: String { "extensions" }

  /// The epochs behind those that were first asked for, as a file has them.
  static func extensions(in file: ChipFile, named name: String) throws(InputError) -> [Int] {
    guard let text = file.fact(extensions) else { return [] }
    let parts = text.split(separator: "+", omittingEmptySubsequences: false).map { Int($0) }
    let lengths = parts.compactMap { $0 }
    guard lengths.count == parts.count, lengths.allSatisfy({ (1...1_000_000).contains($0) }) else {
      throw InputError(name, "has the extensions '\(text)', expected numbers of epochs such as 3+5")
    }
    return lengths
  }

  /// The first thing in which a file is of another training, or nil: `it has rate=0.03, not rate=0.5`. Where the rate falls
  /// by a factor the number of epochs does not matter: a training may go on for longer than was first asked for.
  func difference(from file: ChipFile) -> String? {
    for name in ["training", "programming", "train-data", "test-data", "validation-data", "loaded"] {
      let now = facts.first { $0.name == name }?.value
      if let difference = Self.difference(words(name, file.fact(name)), words(name, now)) {
        return difference
      }
    }
    return nil
  }

  /// Choices one by one, all else as one.
  private func words(_ name: String, _ value: String?) -> [String] {
    if name == "loaded" { return [value.map { "begun on the chip \($0)" } ?? "begun on a fresh chip"] }
    guard let value else { return [] }
    guard name == "training" || name == "programming" else { return ["\(name)=\(value)"] }
    let words = value.split(separator: " ").map(String.init)
    return options.schedule == .linear ? words : words.filter { !$0.hasPrefix("epochs=") }
  }

  private static func difference(_ kept: [String], _ now: [String]) -> String? {
    let (here, there) = (kept.first { !now.contains($0) }, now.first { !kept.contains($0) })
    return switch (here, there) {
    case (nil, nil): nil
    case (let here?, nil): "it has \(here)"
    case (nil, let there?): "it has no \(there)"
    case (let here?, let there?): "it has \(here), not \(there)"
    }
  }
}

extension ChipConfiguration {
  /// The first property in which another chip is another one than this, or nil: `it has seed=2, not seed=1`.
  func difference(of other: ChipConfiguration) -> String? {
    for property in Self.properties.properties where property[self] != property[other] {
      func text(_ chip: ChipConfiguration) -> String { "\(property.name)=\(property.written(property[chip]))" }
      return "it has \(text(other)), not \(text(self))"
    }
    func sizes(_ chip: ChipConfiguration) -> String {
      chip.tiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
    }
    guard tiles != other.tiles else { return nil }
    return "it has tiles of \(sizes(other)), not \(sizes(self))"
  }
}

extension SequenceSet {
  /// CRC-32 of all that the chip sees of it, and of what its answers are turned back with; eight hexadecimal digits.
  package var checksum: String {
    var bytes: [UInt8] = []
    func append(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    for number in [features, classes, warmUp] { append(Int64(number)) }
    for number in [targetScale, targetOffset] { append(Int64(bitPattern: number.bitPattern)) }
    for sequence in sequences {
      for number in [sequence.label, sequence.steps, sequence.targets.count] { append(Int64(number)) }
      for value in sequence.values + sequence.targets {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
      }
      for step in sequence.measured {
        for number in [step.last, step.next] { append(Int64(bitPattern: number.bitPattern)) }
      }
    }
    bytes += transform.map { Array($0.rawValue.utf8) } ?? []
    return CRC32.digits(bytes)
  }
}
