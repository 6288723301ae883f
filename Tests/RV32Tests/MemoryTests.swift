import RV32
import Testing

private let data = base + 0x800

@Test(
  "A load takes its bytes little-endian from any alignment, and extends their sign as its kind says",
  arguments: [0, 1, 2, 4, 5])
func loads(_ funct3: Int) {
  let pattern: [UInt8] = [
    0x01, 0x82, 0x03, 0x84, 0xF5, 0x76, 0x97, 0x18, 0x29, 0xAA, 0xBB, 0x4C, 0x5D, 0xDE, 0xEF, 0x60,
  ]
  for offset in 0..<8 {
    for compressedBase in [0, -2048, 2047] {
      var core = core([load(UInt32(funct3), a0, compressedBase, a1)])
      core.setBytes(pattern, at: data)
      core[register: 11] = data &+ UInt32(offset) &- UInt32(bitPattern: Int32(compressedBase))
      var bus = EmptyBus()
      _ = core.run(on: &bus, instructions: 1)
      let bytes = pattern[offset..<offset + (1 << (funct3 & 3))]
      let value = bytes.reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      let shift = UInt32(32 - 8 * bytes.count)
      let expected = funct3 < 4 ? UInt32(bitPattern: Int32(bitPattern: value << shift) >> Int32(shift)) : value
      #expect(core[register: 10] == expected)
    }
  }
}

@Test("A store writes the bytes of its width and no others, at any alignment", arguments: [0, 1, 2])
func stores(_ funct3: Int) {
  for offset in 0..<8 {
    let core = ran([store(UInt32(funct3), a0, -4, a1)], [a0: 0x8182_8384, a1: data + 4 + UInt32(offset)])
    var expected = [UInt8](repeating: 0, count: 16)
    for (index, byte) in ([0x84, 0x83, 0x82, 0x81] as [UInt8]).prefix(1 << funct3).enumerated() {
      expected[offset + index] = byte
    }
    #expect(core.bytes(at: data, count: 16) == expected)
  }
}

@Test("A load into x0 leaves it 0")
func loadToZero() {
  let core = ran([lw(zero, 0, a1)], [a1: base])
  #expect(core[register: 0] == 0 && core.retired == 1)
}

@Test("An access to the last bytes of RAM works, one past either end traps with its address")
func edgesOfRAM() {
  let end = base + 0x1_0000
  for (funct3, count) in [(0, 1), (1, 2), (2, 4), (4, 1), (5, 2)] as [(UInt32, UInt32)] {
    #expect(trap([load(funct3, a0, 0, a1)], [a1: end - count]) == nil)
    #expect(trap([load(funct3, a0, 0, a1)], [a1: end]) == Trap(.loadFault, pc: base, tval: end))
    #expect(trap([load(funct3, a0, 0, a1)], [a1: base - count]) == Trap(.loadFault, pc: base, tval: base - count))
  }
  for (funct3, count) in [(0, 1), (1, 2), (2, 4)] as [(UInt32, UInt32)] {
    #expect(trap([store(funct3, a0, 0, a1)], [a1: end - count]) == nil)
    #expect(trap([store(funct3, a0, 0, a1)], [a1: end]) == Trap(.storeFault, pc: base, tval: end))
    #expect(trap([store(funct3, a0, 0, a1)], [a1: base - count]) == Trap(.storeFault, pc: base, tval: base - count))
  }
  // Across the end: misaligned and not in RAM.
  #expect(trap([lw(a0, 0, a1)], [a1: end - 2]) == Trap(.loadMisaligned, pc: base, tval: end - 2))
  #expect(trap([sw(a0, 0, a1)], [a1: end - 3]) == Trap(.storeMisaligned, pc: base, tval: end - 3))
}

@Test("A misaligned access to RAM works, or traps with its address where the core is told so")
func misalignedTraps() {
  var strict = smallConfiguration()
  strict.trapsMisaligned = true
  for (funct3, offset) in [(1, 1), (5, 1), (2, 1), (2, 2), (2, 3)] as [(UInt32, UInt32)] {
    let address = data + offset
    #expect(trap([load(funct3, a0, 0, a1)], [a1: address], strict) == Trap(.loadMisaligned, pc: base, tval: address))
    #expect(trap([load(funct3, a0, 0, a1)], [a1: address]) == nil)
    if funct3 < 3 {
      #expect(
        trap([store(funct3, a0, 0, a1)], [a1: address], strict) == Trap(.storeMisaligned, pc: base, tval: address))
      #expect(trap([store(funct3, a0, 0, a1)], [a1: address]) == nil)
    }
  }
  #expect(trap([lw(a0, 0, a1)], [a1: data], strict) == nil)
  #expect(trap([sw(a0, 0, a1)], [a1: data], strict) == nil)
}

/// A bus that remembers what it was asked.
struct LoggingBus: DeviceBus {
  var log: [String] = []
  var reply = Reply(value: 0x8765_43A1)

  mutating func load(_ access: Access) -> Reply {
    log.append("r\(access.width.rawValue) \(access.address) \(access.cycle) \(access.pc)")
    return reply
  }

  mutating func store(_ value: UInt32, _ access: Access) -> Reply {
    log.append("w\(access.width.rawValue) \(access.address) \(access.cycle) \(access.pc) \(value)")
    return reply
  }
}

@Test("A device sees width, address, cycle and pc of every aligned access, and no misaligned one")
func deviceAccesses() {
  let device: UInt32 = 0x4000_0000
  let program = [
    addi(zero, zero, 0), lw(a0, 4, s0), load(0, a1, 0, s0), load(4, a2, 1, s0), load(1, a3, 2, s0), load(5, a4, 2, s0),
    sw(a0, 8, s0), store(0, a0, 3, s0), store(1, a0, 2, s0), cLw(a5, 4, s0), cSw(a5, 8, s0),
  ]
  var core = core(program, smallConfiguration(cycles: .unit))
  core[register: 8] = device
  var bus = LoggingBus()
  #expect(core.run(on: &bus, instructions: UInt64(program.count)) == .instructionLimit)
  let value: UInt32 = 0x8765_43A1
  #expect(core[register: 10] == value && core[register: 15] == value)
  #expect(core[register: 11] == 0xFFFF_FFA1 && core[register: 12] == 0xA1)
  #expect(core[register: 13] == 0x43A1 && core[register: 14] == 0x43A1)
  let pc = (0..<11).map { base + 4 * UInt32($0) - ($0 == 10 ? 2 : 0) }
  #expect(
    bus.log == [
      "r4 \(device + 4) 1 \(pc[1])", "r1 \(device) 2 \(pc[2])", "r1 \(device + 1) 3 \(pc[3])",
      "r2 \(device + 2) 4 \(pc[4])", "r2 \(device + 2) 5 \(pc[5])", "w4 \(device + 8) 6 \(pc[6]) \(value)",
      "w1 \(device + 3) 7 \(pc[7]) \(0xA1)", "w2 \(device + 2) 8 \(pc[8]) \(0x43A1)", "r4 \(device + 4) 9 \(pc[9])",
      "w4 \(device + 8) 10 \(pc[10]) \(value)",
    ])
  // A misaligned access never reaches the bus.
  let count = bus.log.count
  core[register: 8] = device + 1
  core.pc = base + 4
  core.hart.mtvec = base + 0x1000
  #expect(core.step(on: &bus) == nil)
  #expect(core.hart.mcause == 4 && core.hart.mtval == device + 5 && bus.log.count == count)
}

@Test("A device's reply adds its stall to the cycle, or ends the run behind the access")
func stallAndExit() {
  var core = core([lw(a0, 0, s0), nop, sw(a0, 0, s0), nop], smallConfiguration(cycles: .unit))
  core[register: 8] = 0x4000_0000
  var bus = LoggingBus()
  bus.reply.stall = 1000
  #expect(core.run(on: &bus, instructions: 2) == .instructionLimit)
  #expect(core.cycle == 1002 && core.retired == 2)
  bus.reply = Reply()
  bus.reply.exit = .status(3)
  #expect(core.run(on: &bus) == .exited(.status(3)))
  #expect(core.retired == 3 && core.pc == base + 12)
}

// Atomics.

private func atomic(_ instruction: UInt32, memory: UInt32, operand: UInt32) -> (UInt32, UInt32?) {
  var core = core([instruction])
  core.pokeWord(memory, data)
  core[register: 11] = data
  core[register: 12] = operand
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: 1)
  return (core[register: 10], core.peekWord(data))
}

@Test(
  "An atomic operation leaves the old word in rd and the manual's result in memory",
  arguments: [0, 1, 4, 8, 12, 16, 20, 24, 28])
func readModifyWrite(_ funct5: Int) {
  for memory in corners {
    for operand in corners {
      let left = Int64(Int32(bitPattern: memory))
      let right = Int64(Int32(bitPattern: operand))
      let expected: Int64 =
        switch funct5 {
        case 0: left + right
        case 1: right
        case 4: left ^ right
        case 8: left | right
        case 12: left & right
        case 16: min(left, right)
        case 20: max(left, right)
        case 24: Int64(min(memory, operand))
        default: Int64(max(memory, operand))
        }
      let (old, new) = atomic(amo(UInt32(funct5), a0, a2, a1), memory: memory, operand: operand)
      #expect(old == memory && new == UInt32(truncatingIfNeeded: expected))
    }
  }
}

@Test("sc succeeds once after lr of the same word, and fails otherwise")
func reservations() {
  // A pair succeeds, a second store does not, nor does one to another word, nor one without any reservation.
  let core = ran(
    [lr(a0, a1), sc(a2, a3, a1), sc(a4, a3, a1), lr(a0, a1), sc(a5, a3, s0)], [a1: data, a3: 9, s0: data + 4])
  #expect(core[register: 12] == 0 && core[register: 14] == 1 && core[register: 15] == 1)
  #expect(core.peekWord(data) == 9 && core.peekWord(data + 4) == 0)
  #expect(ran([sc(a2, a3, a1)], [a1: data, a3: 9])[register: 12] == 1)
  // A success into x0 stores all the same; with rd = rs2 the stored value is the old one.
  #expect(ran([lr(a0, a1), sc(zero, a3, a1)], [a1: data, a3: 9]).peekWord(data) == 9)
  #expect(ran([lr(a0, a1), sc(a3, a3, a1)], [a1: data, a3: 9]).peekWord(data) == 9)
}

@Test("A sc that fails, at another word, ends the reservation as well")
func failedStoreEndsReservation() {
  let core = ran([lr(a0, a1), sc(a2, a3, s0), sc(a4, a3, a1)], [a1: data, a3: 9, s0: data + 4])
  #expect(core[register: 12] == 1 && core[register: 14] == 1)
  #expect(core.peekWord(data) == 0 && core.peekWord(data + 4) == 0)
}

@Test("Misaligned, unmapped and undefined atomics trap with the right cause")
func atomicTraps() {
  #expect(trap([lr(a0, a1)], [a1: data + 1]) == Trap(.loadMisaligned, pc: base, tval: data + 1))
  #expect(trap([sc(a0, a2, a1)], [a1: data + 2]) == Trap(.storeMisaligned, pc: base, tval: data + 2))
  #expect(trap([amo(0, a0, a2, a1)], [a1: data + 3]) == Trap(.storeMisaligned, pc: base, tval: data + 3))
  #expect(trap([lr(a0, a1)], [a1: 0x1000_0000]) == Trap(.loadFault, pc: base, tval: 0x1000_0000))
  #expect(trap([amo(1, a0, a2, a1)], [a1: 0x1000_0000]) == Trap(.storeFault, pc: base, tval: 0x1000_0000))
  for illegal in [amo(2, a0, a2, a1), amo(5, a0, a2, a1), rType(0x2F, 3, 0, a0, a1, a2), rType(0x2F, 1, 0, a0, a1, a2)]
  {
    #expect(trap([illegal], [a1: data])?.cause == .illegalInstruction)
  }
}

@Test("RAM lies wherever it is put: a program does the same there", arguments: [base, 0x1000_0000, 0, 0xffff_0000])
func ramBase(_ start: UInt32) {
  let program =
    [
      auipc(a0, 0), addi(a1, zero, 5), sw(a1, 256, a0), lw(a2, 256, a0), addi(a3, a3, 1), branch(1, a3, a1, -8),
      jal(ra, 8), ebreak, addi(s0, a0, 256), amo(0, a4, a1, s0), ecall,
    ] + Array(repeating: ebreak, count: 5) + [addi(a5, a5, 1), jal(0, 0)]
  var configuration = smallConfiguration()
  configuration.ramBase = start
  for isSingle in [false, true] {
    var core = core(program, at: start, configuration)
    core.hart.mtvec = start + 64
    if isSingle { core.recorder = Recorder(capacity: 4) }
    var bus = EmptyBus()
    #expect(core.run(on: &bus, instructions: 30) == .instructionLimit)
    #expect([1, 8, 10].map { core[register: $0] &- start } == [28, 256, 0])
    #expect((11...15).map { core[register: $0] } == [5, 5, 5, 5, 1] && core.peekWord(start + 256) == 10)
    #expect(core.pc &- start == 68 && core.hart.mepc &- start == 40 && core.hart.mcause == 11)
  }
}

@Test(
  "What is watched, refused or stored by an atomic has its own address wherever RAM is",
  arguments: [base, 0x1000_0000, 0, 0xffff_0000])
func addresses(_ start: UInt32) {
  let device: UInt32 = 0x4000_0000
  let program = [
    auipc(a0, 0), sw(a0, 256, a0), load(4, a1, 259, a0), addi(a0, a0, 256), lr(a2, a0), amo(0, a3, a1, a0),
    lw(a4, 4, a5), store(0, a4, 7, a5),
  ]
  var configuration = smallConfiguration()
  configuration.ramBase = start
  var core = core(program, at: start, configuration)
  core[register: 15] = device
  core.hart.mtvec = device
  core.watchpoints = [Watchpoint(.access, address: start + 256, count: 4)]
  var bus = EmptyBus()
  var stops: [UInt32] = []
  while case .watchpoint(_, let address) = core.run(on: &bus, instructions: 20) {
    stops += [core.pc &- start, address &- start]
  }
  #expect(stops == [4, 256, 8, 259, 16, 256, 20, 256])
  #expect(core.pc &- start == 24 && core[register: 11] == start >> 24 && core[register: 12] == start)
  for (place, cause, address) in [(24, .loadFault, device + 4), (28, .storeFault, device + 7)]
    as [(UInt32, Cause, UInt32)]
  {
    core.pc = start + place
    #expect(core.run(on: &bus, instructions: 20) == .unhandled(Trap(cause, pc: start + place, tval: address)))
  }
}
