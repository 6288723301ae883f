import RV32

let base: UInt32 = 0x8000_0000

/// The bytes of instructions, compressed ones by their low two bits.
func code(_ instructions: [UInt32]) -> [UInt8] {
  instructions.flatMap { word in
    (0..<(word & 3 == 3 ? 4 : 2)).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
  }
}

func smallConfiguration(fuses: Bool = true, cycles: CycleTable = .ibex) -> Core.Configuration {
  var configuration = Core.Configuration()
  configuration.ramSize = 1 << 16
  configuration.fuses = fuses
  configuration.cycles = cycles
  return configuration
}

/// A core with a program at the start of 64 KiB of RAM.
func core(
  _ instructions: [UInt32], at address: UInt32 = base, _ configuration: Core.Configuration = smallConfiguration()
)
  -> Core
{
  var core = Core(configuration)
  core.setBytes(code(instructions), at: address)
  core.pc = address
  return core
}

/// A program run to its end: as many instructions as it has, unless told otherwise.
func ran(
  _ instructions: [UInt32], count: Int? = nil, _ setUp: [Reg: UInt32] = [:],
  _ configuration: Core.Configuration = smallConfiguration()
) -> Core {
  var core = core(instructions, configuration)
  for (register, value) in setUp { core[register: Int(register)] = value }
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: UInt64(count ?? instructions.count))
  return core
}

/// What a single instruction leaves in a register.
func result(_ instruction: UInt32, _ setUp: [Reg: UInt32] = [:], in register: Reg = a0) -> UInt32 {
  ran([instruction], setUp)[register: Int(register)]
}

/// The trap an instruction takes, or nil. The handler is at `base + 0x1000`.
func trap(
  _ instructions: [UInt32], _ setUp: [Reg: UInt32] = [:], _ configuration: Core.Configuration = smallConfiguration()
) -> Trap? {
  var core = core(instructions, configuration)
  for (register, value) in setUp { core[register: Int(register)] = value }
  core.hart.mtvec = base + 0x1000
  var bus = EmptyBus()
  for _ in instructions {
    _ = core.step(on: &bus)
    let hart = core.hart
    if hart.pc == base + 0x1000 {
      return Cause(rawValue: hart.mcause).map { Trap($0, pc: hart.mepc, tval: hart.mtval) }
    }
  }
  return nil
}

/// Values at the edges of 32-bit arithmetic.
let corners: [UInt32] = [
  0, 1, 2, 3, 5, 7, 31, 32, 33, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x0001_0000, 0x5555_5555, 0x7FFF_FFFE,
  0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xAAAA_AAAA, 0xFFFF_0000, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF,
]

extension Core {
  /// The first `count` bytes of RAM, or all there are.
  func memory(_ count: Int) -> [UInt8] { bytes(at: base, count: count) ?? [] }
}

#if DEBUG
  let isOptimised = false
#else
  let isOptimised = true
#endif
