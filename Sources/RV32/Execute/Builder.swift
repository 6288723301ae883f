// Decoding a block: from the bytes in RAM to operations ready to execute.

extension Core {
  /// Decodes a block whose address lies in RAM.
  mutating func decode(_ block: BlockPointer) {
    let ops = cache.reserveOps()
    let (count, target) = fill(block, ops, limit: Block.capacity)
    cache.commitOps(count)
    let pc = block.pointee.pc
    cache.mark(.code, from: pc &- configuration.ramBase, count: max(block.pointee.length, 2))
    block.pointee.taken = successor(target)
    block.pointee.next = successor(pc &+ block.pointee.length)
  }

  /// Decodes the one instruction at `pc`.
  mutating func decodeSingle(at pc: UInt32) -> BlockPointer {
    single.pointee.pc = pc
    let (_, target) = fill(single, single.pointee.ops, limit: 1)
    single.pointee.taken = single + 1
    single.pointee.next = single + 2
    single[1].pc = target ?? pc
    single[2].pc = pc &+ single.pointee.length
    return single
  }

  private mutating func successor(_ pc: UInt32?) -> BlockPointer {
    guard let pc else { return cache.outside }
    let offset = pc &- configuration.ramBase
    return offset < configuration.ramSize ? cache.block(at: offset, pc: pc) : cache.newBlock(pc: pc)
  }

  /// Fills in the operations, the length and the cost of a block. Returns the number of operations and the target of
  /// the jump or branch at its end.
  private mutating func fill(_ block: BlockPointer, _ ops: UnsafeMutablePointer<Op>, limit: Int) -> (
    count: Int, target: UInt32?
  ) {
    let start = block.pointee.pc
    var pc = start
    var count = 0
    var instructions: UInt8 = 0
    var cycles: UInt32 = 0
    var target: UInt32?
    block.pointee.ops = ops
    while true {
      var op = instructions == limit ? Op(code: .next, size: 0) : fetch(pc, stopsAtBreakpoint: limit > 1)
      if op.code == .breakpoint && instructions > 0 { op = Op(code: .next, size: 0) }
      let cost = configuration.cycles.cost(of: op.code)
      if op.code == .jal || op.code.isBranch { target = pc &+ op.imm }
      prepare(&op, pc: pc)
      pc &+= UInt32(op.size)
      op.index = instructions
      op.offset = UInt8(truncatingIfNeeded: (pc &- start &- UInt32(op.size)) / 2)
      op.cyclesBefore = cycles
      op.handler = handler(of: op.code)
      cycles += cost
      if op.code != .next { instructions += 1 }
      let ends = op.code.endsBlock
      if configuration.fuses && count > 0, let constant = fold(ops[count - 1], op) {
        ops[count - 1] = constant
      } else {
        ops[count] = op
        count += 1
      }
      if ends { break }
    }
    if configuration.fuses { fuse(ops, count) }
    block.pointee.length = pc &- start
    block.pointee.instructions = Int32(instructions)
    block.pointee.cycles = Int32(cycles)
    return (count, target)
  }

  /// The operation at an address, which a breakpoint or the end of RAM may forestall.
  private func fetch(_ pc: UInt32, stopsAtBreakpoint: Bool) -> Op {
    if stopsAtBreakpoint && !breakpoints.isEmpty && breakpoints.contains(pc) { return Op(code: .breakpoint, size: 0) }
    let offset = pc &- configuration.ramBase
    guard offset < configuration.ramSize else { return .fetchFault(pc, size: 0) }
    let half = UInt16(truncatingIfNeeded: ramValue(offset, .half))
    guard half & 3 == 3 else { return Op(half: half) }
    guard offset + 2 < configuration.ramSize else { return .fetchFault(pc &+ 2, size: 2) }
    return Op(word: ramValue(offset, .word))
  }

  /// Makes constants of what depends on the place of an instruction only, and offsets of RAM of addresses.
  private func prepare(_ op: inout Op, pc: UInt32) {
    switch op.code {
    case .auipc:
      op.code = .li
      op.imm &+= pc
    case .lb, .lh, .lw, .lbu, .lhu:
      op.imm &-= configuration.ramBase
      if configuration.trapsMisaligned || watchpoints.contains(where: { $0.kind != .write }) { op.code = .load }
    case .sb, .sh, .sw:
      op.imm &-= configuration.ramBase
      if configuration.trapsMisaligned { op.code = .store }
    default: break
    }
  }

  /// The constant that `lui` or `auipc` and an addition to the same register make.
  private func fold(_ first: Op, _ second: Op) -> Op? {
    guard first.code == .li, second.code == .add, second.rd == first.rd, second.rs1 == first.rd, second.rs2 == 0 else {
      return nil
    }
    var op = first
    op.imm &+= second.imm
    return op
  }

  /// Lets every operation that can execute the next one along with itself. The next one keeps its own handler, for when
  /// execution goes on there.
  private func fuse(_ ops: OpPointer, _ count: Int) {
    for index in 0..<(count - 1) {
      if let handler = fusedHandler(ops[index].code, ops[index + 1].code) { ops[index].handler = handler }
    }
  }
}

extension Op {
  static func fetchFault(_ address: UInt32, size: UInt8) -> Op {
    var op = Op(code: .fetchFault, size: size)
    op.imm = address
    return op
  }
}
