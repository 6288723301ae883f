/// `HOST`: the mailbox between the controller and the machine that commands it.
public enum HostRegister: UInt32, RegisterBlock {
  case data = 0x00
  case level = 0x04
  case interruptEnable = 0x08

  /// Fields of `interruptEnable`.
  public enum InterruptEnable {
    public static var waiting: Field { Field("WAITING", .readWrite, bit: 0, "While LEVEL is not 0.") }
  }

  public static var interrupts: [HartInterrupt] { [.external] }

  public var register: Register {
    switch self {
    case .data:
      Register(
        "DATA", .port, from: .outside,
        "Reading takes the next word from the host, 0 when there is none; writing sends one.")
    case .level: Register("LEVEL", .readOnly, from: .outside, "Words from the host that wait to be read.")
    case .interruptEnable:
      Register(
        "IRQ_ENABLE", "When the mailbox raises the external interrupt line.",
        fields: [InterruptEnable.waiting])
    }
  }
}
