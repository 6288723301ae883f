import FixedPoint
import Registers

/// What the host may ask for through the mailbox.
///
/// A request is `[command, words that follow, …]`; the answer `[status, words that follow, …]`: see `words`. Signed
/// 16-bit numbers travel two a word, even one low; every row or time step begins a new word.
public enum Command: UInt32, Sendable, CaseIterable {
  /// Which protocol the controller speaks, and how much of it.
  case identify = 1
  /// Has a network on both tiles, whose cells stay as they are.
  case configure = 2
  /// The lines of a circuit.
  case setActivation = 3
  /// Trims the converters of both tiles.
  case calibrate = 4
  /// How long pulses of this die have to be.
  case setPulseTimes = 5
  /// Program–verify of a layer.
  case program = 6
  /// Classifies a sequence.
  case infer = 7
  /// The weights as the array reads them.
  case readWeights = 8
  /// RESET of every cell of a layer.
  case erase = 9
  /// Leave the command loop.
  case stop = 10
  /// Begins to train the network: see `TrainingSettings`.
  case configureTraining = 11
  /// From the next update on: the same for all, or a ramp to zero.
  case setRate = 12
  /// Learns a sequence.
  case train = 13
  /// Updates with what a batch not yet full has gathered.
  case update = 14
  /// The outputs of every step.
  case predict = 15
  /// What a training has to be given to go on.
  case exportState = 16
  /// What `exportState` gave; gradients of an unfinished batch are not part of it and are forgotten.
  case importState = 17
  /// Writes the commissioning record into the flash.
  case commit = 18
  /// Makes the chip ready for inference by the newest record.
  case boot = 19
  /// Finds single weights that are not as the record's sums have them, and writes them back.
  case scrub = 20
  /// Which of two networks requests are of.
  case workOn = 21
  /// Which of two networks `infer` and `predict` are of.
  case switchTo = 22
  /// What training with error feedback has come to.
  case trainingReport = 23

  /// Of the protocol, which `identify` answers.
  public static let version: UInt32 = 1

  /// The bit of the command in the answer to `identify`.
  public var capability: UInt32 { 1 << rawValue }

  /// Whether it is of the network that is active, else of the one that is worked on.
  public var isOfActiveSide: Bool { self == .infer || self == .predict }

  /// The words that follow a request's count, and those of its answer after `done`, as the documents list them.
  public var words: (request: StaticString, answer: StaticString) {
    switch self {
    case .identify: ("", "version, capabilities (bit n for command n)")
    case .configure:
      ("inputs, hidden, outputs, LSTM window (UQ8.8), dense window (UQ8.8), dense headroom (0…8 bits)", "")
    case .setActivation:
      ("bank (0 sigmoid, 1 tanh), count, `RAILS`, count × `BREAK`, count × `LINE`, as in the registers", "")
    case .calibrate:
      ("samples as a power of two (0…8)", "largest offset, largest gain error, of tile 0, of tile 1")
    case .setPulseTimes:
      (
        """
        65 SET times, 65 RESET times, sixteenths of a pulse step; then, if given, 1 for a device with noisy pulses, \
        else 0
        """, ""
      )
    case .program:
      (
        """
        layer (0 LSTM, 1 dense), tolerance (Q0.15), rounds, samples as a power of two, rows × columns weights (Q0.15 \
        of the window)
        """, "worst error, cells missed, rounds, reads"
      )
    case .infer: ("steps, steps × inputs (Q0.15)", "class, outputs")
    case .readWeights: ("layer, samples as a power of two", "rows × columns weights (Q0.15 of the window, saturated)")
    case .erase: ("layer", "")
    case .stop: ("", "")
    case .configureTraining:
      (
        """
        rule, loss, backward path, batch, truncation, longest sequence, momentum, levels, pulse width, threshold: \
        `TrainingSettings`
        """, ""
      )
    case .setRate:
      (
        """
        learning rate, 2⁻²⁴; then, for a ramp to zero, updates that are behind and updates of the whole ramp
        """, ""
      )
    case .train:
      ("steps, label, then for each step its inputs and, with a squared error, its targets", "loss (2⁻¹⁶), class")
    case .update: ("", "")
    case .predict: ("steps, then for each its inputs", "for each its outputs")
    case .exportState:
      ("", "residuals and velocities, or debts and means, of both layers, and the weights that `readBack` keeps")
    case .importState: ("what 16 gave", "")
    case .commit: ("samples as a power of two (0…8)", "sequence number, words of the record")
    case .boot:
      (
        "nothing, or side (0 tiles 0 and 1, 1 tiles 2 and 3)",
        "sequence number, side; inputs, hidden, outputs, both windows and headroom, as in 2"
      )
    case .scrub:
      (
        "layer, tolerance (Q0.15), rounds, samples as a power of two",
        "columns off, cells re-verified, columns off afterwards, rounds, reads"
      )
    case .workOn, .switchTo: ("side", "")
    case .trainingReport:
      (
        "",
        """
        of LSTM and dense layer: updates, writes, weights given up, write error, threshold (2⁻²⁷ of the window); 0 but \
        with error feedback
        """
      )
    }
  }
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
  /// The flash holds no commissioning record.
  case noRecord = 8
  /// The flash holds a record, and none that is whole.
  case damagedRecord = 9
  /// The newest record is that of another die.
  case foreignRecord = 10
  /// The flash did not keep the record; the answer carries its `ERROR`.
  case flash = 11
  /// The record is of another network than the one that is configured.
  case otherRecord = 12
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
  /// With error feedback.
  public static var noMomentum: Argument { Argument(0...0) }
  /// A level is 2^−levelLog2 of the window.
  public static var levelLog2: Argument { Argument(1...12) }
  /// Steps of a pulse.
  public static var pulseWidth: Argument { Argument(1...0x7fff) }
  /// 2⁻²⁷ of the window.
  public static var threshold: Argument { Argument(0...0x7fff_ffff) }
  /// 2⁻²⁷ of the window, below a window; 0 for the firmware's own.
  public static var debtThreshold: Argument { Argument(0...0x07ff_ffff) }
  /// Of a ramp.
  public static var updates: Argument { Argument(1...UInt32.max) }
  /// 2⁻²⁴.
  public static var rate: Argument { Argument(0...0x0fff_ffff) }
}
