/// What a file of golden vectors holds an implementation against: a runner for each.
public enum Suite: String, Sendable, CaseIterable {
  case fixed, activation, dac, adc, pulse, random
  case mvm, registers
  case programRow = "program_row"
  case abort, limits, interrupts
  case programVerify = "program_verify"
  case lstmStep = "lstm_step"
  case dense, inference
  case trainingStep = "training_step"
  case calibration

  public enum Kind: String, Sendable, CaseIterable {
    /// Pure functions.
    case value
    /// A chip and a script of bus accesses.
    case bus
    /// A chip, a controller, and requests through the mailbox.
    case firmware
  }

  public var kind: Kind {
    switch self {
    case .fixed, .activation, .dac, .adc, .pulse, .random: .value
    case .mvm, .registers, .programRow, .abort, .limits, .interrupts: .bus
    case .programVerify, .lstmStep, .dense, .inference, .trainingStep, .calibration: .firmware
    }
  }
}

/// Where vectors come from.
public enum Provenance: String, Sendable, CaseIterable {
  /// An independent reference computed them.
  case golden
  /// This product made them: they show that nothing changed, not that it is right.
  case recorded
}
