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
    ] + (loaded.map { [.init("loaded", $0.mark)] } ?? [])
  }

  /// The first thing in which a file is of another training, or nil: `it has rate=0.03, not rate=0.5`. The number of epochs
  /// does not matter: a training may go on for longer than was first asked for.
  func difference(from file: ChipFile) -> String? {
    for name in ["training", "programming", "train-data", "test-data", "loaded"] {
      let now = facts.first { $0.name == name }?.value
      if let difference = Self.difference(Self.words(name, file.fact(name)), Self.words(name, now)) {
        return difference
      }
    }
    return nil
  }

  /// Choices one by one, all else as one.
  private static func words(_ name: String, _ value: String?) -> [String] {
    if name == "loaded" { return [value.map { "begun on the chip \($0)" } ?? "begun on a fresh chip"] }
    guard let value else { return [] }
    guard name == "training" || name == "programming" else { return ["\(name)=\(value)"] }
    return value.split(separator: " ").filter { !$0.hasPrefix("epochs=") }.map(String.init)
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
  /// CRC-32 of all that the chip sees of it, eight hexadecimal digits.
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
    }
    return CRC32.digits(bytes)
  }
}
