/// `UART`: the byte-wide subset of a 16550 that prints and receives without interrupts.
public enum UARTRegister: UInt32, RegisterBlock {
  case data = 0
  case interruptEnable = 1
  case fifoControl = 2
  case lineControl = 3
  case modemControl = 4
  case lineStatus = 5
  case modemStatus = 6
  case scratch = 7

  public static var registerBytes: UInt32 { 1 }

  /// Fields of `lineStatus`.
  public enum LineStatus {
    public static var dataReady: Field { Field("DR", .readOnly, bit: 0, "A received byte waits.") }
    public static var transmitEmpty: Field { Field("THRE", .readOnly, bit: 5, "A byte may be written: always.") }
    public static var idle: Field { Field("TEMT", .readOnly, bit: 6, "Nothing is being sent: always.") }
  }

  public var register: Register {
    func byte(_ access: Access) -> [Field] { [Field("BYTE", access, bits: 0...7, "Eight bits.")] }
    return switch self {
    case .data:
      Register("DATA", from: .outside, "Reading takes a received byte, writing sends one.", fields: byte(.port))
    case .interruptEnable: Register("IER", "Kept, without effect.", fields: byte(.readWrite))
    case .fifoControl: Register("FCR", "Ignored.", fields: byte(.writeOnly))
    case .lineControl: Register("LCR", "Kept, without effect.", fields: byte(.readWrite))
    case .modemControl: Register("MCR", "Kept, without effect.", fields: byte(.readWrite))
    case .lineStatus:
      Register(
        "LSR", reset: LineStatus.transmitEmpty.mask | LineStatus.idle.mask, "State of the line.",
        fields: [LineStatus.dataReady, LineStatus.transmitEmpty, LineStatus.idle])
    case .modemStatus: Register("MSR", "Always 0.", fields: byte(.readOnly))
    case .scratch: Register("SCR", "Kept, without effect.", fields: byte(.readWrite))
    }
  }
}

/// `CLINT`: the machine timer and software interrupt of hart 0.
public enum TimerRegister: UInt32, RegisterBlock {
  case softwareInterrupt = 0x0000
  case compare = 0x4000
  case time = 0xbff8

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
          Field("CODE", .writeOnly, bits: 0...15, "How."),
          Field("STATUS", .writeOnly, bits: 16...31, "Exit status of a failure."),
        ])
    }
  }
}
