/// The number of bytes of an access.
public enum AccessWidth: UInt8, Sendable {
  /// One byte.
  case byte = 1
  /// Two bytes.
  case half = 2
  /// Four bytes.
  case word = 4
}

/// One access of the hart to a device. The address of one that is made is a multiple of the width.
public struct Access: Equatable, Sendable {
  /// Of its first byte.
  public var address: UInt32
  /// The instruction that makes the access.
  public var pc: UInt32
  /// Core clock cycles since reset when the instruction starts.
  public var cycle: UInt64
  /// How many bytes it reads or writes.
  public var width: AccessWidth
  /// The lines that this hart would take now: one that becomes pending while a load stalls may interrupt it.
  public var interruptible: Interrupts

  /// An access of an instruction that starts at a cycle.
  public init(address: UInt32, width: AccessWidth, cycle: UInt64, pc: UInt32, interruptible: Interrupts = []) {
    self.address = address
    self.pc = pc
    self.cycle = cycle
    self.width = width
    self.interruptible = interruptible
  }
}

/// What the bus answers to an access.
public struct Reply: Equatable, Sendable {
  /// What a load reads; only the bits of the access width count.
  public var value: UInt32 = 0
  /// Cycles the access holds the hart beyond the declared cost of the instruction.
  public var stall: UInt32 = 0
  /// The rest in one word, so that a reply is two: a status in the low half, and what there is in the high one.
  private var rest: UInt64 = 0

  private enum Bit {
    static var reschedule: UInt64 { 1 << 32 }
    static var fault: UInt64 { 1 << 33 }
    static var exit: UInt64 { 1 << 34 }
    static var reset: UInt64 { 1 << 35 }
    static var interrupted: UInt64 { 1 << 36 }
    static var waits: UInt64 { 1 << 37 }
    static var powerOff: UInt64 { 1 << 38 }
  }

  /// An answer without a fault that ends nothing.
  public init(value: UInt32 = 0, stall: UInt32 = 0, reschedule: Bool = false) {
    self.value = value
    self.stall = stall
    self.reschedule = reschedule
  }

  /// An access fault.
  public static var fault: Reply {
    var reply = Reply()
    reply.fault = true
    return reply
  }

  /// A load that a line interrupted some cycles after its instruction started, so that it was not made: the hart takes
  /// the interrupt first, and makes the load anew.
  public static func interrupted(after cycles: UInt32) -> Reply {
    var reply = Reply(stall: cycles)
    reply.rest = Bit.interrupted
    return reply
  }

  var isInterrupted: Bool { rest & Bit.interrupted != 0 }

  /// Interrupt lines or the next event may have changed: a hart that can be interrupted looks at them before its next
  /// instruction.
  public var reschedule: Bool {
    get { rest & Bit.reschedule != 0 }
    set { rest = newValue ? rest | Bit.reschedule : rest & ~Bit.reschedule }
  }

  /// An access fault: the instruction traps and has no effect.
  public var fault: Bool {
    get { rest & Bit.fault != 0 }
    set { rest = newValue ? rest | Bit.fault : rest & ~Bit.fault }
  }

  /// A device waits for its owner: the run comes back with `deviceWaits` once the instruction has retired.
  public var waits: Bool {
    get { rest & Bit.waits != 0 }
    set { rest = newValue ? rest | Bit.waits : rest & ~Bit.waits }
  }

  /// Ends the run with this status once the instruction has retired.
  public var exit: ExitStatus? {
    get {
      guard rest & Bit.exit != 0 else { return nil }
      if rest & Bit.powerOff != 0 { return .powerOff }
      return rest & Bit.reset != 0 ? .reset : .status(UInt32(truncatingIfNeeded: rest))
    }
    set {
      rest &= Bit.reschedule | Bit.fault | Bit.interrupted | Bit.waits
      switch newValue {
      case .status(let status): rest |= Bit.exit | UInt64(status)
      case .reset: rest |= Bit.exit | Bit.reset
      case .powerOff: rest |= Bit.exit | Bit.powerOff
      case nil: break
      }
    }
  }

  /// Whether the hart goes on after it as if it were RAM.
  var isPlain: Bool { rest == 0 && stall == 0 }
}

/// Everything the hart reaches that is not RAM. One guest access is one call of `load` or `store`.
public protocol DeviceBus: ~Copyable {
  /// A load by the guest.
  mutating func load(_ access: Access) -> Reply
  /// A store by the guest; only the bits of the access width count.
  mutating func store(_ value: UInt32, _ access: Access) -> Reply

  /// An access that the hart does not make, because its address is no multiple of the width or because it is atomic, and
  /// traps instead.
  /// - `value`: what a store would have written; nil for a load.
  mutating func refuse(_ access: Access, storing value: UInt32?)

  /// What a debugger reads, without side effects; nil where nothing answers.
  func peek(_ address: UInt32, _ width: AccessWidth) -> UInt32?
  /// What a debugger writes; false where nothing answers.
  mutating func poke(_ value: UInt32, _ address: UInt32, _ width: AccessWidth) -> Bool

  /// Where devices are, for a debugger to know what it may look at.
  var deviceRanges: [Range<UInt32>] { get }
  /// Whether a load at an address reads what the last store there wrote, as of memory.
  func readsBack(_ address: UInt32) -> Bool
  /// Lets time pass up to a cycle, so that a debugger sees the devices as they are then; nothing for one in the past.
  mutating func catchUp(to cycle: UInt64)

  /// The interrupt lines at a cycle. Called with cycles that never decrease.
  mutating func interrupts(at cycle: UInt64) -> Interrupts
  /// The cycle at which the first of some lines that are up went up. `cycle` is now.
  func raiseCycle(of lines: Interrupts, at cycle: UInt64) -> UInt64
  /// The first later cycle at which the lines may change without a further access, if there is one. Between two
  /// accesses there are finitely many.
  func nextEvent(after cycle: UInt64) -> UInt64?
  /// The `time` register.
  func time(at cycle: UInt64) -> UInt64
  /// A byte the guest prints through semihosting or the host interface.
  mutating func print(_ byte: UInt8)
  /// Whether so much was printed that the owner should take it before the guest goes on.
  var isConsoleFull: Bool { get }
  /// Up to `count` bytes, 1 or more, that were typed: none at the end of the input, nil while more is to come.
  mutating func takeTyped(_ count: Int) -> [UInt8]?
}

extension DeviceBus where Self: ~Copyable {
  public mutating func refuse(_ access: Access, storing value: UInt32?) {}
  public func peek(_ address: UInt32, _ width: AccessWidth) -> UInt32? { nil }
  public mutating func poke(_ value: UInt32, _ address: UInt32, _ width: AccessWidth) -> Bool { false }
  public var deviceRanges: [Range<UInt32>] { [] }
  public func readsBack(_ address: UInt32) -> Bool { true }
  public mutating func catchUp(to cycle: UInt64) {}
  public mutating func interrupts(at cycle: UInt64) -> Interrupts { [] }
  public func raiseCycle(of lines: Interrupts, at cycle: UInt64) -> UInt64 { cycle }
  public func nextEvent(after cycle: UInt64) -> UInt64? { nil }
  public func time(at cycle: UInt64) -> UInt64 { cycle }
  /// `nextEvent`, if it will ever come: one from 2^61 on, such as a comparator left at all ones, is none, and sums of
  /// cycles and what logs have of them stay below 2^62.
  public func eventToCome(after cycle: UInt64) -> UInt64? {
    nextEvent(after: cycle).flatMap { $0 < 1 << 61 ? $0 : nil }
  }
  public mutating func print(_ byte: UInt8) {}
  public var isConsoleFull: Bool { false }
  public mutating func takeTyped(_ count: Int) -> [UInt8]? { [] }
}

/// A bus with nothing on it that keeps what the guest prints.
public struct EmptyBus: DeviceBus {
  /// What the guest printed.
  public var output: [UInt8] = []

  /// A bus to which nothing was printed.
  public init() {}
  public mutating func load(_ access: Access) -> Reply { .fault }
  public mutating func store(_ value: UInt32, _ access: Access) -> Reply { .fault }
  public mutating func print(_ byte: UInt8) { output.append(byte) }
}
