/// Core clock cycles by call stack.
///
/// Every instruction is seen, so that the counts are exact and add up to all that the core has run. Calls and returns are
/// those of the calling convention: `jal` and `jalr` that link to x1 or x5, and `jalr` through one of them (unprivileged
/// manual, "Unconditional Jumps", return-address hints). A return goes back to the latest call that expects it, so that
/// tail calls, calls that never return and `longjmp` leave no wrong frame behind. Code that is jumped to without a call
/// takes the place of the function that jumped. A trap begins a stack of its own; what it came upon goes on where it
/// returns, by address and stack pointer, also where a scheduler returns to another task.
public struct Profiler: Sendable {
  /// What a frame stands for.
  private enum Frame: Hashable {
    /// The code from an address on.
    case function(UInt32)
    case trap(Cause)
    /// The bus holds the core, or it sleeps.
    case waiting
  }

  /// A frame beneath the stack at a place.
  private struct Edge: Hashable {
    let caller: Int
    let frame: Frame
  }

  private struct Node {
    let edge: Edge
    /// Where the function's code is.
    let code: Range<UInt32>
    var cycles: UInt64 = 0
  }

  private struct Call {
    let returnAddress: UInt32
    let stackPointer: UInt32
    let caller: Int

    /// Whether it will not be returned from, where a next call is made: it lies below the stack pointer, or its caller
    /// calls again.
    func isAbandoned(at pointer: UInt32, isOfCaller: Bool) -> Bool {
      stackPointer < pointer || stackPointer == pointer && isOfCaller
    }
  }

  /// Calls under way, and whose.
  private struct Thread {
    /// The node beneath all calls: nothing, or a trap.
    var base = 0
    var calls: [Call] = []
    var current = 0
  }

  /// What a trap came upon.
  private struct Suspended {
    let pc: UInt32
    let stackPointer: UInt32
    let thread: Thread
  }

  /// Calls deeper than this stand at the place of the last that is kept.
  private static let deepest = 1024
  /// Traps under way, and tasks that wait for their turn, at most; the oldest are forgotten.
  private static let mostSuspended = 256

  private let symbols: SymbolTable
  private var nodes = [Node(edge: Edge(caller: 0, frame: .waiting), code: 0..<0)]
  private var places: [Edge: Int] = [:]
  private var thread = Thread()
  private var suspended: [Suspended] = []
  /// The cycle up to which all is counted.
  private var counted: UInt64 = 0
  /// How often the instruction at each address was begun, where that is counted.
  public private(set) var visits: [UInt32: UInt64]?

  /// A profile of nothing.
  /// - Parameters:
  ///   - symbols: what functions are called, by their addresses; code without a symbol is called by the address at which
  ///     it was entered.
  ///   - countsVisits: whether every instruction is counted, too.
  public init(_ symbols: SymbolTable, countsVisits: Bool = false) {
    self.symbols = symbols
    visits = countsVisits ? [:] : nil
  }

  /// Cycles counted.
  public var cycles: UInt64 { nodes.reduce(0) { $0 + $1.cycles } }

  /// One line a stack, from the outermost frame, `caller;callee cycles`, in the order of their text: what flame graphs and
  /// speedscope read. A frame `[waiting]` is time in which the bus held the core or it slept, `[machineTimer]` a trap.
  public var folded: String {
    var sums: [String: UInt64] = [:]
    for place in nodes.indices where nodes[place].cycles > 0 {
      sums[path(of: place), default: 0] += nodes[place].cycles
    }
    return sums.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }

  private func path(of place: Int) -> String {
    var names: [String] = []
    var place = place
    while place != 0 {
      names.append(name(of: nodes[place].edge.frame))
      place = nodes[place].edge.caller
    }
    return names.isEmpty ? "[start]" : names.reversed().joined(separator: ";")
  }

  private func name(of frame: Frame) -> String {
    switch frame {
    case .function(let address):
      String((symbols.symbol(at: address)?.name ?? hex(address)).map { $0 == ";" ? ":" : $0 })
    case .trap(let cause): "[\(cause)]"
    case .waiting: "[waiting]"
    }
  }

  // MARK: What the core tells

  /// Time up to a cycle is somebody else's.
  mutating func resume(at cycle: UInt64) { counted = cycle }

  /// The hart begins anew; what was counted stays.
  mutating func restart() {
    thread = Thread()
    suspended = []
  }

  /// The instruction at an address is the next.
  @inline(__always)
  mutating func enter(_ pc: UInt32) {
    if visits != nil { visits?[pc, default: 0] += 1 }
    if !nodes[thread.current].code.contains(pc) {
      thread.current = place(of: pc, under: beneath)
    }
  }

  /// It is over.
  /// - Parameter cost: what it costs where nothing waits.
  @inline(__always)
  mutating func charge(upTo cycle: UInt64, cost: UInt64) {
    let elapsed = cycle &- counted
    counted = cycle
    let worked = min(elapsed, cost)
    nodes[thread.current].cycles += worked
    if elapsed > worked {
      nodes[place(Edge(caller: thread.current, frame: .waiting), 0..<0)].cycles += elapsed - worked
    }
  }

  /// A call has gone to an address, from another.
  mutating func call(_ target: UInt32, from pc: UInt32, returnAddress: UInt32, stackPointer: UInt32) {
    while let last = thread.calls.last,
      last.isAbandoned(at: stackPointer, isOfCaller: nodes[last.caller].code.contains(pc))
    {
      thread.calls.removeLast()
      thread.current = place(of: pc, under: beneath)
    }
    if thread.calls.count < Self.deepest {
      thread.calls.append(Call(returnAddress: returnAddress, stackPointer: stackPointer, caller: thread.current))
    }
    thread.current = place(of: target, under: beneath)
  }

  /// A return has gone to an address.
  mutating func finish(_ target: UInt32) {
    guard let place = thread.calls.lastIndex(where: { $0.returnAddress == target }) else { return }
    thread.current = thread.calls[place].caller
    thread.calls.removeSubrange(place...)
  }

  /// A trap has been taken.
  mutating func trap(_ trap: Trap, stackPointer: UInt32, at cycle: UInt64) {
    if suspended.count == Self.mostSuspended { suspended.removeFirst() }
    suspended.append(Suspended(pc: trap.pc, stackPointer: stackPointer, thread: thread))
    let base = place(Edge(caller: 0, frame: .trap(trap.cause)), 0..<0)
    thread = Thread(base: base, current: base)
    nodes[base].cycles += cycle &- counted
    counted = cycle
  }

  /// `mret` has gone to an address: to what was interrupted, or behind the instruction that trapped.
  mutating func endTrap(_ target: UInt32, stackPointer: UInt32) {
    let found = suspended.lastIndex { $0.stackPointer == stackPointer && target &- $0.pc <= 4 }
    thread = found.map { suspended.remove(at: $0).thread } ?? Thread()
  }

  // MARK: Places

  /// What lies beneath the function that executes.
  private var beneath: Int { thread.calls.last?.caller ?? thread.base }

  private mutating func place(of pc: UInt32, under caller: Int) -> Int {
    let code = symbols.extent(around: pc)
    let isNamed = symbols.symbol(at: pc) != nil
    return place(Edge(caller: caller, frame: .function(isNamed ? code.lowerBound : pc)), code)
  }

  private mutating func place(_ edge: Edge, _ code: Range<UInt32>) -> Int {
    if let place = places[edge] { return place }
    nodes.append(Node(edge: edge, code: code))
    places[edge] = nodes.count - 1
    return nodes.count - 1
  }
}

extension Core {
  /// Executes a block of one instruction, and tells the profile of it.
  mutating func profile<Bus: DeviceBus & ~Copyable>(
    on bus: inout Bus, execute: (inout Core, inout Bus) -> Void
  ) {
    let op = single.pointee.ops.pointee
    let (pc, before) = (state.pc, state.retired)
    profiler?.enter(pc)
    execute(&self, &bus)
    guard state.retired != before else {
      // A trap has told of itself: nothing is left of the time before it.
      profiler?.charge(upTo: state.cycle, cost: 0)
      return
    }
    let cost = UInt64(configuration.cycles.cost(of: op.code)) + takenCost(op, pc)
    profiler?.charge(upTo: state.cycle, cost: cost)
    switch op.code {
    case .jal where Self.isLink(op.rd): note(callBehind: pc, op)
    case .jalr:
      if Self.isLink(op.rs1) && op.rs1 != op.rd { profiler?.finish(state.pc) }
      if Self.isLink(op.rd) { note(callBehind: pc, op) }
    case .mret: profiler?.endTrap(state.pc, stackPointer: x[2])
    default: break
    }
  }

  private mutating func note(callBehind pc: UInt32, _ op: Op) {
    profiler?.call(state.pc, from: pc, returnAddress: pc &+ UInt32(op.size), stackPointer: x[2])
  }

  private func takenCost(_ op: Op, _ pc: UInt32) -> UInt64 {
    op.code.isBranch && state.pc != pc &+ UInt32(op.size) ? UInt64(configuration.cycles.taken) : 0
  }

  private static func isLink(_ register: UInt8) -> Bool { register == 1 || register == 5 }
}
