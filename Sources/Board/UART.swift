import Registers

/// `UART`: a 16550 as QEMU's `virt` machine has one. Sending takes no time. What was typed waits outside and comes in as
/// there is room: at most one byte without the FIFO, 16 with it; none is ever lost.
public struct UART: Sendable {
  typealias Place = RegisterFile<UARTRegister>.Place

  var registers: RegisterFile<UARTRegister>
  /// What was printed and not taken by the owner.
  public private(set) var output: [UInt8] = []
  /// What was typed and has not come in.
  private var typed: [UInt8] = []
  private var taken = 0
  /// What has come in and was not read, in loopback only: bytes that were sent.
  private var looped: [UInt8] = []
  /// Kept and without effect.
  private var divisor: (low: UInt32, high: UInt32) = (12, 0)
  /// Whether more may be typed than waits now.
  public var isInputOpen = false

  /// What an owner keeps of what is printed while a guest runs on.
  static var roomForOutput: Int { 1 << 20 }
  private static var fifoDepth: Int { 16 }

  init(_ map: BlockMap) { registers = RegisterFile(map) }

  /// Adds what is typed.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    typed.removeFirst(taken)
    taken = 0
    typed.append(contentsOf: bytes)
  }

  /// Bytes typed that nothing has read.
  public var waiting: Int { typed.count - taken }

  /// Takes all that was printed since.
  public mutating func collect() -> [UInt8] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  mutating func print(_ byte: UInt8) { output.append(byte) }

  /// For the calls of the host: up to `count` bytes of what was typed; nil while more is to come.
  mutating func take(_ count: Int) -> [UInt8]? {
    if waiting == 0 && isInputOpen { return nil }
    let bytes = Array(typed[taken...].prefix(count))
    taken += bytes.count
    return bytes
  }

  /// What was typed and software has still to read.
  var unread: [UInt8] { Array(typed[taken...]) }

  var state: MachineSnapshot.UARTState {
    MachineSnapshot.UARTState(
      looped: looped, divisor: (UInt8(truncatingIfNeeded: divisor.low), UInt8(truncatingIfNeeded: divisor.high)),
      isInputOpen: isInputOpen)
  }

  /// Takes a state over; the registers are already those of the snapshot.
  mutating func restore(
    _ state: MachineSnapshot.UARTState, input: [UInt8], output: [UInt8]
  ) throws(SnapshotProblem) {
    guard state.looped.count <= Self.fifoDepth else {
      throw SnapshotProblem("the UART has \(state.looped.count) bytes in loopback, expected at most \(Self.fifoDepth)")
    }
    self.output = output
    typed = input
    looped = state.looped
    divisor = (UInt32(state.divisor.low), UInt32(state.divisor.high))
    isInputOpen = state.isInputOpen
  }
}

extension UART {
  private typealias Line = UARTRegister.LineControl
  private typealias Modem = UARTRegister.ModemControl
  private typealias Enable = UARTRegister.InterruptEnable

  /// Whether the divisor is where data and interrupt enables are otherwise.
  private var hasDivisor: Bool { Line.divisor.decode(registers[.lineControl]) != 0 }
  private var isLoopback: Bool { Modem.loopback.decode(registers[.modemControl]) != 0 }
  private var hasFIFO: Bool { UARTRegister.FIFOControl.enable.decode(registers[.interruptIdentity]) != 0 }
  private var isDataReady: Bool { !looped.isEmpty || waiting > 0 && !isLoopback }

  /// The sender has become empty since software last looked; kept where `IIR` says so.
  private var isSenderNews: Bool {
    get { registers[.interruptIdentity] & UARTRegister.Cause.sent.rawValue != 0 }
    set {
      let bit = UARTRegister.Cause.sent.rawValue
      registers[.interruptIdentity] = registers[.interruptIdentity] & ~bit | (newValue ? bit : 0)
    }
  }

  /// Whether it raises its line.
  var interrupts: Bool {
    // What it cannot raise costs no look at anything else.
    registers[.interruptEnable] != 0 && identity != .nothing
  }

  /// The most urgent cause that is enabled.
  private var identity: UARTRegister.Cause {
    let enabled = registers[.interruptEnable]
    if Enable.received.decode(enabled) != 0 && isDataReady {
      return hasFIFO && received < trigger ? .timeout : .received
    }
    return Enable.sent.decode(enabled) != 0 && isSenderNews ? .sent : .nothing
  }

  /// Bytes in the receiver.
  private var received: Int { min(isLoopback ? looped.count : looped.count + waiting, hasFIFO ? Self.fifoDepth : 1) }

  /// Bytes in the FIFO at which it interrupts at once.
  private var trigger: Int {
    [1, 4, 8, 14][Int(UARTRegister.FIFOControl.trigger.decode(registers[.interruptIdentity]))]
  }

  mutating func read(_ place: Place) -> UInt32 {
    let value = peek(place)
    switch place.register {
    case .data where !hasDivisor: takeReceived()
    case .interruptIdentity: if identity == .sent { isSenderNews = false }
    default: break
    }
    return value
  }

  private mutating func takeReceived() {
    if !looped.isEmpty {
      looped.removeFirst()
    } else if waiting > 0 && !isLoopback {
      taken += 1
    }
  }

  func peek(_ place: Place) -> UInt32 {
    let kept = registers.peek(place)
    return switch place.register {
    case .data: hasDivisor ? divisor.low : isDataReady ? UInt32(looped.first ?? typed[taken]) : 0
    case .interruptEnable: hasDivisor ? divisor.high : kept
    case .interruptIdentity: identity.rawValue | (hasFIFO ? UARTRegister.fifoIsThere : 0)
    case .lineStatus: kept | UARTRegister.LineStatus.dataReady.encode(isDataReady)
    case .modemStatus: isLoopback ? Self.inputs(of: registers[.modemControl]) : kept
    case .lineControl, .modemControl, .scratch: kept
    }
  }

  mutating func write(_ value: UInt32, at place: Place) {
    switch place.register {
    case .data where hasDivisor: divisor.low = value
    case .data: send(UInt8(truncatingIfNeeded: value))
    case .interruptEnable where hasDivisor: divisor.high = value
    case .interruptEnable:
      let rises = Enable.sent.decode(value & ~registers[.interruptEnable]) != 0
      registers[.interruptEnable] = value & ~Enable.rest.mask
      if rises { isSenderNews = true }
    case .interruptIdentity:
      let changes = (UARTRegister.FIFOControl.enable.decode(value) != 0) != hasFIFO
      if changes || UARTRegister.FIFOControl.resetReceiver.decode(value) != 0 { looped = [] }
      if changes || UARTRegister.FIFOControl.resetSender.decode(value) != 0 { isSenderNews = true }
      let kept = UARTRegister.FIFOControl.enable.mask | UARTRegister.FIFOControl.trigger.mask
      registers[.interruptIdentity] = registers[.interruptIdentity] & ~kept | value & kept
    case .modemControl: registers[.modemControl] = value & ~Modem.rest.mask
    case .lineControl, .scratch: registers.write(value, at: place)
    case .lineStatus, .modemStatus: break
    }
  }

  /// `MSR` where the outputs are the inputs: DTR is DSR, RTS CTS, OUT1 RI and OUT2 DCD.
  private static func inputs(of outputs: UInt32) -> UInt32 {
    (outputs & 0x0c) << 4 | (outputs & 0x02) << 3 | (outputs & 0x01) << 5
  }

  private mutating func send(_ byte: UInt8) {
    isSenderNews = true
    guard isLoopback else { return output.append(byte) }
    // The receiver has no room: the last byte is lost, as on the line.
    if looped.count < (hasFIFO ? Self.fifoDepth : 1) { looped.append(byte) }
  }
}
