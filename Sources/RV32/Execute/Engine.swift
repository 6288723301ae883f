// The engine around the handlers: it starts them, decodes the blocks they come to, and does what they leave to it.

extension Core {
  /// Executes from the start of a block until the budget ends or something makes it leave. `state` then holds the exact
  /// place, and `stop` the reason if the run ends.
  mutating func execute<Bus: DeviceBus & ~Copyable>(_ start: BlockPointer, _ budget: Budget, on bus: inout Bus) {
    context(x).pointee.left = budget
    context(x).pointee.block = start
    var resumption: OpPointer?
    while true {
      let reserve = Budget(instructions: max(left.instructions - Context.chunk, 0), cycles: 0)
      let chunk = left.packed &- reserve.packed
      if let ip = resumption {
        ip.pointee.handler(ip, x, ram, chunk)
      } else {
        enter(context(x).pointee.block, x, ram, chunk)
      }
      left = Budget(packed: left.packed &+ reserve.packed)
      if let ip = context(x).pointee.ip {
        resumption = perform(ip, &bus)
        if resumption == nil { return cutTrail(at: ip) }
      } else {
        resumption = nil
        if !prepareToEnter(context(x).pointee.block) { return }
      }
    }
  }

  /// The budget as the handlers left it.
  private var left: Budget {
    get { context(x).pointee.left }
    nonmutating set { context(x).pointee.left = newValue }
  }

  /// Does what a handler left to the core. Returns the operation to go on with, if there is nothing to look at before.
  @inline(always)
  private mutating func perform<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> OpPointer? {
    let code = ip.pointee.code
    if code == .jalr {
      // Its target is found the next time.
      remember(target: (x[Int(ip.pointee.rs1)] &+ ip.pointee.imm) & ~1)
      return ip
    }
    place(ip)
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
  private mutating func prepareToEnter(_ block: BlockPointer) -> Bool {
    let isInRAM = block.pointee.pc &- configuration.ramBase < configuration.ramSize
    if !block.pointee.isDecoded && left.instructions > 0 && left.cycles > 0 && isInRAM && !cache.isCrowded {
      decode(block)
    }
    if left.covers(block.pointee.cost) { return true }
    state.pc = block.pointee.pc
    state.retired = retiredEnd &- UInt64(bitPattern: left.instructions)
    state.cycle = cycleEnd &- UInt64(bitPattern: left.cycles)
    return false
  }

  /// Lets time pass for the operation being performed; false if the rest of its block might then start too late.
  func stall(_ cycles: UInt32) -> Bool {
    let rest = left.cycles - Int64(cycles)
    guard rest >= 0 else { return false }
    left = Budget(instructions: left.instructions, cycles: rest)
    return true
  }

  /// Enters the target of an indirect jump where the handlers look for it.
  private mutating func remember(target: UInt32) {
    let offset = target &- configuration.ramBase
    let slot = Int(target >> 1) & BlockCache.jumpMask
    if offset < configuration.ramSize {
      cache.jumps[slot] = cache.block(at: offset, pc: target)
    } else {
      cache.outside.pointee.passage.start = target
      cache.jumps[slot] = cache.outside
    }
  }

  /// Makes `state` that before an operation of the block being executed.
  @inline(always)
  private mutating func place(_ ip: OpPointer) {
    let block = context(x).pointee.block
    let whole = Budget(packed: left.packed &+ block.pointee.cost.packed)
    state.pc = block.address(of: ip)
    state.retired = retiredEnd &- UInt64(bitPattern: whole.instructions &- Int64(ip.pointee.index))
    state.cycle = cycleEnd &- UInt64(bitPattern: whole.cycles &- Int64(ip.pointee.cyclesBefore))
  }

  /// Ends the last passage where the engine left the block: after an operation that retired, before one that did not.
  private func cutTrail(at ip: OpPointer) {
    let size = state.retired == retiredBefore ? 0 : UInt32(ip.pointee.size)
    let context = context(x)
    context.pointee.trail[context.pointee.latest].end = context.pointee.block.address(of: ip) &+ size
  }

  /// Retires the operation `state` is at.
  mutating func retire(_ ip: OpPointer) {
    state.pc &+= UInt32(ip.pointee.size)
    state.retired &+= 1
    state.cycle &+= UInt64(configuration.cycles.cost(of: ip.pointee.code))
  }
}
