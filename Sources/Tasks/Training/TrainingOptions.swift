import Firmware
import FixedPoint
import Registers

/// The choices of a training run.
public struct TrainingOptions: Sendable, Equatable {
  public var hidden = 16
  /// Largest |weight|; what full conductance stands for.
  public var window = 1.0
  public var activation = ActivationKind.hard
  /// Initial bias of the forget gates.
  public var forgetBias = 0.0
  /// Initial weights are uniform in ± this over √lines, within the window.
  public var spread = 1.0
  public var epochs = 20
  public var batch = 1
  /// Learning rate of the first epoch, and its factor from epoch to epoch.
  public var rate = 0.03
  public var decay = 0.93
  /// v ← v − v/2^m + g; 0 without momentum.
  public var momentum = 0
  public var rule = RuleName.accumulate
  public var path = PathName.array
  /// Levels of the weight range, a power of two: `accumulate` and `target` move by whole ones.
  public var levels = 64
  /// Steps that errors go back; 0 all.
  public var truncation = 0
  /// Regression: inputs of the last so many steps at every step.
  public var lags = 1
  /// Nanoseconds of a `fixed-voltage` pulse, and the smallest update it pulses for, share of the window.
  public var pulseWidth = 200
  public var threshold = 0.001

  public init() {}

  public enum RuleName: String, Sendable, CaseIterable {
    case accumulate
    case fixedVoltage = "fixed-voltage"
    case linear, target

    var rule: UpdateRule {
      switch self {
      case .accumulate: .accumulate
      case .fixedVoltage: .fixedVoltage
      case .linear: .linear
      case .target: .target
      }
    }
  }

  public enum PathName: String, Sendable, CaseIterable {
    case array
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
