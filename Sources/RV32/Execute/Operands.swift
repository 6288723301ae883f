// What an operation does to registers and RAM, without going on.

@inline(always)
func doArithmetic(_ ip: Raw, _ x: Regs, _ f: (UInt32, UInt32) -> UInt32) {
  let op = op(ip)
  x[Int(op.pointee.rd)] = f(x[Int(op.pointee.rs1)], x[Int(op.pointee.rs2)] &+ op.pointee.imm)
}

/// False if it is not a plain load from RAM: nothing was done then.
@inline(always)
func doLoad(_ ip: Raw, _ x: Regs, _ ram: Raw, _ value: (Bytes) -> UInt32) -> Bool {
  let op = op(ip)
  let offset = x[Int(op.pointee.rs1)] &+ op.pointee.imm
  if offset > context(x).pointee.limit { return false }
  x[Int(op.pointee.rd)] = value(ram.assumingMemoryBound(to: UInt8.self) + Int(offset))
  return true
}

/// False if it is not a plain store to RAM: nothing was done then.
@inline(always)
func doStore(_ ip: Raw, _ x: Regs, _ ram: Raw, _ set: (Bytes, UInt32) -> Void) -> Bool {
  let op = op(ip)
  let offset = x[Int(op.pointee.rs1)] &+ op.pointee.imm
  if offset > context(x).pointee.limit { return false }
  if context(x).pointee.marks[Int(offset &>> BlockCache.granuleShift)] != 0 { return false }
  set(ram.assumingMemoryBound(to: UInt8.self) + Int(offset), x[Int(op.pointee.rs2)])
  return true
}

@inline(always)
func test(_ ip: Raw, _ x: Regs, _ condition: (UInt32, UInt32) -> Bool) -> Bool {
  condition(x[Int(op(ip).pointee.rs1)], x[Int(op(ip).pointee.rs2)])
}
