// The engine around the handlers: it starts them, decodes the blocks they come to, and does what they leave to it.

extension Core {
  /// Executes from the start of a block until the budget ends or something makes it leave. `state` then holds the exact
  /// place, and `stop` the reason if the run ends.
  mutating func execute<Bus: DeviceBus & ~Copyable>(_ start: BlockPointer, _ budget: Budget, on bus: inout Bus) {
    var context = Context(
      block: start, left: budget, limit: configuration.ramSize - 4, marks: cache.marks, jumps: cache.jumps,
      taken: Int64(configuration.cycles.taken), trail: trail, passages: passages)
    defer { passages = context.passages }
    var resumption: OpPointer?
    while true {
      let reserve = max(context.left.instructions - Context.chunk, 0)
      context.left.instructions -= reserve
      if let ip = resumption {
        ip.pointee.handler(ip, x, ram, &context)
      } else {
        enter(context.block, x, ram, &context)
      }
      context.left.instructions += reserve
      resumption = nil
      if let ip = context.ip {
        resumption = perform(ip, context.block, context.left, &bus)
        if resumption == nil { return cutTrail(at: ip, in: context.block, context.passages) }
      } else if !prepareToEnter(context.block, context.left) {
        return
      }
    }
  }

  /// Does what a handler left to the core. Returns the operation to go on with, if there is nothing to look at before.
  private mutating func perform<Bus: DeviceBus & ~Copyable>(
    _ ip: OpPointer, _ block: BlockPointer, _ left: Budget, _ bus: inout Bus
  ) -> OpPointer? {
    let code = ip.pointee.code
    if code == .jalr {
      // Its target is found the next time.
      remember(target: (x[Int(ip.pointee.rs1)] &+ ip.pointee.imm) & ~1)
      return ip
    }
    place(ip, block, left)
    retiredBefore = state.retired
    let leaves =
      if code.isLoad {
        load(ip, &bus)
      } else if code.isStore {
        store(ip, &bus)
      } else if code.isAtomic {
        atomic(ip, &bus)
      } else if code == .csr {
        csr(ip, &bus)
      } else {
        system(ip, &bus)
      }
    return leaves ? nil : ip + 1
  }

  /// What to do when the budget of the handlers does not cover a block: true if it can be entered after all, otherwise
  /// `state` settles before it.
  private mutating func prepareToEnter(_ block: BlockPointer, _ left: Budget) -> Bool {
    let isInRAM = block.pointee.pc &- configuration.ramBase < configuration.ramSize
    if !block.pointee.isDecoded && left.instructions > 0 && left.cycles > 0 && isInRAM && !cache.isCrowded {
      decode(block)
    }
    if Int64(block.pointee.instructions) <= left.instructions && Int64(block.pointee.cycles) <= left.cycles {
      return true
    }
    state.pc = block.pointee.pc
    state.retired = retiredEnd &- UInt64(bitPattern: left.instructions)
    state.cycle = cycleEnd &- UInt64(bitPattern: left.cycles)
    return false
  }

  /// Enters the target of an indirect jump where the handlers look for it.
  private mutating func remember(target: UInt32) {
    let offset = target &- configuration.ramBase
    let slot = Int(target >> 1) & BlockCache.jumpMask
    if offset < configuration.ramSize {
      cache.jumps[slot] = cache.block(at: offset, pc: target)
    } else {
      cache.outside.pointee.pc = target
      cache.jumps[slot] = cache.outside
    }
  }

  /// Makes `state` that before an operation of the block being executed.
  private mutating func place(_ ip: OpPointer, _ block: BlockPointer, _ left: Budget) {
    let instructions = left.instructions &+ Int64(block.pointee.instructions) &- Int64(ip.pointee.index)
    let cycles = left.cycles &+ Int64(block.pointee.cycles) &- Int64(ip.pointee.cyclesBefore)
    state.pc = block.pointee.pc &+ UInt32(ip.pointee.offset) << 1
    state.retired = retiredEnd &- UInt64(bitPattern: instructions)
    state.cycle = cycleEnd &- UInt64(bitPattern: cycles)
  }

  /// Ends the last passage where the engine left the block: after an operation that retired, before one that did not.
  private func cutTrail(at ip: OpPointer, in block: BlockPointer, _ passages: Int) {
    let size = state.retired == retiredBefore ? 0 : UInt32(ip.pointee.size)
    let last = (passages + Passage.count - 1) % Passage.count
    trail[last].end = block.pointee.pc &+ UInt32(ip.pointee.offset) << 1 &+ size
  }

  /// Retires the operation `state` is at.
  mutating func retire(_ ip: OpPointer) {
    state.pc &+= UInt32(ip.pointee.size)
    state.retired &+= 1
    state.cycle &+= UInt64(configuration.cycles.cost(of: ip.pointee.code))
  }
}
