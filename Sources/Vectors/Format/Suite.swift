/// What a file of golden vectors holds an implementation against: a runner for each.
public enum Suite: String, Sendable, CaseIterable {
  /// Rounding, saturation and requantisation of fixed-point numbers.
  case fixed
  /// Piecewise-linear circuits: outputs and slopes of all 65536 inputs.
  case activation
  /// The voltage of a DAC's code, with offset and bow.
  case dac
  /// The code of a voltage at an ADC, with mismatch, trim and overrange.
  case adc
  /// What one pulse does to a cell, of every device model.
  case pulse
  /// Random words by counter (Philox), and the Gaussian deviates from them.
  case random
  /// What the circuits did, and the energy of the system by parts.
  case energy
  /// Reads, forward and transposed: matrix–vector products, noise and energy.
  case mvm
  /// Reset values, access kinds, refusals, and time to the cycle.
  case registers
  /// `PROGRAM_ROW`: phases, half-selected cells, draws, counters and energy.
  case programRow = "program_row"
  /// Operations that end early: the dose that was given, what is left, `ABORTED`.
  case abort
  /// What can harm an array: the lock, and the limits of amplitudes and widths.
  case limits
  /// Interrupts of operations and errors, and loads of `WAIT` that give up.
  case interrupts
  /// Resets of tiles and of the chip: what ends, what stays, and the causes.
  case reset
  /// Supplies of references and drivers: their order, wake-up, and their loss.
  case power
  /// The flash: pages, time, torn operations, wear, refusals; and the identity of the die.
  case flash
  /// Amplifiers on their way, and how long a conversion takes.
  case settle
  /// Windows: `DRIVE`, `SENSE` and `PULSE` in the numbers of software.
  case windows
  /// The cell unit: states, outputs, where they go, how long that holds the bus.
  case cell
  /// Program–verify: pulse widths, rounds, the report.
  case programVerify = "program_verify"
  /// Steps of the LSTM: codes driven, gates, cell state, hidden state.
  case lstmStep = "lstm_step"
  /// The dense layer: codes driven, outputs, winner, weights as read.
  case dense
  /// The mailbox from configuration to prediction, with every status.
  case inference
  /// In situ training: loss, gradients, and the pulses of the four rules.
  case trainingStep = "training_step"
  /// Offset and gain of every converter, measured and trimmed.
  case calibration
  /// The commissioning record: written, started from, refused.
  case boot
  /// Two networks on four tiles: worked on, active, switched.
  case sides
  /// Weights that have changed since the record: found by column sums, and written back.
  case scrub
  /// A controller on chips with windows and a cell unit.
  case features

  /// What a case of a suite is made of.
  public enum Kind: String, Sendable, CaseIterable {
    /// Pure functions.
    case value
    /// A chip and a script of bus accesses.
    case bus
    /// A chip, a controller, and requests through the mailbox.
    case firmware
  }

  /// Of all its cases; a file says the same.
  public var kind: Kind {
    switch self {
    case .fixed, .activation, .dac, .adc, .pulse, .random, .energy: .value
    case .mvm, .registers, .programRow, .abort, .limits, .interrupts, .reset, .power, .flash, .settle, .windows, .cell:
      .bus
    case .programVerify, .lstmStep, .dense, .inference, .trainingStep, .calibration, .boot, .sides, .scrub,
      .features:
      .firmware
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
