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
  /// Passes over the training set.
  public var epochs = 20
  /// Sequences in an update, 1 … 65535.
  public var batch = 1
  /// Learning rate of the first epoch, 0 … 8.
  public var rate = 0.03
  /// Factor of the learning rate from epoch to epoch, 0 … 1.
  public var decay = 0.93
  /// v ← v − v/2^m + g; 0 without momentum.
  public var momentum = 0
  /// How gradients become pulses.
  public var rule = RuleName.accumulate
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
  /// Smallest update that `fixedVoltage` pulses for, share of the window.
  public var threshold = 0.001

  /// The defaults, which presets of the catalogue's tasks differ from.
  public init() {}

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

    var rule: UpdateRule {
      switch self {
      case .accumulate: .accumulate
      case .fixedVoltage: .fixedVoltage
      case .linear: .linear
      case .target: .target
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
      UInt32(Residual(threshold).raw),
    ]
  }

  /// Of an epoch from 0.
  func rate(epoch: Int) -> Rate {
    var rate = rate
    for _ in 0..<epoch { rate *= decay }
    return Rate(rate)
  }
}
