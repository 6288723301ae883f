import Board
import Firmware
import FixedPoint
import Registers
import Trace

extension TrainingRun where Runner: ~Copyable {
  /// Predictions for every test step, in the data's unit.
  package mutating func predictions() throws -> [Double] { try predictions(of: test) }

  private mutating func predictions(of set: SequenceSet) throws -> [Double] {
    var values: [Double] = []
    for sequence in set.sequences {
      let request = InferenceRequest(sequence, features: set.features)
      let words = try session.request(.predict, request.words)
      for step in 0..<sequence.steps {
        let output = Double(Q3_12(raw: Lanes.even(words[step]))) * Double(1 << Model.denseHeadroom)
        values.append(output * set.targetScale)
      }
    }
    return values
  }

  /// Root of the mean squared error over the steps of a set that count, in the data's unit.
  mutating func error(on set: SequenceSet) throws -> Double {
    let targets = set.sequences.flatMap { $0.targets }.map { Double(Q0_15(raw: $0)) * set.targetScale }
    let errors = zip(try predictions(of: set), targets).dropFirst(set.warmUp).map { ($0 - $1) * ($0 - $1) }
    return (errors.reduce(0, +) / Double(max(errors.count, 1))).squareRoot()
  }
}
