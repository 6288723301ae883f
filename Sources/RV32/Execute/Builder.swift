// Decoding a block: from the bytes in RAM to operations ready to execute.

extension Core {
  /// Decodes a block whose address lies in RAM.
  mutating func decode(_ block: BlockPointer) {
    block.pointee.ops = cache.reserveOps()
    let count = fill(block, limit: Block.capacity)
    cache.commitOps(count)
    cache.mark(.code, from: block.pointee.pc &- configuration.ramBase, count: max(block.pointee.length, 2))
    block.pointee.successor = successor(block.end(count))
    for place in block.branches(count) {
      let branch = block.pointee.ops + place
      branch.exit.pointee.target = successor(block.target(of: branch))
    }
  }

  /// Decodes the one instruction at `pc`.
  mutating func decodeSingle(at pc: UInt32) -> BlockPointer {
    single.pointee.passage.start = pc
    let count = fill(single, limit: 1)
    single.pointee.successor = single + 1
    single[1].passage.start = single.end(count) ?? pc
    for place in single.branches(count) {
      let branch = single.pointee.ops + place
      branch.exit.pointee.target = single + 2
      single[2].passage.start = single.target(of: branch)
    }
    return single
  }

  private mutating func successor(_ pc: UInt32?) -> BlockPointer {
    guard let pc else { return cache.outside }
    let offset = pc &- configuration.ramBase
    return offset < configuration.ramSize ? cache.block(at: offset, pc: pc) : cache.newBlock(pc: pc)
  }

  /// Fills in the operations, the end and the cost of a block. Returns the room that the operations take.
  private mutating func fill(_ block: BlockPointer, limit: Int) -> Int {
    let start = block.pointee.pc
    let ops = block.pointee.ops
    var (pc, count, instructions, cycles) = (start, 0, 0, 0 as UInt32)
    var last = Op(code: .next, size: 0)
    repeat {
      var op = instructions == limit ? Op(code: .next, size: 0) : fetch(pc, stopsAtBreakpoint: limit > 1)
      if op.code == .breakpoint && instructions > 0 { op = Op(code: .next, size: 0) }
      prepare(&op, pc: pc)
      op.index = UInt8(instructions)
      op.offset = UInt8((pc &- start) / 2)
      op.cyclesBefore = cycles
      op.handler = handler(of: op.code)
      cycles += configuration.cycles.cost(of: op.code)
      if op.code != .next { instructions += 1 }
      pc &+= UInt32(op.size)
      if configuration.fuses && count > 0, let constant = fold(last, op) {
        (last, count) = (constant, count - 1)
      } else {
        last = op
      }
      ops[count] = last
      count += last.code.isBranch ? 2 : 1
    } while !last.code.endsBlock
    block.pointee.passage.end = pc
    block.pointee.cost = Budget(instructions: Int64(instructions), cycles: Int64(cycles))
    for place in block.branches(count) { setExit(of: ops + place, in: block) }
    if configuration.fuses { fuse(ops, count) }
    return count
  }

  /// What a taken branch gives back, being all behind it, and what it costs itself.
  private func setExit(of branch: OpPointer, in block: BlockPointer) {
    precondition(MemoryLayout<Exit>.stride == MemoryLayout<Op>.stride, "an exit has the room of an operation")
    let taken = configuration.cycles.cost(of: branch.pointee.code) + UInt32(configuration.cycles.taken)
    let spent = Budget(
      instructions: Int64(branch.pointee.index) + 1, cycles: Int64(branch.pointee.cyclesBefore + taken))
    branch.exit.initialize(
      to: Exit(
        target: cache.outside, refund: Budget(packed: block.pointee.cost.packed &- spent.packed),
        end: block.address(of: branch) &+ UInt32(branch.pointee.size)))
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
    var index = 0
    while index < count - 1 {
      let isBranch = ops[index].code.isBranch
      if !isBranch, let handler = pairHandler(ops[index].code, ops[index + 1].code) { ops[index].handler = handler }
      index += isBranch ? 2 : 1
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

/// The handler of two operations in a row, if they can be fused.
private func pairHandler(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  // A constant is a sum of nothing else.
  let first = first == .li ? .add : first
  let second = second == .li ? .add : second
  return handler(of: first, second)
}
