/// Tile `MBXn`: one crossbar with its converters, activation circuits and pulse drivers.
///
/// Analog voltages at the converters are counted in the steps of `AnalogScale`.
public enum TileRegister: UInt32, RegisterBlock {
  case geometry = 0x000
  case converters = 0x004
  case start = 0x008
  case status = 0x00c
  case wait = 0x010
  case error = 0x014
  case unlock = 0x018
  case watchdog = 0x01c
  case conductance = 0x020
  case readVoltage = 0x028
  case timing = 0x02c
  case amplitude = 0x030
  case eraseWidth = 0x034
  case feedback = 0x040
  case limitAmplitude = 0x048
  case limitWidth = 0x04c
  case aborted = 0x050
  case abortedCycles = 0x054
  case waitLimit = 0x058
  case settle = 0x05c
  case snapshot = 0x060
  case reads = 0x068
  case phases = 0x070
  case pulses = 0x078
  case programCycles = 0x080
  case serialCycles = 0x088
  case energy = 0x090
  case supply = 0x0a0
  case supplyState = 0x0a4
  case wakeUp = 0x0a8
  case activation = 0x100
  case saturated = 0x200
  case drive = 0x1000
  case sense = 0x2000
  case pulse = 0x3000
  case trim = 0x4000
  case driveSignals = 0x5000
  case senseSignals = 0x6000
  case pulsePairs = 0x7000

  /// The word that `UNLOCK` takes to allow programming; any other locks again.
  public static let unlockKey: UInt32 = 0x5052_4f47

  /// Fields of `geometry`.
  public enum Geometry {
    public static var wordLines: Field { Field("WORD_LINES", .readOnly, bits: 0...10, "Word lines of the array.") }
    public static var bitLines: Field { Field("BIT_LINES", .readOnly, bits: 16...26, "Bit lines of the array.") }
  }
  /// Fields of `converters`.
  public enum Converters {
    public static var dacBits: Field { Field("DAC_BITS", .readOnly, bits: 0...4, "Bits of a DAC code, sign included.") }
    public static var adcBits: Field {
      Field("ADC_BITS", .readOnly, bits: 8...12, "Bits of an ADC code, sign included.")
    }
    public static var differential: Field {
      Field(
        "DIFFERENTIAL", .readOnly, bit: 16, of: .synapse,
        "1: a column is a pair of bit lines (even minus odd); 0: a bit line and a reference.")
    }
    public static var features: Field {
      Field("FEATURES", .readOnly, bit: 24, "1: MBX.FEATURES names what the chip has more.")
    }
  }
  /// Fields of `start`.
  public enum Start {
    public static var operation: Field {
      Field("OPERATION", .writeOnly, bits: 0...3, of: .operation, "What to do; see the table of operations.")
    }
    public static var gain: Field {
      Field("GAIN", .writeOnly, bit: 4, of: .gain, "Which FEEDBACK resistor the amplifiers use.")
    }
    public static var linear: Field { Field("LINEAR", .writeOnly, bit: 5, "1: bypass the activation circuits.") }
    public static var row: Field { Field("ROW", .writeOnly, bits: 16...25, "The word line of PROGRAM_ROW.") }
  }
  /// Fields of `status` and `wait`.
  public enum Status {
    public static var busy: Field { Field("BUSY", .readOnly, bit: 0, "An operation is under way.") }
    public static var locked: Field {
      Field("LOCKED", .readOnly, bit: 1, "Programming is refused until UNLOCK has the key.")
    }
    public static var saturated: Field { Field("SATURATED", .readOnly, bit: 2, "SATURATED has a bit set.") }
    public static var error: Field { Field("ERROR", .readOnly, bit: 3, "Some bit of ERROR is set.") }
    public static var operation: Field {
      Field("OPERATION", .readOnly, bits: 4...7, of: .latestOperation, "The last operation accepted.")
    }
    /// Whether `SENSE` has older codes than those of the conversion started last.
    public static var stale: Field {
      Field(
        "STALE", .readOnly, bit: 8,
        "The last conversion ended early, or began unsettled: SENSE has the codes of one before.")
    }
  }
  /// Where the operation stood that ended early last.
  public enum Aborted {
    /// Its code, 0 while there was none.
    public static var operation: Field {
      Field("OPERATION", .readOnly, bits: 0...3, of: .latestOperation, "The operation; 0 while none has ended early.")
    }
    /// The phase under way.
    public static var phase: Field {
      Field("PHASE", .readOnly, bits: 4...5, of: .phase, "The phase that was begun last: 1 SET, 2 RESET, 0 none.")
    }
    /// Its word line.
    public static var row: Field { Field("ROW", .readOnly, bits: 16...25, "The word line of that phase.") }
  }
  /// The field of `settle`.
  public static var settleCycles: Field { Field("CYCLES", .readWrite, bits: 0...7, "Of the core clock, 1 or more.") }
  /// Fields of `timing`, in core clock cycles.
  public enum Timing {
    public static var settle: Field {
      Field("SETTLE", .readOnly, bits: 0...7, "Lines and amplifiers settle, typically: SETTLE after reset.")
    }
    public static var convert: Field {
      Field("CONVERT", .readOnly, bits: 8...15, "All ADCs sample and convert, a cycle a bit.")
    }
    public static var relax: Field { Field("RELAX", .readOnly, bits: 16...31, "Rest after a pulse phase.") }
  }
  /// Fields of `amplitude`.
  public enum Amplitude {
    public static var set: Field { Field("SET_MV", .readWrite, bits: 0...11, "SET pulse amplitude, millivolts.") }
    public static var reset: Field {
      Field("RESET_MV", .readWrite, bits: 16...27, "RESET pulse amplitude, millivolts.")
    }

    /// The word of both amplitudes, each 0 to 4095 mV.
    public static func word(set millivolts: Int, reset resetMillivolts: Int) -> UInt32 {
      set.encode(UInt32(millivolts)) | reset.encode(UInt32(resetMillivolts))
    }
  }
  /// What no programming voltage and no width may be above, until power-up.
  public enum Limit {
    /// Steps, of either sign.
    public static var width: Field {
      Field("WIDTH", .readWrite, bits: 0...15, in: .pulseSteps, "Longest pulse.")
    }
    /// Whether the limit was written: it takes no other word then.
    public static var fixed: Field { Field("FIXED", .readOnly, bit: 31, "1: written, and kept until power-up.") }
  }
  /// The fields of `PULSE`.
  public enum Pulse {
    public static var width: Field {
      Field(
        "WIDTH", .readWrite, bits: 0...15, signed: true, in: .pulseSteps,
        "Pulse width: positive SET, negative RESET, 0 none.")
    }
  }
  /// Fields of `trim`.
  public enum Trim {
    public static var offset: Field {
      Field("OFFSET", .readWrite, bits: 0...15, signed: true, in: .analogSteps, "Voltage taken off before conversion.")
    }
    public static var gain: Field {
      Field("GAIN", .readWrite, bits: 16...31, "Gain after the offset, UQ1.15: 0x8000 is 1.")
    }
    /// Gain 1.
    @inlinable public static var unitGain: UInt32 { 1 << 15 }
    /// The word that changes nothing.
    @inlinable public static var unit: UInt32 { unitGain << 16 }
  }
  private static func lanes(_ access: Access) -> [Field] {
    [
      Field("EVEN", access, bits: 0...15, signed: true, "The code of line 2i."),
      Field("ODD", access, bits: 16...31, signed: true, "The code of line 2i + 1."),
    ]
  }

  public var register: Register {
    switch self {
    case .geometry:
      Register(
        "GEOMETRY", from: .chip, "Size of the array.", fields: [Geometry.wordLines, Geometry.bitLines])
    case .converters:
      Register(
        "CONVERTERS", from: .chip, "What the converters and the synapse are.",
        fields: [Converters.dacBits, Converters.adcBits, Converters.differential, Converters.features])
    case .start:
      Register(
        "START", "Starts one operation.",
        fields: [Start.operation, Start.gain, Start.linear, Start.row])
    case .status:
      Register("STATUS", reset: Status.locked.mask, "State of the tile.", fields: Self.statusFields)
    case .wait:
      Register(
        "WAIT", reset: Status.locked.mask, "STATUS, read once the tile is idle: the bus stalls until then.",
        fields: Self.statusFields.map { $0.readOnly })
    case .error:
      Register("ERROR", whileBusy: true, "What was refused; each bit stays until cleared.", fields: TileError.fields)
    case .unlock:
      Register("UNLOCK", .writeOnly, whileBusy: true, "0x50524F47 allows programming, any other word locks.")
    case .watchdog:
      Register("WATCHDOG", .readWrite, reset: 0, guarded: true, "Cycles after which an operation is aborted; 0 never.")
    case .conductance:
      Register(
        "CONDUCTANCE", .readOnly, count: 2, from: .chip, "Lowest and highest conductance of a device, nanosiemens.")
    case .readVoltage: Register("READ_VOLTAGE", .readOnly, from: .chip, "Microvolts on a line driven with code 1.")
    case .timing:
      Register(
        "TIMING", from: .chip, "Cycles that the parts of an operation take.",
        fields: [Timing.settle, Timing.convert, Timing.relax])
    case .amplitude:
      Register(
        "AMPLITUDE",
        reset: Amplitude.word(set: Electrical.pulseMillivolts, reset: Electrical.pulseMillivolts),
        from: .chip, guarded: true, "Programming voltages; half of it on half-selected cells.",
        fields: [Amplitude.set, Amplitude.reset])
    case .eraseWidth:
      Register(
        "ERASE_WIDTH", reset: UInt32(Electrical.eraseSteps), guarded: true, "Width of the ERASE pulse.",
        fields: [Field("WIDTH", .readWrite, bits: 0...15, in: .pulseSteps, "Width of each pulse.")])
    case .feedback:
      Register(
        "FEEDBACK", count: 2, reset: UInt32(Electrical.feedbackOhms), from: .chip, guarded: true,
        "Transimpedance of gain 0 and of gain 1.",
        fields: [Field("OHMS", .readWrite, bits: 0...31, of: .resistance, "Ohms, 1 or more.")])
    case .limitAmplitude:
      Register(
        "LIMIT_AMPLITUDE",
        reset: Amplitude.word(set: Electrical.largestMillivolts, reset: Electrical.largestMillivolts),
        from: .chip, guarded: true, "The highest programming voltages that AMPLITUDE takes; lowered once.",
        fields: [Amplitude.set, Amplitude.reset, Limit.fixed])
    case .limitWidth:
      Register(
        "LIMIT_WIDTH", reset: UInt32(Electrical.largestSteps), guarded: true,
        "The longest pulse that ERASE_WIDTH and PULSE take, whatever its sign; lowered once.",
        fields: [Limit.width, Limit.fixed])
    case .aborted:
      Register(
        "ABORTED", "Where the last operation that ended early stood.",
        fields: [Aborted.operation, Aborted.phase, Aborted.row])
    case .abortedCycles:
      Register(
        "ABORTED_CYCLES", .readOnly, "Cycles that the phase in ABORTED had had by then, or else the operation.")
    case .waitLimit:
      Register(
        "WAIT_LIMIT", .readWrite, "Cycles after which a load of WAIT gives up and returns BUSY; 0 never.")
    case .settle:
      Register(
        "SETTLE", from: .chip,
        "From when lines are driven to when ADCs sample: an amplifier that needs longer is sampled on its way.",
        fields: [Self.settleCycles])
    case .snapshot:
      Register("SNAPSHOT", .writeOnly, whileBusy: true, "Any write copies the counters below for reading.")
    case .reads: Register("READS", .readOnly, count: 2, "READ, READ_T, ZERO and REFERENCE done: low word, high word.")
    case .phases: Register("PHASES", .readOnly, count: 2, "Pulse phases done, each on a whole row.")
    case .pulses: Register("PULSES", .readOnly, count: 2, "Cell pulses done.")
    case .programCycles: Register("PROGRAM_CYCLES", .readOnly, count: 2, "Cycles spent on pulse phases.")
    case .serialCycles:
      Register("SERIAL_CYCLES", .readOnly, count: 2, "Cycles the same pulses would take one cell at a time.")
    case .energy: Register("ENERGY", .readOnly, count: 2, "Energy dissipated in the array, attojoules.")
    case .supply:
      Register(
        "SUPPLY", reset: Supply.wanted.analog.mask | Supply.wanted.drivers.mask,
        "Switches supplies: ANALOG before DRIVERS on settled references, DRIVERS off before ANALOG.",
        fields: [Supply.wanted.analog, Supply.wanted.drivers])
    case .supplyState:
      Register(
        "SUPPLY_STATE",
        reset: Supply.logic.mask | Supply.present.analog.mask | Supply.present.drivers.mask | Supply.settled.mask,
        "What is supplied, and whether it has settled.",
        fields: [Supply.logic, Supply.present.analog, Supply.present.drivers, Supply.settled])
    case .wakeUp:
      Register(
        "WAKE_UP", .readOnly, from: .chip, "Cycles that references and amplifiers settle once they are supplied.")
    case .activation:
      Register(
        "ACTIVATION", .readWrite, count: 64, extent: .columns(perElement: Activation.columnsPerWord),
        packed: PackedFields("COLUMN", width: 2, of: .circuit, "Circuit behind a column of the word."),
        "Circuit behind each column, two bits a column from bit 0; see the table of circuits.")
    case .saturated:
      Register(
        "SATURATED", .readOnly, count: 32, extent: .lines(perElement: 32),
        "Lines whose last conversion left the range, one bit a line: a linear column's amplifier limited, or more than half a code over."
      )
    case .drive:
      Register(
        "DRIVE", count: 512, extent: .lines(perElement: 2), "DAC codes of the driven lines, two a word.",
        fields: Self.lanes(.readWrite))
    case .sense:
      Register(
        "SENSE", count: 512, extent: .lines(perElement: 2),
        "ADC codes of the converted lines, two a word; those of lines not converted stay.",
        fields: Self.lanes(.readOnly))
    case .pulse:
      Register(
        "PULSE", count: 1024, extent: .bitLines(perElement: 1),
        "Width on each bit line for PROGRAM_ROW, which leaves what it had no time for: 0 at its own end.",
        fields: [Pulse.width])
    case .trim:
      Register(
        "TRIM", count: 1024, extent: .lines(perElement: 1), reset: Trim.unit, guarded: true,
        "Correction of each ADC.",
        fields: [Trim.offset, Trim.gain])
    case .driveSignals:
      Register(
        "DRIVE_SIGNALS", count: 512, extent: .lines(perElement: 2), needs: .windows,
        "DRIVE in Q0.15: the code of a signal in ±1.", fields: Self.signals(.writeOnly))
    case .senseSignals:
      Register(
        "SENSE_SIGNALS", count: 512, extent: .lines(perElement: 2), needs: .windows,
        "SENSE with its codes at the top of 16 bits.", fields: Self.signals(.readOnly))
    case .pulsePairs:
      Register(
        "PULSE_PAIRS", count: 512, extent: .bitLines(perElement: 2), needs: .windows,
        "PULSE of two bit lines at once.", fields: Self.signals(.writeOnly))
    }
  }

  private static var statusFields: [Field] {
    [Status.busy, Status.locked, Status.saturated, Status.error, Status.operation, Status.stale]
  }
}
