import Board
import Firmware
import Registers

extension TrainingRun where Runner: ~Copyable {
  /// Chip time of learning a sequence: forward, back, and its share of an update.
  ///
  /// It is the mean over the second half of the first `count` sequences, from the end of an update on; while the first half
  /// is learned, the controller gets to know its device.
  mutating func timeOfSequence(among count: Int) throws -> TimeParts {
    _ = try session.request(.setRate, options.rateWords(epoch: epoch, sequences: train.sequences.count))
    let order = plan.order(epoch: epoch).prefix(count)
    let first = order.count / 2 / options.batch * options.batch
    for number in order[..<first] { _ = try learn(number) }
    let begin = session.time
    for number in order[first...] { _ = try learn(number) }
    if order.count % options.batch != 0 { _ = try session.request(.update) }
    return (session.time - begin) / Double(order.count - first)
  }
}
