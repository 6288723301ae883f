import Board
import Firmware
import FixedPoint
import Registers
import Trace

extension TrainingRun where Runner: ~Copyable {
  /// Predictions for every test step, in the data's unit above `SequenceSet.origin`.
  package mutating func predictions() throws -> [Double] { try predictions(of: test) }

  private mutating func predictions(of set: SequenceSet) throws -> [Double] {
    var values: [Double] = []
    for sequence in set.sequences {
      let request = InferenceRequest(sequence, features: set.features)
      let words = try session.request(.predict, request.words)
      for step in 0..<sequence.steps {
        let output = Double(Q3_12(raw: Lanes.even(words[step]))) * Double(1 << Model.denseHeadroom)
        values.append(set.prediction(output, at: step))
      }
    }
    return values
  }

  /// Root of the mean squared error over the steps of a set that count, in the data's unit.
  mutating func error(on set: SequenceSet) throws -> Double {
    let predictions = try predictions(of: set)
    return set.error { predictions[$0] }
  }
}
