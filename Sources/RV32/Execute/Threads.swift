// Threaded code: every operation holds the function that executes it, and that function ends by calling the next one.
// Optimised, the call is a jump. Where a compiler leaves it a call, as in a debug build, the stack grows until the engine
// comes up for air, which it does after at most `Context.chunk` instructions.
//
// The handlers know registers and RAM. Everything rare leaves the engine, which calls a method of `Core` and goes on.

/// Executes an operation, given where it is, the registers, RAM, and the `Context`.
typealias Handler = @convention(c) (Raw, Registers, Raw, Raw) -> Void

typealias Raw = UnsafeMutableRawPointer
typealias Registers = UnsafeMutablePointer<UInt32>
typealias OpPointer = UnsafeMutablePointer<Op>

/// What the handlers need seldom, and what they leave behind.
struct Context {
  /// Instructions after which the engine comes up for air: few enough for the stack of any thread.
  #if DEBUG
    static let chunk: Int64 = 250
  #else
    static let chunk: Int64 = 2000
  #endif

  var block: BlockPointer
  var left: Budget
  /// The operation that could not be executed here; nil if the next block was too long for the budget.
  var ip: OpPointer?
  /// The last offset in RAM that has a word.
  let limit: UInt32
  let marks: UnsafeMutablePointer<UInt8>
  let jumps: UnsafeMutablePointer<BlockPointer>
  /// What a taken branch costs more than one not taken.
  let taken: Int64
  /// The code executed last, a ring of `Passage.count`.
  let trail: UnsafeMutablePointer<Passage>
  var passages: Int
}

/// Instructions executed one after the other: those from `start` up to `end`.
struct Passage {
  static let count = 64

  var start: UInt32
  var end: UInt32
}

/// Instructions and cycles that may still be spent, less those of the block being executed.
struct Budget {
  var instructions: Int64
  var cycles: Int64
}

@inline(always)
func context(_ e: Raw) -> UnsafeMutablePointer<Context> { e.assumingMemoryBound(to: Context.self) }

@inline(always)
func op(_ ip: Raw) -> OpPointer { ip.assumingMemoryBound(to: Op.self) }

/// Goes on to the operation after this one.
@inline(always)
func next(_ ip: Raw, _ x: Registers, _ ram: Raw, _ e: Raw) {
  let following = following(ip)
  op(following).pointee.handler(following, x, ram, e)
}

@inline(always)
func following(_ ip: Raw) -> Raw { ip + MemoryLayout<Op>.stride }

/// Goes on to a block, if the budget covers it.
@inline(always)
func enter(_ block: BlockPointer, _ x: Registers, _ ram: Raw, _ e: Raw) {
  let context = context(e)
  let first = block.pointee.ops
  context.pointee.block = block
  context.pointee.left.instructions &-= Int64(block.pointee.instructions)
  context.pointee.left.cycles &-= Int64(block.pointee.cycles)
  if (context.pointee.left.instructions | context.pointee.left.cycles) < 0 { return exhausted(e) }
  let pc = block.pointee.pc
  context.pointee.trail[context.pointee.passages] = Passage(start: pc, end: pc &+ block.pointee.length)
  context.pointee.passages = (context.pointee.passages &+ 1) & (Passage.count - 1)
  first.pointee.handler(first, x, ram, e)
}

@inline(never)
private func exhausted(_ e: Raw) {
  let context = context(e)
  context.pointee.ip = nil
  context.pointee.left.instructions &+= Int64(context.pointee.block.pointee.instructions)
  context.pointee.left.cycles &+= Int64(context.pointee.block.pointee.cycles)
}

/// The handler of everything the engine does not do itself.
@inline(never)
func leave(_ ip: Raw, _ x: Registers, _ ram: Raw, _ e: Raw) { context(e).pointee.ip = op(ip) }

/// The end of a conditional branch.
@inline(always)
func branch(_ isTaken: Bool, _ x: Registers, _ ram: Raw, _ e: Raw) {
  let block = context(e).pointee.block
  if isTaken {
    context(e).pointee.left.cycles &-= context(e).pointee.taken
    enter(block.pointee.taken, x, ram, e)
  } else {
    enter(block.pointee.next, x, ram, e)
  }
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
