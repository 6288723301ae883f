/// The architectural state of one machine-mode RV32IMAC_Zicsr_Zifencei_Zicntr hart. A copy is a snapshot.
public struct Hart: Equatable, Sendable {
  /// Address of the next instruction.
  public var pc: UInt32 = 0
  /// `x[0]` reads as zero.
  public var x = SIMD32<UInt32>()

  /// Core clock cycles since reset: instructions at their declared cost, bus stalls and sleep. Never written by the guest.
  public var cycle: UInt64 = 0
  /// Instructions retired since reset. Never written by the guest.
  public var retired: UInt64 = 0

  /// `mcycle` and `minstret`: the two counts above as the guest sees and writes them.
  public var mcycle = Counter()
  /// Instructions retired, as the guest sees and writes them.
  public var minstret = Counter()

  /// What `mhartid` reads.
  public var hartID: UInt32 = 0
  /// `mstatus.MIE` and `mstatus.MPIE`; `MPP` is M, the only mode there is.
  public var interruptsEnabled = false
  /// `mstatus.MPIE`.
  public var previousInterruptsEnabled = false
  /// Which lines may interrupt.
  public var mie: Interrupts = []
  /// The lines as last sampled from the bus: when a run ends, and when the guest looks.
  public var mip: Interrupts = []
  /// Where traps go: base, and mode in the low two bits.
  public var mtvec: UInt32 = 0
  /// The guest's own word.
  public var mscratch: UInt32 = 0
  /// Where the latest trap came from.
  public var mepc: UInt32 = 0
  /// Why: the `rawValue` of a `Cause`, or what the guest wrote.
  public var mcause: UInt32 = 0
  /// The address or instruction that the latest trap is about.
  public var mtval: UInt32 = 0
  /// Sixteen protection entries that can be written and read; without a lock bit they bind no M-mode access.
  public var pmpcfg = SIMD4<UInt32>()
  /// The addresses of those entries, in words.
  public var pmpaddr = SIMD16<UInt32>()

  /// The word an `lr.w` has reserved.
  public var reservation: UInt32?

  /// A hart after reset.
  public init(pc: UInt32 = 0) { self.pc = pc }

  /// Whether there is a line that would interrupt.
  package var canBeInterrupted: Bool { interruptsEnabled && !mie.isEmpty }
}

/// A counter the guest may write and inhibit, kept as the difference to a count it may not.
public struct Counter: Equatable, Sendable {
  var offset: UInt64 = 0
  /// The value while `mcountinhibit` holds it.
  var held: UInt64?

  /// What the guest reads while the true count is `count`.
  public func value(at count: UInt64) -> UInt64 { held ?? (count &+ offset) }

  mutating func set(_ value: UInt64, at count: UInt64) {
    if held != nil { held = value } else { offset = value &- count }
  }

  mutating func inhibit(_ inhibited: Bool, at count: UInt64) {
    if inhibited {
      held = value(at: count)
    } else if let value = held {
      held = nil
      offset = value &- count
    }
  }
}
