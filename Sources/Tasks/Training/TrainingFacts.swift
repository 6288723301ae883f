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

  /// The first fact in which a file is of another training, or nil. The number of epochs does not matter: a training
  /// may go on for longer than was first asked for.
  func difference(from file: ChipFile) -> String? {
    for fact in facts where Self.kept(file.fact(fact.name)) != Self.kept(fact.value) {
      return "\(fact.name) '\(file.fact(fact.name) ?? "")'"
    }
    return nil
  }

  private static func kept(_ value: String?) -> String? {
    value?.split(separator: " ").filter { !$0.hasPrefix("epochs=") }.joined(separator: " ")
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
