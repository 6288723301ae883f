import FixedPoint
import Registers

/// What the host may ask for through the mailbox.
///
/// A request is `[command, words that follow, …]`; the answer `[status, words that follow, …]`. Signed 16-bit numbers
/// travel two a word, even one low; every row or time step begins a new word.
public enum Command: UInt32, Sendable, CaseIterable {
  /// → protocol version, commands that the controller has: bit n for command n.
  case identify = 1
  /// inputs, hidden, outputs, LSTM window (UQ8.8), dense window (UQ8.8), dense headroom (bits).
  case configure = 2
  /// bank (0 sigmoid, 1 tanh), count, RAILS, count × BREAK, count × LINE, as in the chip's registers.
  case setActivation = 3
  /// samples as a power of two → for each tile: largest offset, largest gain error.
  case calibrate = 4
  /// 65 SET times, 65 RESET times, sixteenths of a pulse step; then, if given, 1 for a device with noisy pulses, else 0.
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

  /// rule, loss, backward path, batch, truncation, longest sequence, momentum, levelLog2, pulse width (pulse steps),
  /// threshold (2⁻²⁷ of the window): see `TrainingSettings`.
  case configureTraining = 11
  /// learning rate, 2⁻²⁴.
  case setRate = 12
  /// steps, label, then for each step its inputs and, with a squared error, its targets (Q0.15) → loss (2⁻¹⁶), class.
  case train = 13
  /// Updates with what a batch not yet full has gathered.
  case update = 14
  /// steps, then for each its inputs → for each its outputs.
  case predict = 15
  /// → residuals and velocities of both layers, and the weights that `readBack` keeps.
  case exportState = 16
  /// What `exportState` gave; gradients of an unfinished batch are not part of it and are forgotten.
  case importState = 17

  /// Of the protocol, which `identify` answers.
  public static let version: UInt32 = 1

  /// The bit of the command in the answer to `identify`.
  public var capability: UInt32 { 1 << rawValue }
}

/// How a request went.
public enum Status: UInt32, Error, Sendable, CaseIterable {
  /// It was carried out; the answer's words follow.
  case done = 0
  /// No command has this number.
  case unknownCommand = 1
  /// The request has fewer or more words than its command needs.
  case badLength = 2
  /// A number outside its range.
  case badArgument = 3
  /// The command needs `configure` (or `setPulseTimes`) before it.
  case notConfigured = 4
  /// The network has more lines than the tiles.
  case doesNotFit = 5
  /// A tile refused something; the answer carries the `ERROR` of both tiles.
  case hardware = 6
  /// Training needs more memory than the controller has; the answer carries need and have, bytes.
  case outOfMemory = 7
}

/// What a word of a request may be.
public struct Argument: Sendable {
  /// The words that are taken; others are answered with `badArgument`.
  public let range: ClosedRange<UInt32>

  private init(_ range: ClosedRange<UInt32>) { self.range = range }

  /// Inputs, hidden cells or outputs of a network.
  public static var size: Argument { Argument(1...UInt32(MemoryMap.maximumLines)) }
  /// UQ8.8.
  public static var window: Argument { Argument(1...0xffff) }
  /// Bits.
  public static var headroom: Argument { Argument(0...8) }
  /// 0 or 1: a choice of two.
  public static var flag: Argument { Argument(0...1) }
  /// Segments of an activation circuit.
  public static var segments: Argument { Argument(1...UInt32(PiecewiseLinear.maximumSegments)) }
  /// As in BREAK.
  public static var breakpoint: Argument { Argument(0...0xffff) }
  /// Conversions or reads averaged, as a power of two.
  public static var samplesLog2: Argument { Argument(0...8) }
  /// Sixteenths of a pulse step; below 2³⁰, so that the difference of two cannot overflow.
  public static var pulseTime: Argument { Argument(0...0x3fff_ffff) }
  /// Q0.15 of the window.
  public static var tolerance: Argument { Argument(0...0x7fff) }
  /// Of pulse and read, for each row.
  public static var rounds: Argument { Argument(1...0xffff) }
  /// Time steps of a sequence.
  public static var steps: Argument { Argument(1...0xffff) }
  /// Sequences of an update.
  public static var batch: Argument { Argument(1...0xffff) }
  /// Steps that errors go back; 0 all.
  public static var truncation: Argument { Argument(0...0xffff) }
  /// `m` in v ← v − v/2^m + g; 0 without momentum.
  public static var momentum: Argument { Argument(0...15) }
  /// A level is 2^−levelLog2 of the window.
  public static var levelLog2: Argument { Argument(1...12) }
  /// Steps of a pulse.
  public static var pulseWidth: Argument { Argument(1...0x7fff) }
  /// 2⁻²⁷ of the window.
  public static var threshold: Argument { Argument(0...0x7fff_ffff) }
  /// 2⁻²⁴.
  public static var rate: Argument { Argument(0...0x0fff_ffff) }
}
