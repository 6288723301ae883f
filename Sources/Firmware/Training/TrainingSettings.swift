import FixedPoint
import Registers

/// How gradients become pulses.
public enum UpdateRule: UInt32, Sendable, CaseIterable {
  /// Residuals collect until they are worth a level; then one pulse moves the cell by whole levels.
  case accumulate = 0
  /// A pulse of one width and the sign of the update, where the update is above a threshold.
  case fixedVoltage = 1
  /// A pulse whose width makes the conductance follow the update, from the present conductance.
  case linear = 2
  /// As `accumulate`, but pulsed and verified until the cell is where the update wants it.
  case target = 3
  /// Gradients over their own size; what is owed is written once it is worth it, and what the write missed is owed again:
  /// see `ErrorFeedback`.
  case errorFeedback = 4
}

/// What is to fall.
public enum Loss: UInt32, Sendable, CaseIterable {
  /// Soft-max cross-entropy of the outputs after the last step.
  case crossEntropy = 0
  /// Half the squared error of the outputs after every step.
  case squaredError = 1
}

/// Where `Wᵀδ` comes from.
public enum BackwardPath: UInt32, Sendable, CaseIterable {
  /// The array itself, driven from its columns.
  case readTransposed = 0
  /// Weights read back row by row after each update, multiplied in the controller.
  case readBack = 1
}

/// What `configureTraining` sets.
public struct TrainingSettings: Sendable, Equatable {
  /// How gradients become pulses.
  public var rule: UpdateRule
  /// What is to fall.
  public var loss: Loss
  /// Where `Wᵀδ` comes from.
  public var backward: BackwardPath
  /// Sequences in an update, 1 or more.
  public var batch: Int
  /// Steps that errors go back; 0 all.
  public var truncation: Int
  /// Steps of the longest sequence.
  public var longest: Int
  /// `m` in v ← v − v/2^m + g; 0 without momentum.
  public var momentum: Int
  /// A level is 2^−levelLog2 of the window.
  public var levelLog2: Int
  /// Width of a `fixedVoltage` pulse.
  public var pulseWidth: PulseSteps
  /// Smallest update that `fixedVoltage` pulses for, and `errorFeedback`; with that, zero has the firmware choose.
  public var threshold: Residual

  /// Settings within the ranges of `configureTraining`.
  public init(
    rule: UpdateRule = .accumulate, loss: Loss = .crossEntropy, backward: BackwardPath = .readTransposed,
    batch: Int = 1, truncation: Int = 0, longest: Int, momentum: Int = 0, levelLog2: Int = 5,
    pulseWidth: PulseSteps = PulseSteps(50), threshold: Residual = .zero
  ) {
    self.rule = rule
    self.loss = loss
    self.backward = backward
    self.batch = batch
    self.truncation = truncation
    self.longest = longest
    self.momentum = momentum
    self.levelLog2 = levelLog2
    self.pulseWidth = pulseWidth
    self.threshold = threshold
  }
}

/// The controller's memory, and what a network's training takes of it.
public enum MemoryBudget {
  /// Of a 256 KiB controller, what is left beside code, stack and the mailbox.
  public static let bytes = 144 * 1024

  // What a network takes for each column and word line of its tiles, rounded up: rows that are verified, calibration, the
  // state of its cells, errors on their way back, payments.
  private static var bytesPerColumn: Int { 80 }
  private static var bytesPerWordLine: Int { 16 }

  /// - Returns: bytes of history, gradients, what is owed, velocities, means, weights read back, and the network's buffers.
  static func need(_ network: Network, _ settings: TrainingSettings) -> Int {
    let shape = network.shape
    // The weights that an error goes back through.
    let copied =
      settings.backward == .readBack ? shape.recurrentRows.count * shape.lstm.columns + shape.hidden * shape.outputs : 0
    var need = History.bytesPerStep(shape) * settings.longest + copied * MemoryLayout<Share>.size
    for layer in Layer.allCases {
      let tile = network.tile(layer)
      need += LayerUpdate.bytes(shape[layer], settings)
      need += bytesPerColumn * tile.columns + bytesPerWordLine * tile.wordLines
    }
    return need
  }
}
