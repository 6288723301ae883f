/// An RV32IMAC hart, its RAM, and the engine that executes one on the other.
///
/// Time is what the instructions cost by the `CycleTable` plus what the bus adds; the host clock plays no part. Splitting
/// a run into any number of shorter ones gives the same states. Whatever the guest does ends in a `StopReason`.
public struct Core: ~Copyable {
  /// What can vary between machines.
  public struct Configuration: Equatable, Sendable {
    /// Address of the first byte of RAM, a multiple of 16.
    public var ramBase: UInt32 = 0x8000_0000
    /// Bytes of RAM, a multiple of 16.
    public var ramSize: UInt32 = 16 << 20
    /// What instructions cost.
    public var cycles = CycleTable.ibex
    /// Whether misaligned loads and stores to RAM trap, as on the simplest cores, or just work. Misaligned atomics and
    /// accesses outside RAM trap in either case.
    public var trapsMisaligned = false
    /// Fuses pairs of instructions. Changes nothing but speed.
    public var fuses = true
    /// What `mhartid` reads.
    public var hartID: UInt32 = 0

    /// 16 MiB of RAM at 0x8000_0000 and Ibex's cycles.
    public init() {}
  }

  /// What the core was made with.
  public let configuration: Configuration
  /// How a program can end itself, print or read; may change between runs.
  public var host = HostInterface() { didSet { markWatched() } }

  /// What the program asked of the host and nothing serves.
  public internal(set) var unservedCalls = UnservedCalls()

  /// How fast the program answered its interrupts.
  public internal(set) var interruptResponse = InterruptResponse()

  /// Cycles that passed in `wfi`, since the core was made.
  public internal(set) var sleptCycles: UInt64 = 0

  // Debugging.
  /// Addresses before whose instruction a run stops.
  public var breakpoints: Set<UInt32> = [] { didSet { cache.forgetAll() } }
  /// Whether the program's own `ebreak` stops a run, as under a debugger, instead of a trap.
  public var stopsAtEbreak = false
  /// Ranges before whose access a run stops.
  public var watchpoints: [Watchpoint] = [] { didSet { watchesChanged() } }
  /// Stores into this range of RAM stop the run: the memory below a stack.
  public var stackGuard: Range<UInt32>? { didSet { markWatched() } }
  /// Records every retired instruction while it is not nil, at some cost in speed.
  public var recorder: Recorder?
  /// Counts cycles by call stack while it is not nil, at some cost in speed.
  public var profiler: Profiler?

  /// All but the registers, which are in `x` while the core exists.
  var state: Hart
  /// Regs 0 to 31 and the sink, and behind them the `Context` of the handlers.
  let x: Regs
  let ram: UnsafeMutableRawPointer
  var cache: BlockCache
  var retiredBefore: UInt64 = 0
  /// A block of one instruction, and its successors.
  let single: BlockPointer

  /// The budget of the engine: the counts at which it has to come back.
  var retiredEnd: UInt64 = 0
  var cycleEnd: UInt64 = 0
  /// The cycle no `wfi` sleeps beyond.
  var sleepLimit: UInt64 = 0
  /// Set by whatever ends the run.
  var stop: StopReason?
  /// What is under way with the host.
  var htif = HTIF()
  var semihosting = Semihosting()
  /// The count of retired instructions at the last breakpoint or watchpoint, which the next run passes.
  var passed: UInt64?

  /// A core after reset: RAM zero, pc at the base of RAM.
  /// - Precondition: RAM has 64 bytes to 2 GiB, a multiple of 16, and ends below 2³².
  public init(_ configuration: Configuration = Configuration()) {
    let size = configuration.ramSize
    precondition(size >= 64 && size % 16 == 0 && size <= 1 << 31, "RAM of \(size) bytes")
    precondition(configuration.ramBase % 16 == 0 && UInt64(configuration.ramBase) + UInt64(size) <= 1 << 32, "RAM base")
    self.configuration = configuration
    state = Hart(pc: configuration.ramBase)
    state.hartID = configuration.hartID
    x = Core.allocateRegisters()
    ram = .allocate(byteCount: Int(size), alignment: 16)
    ram.initializeMemory(as: UInt64.self, repeating: 0, count: Int(size) / 8)
    cache = BlockCache(base: configuration.ramBase, size: size)
    single = .allocate(capacity: 3)
    let ops = UnsafeMutablePointer<Op>.allocate(capacity: 3)
    ops.initialize(repeating: Op(code: .illegal, size: 4), count: 3)
    single.initialize(repeating: Block(at: 0, ops: ops, outside: cache.outside), count: 3)
    let trail = UnsafeMutablePointer<Passage>.allocate(capacity: Passage.count)
    trail.initialize(repeating: Passage(start: 0, end: 0), count: Passage.count)
    context(x).initialize(
      to: Context(block: single, limit: size - 4, marks: cache.marks, jumps: cache.jumps, trail: trail))
  }

  private static func allocateRegisters() -> Regs {
    precondition(Op.registerBytes >= 4 * Op.registers && Op.registerBytes % MemoryLayout<Context>.alignment == 0)
    let room = Raw.allocate(byteCount: Op.registerBytes + MemoryLayout<Context>.size, alignment: 16)
    return room.initializeMemory(as: UInt32.self, repeating: 0, count: Op.registers)
  }

  deinit {
    single.pointee.ops.deallocate()
    single.deallocate()
    context(x).pointee.trail.deallocate()
    ram.deallocate()
    x.deallocate()
  }

  /// The architectural state. Reading it is a snapshot, writing it restores one; RAM, the devices, and what is under way
  /// with the host or a debugger are not part of it.
  public var hart: Hart {
    get {
      var hart = state
      for register in 0..<32 { hart.x[register] = x[register] }
      return hart
    }
    set {
      state = newValue
      state.pc &= ~1
      for register in 1..<32 { x[register] = newValue.x[register] }
    }
  }

  /// Address of the next instruction; bit 0 is dropped.
  public var pc: UInt32 {
    get { state.pc }
    set { state.pc = newValue & ~1 }
  }

  /// Core clock cycles since reset.
  public var cycle: UInt64 { state.cycle }
  /// Instructions retired since reset.
  public var retired: UInt64 { state.retired }

  /// `x0` to `x31`, by the low five bits of the number; `x0` reads as 0 and cannot be written.
  public subscript(register number: Int) -> UInt32 {
    get { x[number & 31] }
    set { if number & 31 != 0 { x[number & 31] = newValue } }
  }
}

/// A core owns all it points at.
extension Core: @unchecked Sendable {}

extension Core {
  /// Takes over what is not the hart's or the program's: settings of host and debugger, and what there is to tell.
  package mutating func takeOver(sessionOf other: borrowing Core) {
    host = other.host
    breakpoints = other.breakpoints
    watchpoints = other.watchpoints
    stopsAtEbreak = other.stopsAtEbreak
    unservedCalls = other.unservedCalls
    interruptResponse = other.interruptResponse
    interruptResponse.enabled = 0
    sleptCycles = other.sleptCycles
    profiler = other.profiler
    profiler?.restart()
  }
}
