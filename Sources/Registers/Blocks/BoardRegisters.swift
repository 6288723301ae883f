/// `UART`: a 16550 as QEMU's `virt` machine has one, its interrupt on the external line.
public enum UARTRegister: UInt32, RegisterBlock {
  case data = 0
  case interruptEnable = 1
  /// `IIR` when it is read, `FCR` when it is written.
  case interruptIdentity = 2
  case lineControl = 3
  case modemControl = 4
  case lineStatus = 5
  case modemStatus = 6
  case scratch = 7

  public static var registerBytes: UInt32 { 1 }

  /// `IER`: which causes raise the line.
  public enum InterruptEnable {
    public static var received: Field { Field("RDA", .readWrite, bit: 0, "A received byte waits.") }
    public static var sent: Field { Field("THRE", .readWrite, bit: 1, "A byte may be written.") }
    public static var line: Field { Field("RLS", .readWrite, bit: 2, "An error of the line: never.") }
    public static var modem: Field { Field("MS", .readWrite, bit: 3, "A change of MSR: never.") }
    public static var rest: Field { Field("REST", .readWrite, bits: 4...7, "Reads as 0.") }
  }

  /// What `IIR` says, the most urgent first.
  public enum Cause: UInt32, Sendable, CaseIterable {
    /// Bytes wait in the FIFO, fewer than its trigger.
    case timeout = 0x0c
    /// A byte waits, or as many as the trigger.
    case received = 0x04
    /// A byte may be written.
    case sent = 0x02
    /// None.
    case nothing = 0x01

    /// `TIMEOUT`.
    public var name: StaticString {
      switch self {
      case .timeout: "TIMEOUT"
      case .received: "RDA"
      case .sent: "THRE"
      case .nothing: "NONE"
      }
    }

    /// As it is called while the FIFO is enabled.
    public var nameWithFIFO: StaticString {
      switch self {
      case .timeout: "TIMEOUT_FIFO"
      case .received: "RDA_FIFO"
      case .sent: "THRE_FIFO"
      case .nothing: "NONE_FIFO"
      }
    }

    /// One sentence.
    public var meaning: StaticString {
      switch self {
      case .timeout: "Bytes wait in the FIFO, fewer than its trigger."
      case .received: "A byte waits, or as many as the trigger."
      case .sent: "A byte may be written."
      case .nothing: "None."
      }
    }
  }

  /// Bits that `IIR` has while the FIFO is enabled.
  public static var fifoIsThere: UInt32 { 0xc0 }

  /// Fields of `FCR`.
  public enum FIFOControl {
    public static var enable: Field { Field("FE", .writeOnly, bit: 0, "16 bytes instead of one.") }
    public static var resetReceiver: Field { Field("RFR", .writeOnly, bit: 1, "Drops what has come in.") }
    public static var resetSender: Field { Field("XFR", .writeOnly, bit: 2, "Drops what is to be sent: nothing.") }
    public static var trigger: Field { Field("ITL", .writeOnly, bits: 6...7, "1, 4, 8 or 14 bytes that interrupt.") }
  }

  /// `LCR`.
  public enum LineControl {
    public static var format: Field {
      Field("FORMAT", .readWrite, bits: 0...6, "Bits, stop bits, parity, break: kept, without effect.")
    }
    public static var divisor: Field {
      Field("DLAB", .readWrite, bit: 7, "DATA and IER are the divisor's low and high byte, which have no effect.")
    }
  }

  /// `MCR`.
  public enum ModemControl {
    public static var outputs: Field {
      Field("OUTPUTS", .readWrite, bits: 0...3, "DTR, RTS, OUT1 and OUT2: kept, without effect.")
    }
    public static var loopback: Field {
      Field("LOOP", .readWrite, bit: 4, "What is sent is received, and the outputs are the inputs of MSR.")
    }
    public static var rest: Field { Field("REST", .readWrite, bits: 5...7, "Reads as 0.") }
  }

  /// Fields of `lineStatus`.
  public enum LineStatus {
    public static var dataReady: Field { Field("DR", .readOnly, bit: 0, "A received byte waits.") }
    public static var transmitEmpty: Field { Field("THRE", .readOnly, bit: 5, "A byte may be written: always.") }
    public static var idle: Field { Field("TEMT", .readOnly, bit: 6, "Nothing is being sent: always.") }
  }

  /// `MSR` with the peer there: DCD, DSR and CTS.
  public static var peerIsThere: UInt32 { 0xb0 }

  public static var interrupts: [HartInterrupt] { [.external] }

  public var register: Register {
    func byte(_ access: Access) -> [Field] { [Field("BYTE", access, bits: 0...7, "Eight bits.")] }
    return switch self {
    case .data:
      Register("DATA", from: .outside, "Reading takes a received byte, writing sends one.", fields: byte(.port))
    case .interruptEnable:
      Register(
        "IER", "Which causes raise the external interrupt line.",
        fields: [
          InterruptEnable.received, InterruptEnable.sent, InterruptEnable.line, InterruptEnable.modem,
          InterruptEnable.rest,
        ])
    case .interruptIdentity:
      Register(
        "FCR", from: .outside,
        "Reading is IIR, what interrupts: 1 nothing, 2 THRE, 4 RDA, 12 RDA below the trigger; 192 more with FIFO.",
        fields: [Field("BYTE", .port, bits: 0...7, of: .cause, "Eight bits.")])
    case .lineControl: Register("LCR", "Form of the line.", fields: [LineControl.format, LineControl.divisor])
    case .modemControl:
      Register(
        "MCR", reset: 0x08, "Outputs to the peer.",
        fields: [ModemControl.outputs, ModemControl.loopback, ModemControl.rest])
    case .lineStatus:
      Register(
        "LSR", reset: LineStatus.transmitEmpty.mask | LineStatus.idle.mask, "State of the line.",
        fields: [LineStatus.dataReady, LineStatus.transmitEmpty, LineStatus.idle])
    case .modemStatus:
      Register("MSR", reset: Self.peerIsThere, "Inputs from the peer: it is there.", fields: byte(.readOnly))
    case .scratch: Register("SCR", "Kept, without effect.", fields: byte(.readWrite))
    }
  }
}

/// `CLINT`: the machine timer and software interrupt of hart 0.
public enum TimerRegister: UInt32, RegisterBlock {
  case softwareInterrupt = 0x0000
  case compare = 0x4000
  case time = 0xbff8

  public static var interrupts: [HartInterrupt] { [.software, .timer] }

  public var register: Register {
    switch self {
    case .softwareInterrupt:
      Register(
        "MSIP", "Software interrupt of hart 0.", fields: [Field("PENDING", .readWrite, bit: 0, "The line.")])
    case .compare:
      Register(
        "MTIMECMP", .readWrite, count: 2, reset: .max, "The timer interrupt is pending while MTIME is not below it.")
    case .time:
      Register("MTIME", .readOnly, count: 2, from: .outside, "Core clock cycles since reset: low word, high word.")
    }
  }
}

/// `FINISHER`: the end of a run, as on QEMU's `virt` machine.
public enum FinisherRegister: UInt32, RegisterBlock {
  case finish = 0

  /// The CODE that ends a run with status 0.
  public static let pass: UInt32 = 0x5555
  /// The CODE that ends a run with the status in STATUS.
  public static let fail: UInt32 = 0x3333

  public var register: Register {
    switch self {
    case .finish:
      Register(
        "FINISH", "0x5555 ends the run with status 0, 0x3333 with STATUS.",
        fields: [
          Field("CODE", .writeOnly, bits: 0...15, of: .finish, "How."),
          Field("STATUS", .writeOnly, bits: 16...31, "Exit status of a failure."),
        ])
    }
  }
}
