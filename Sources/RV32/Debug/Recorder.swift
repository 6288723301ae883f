/// One retired instruction and what it did.
public struct Retired: Equatable, Sendable {
  /// The one access that an instruction made.
  public struct Memory: Equatable, Sendable {
    /// Of its first byte.
    public var address: UInt32
    /// 1, 2 or 4 bytes.
    public var width: AccessWidth
    /// Whether it read; an atomic operation reads and writes.
    public var isLoaded: Bool
    /// What it wrote, in the low bytes; nil if nothing.
    public var stored: UInt32?
  }

  /// Address of the instruction.
  public var pc: UInt32
  /// The instruction word; a 16-bit instruction has its upper half zero.
  public var instruction: UInt32
  /// Whether it is one of 16 bits.
  public var isCompressed: Bool
  /// The register written, if not x0.
  public var register: UInt8?
  /// What `register` holds afterwards; without meaning where that is nil.
  public var value: UInt32 = 0
  /// Number of the CSR written, if one was: for `mret` that is `mstatus`. None where there is nothing to write.
  public var csr: UInt16?
  /// What `csr` holds afterwards; without meaning where that is nil.
  public var csrValue: UInt32 = 0
  /// The access to memory, if it made one.
  public var memory: Memory?
}

/// The last instructions retired, oldest first.
public struct Recorder: Equatable, Sendable {
  /// Instructions that it keeps, 1 or more.
  public let capacity: Int
  private var ring: [Retired] = []
  private var oldest = 0
  /// Instructions recorded in all.
  public private(set) var count: UInt64 = 0

  /// An empty recorder; a capacity below 1 counts as 1.
  public init(capacity: Int) { self.capacity = max(capacity, 1) }

  /// Keeps an instruction, in place of the oldest when it is full.
  public mutating func append(_ retired: Retired) {
    count += 1
    if ring.count < capacity {
      ring.append(retired)
    } else {
      ring[oldest] = retired
      oldest = (oldest + 1) % capacity
    }
  }

  /// All that it keeps, oldest first.
  public var entries: [Retired] { Array(ring[oldest...] + ring[..<oldest]) }

  /// Takes the entries out, for a log that is written as the run goes on.
  public mutating func drain() -> [Retired] {
    defer {
      ring.removeAll(keepingCapacity: true)
      oldest = 0
    }
    return entries
  }
}

extension Core {
  /// Executes a block of one instruction and records it if it retires.
  mutating func record<Bus: DeviceBus & ~Copyable>(_ block: BlockPointer, _ budget: Budget, on bus: inout Bus) {
    let op = block.pointee.ops.pointee
    let before = state.retired
    var entry = Retired(pc: state.pc, instruction: instruction(at: state.pc), isCompressed: op.size == 2)
    if op.accessesMemory {
      let isAtomic = op.code == .lr || op.code == .sc || op.code == .amo
      let address = x[Int(op.rs1)] &+ (isAtomic ? 0 : op.imm &+ configuration.ramBase)
      let width = isAtomic ? .word : AccessWidth(function: op.function)
      let stores = op.code.isStore || op.code == .sc
      if op.code != .sc || state.reservation == address {
        entry.memory = Retired.Memory(
          address: address, width: width, isLoaded: !stores, stored: stores ? x[Int(op.rs2)] & width.mask : nil)
      }
    }
    execute(block, budget, on: &bus)
    guard state.retired != before else { return }
    if op.writesRegister && op.rd != Op.sink {
      entry.register = op.rd
      entry.value = x[Int(op.rd)]
    }
    complete(&entry, op)
    recorder?.append(entry)
  }

  /// Adds what is known only after the instruction.
  private func complete(_ entry: inout Retired, _ op: Op) {
    switch op.code {
    case .amo:
      if let address = entry.memory?.address { entry.memory?.stored = peekWord(address) }
    case .csr where op.function & 3 == 1 || op.rs1 != 0:
      let number = Int(op.imm >> 20)
      guard !CSR.isConstant(number) else { break }
      entry.csr = UInt16(number)
      entry.csrValue = state.csr(number, time: 0) ?? 0
    case .mret:
      entry.csr = UInt16(CSR.mstatus)
      entry.csrValue = state.mstatus
    default: break
    }
  }
}

extension Op {
  var accessesMemory: Bool { code.isLoad || code.isStore || code == .lr || code == .sc || code == .amo }

  var writesRegister: Bool {
    !code.isStore && !code.isBranch && code != .fence && code != .mret && code != .wfi && code != .ebreak
  }
}

extension Retired {
  /// What Spike's `mret` writes besides `mstatus`; neither has anything to hold here.
  private static let mret: UInt32 = 0x3020_0073
  private static let alsoWrittenByReturn = " c784_mstatush 0x00000000 c1957_tcontrol 0x00000000"

  /// The line `spike --log-commits` prints (riscv-isa-sim, `commit_log_print_insn`).
  public var commitLogLine: String {
    let digits = isCompressed ? 4 : 8
    var line = "core   0: 3 \(hex(pc)) (0x\(padded(instruction, digits)))"
    if let register { line += " x\(register)\(register < 10 ? " " : "") \(hex(value))" }
    if let csr { line += " c\(csr)_\(CSR.name(Int(csr)) ?? "unknown") \(hex(csrValue))" }
    if instruction == Self.mret { line += Self.alsoWrittenByReturn }
    if let memory {
      let place = " mem \(hex(memory.address))"
      if memory.isLoaded { line += place }
      if let stored = memory.stored { line += place + " 0x\(padded(stored, Int(memory.width.rawValue) * 2))" }
    }
    return line
  }

  private func padded(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
