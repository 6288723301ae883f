/// Electrical facts of the chip, each here once: firmware, emulator and texts take them from here.
public enum Electrical {
  /// Core clock, hertz.
  @inlinable public static var clockHertz: Int { 100_000_000 }
  /// A cycle of the core clock: 10.
  @inlinable public static var nanosecondsPerCycle: Int { 1_000_000_000 / clockHertz }

  /// Core clock cycles in one step of a pulse width.
  @inlinable public static var cyclesPerPulseStep: Int { 2 }
  /// A step of a pulse width, where a chip is not made with another: 20.
  @inlinable public static var nanosecondsPerPulseStep: Int { cyclesPerPulseStep * nanosecondsPerCycle }

  /// Amplitude of SET and RESET pulses after reset, millivolts.
  @inlinable public static var pulseMillivolts: Int { 1200 }
  /// Width of the ERASE pulse after reset, pulse steps.
  @inlinable public static var eraseSteps: Int { 9600 }
  /// The highest amplitude that the drivers have, millivolts.
  @inlinable public static var largestMillivolts: Int { 4095 }
  /// The longest pulse that the drivers count, pulse steps.
  @inlinable public static var largestSteps: Int { 65_535 }
  /// Transimpedance of both gains after reset, ohms.
  @inlinable public static var feedbackOhms: Int { 10_000 }

  /// On a line driven with the largest code, microvolts.
  @inlinable public static var readMicrovolts: Int { 200_000 }
}

/// The voltages at the converters, counted in steps so that ±819.2 mV is a signed 16-bit number.
///
/// The input of an activation circuit reads as Q3.12 (`z = 1` is `unit`), its output as Q0.15 (`y = 1` is 819.2 mV).
public enum AnalogScale {
  /// A step: 25.
  @inlinable public static var microvoltsPerStep: Int { 25 }

  /// Steps of 1 at the input of an activation circuit: 102.4 mV.
  @inlinable public static var unit: Int { 1 << 12 }
  /// `unit` in microvolts: 102 400.
  @inlinable public static var unitMicrovolts: Int { unit * microvoltsPerStep }

  /// Steps of what `REFERENCE` converts: 409.6 mV, ½ at the output of an activation circuit.
  @inlinable public static var reference: Int { 1 << 14 }
  /// `reference` in microvolts: 409 600.
  @inlinable public static var referenceMicrovolts: Int { reference * microvoltsPerStep }
}

/// The circuit behind a column.
public enum Circuit: UInt32, Sendable, CaseIterable {
  /// The amplifier's output as it is.
  case linear = 0
  /// The circuit of the SIGMOID registers.
  case sigmoid = 1
  /// The circuit of the TANH registers.
  case tanh = 2

  /// As listings call it: `SIGMOID`.
  public var name: StaticString {
    switch self {
    case .linear: "LINEAR"
    case .sigmoid: "SIGMOID"
    case .tanh: "TANH"
    }
  }

  /// One sentence.
  public var meaning: StaticString {
    switch self {
    case .linear: "Hands the amplifier's output on."
    case .sigmoid: "The bank of the SIGMOID registers."
    case .tanh: "The bank of the TANH registers."
    }
  }
}
