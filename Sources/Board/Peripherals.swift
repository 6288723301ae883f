import Registers

/// `HOST`: two queues of words.
public struct Mailbox: Sendable {
  var toController: [UInt32] = []
  private var taken = 0
  /// Words sent that the host has not collected, oldest first.
  public internal(set) var fromController: [UInt32] = []
  /// Words from the controller that are kept until the host takes them; one more floods the mailbox and is lost.
  var room = Int.max
  /// Whether there is a host at the other end.
  var hasHost = false
  /// Whether the controller has sent more than there was room for.
  public internal(set) var isFlooded = false
  /// Reads of LEVEL and of DATA while no word waited, since the controller last did anything else with mailbox or chip.
  var emptyLevels = 0
  var emptyTakes = 0

  /// Empty, with no host at the other end.
  public init() {}

  /// Words that the controller has still to take.
  public var waiting: Int { toController.count - taken }

  /// Host side: queues words for the controller.
  public mutating func post(_ words: some Sequence<UInt32>) { toController.append(contentsOf: words) }

  /// Host side: has room for an answer of so many words and a margin, beyond which there is no host to take them.
  public mutating func expect(words: Int) {
    hasHost = true
    room = words + Self.margin
    isFlooded = false
    noteWork()
  }

  /// Whether the controller polls an empty mailbox: it asks again what it has just been told.
  public var isPolled: Bool { emptyLevels >= Self.pollsOfLevel || emptyTakes >= Self.pollsOfData }

  /// Whether the host has to attend to it before the controller goes on.
  var waitsForHost: Bool {
    @inline(__always) get { hasHost && (isPolled || isFlooded) }
  }

  /// The controller has done something, or something has happened: what it asks afterwards it has not asked before.
  @inline(__always)
  public mutating func noteWork() {
    emptyLevels = 0
    emptyTakes = 0
  }

  private static var pollsOfLevel: Int { 2 }
  // A controller that takes more words than a request has reads some zeros too many.
  private static var pollsOfData: Int { 4096 }

  /// Words beyond an answer that are still taken in, so that what is wrong with it can be told.
  public static var margin: Int { 1024 }

  /// Host side: takes all that the controller has sent.
  public mutating func collect() -> [UInt32] {
    defer { fromController.removeAll(keepingCapacity: true) }
    return fromController
  }

  @inline(__always)
  mutating func take() -> UInt32 {
    guard taken < toController.count else {
      emptyTakes += 1
      return 0
    }
    noteWork()
    let word = toController[taken]
    taken += 1
    if taken == toController.count {
      toController.removeAll(keepingCapacity: true)
      taken = 0
    }
    return word
  }

  @inline(__always)
  mutating func send(_ word: UInt32) {
    noteWork()
    if fromController.count < room { fromController.append(word) } else { isFlooded = true }
  }

  @inline(__always)
  mutating func level() -> UInt32 {
    if waiting == 0 { emptyLevels += 1 }
    return UInt32(waiting)
  }

  /// What the controller has still to take, oldest first.
  var untaken: [UInt32] { Array(toController[taken...]) }

  func peekNext() -> UInt32 { waiting > 0 ? toController[taken] : 0 }
}

/// `CLINT`: hart 0's timer and software interrupt. Time is the cycle counter of the board.
public struct MachineTimer: Sendable {
  var registers: RegisterFile<TimerRegister>
  /// The cycle of the last write: a comparator in the past raises its line then.
  var written: UInt64 = 0

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

  mutating func write(_ value: UInt32, at place: RegisterFile<TimerRegister>.Place, cycle: UInt64) {
    written = cycle
    registers.write(value, at: place)
  }

  /// The cycle from which the timer interrupt is pending.
  public var compare: UInt64 {
    @inline(__always) get { UInt64(registers[.compare, 0]) | UInt64(registers[.compare, 1]) << 32 }
  }
  /// The cycle at which the timer interrupt went up, or will.
  var raiseCycle: UInt64 { max(compare, written) }
  /// Whether the software interrupt is pending.
  public var softwareInterrupts: Bool {
    @inline(__always) get { registers[.softwareInterrupt] != 0 }
  }
}
