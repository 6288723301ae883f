// Threaded code: every operation holds the function that executes it, and that function ends by calling the next one.
// Optimised, the call is a jump. Where a compiler leaves it a call, as in a debug build, the stack grows until the engine
// comes up for air, which it does after at most `Context.chunk` instructions.
//
// The handlers know registers and RAM. Everything rare leaves the engine, which calls a method of `Core` and goes on.

/// Executes an operation, given where it is, the registers with the `Context` behind them, RAM, and the budget left.
typealias Handler = @convention(c) (Raw, Regs, Raw, Left) -> Void

typealias Raw = UnsafeMutableRawPointer
typealias Regs = UnsafeMutablePointer<UInt32>
/// A `Budget`, packed.
typealias Left = Int64
typealias OpPointer = UnsafeMutablePointer<Op>

/// What the handlers need beside the registers, and what they leave behind.
struct Context {
  /// Instructions after which the engine comes up for air: few enough for the stack of any thread.
  #if DEBUG
    static let chunk: Int64 = 250
  #else
    static let chunk: Int64 = 2000
  #endif

  /// The block being executed.
  var block: BlockPointer
  /// The operation that could not be executed here; nil if the next block was too long for the budget.
  var ip: OpPointer?
  /// The budget when the handlers left, and that they go on with.
  var left = Budget(packed: 0)
  /// The last offset in RAM that has a word.
  let limit: UInt32
  let marks: UnsafeMutablePointer<UInt8>
  let jumps: UnsafeMutablePointer<BlockPointer>
  /// The code executed last, a ring of `Passage.count`, and the place of the latest.
  let trail: UnsafeMutablePointer<Passage>
  var latest = 0
}

/// Instructions executed one after the other: those from `start` up to `end`.
struct Passage {
  static let count = 64

  var start: UInt32
  var end: UInt32
}

/// Instructions and cycles that may still be spent, less those of the block being executed; or what a block costs.
///
/// Both in one word, instructions · 2³² + cycles, each signed and below 2³¹ in magnitude: a block is charged by one
/// subtraction, and an overdrawn budget shows in bit 31 (cycles) or else in bit 63 (instructions).
struct Budget {
  static var overdrawn: Left { Left(bitPattern: 1 << 63 | 1 << 31) }

  let packed: Left

  init(packed: Left) { self.packed = packed }

  init(instructions: Int64, cycles: Int64) { packed = instructions << 32 &+ cycles }

  var cycles: Int64 { Int64(Int32(truncatingIfNeeded: packed)) }
  var instructions: Int64 { (packed &- cycles) >> 32 }

  /// Whether it covers a cost.
  func covers(_ cost: Budget) -> Bool { (packed &- cost.packed) & Budget.overdrawn == 0 }
}

/// The room of the registers, and the context behind it.
@inline(always)
func context(_ x: Regs) -> UnsafeMutablePointer<Context> {
  (UnsafeMutableRawPointer(x) + Op.registerBytes).assumingMemoryBound(to: Context.self)
}

@inline(always)
func op(_ ip: Raw) -> OpPointer { ip.assumingMemoryBound(to: Op.self) }

/// Goes on to the operation after this one.
@inline(always)
func next(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  let following = following(ip)
  op(following).pointee.handler(following, x, ram, left)
}

@inline(always)
func following(_ ip: Raw) -> Raw { ip + MemoryLayout<Op>.stride }

/// Goes on to a block, if the budget covers it.
@inline(always)
func enter(_ block: BlockPointer, _ x: Regs, _ ram: Raw, _ left: Left) {
  let first = block.pointee.ops
  let rest = left &- block.pointee.cost.packed
  context(x).pointee.block = block
  if rest & Budget.overdrawn != 0 { return exhausted(x, left) }
  let latest = (context(x).pointee.latest &+ 1) & (Passage.count - 1)
  context(x).pointee.latest = latest
  context(x).pointee.trail[latest] = block.pointee.passage
  first.pointee.handler(first, x, ram, rest)
}

@inline(never)
private func exhausted(_ x: Regs, _ left: Left) {
  context(x).pointee.ip = nil
  context(x).pointee.left = Budget(packed: left)
}

/// The handler of everything the engine does not do itself.
@inline(never)
func leave(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  context(x).pointee.ip = op(ip)
  context(x).pointee.left = Budget(packed: left)
}

/// A conditional branch: out of the block by the exit behind it, or on to the operation behind that.
@inline(always)
func branch(_ isTaken: Bool, _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  let exit = following(ip)
  guard isTaken else { return next(exit, x, ram, left) }
  take(exit.assumingMemoryBound(to: Exit.self), x, ram, left)
}

@inline(always)
private func take(_ exit: UnsafeMutablePointer<Exit>, _ x: Regs, _ ram: Raw, _ left: Left) {
  context(x).pointee.trail[context(x).pointee.latest].end = exit.pointee.end
  enter(exit.pointee.target, x, ram, left &+ exit.pointee.refund.packed)
}

/// The conditions of the branches.
enum Comparison {
  @inline(always) static func eq(_ a: UInt32, _ b: UInt32) -> Bool { a == b }
  @inline(always) static func ne(_ a: UInt32, _ b: UInt32) -> Bool { a != b }
  @inline(always) static func lt(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a) < Int32(bitPattern: b) }
  @inline(always) static func ge(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a) >= Int32(bitPattern: b) }
  @inline(always) static func ltu(_ a: UInt32, _ b: UInt32) -> Bool { a < b }
  @inline(always) static func geu(_ a: UInt32, _ b: UInt32) -> Bool { a >= b }
}
