/// What the host may ask for through the mailbox.
///
/// A request is `[command, words that follow, …]`; the answer `[status, words that follow, …]`. Signed 16-bit numbers
/// travel two a word, even one low; every row or time step begins a new word.
public enum Command: UInt32, Sendable, CaseIterable {
  /// → protocol version.
  case identify = 1
  /// inputs, hidden, outputs, LSTM window (UQ8.8), dense window (UQ8.8), dense headroom (bits).
  case configure = 2
  /// bank (0 sigmoid, 1 tanh), count, RAILS, count × BREAK, count × LINE, as in the chip's registers.
  case setActivation = 3
  /// samples as a power of two → for each tile: largest offset, largest gain error.
  case calibrate = 4
  /// 65 SET times, 65 RESET times, sixteenths of a pulse step.
  case setPulseTimes = 5
  /// layer, tolerance (Q0.15), rounds, samples as a power of two, rows × columns weights (Q0.15 of the window)
  /// → worst error, cells missed, rounds, reads.
  case program = 6
  /// steps, steps × inputs values (Q0.15) → class, outputs.
  case infer = 7
  /// layer, samples as a power of two → rows × columns weights (Q0.15 of the window, saturated).
  case readWeights = 8
  /// layer: RESET of every cell.
  case erase = 9
  /// Leave the command loop.
  case stop = 10

  public static let version: UInt32 = 1
}

/// How a request went.
public enum Status: UInt32, Error, Sendable, CaseIterable {
  case done = 0
  case unknownCommand = 1
  /// The request has fewer or more words than its command needs.
  case badLength = 2
  /// A number outside its range.
  case badArgument = 3
  /// The command needs `configure` (or `setPulseTimes`) before it.
  case notConfigured = 4
  /// The network has more lines than the tiles; the answer carries need and have, word lines then bit lines, of both.
  case doesNotFit = 5
  /// A tile refused something; the answer carries the `ERROR` of both tiles.
  case hardware = 6
}

/// Which tile a request speaks of.
public enum Layer: UInt32, Sendable, CaseIterable {
  case lstm = 0
  case dense = 1
}
