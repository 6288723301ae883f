import Firmware
import FixedPoint
import Registers

/// The choices of a training run.
public struct TrainingOptions: Sendable, Equatable {
  /// Cells of the LSTM, 1 … 1024.
  public var hidden = 16
  /// Largest |weight|; what full conductance stands for.
  public var window = 1.0
  /// Circuits behind the gates and for the cell state.
  public var activation = ActivationKind.hard
  /// Initial bias of the forget gates.
  public var forgetBias = 0.0
  /// Initial weights are uniform in ± this over √lines, within the window.
  public var spread = 1.0
  /// Passes over the training set; 0 for as many as suit it.
  public var epochs = 0
  /// Passes behind those, each group with a ramp of the rate of its own: `--extend`.
  public var extensions: [Int] = []
  /// Sequences in an update, 1 … 65535; 0 for as many as suit the training set.
  public var batch = 0
  /// Learning rate at the beginning, 0 … 8.
  public var rate = 0.008
  /// How the learning rate falls.
  public var schedule = RateSchedule.linear
  /// Factor of the learning rate from epoch to epoch, 0 … 1, where that is the schedule.
  public var decay = 0.93
  /// v ← v − v/2^m + g; 0 without momentum.
  public var momentum = 0
  /// How gradients become pulses.
  public var rule = RuleName.errorFeedback
  /// Where errors that go back get the weights from.
  public var path = PathName.array
  /// Levels of the weight range, a power of two: `accumulate` and `target` move by whole ones.
  public var levels = 64
  /// Steps that errors go back; 0 all.
  public var truncation = 0
  /// Regression: inputs of the last so many steps at every step.
  public var lags = 1
  /// Of a `fixedVoltage` pulse, nanoseconds.
  public var pulseWidth = 200
  /// Share of the window; 0 for the rule's own. Of `errorFeedback` what a weight is owed before it is written, by default the
  /// firmware's `WriteThreshold`; of `fixedVoltage` the smallest update that is pulsed for, by default 0.001.
  public var threshold = 0.0

  /// After so many epochs the test set is tried, besides at the end; 0 for at the end alone.
  public var testEvery = 0
  /// Which weights a training ends with.
  public var selection = Selection.last
  /// On a chip that is loaded: whether it goes on from the weights in its cells; else initial ones are written.
  public var goesOn = false

  /// The defaults, which presets of the catalogue's tasks differ from.
  public init() {}

  /// Which weights a training ends with, as `--select` takes it.
  public enum Selection: String, Sendable, CaseIterable {
    /// Those of the last epoch.
    case last
    /// Those of the epoch that was best on the validation set, read from the chip then and written back at the end.
    case best
  }

  /// How gradients become pulses, as `--rule` takes it; the firmware's `UpdateRule`.
  public enum RuleName: String, Sendable, CaseIterable {
    /// Residuals collect until they are worth a level; then one pulse moves the cell by whole levels.
    case accumulate
    /// A pulse of `pulseWidth` with the sign of the update, where the update is above `threshold`.
    case fixedVoltage = "fixed-voltage"
    /// A pulse whose width makes the conductance follow the update, from the present conductance.
    case linear
    /// As `accumulate`, but pulsed and verified until the cell is where the update wants it.
    case target
    /// Gradients over their own size; written once it is worth it, and what a write missed is owed again: the firmware's
    /// `ErrorFeedback`.
    case errorFeedback = "error-feedback"

    var rule: UpdateRule {
      switch self {
      case .accumulate: .accumulate
      case .fixedVoltage: .fixedVoltage
      case .linear: .linear
      case .target: .target
      case .errorFeedback: .errorFeedback
      }
    }
  }

  /// Where `Wᵀδ` comes from, as `--path` takes it; the firmware's `BackwardPath`.
  public enum PathName: String, Sendable, CaseIterable {
    /// The array itself, driven from its columns: `READ_T`.
    case array
    /// Weights read back row by row after each update, multiplied in the controller.
    case readBack = "read-back"
  }

  /// The firmware's words for `configureTraining`.
  func words(longest: Int, loss: Loss, stepNanoseconds: Int) -> [UInt32] {
    // A level is range/levels; the range is two windows.
    let levelLog2 = UInt32(max(levels.trailingZeroBitCount - 1, 1))
    let path = path == .array ? BackwardPath.readTransposed : .readBack
    return [
      rule.rule.rawValue, loss.rawValue, path.rawValue, UInt32(batch), UInt32(truncation), UInt32(longest),
      UInt32(momentum), levelLog2, UInt32(min(max(pulseWidth / stepNanoseconds, 1), 32_767)),
      UInt32(thresholdOfRule.raw),
    ]
  }

  private var thresholdOfRule: Residual {
    switch rule {
    case .fixedVoltage where threshold == 0: Residual(0.001)
    // Below a window, by as little as there is.
    case .errorFeedback: min(Residual(threshold), Residual(raw: Residual.one.raw - 1))
    default: Residual(threshold)
    }
  }
}
