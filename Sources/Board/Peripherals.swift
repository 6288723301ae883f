import Registers

/// `HOST`: two queues of words.
public struct Mailbox: Sendable {
  private var toController: [UInt32] = []
  private var taken = 0
  /// Words sent that the host has not collected, oldest first.
  public private(set) var fromController: [UInt32] = []

  /// Words that the controller has still to take.
  public var waiting: Int { toController.count - taken }

  /// Host side: queues words for the controller.
  public mutating func post(_ words: some Sequence<UInt32>) { toController.append(contentsOf: words) }

  /// Host side: takes all that the controller has sent.
  public mutating func collect() -> [UInt32] {
    defer { fromController.removeAll(keepingCapacity: true) }
    return fromController
  }

  @inline(__always)
  mutating func take() -> UInt32 {
    guard taken < toController.count else { return 0 }
    let word = toController[taken]
    taken += 1
    if taken == toController.count {
      toController.removeAll(keepingCapacity: true)
      taken = 0
    }
    return word
  }

  @inline(__always)
  mutating func send(_ word: UInt32) { fromController.append(word) }

  func peekNext() -> UInt32 { waiting > 0 ? toController[taken] : 0 }
}

/// `CLINT`: hart 0's timer and software interrupt. Time is the cycle counter of the board.
public struct MachineTimer: Sendable {
  var registers: RegisterFile<TimerRegister>

  init(_ map: BlockMap) { registers = RegisterFile(map) }

  mutating func read(_ place: RegisterFile<TimerRegister>.Place, cycle: UInt64) -> UInt32 {
    let value = peek(place, cycle: cycle)
    _ = registers.read(place)
    return value
  }

  func peek(_ place: RegisterFile<TimerRegister>.Place, cycle: UInt64) -> UInt32 {
    switch place.register {
    case .time: UInt32(truncatingIfNeeded: place.index == 0 ? cycle : cycle >> 32)
    case .softwareInterrupt, .compare: registers.peek(place)
    }
  }

  mutating func write(_ value: UInt32, at place: RegisterFile<TimerRegister>.Place) {
    registers.write(value, at: place)
  }

  /// The cycle from which the timer interrupt is pending.
  public var compare: UInt64 {
    @inline(__always) get { UInt64(registers[.compare, 0]) | UInt64(registers[.compare, 1]) << 32 }
  }
  /// Whether the software interrupt is pending.
  public var softwareInterrupts: Bool {
    @inline(__always) get { registers[.softwareInterrupt] != 0 }
  }
}
