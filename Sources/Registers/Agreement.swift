/// How far bits of a register agree between two dies that were made alike, whose firmware is the same.
public enum AgreementClass: Sendable, CaseIterable {
  /// Digital: equal on every die.
  case exact
  /// What a converter made of a voltage: a code within a band, or of a distribution.
  case converted
  /// Cycles, rounds, pulses, energy: they follow from converted codes, by the firmware's rounds.
  case counted
  /// What software works out from converted codes: equal as long as the codes were.
  case derived
  /// What tells a die from others.
  case own
}

/// The classes of a register's bits; what is in no mask is exact.
@frozen
public struct AgreementMasks: Sendable, Equatable {
  /// Bits that a converter made.
  public var converted: UInt32
  /// Bits that follow from converted codes by rounds.
  public var counted: UInt32
  /// Bits that software works out from converted codes.
  public var derived: UInt32
  /// Bits that tell a die from others.
  public var own: UInt32

  /// No bit of two masks is the same.
  public init(converted: UInt32 = 0, counted: UInt32 = 0, derived: UInt32 = 0, own: UInt32 = 0) {
    self.converted = converted
    self.counted = counted
    self.derived = derived
    self.own = own
  }

  /// All bits are equal on every die.
  public static let exact = AgreementMasks()
  static let converted = AgreementMasks(converted: .max)
  static let counted = AgreementMasks(counted: .max)
  static let derived = AgreementMasks(derived: .max)
  static let own = AgreementMasks(own: .max)

  /// The class of a bit field: that of its lowest bit.
  public func agreement(of field: Field) -> AgreementClass {
    let bit = UInt32(1) << field.lowBit
    if converted & bit != 0 { return .converted }
    if counted & bit != 0 { return .counted }
    if derived & bit != 0 { return .derived }
    return own & bit != 0 ? .own : .exact
  }
}

extension TileRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .sense, .senseSignals, .saturated: .converted
    case .status, .wait: AgreementMasks(converted: Status.saturated.mask)
    case .abortedCycles, .reads, .phases, .pulses, .programCycles, .serialCycles, .energy: .counted
    case .drive, .driveSignals, .pulse, .pulsePairs, .trim: .derived
    case .geometry, .converters, .start, .error, .unlock, .watchdog, .conductance, .readVoltage, .timing, .amplitude,
      .eraseWidth, .feedback, .limitAmplitude, .limitWidth, .aborted, .waitLimit, .settle, .snapshot, .supply,
      .supplyState,
      .wakeUp, .activation:
      .exact
    }
  }
}

extension ChipRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .cycles: .counted
    case .scalarSigmoid, .scalarTanh, .scalarValue, .scalarSlope: .derived
    case .die: .own
    case .identity, .version, .tiles, .clock, .features, .error, .errorAddress, .interruptPending, .interruptEnable,
      .snapshot, .reset, .resetCause, .sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine, .tanhCount,
      .tanhRails,
      .tanhBreakpoint, .tanhLine:
      .exact
    }
  }
}

extension HostRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .data: .derived
    case .level, .interruptEnable: .exact
    }
  }
}

extension FlashRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .buffer: .derived
    case .geometry, .timing, .start, .status, .wait, .error, .unlock, .interruptEnable, .endurance, .cycles: .exact
    }
  }
}

extension CellRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .state, .output: .derived
    case .cells, .source, .target, .start, .error, .timing: .exact
    }
  }
}

extension TimerRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .time: .counted
    case .compare: .derived
    case .softwareInterrupt: .exact
    }
  }
}

extension UARTRegister {
  /// A register added to the map is asked for here.
  public var agreement: AgreementMasks {
    switch self {
    case .data: .derived
    case .interruptEnable, .interruptIdentity, .lineControl, .modemControl, .lineStatus, .modemStatus, .scratch: .exact
    }
  }
}

extension FinisherRegister {
  /// A finisher ends a run, whatever the die.
  public var agreement: AgreementMasks { .exact }
}

/// The classes of all registers of a board, by address.
public struct AgreementMap: Sendable {
  private struct Block: Sendable {
    let base: UInt32
    /// A register's bytes are 1 shifted left by it.
    let shift: UInt32
    /// Of each register-sized place; exact where there is no register.
    let places: [AgreementMasks]
  }

  private let tile: Block
  private let others: [Block]

  /// Of a board with all the tiles that there can be.
  public init() {
    tile = Self.block(at: MemoryMap.firstTile, of: TileRegister.self) { $0.agreement }
    others = [
      Self.block(at: MemoryMap.chip, of: ChipRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.host, of: HostRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.flash, of: FlashRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.cellUnit, of: CellRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.timer, of: TimerRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.uart, of: UARTRegister.self) { $0.agreement },
      Self.block(at: MemoryMap.finisher, of: FinisherRegister.self) { $0.agreement },
    ]
  }

  private static func block<Register: RegisterBlock>(
    at base: UInt32, of _: Register.Type, _ agreement: (Register) -> AgreementMasks
  ) -> Block {
    let ends = Register.allCases.map { Int($0.rawValue / Register.registerBytes + $0.register.count) }
    var places = Array(repeating: AgreementMasks.exact, count: ends.max() ?? 0)
    for register in Register.allCases {
      let first = Int(register.rawValue / Register.registerBytes)
      for place in first..<first + Int(register.register.count) { places[place] = agreement(register) }
    }
    return Block(base: base, shift: UInt32(Register.registerBytes.trailingZeroBitCount), places: places)
  }

  /// The classes of what an access reads or writes. What is read from a queue comes from outside and is exact.
  public func masks(of access: Transaction) -> AgreementMasks {
    let tiles = UInt32(MemoryMap.maximumTiles) &* MemoryMap.tileStride
    if access.address &- MemoryMap.firstTile < tiles {
      return Self.masks(at: access.address & (MemoryMap.tileStride - 1), of: tile)
    }
    let queues = [MemoryMap.host + HostRegister.data.rawValue, MemoryMap.uart + UARTRegister.data.rawValue]
    if access.kind == .read, queues.contains(access.address) { return .exact }
    for block in others where Int((access.address &- block.base) >> block.shift) < block.places.count {
      return Self.masks(at: access.address &- block.base, of: block)
    }
    return .exact
  }

  private static func masks(at offset: UInt32, of block: Block) -> AgreementMasks {
    let place = Int(offset >> block.shift)
    return place < block.places.count ? block.places[place] : .exact
  }
}
