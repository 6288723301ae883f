// What the handlers of operations are made of: to execute an operation and go on. The handlers, in Generated, are C
// functions with names of their own for the linker, because a Swift function or closure becomes a C function pointer only
// through a thunk, one more jump. One that executes two operations leaves at the one whose access is no plain one, as it
// would without the other.

@inline(always)
func compute(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ f: (UInt32, UInt32) -> UInt32) {
  doArithmetic(ip, x, f)
  next(ip, x, ram, left)
}

@inline(always)
func load(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ value: (Bytes) -> UInt32) {
  if doLoad(ip, x, ram, value) { next(ip, x, ram, left) } else { leave(ip, x, ram, left) }
}

@inline(always)
func store(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ set: (Bytes, UInt32) -> Void) {
  if doStore(ip, x, ram, set) { next(ip, x, ram, left) } else { leave(ip, x, ram, left) }
}

@inline(always)
func branch(
  _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ condition: (UInt32, UInt32) -> Bool
) {
  branch(test(ip, x, condition), ip, x, ram, left)
}

@inline(always)
func jump(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  let block = context(x).pointee.block
  x[Int(op(ip).pointee.rd)] = block.pointee.passage.end
  enter(block.pointee.successor, x, ram, left)
}

@inline(always)
func jumpIndirectly(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  // The target is read before the link is written: they may be one register.
  let target = (x[Int(op(ip).pointee.rs1)] &+ op(ip).pointee.imm) & ~1
  let block = context(x).pointee.jumps[Int(target &>> 1) & BlockCache.jumpMask]
  guard block.pointee.pc == target else { return leave(ip, x, ram, left) }
  x[Int(op(ip).pointee.rd)] = context(x).pointee.block.pointee.passage.end
  enter(block, x, ram, left)
}

@c func rv32GoOn(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { next(ip, x, ram, left) }

@c func rv32Cut(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  enter(context(x).pointee.block.pointee.successor, x, ram, left)
}
