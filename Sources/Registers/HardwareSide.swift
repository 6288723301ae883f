/// What the hardware behind a register does with it: what a digital side has to have for it beside the bus.
public enum HardwareSide: Sendable, CaseIterable {
  /// Nothing: it is its value after reset.
  case fixed
  /// Looks at what software has written; a register that holds nothing tells it of each write.
  case reads
  /// Gives what software reads, raises flags, or puts another word in place of what software has written.
  case writes
  /// Makes each access itself: a queue, a read that stalls, a register that is another one at times.
  case answers
}

extension TileRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .geometry, .converters, .conductance, .readVoltage, .timing, .wakeUp: .fixed
    case .start, .unlock, .watchdog, .feedback, .waitLimit, .settle, .snapshot, .activation, .drive, .trim: .reads
    case .status, .error, .amplitude, .eraseWidth, .limitAmplitude, .limitWidth, .aborted, .abortedCycles, .reads,
      .phases,
      .pulses, .programCycles, .serialCycles, .energy, .supply, .supplyState, .saturated, .sense, .pulse:
      .writes
    case .wait, .driveSignals, .senseSignals, .pulsePairs: .answers
    }
  }
}

extension ChipRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .identity, .version, .tiles, .clock, .die, .features: .fixed
    case .interruptEnable, .snapshot, .scalarSigmoid, .scalarTanh, .reset, .sigmoidCount, .sigmoidRails,
      .sigmoidBreakpoint, .sigmoidLine, .tanhCount, .tanhRails, .tanhBreakpoint, .tanhLine:
      .reads
    case .error, .errorAddress, .interruptPending, .cycles, .scalarValue, .scalarSlope, .resetCause: .writes
    }
  }
}

extension HostRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .data: .answers
    case .level: .writes
    case .interruptEnable: .reads
    }
  }
}

extension FlashRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .geometry, .timing, .endurance: .fixed
    case .start, .unlock, .interruptEnable: .reads
    case .status, .error, .cycles, .buffer: .writes
    case .wait: .answers
    }
  }
}

extension CellRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .timing: .fixed
    case .cells, .source, .target, .start: .reads
    case .error, .state, .output: .writes
    }
  }
}

extension TimerRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .softwareInterrupt, .compare: .reads
    case .time: .writes
    }
  }
}

extension UARTRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .data, .interruptEnable, .interruptIdentity, .modemControl: .answers
    case .lineControl, .scratch: .reads
    case .lineStatus, .modemStatus: .writes
    }
  }
}

extension FinisherRegister {
  /// A register added to the map is asked for here.
  public var hardwareSide: HardwareSide {
    switch self {
    case .finish: .reads
    }
  }
}
