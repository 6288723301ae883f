import Board
import Firmware
import FixedPoint
import Registers
import Trace

extension TrainingRun where Runner: ~Copyable {
  /// Predictions for every test step, in the data's unit.
  package mutating func predictions() throws -> [Double] {
    var values: [Double] = []
    for sequence in test.sequences {
      let request = InferenceRequest(sequence, features: test.features)
      let words = try session.request(.predict, request.words)
      for step in 0..<sequence.steps {
        let output = Double(Q3_12(raw: Lanes.even(words[step]))) * Double(1 << Model.denseHeadroom)
        values.append(output * test.targetScale)
      }
    }
    return values
  }

  /// Root of the mean squared error over the test steps that count, in the data's unit.
  mutating func testError() throws -> Double {
    let targets = test.sequences.flatMap { $0.targets }.map { Double(Q0_15(raw: $0)) * test.targetScale }
    let errors = zip(try predictions(), targets).dropFirst(test.warmUp).map { ($0 - $1) * ($0 - $1) }
    return (errors.reduce(0, +) / Double(max(errors.count, 1))).squareRoot()
  }
}
