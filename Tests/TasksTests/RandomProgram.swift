import RV32
import Registers
import TestSupport

/// Instructions of all kinds in all of a hart's RAM, behind a handler that passes over what traps.
enum RandomProgram {
  static let wfi: UInt32 = 0x1050_0073

  /// Passes over an instruction that traps; an interrupt is not enabled again.
  private static let handler: [UInt32] = [
    0x3420_2ff3,  // csrr x31, mcause
    0x000f_ca63,  // bltz x31, +20
    0x3410_2ff3,  // csrr x31, mepc
    0x004f_8f93,  // addi x31, x31, 4
    0x341f_9073,  // csrw mepc, x31
    0x3020_0073,  // mret
    0x3040_1073,  // csrw mie, x0
    0x3020_0073,  // mret
  ]

  /// Registers that hold addresses of devices, mostly; x3 and x4 hold those of words of RAM.
  private static let pointers: [UInt32] = Array(5..<15)

  static func load(into core: inout Core, _ random: inout SeededRandom) {
    let base = core.configuration.ramBase
    for offset in stride(from: 0, to: core.configuration.ramSize, by: 4) {
      core.pokeWord(instruction(&random), base + offset)
    }
    for (number, word) in handler.enumerated() { core.pokeWord(word, base + 4 * UInt32(number)) }
    for register in 15..<32 { core[register: register] = random.word() }
    aim(&core, &random)
    core.hart.mie = .all
    core.hart.interruptsEnabled = true
    core.pc = base + 4 * (random.word() % 1000)
  }

  /// An address of a word in the upper half of RAM.
  static func word(_ random: inout SeededRandom) -> UInt32 { MemoryMap.ram + 2048 + 4 * (random.word() % 448) }

  /// Sets registers to addresses of RAM and of devices, and traps to the handler.
  static func aim(_ core: inout Core, _ random: inout SeededRandom) {
    let devices = [
      MemoryMap.chip, MemoryMap.tile(0), MemoryMap.tile(0), MemoryMap.tile(1), MemoryMap.host, MemoryMap.flash,
      MemoryMap.uart, MemoryMap.timer, MemoryMap.timer + 0x4000, MemoryMap.timer + 0xbff8,
    ]
    for register in 3..<5 { core[register: register] = word(&random) }
    for (register, device) in zip(pointers, devices) { core[register: Int(register)] = device }
    core.hart.mtvec = MemoryMap.ram | random.word() & 1
  }

  /// CSRs whose content is the hart's own.
  private static let told: [UInt32] =
    [0x300, 0x304, 0x305, 0x320, 0x340, 0x341, 0x342, 0x343, 0xb00, 0xb02, 0xb80, 0xb82, 0xf14]
    + (0x3a0..<0x3a4) + (0x3b0..<0x3c0)

  /// A program behind the handler that stores all registers, `told`, and whether the word at x4 is reserved.
  /// - Returns: where it begins.
  static func placeTeller(in core: inout Core) -> UInt32 {
    let base = core.configuration.ramBase
    // sw x31, 0(x4), sc.w x31, x0, (x4), sw x31, 4(x4), auipc x31, 0
    var words: [UInt32] = [store(4, 2, 31, offset: 0), 0x1802_2faf, store(4, 2, 31, offset: 4), 0x17 | 31 << 7]
    for register in 1..<31 as Range<UInt32> { words.append(store(31, 2, register, offset: 1024 + 4 * register)) }
    for (place, number) in told.enumerated() {
      words += [word((number, 20), (2, 12), (30, 7), (0x73, 0)), store(31, 2, 30, offset: 1280 + 4 * UInt32(place))]
    }
    for (place, word) in words.enumerated() { core.pokeWord(word, base + 64 + 4 * UInt32(place)) }
    return base + 64
  }

  static var tellerInstructions: UInt64 { 34 + 2 * UInt64(told.count) }

  /// A word of fields, each with its lowest bit.
  private static func word(_ fields: (value: UInt32, bit: UInt32)...) -> UInt32 {
    fields.reduce(0) { $0 | $1.value << $1.bit }
  }

  private static func instruction(_ random: inout SeededRandom) -> UInt32 {
    // Seldom a register that holds an address.
    let rd = random.next() % 16 == 0 ? random.word() % 32 : 15 + random.word() % 17
    let (rs1, rs2, function) = (random.word() % 32, random.word() % 32, random.word() % 8)
    switch random.next() % 16 {
    case 0: return random.word()
    case 1: return word((compressed(&random), 0), (compressed(&random), 16))
    case 2, 3:
      return word((random.pick([0, 0, 1, 0x20]), 25), (rs2, 20), (rs1, 15), (function, 12), (rd, 7), (0x33, 0))
    case 4:
      return word(
        (random.word() % 4096, 20), (rs1, 15), (function, 12), (rd, 7), (random.pick([0x13, 0x13, 0x37, 0x17]), 0))
    case 5: return load(random.pick(pointers), random.pick([0, 1, 2, 2, 2, 4, 5]), rd, &random)
    case 6: return store(random.pick(pointers), random.pick([0, 1, 2, 2, 2]), rs2, &random)
    case 7: return load(random.pick([3, 4]), random.pick([0, 1, 2, 4, 5]), rd, &random)
    case 8, 9: return store(random.pick([3, 4]), random.pick([0, 1, 2, 2, 2]), rs2, &random)
    case 10: return atomic(&random, rd, rs2)
    case 11, 12: return csr(&random, rd, rs1)
    case 13: return random.pick([wfi, wfi, 0x3020_0073, 0x0000_0073, 0x0010_0073, 0x0000_100f, 0x0000_000f])
    case 14:
      return word((rs2, 20), (rs1, 15), (random.pick([0, 1, 4, 5, 6, 7]), 12), (random.word() % 16, 8), (0x63, 0))
    default:
      guard random.next() % 2 == 0 else { return word((random.word() % 64, 22), (rd, 7), (0x6f, 0)) }
      // An operation of a tile that is then under way.
      return store(6, 2, rs2, offset: UInt32(TileRegister.start.rawValue))
    }
  }

  private static func compressed(_ random: inout SeededRandom) -> UInt32 { random.word() & 0xfffc | random.word() % 3 }

  private static func load(_ base: UInt32, _ size: UInt32, _ rd: UInt32, _ random: inout SeededRandom) -> UInt32 {
    word((random.word() % 64 * 4, 20), (base, 15), (size, 12), (rd, 7), (0x03, 0))
  }

  private static func store(_ base: UInt32, _ size: UInt32, _ rs2: UInt32, _ random: inout SeededRandom) -> UInt32 {
    store(base, size, rs2, offset: random.word() % 64 * 4 + (random.next() % 16 == 0 ? 2 : 0))
  }

  private static func store(_ base: UInt32, _ size: UInt32, _ rs2: UInt32, offset: UInt32) -> UInt32 {
    word((offset >> 5, 25), (rs2, 20), (base, 15), (size, 12), (offset & 31, 7), (0x23, 0))
  }

  /// Mostly of the word that x4 points to; `lr.w` and `sc.w` more often than others.
  private static func atomic(_ random: inout SeededRandom, _ rd: UInt32, _ rs2: UInt32) -> UInt32 {
    let function = random.pick([2, 2, 3, 3, 3, 0, 1, 4, 8, 12, 16, 20, 24, 28] as [UInt32])
    let base = random.next() % 8 == 0 ? random.word() % 32 : 4
    return word((function, 27), (function == 2 ? 0 : rs2, 20), (base, 15), (2, 12), (rd, 7), (0x2f, 0))
  }

  /// Half of them read alone.
  private static func csr(_ random: inout SeededRandom, _ rd: UInt32, _ rs1: UInt32) -> UInt32 {
    let numbers: [UInt32] = [
      0x300, 0x300, 0x304, 0x304, 0x305, 0x320, 0x320, 0x320, 0x320, 0x340, 0x341, 0x342, 0x343, 0x344, 0xb00, 0xb02,
      0xb80, 0xb82,
      0xc00, 0xc01, 0xc02, 0xc80, 0xc81, 0xc82, 0xf14, 0x7a0, 0x301,
    ]
    let number: UInt32 =
      switch random.next() % 8 {
      case 0: random.word() % 4096
      case 1: 0x3a0 + random.word() % 4
      case 2: 0x3b0 + random.word() % 16
      default: random.pick(numbers)
      }
    let isRead = random.next() % 2 == 0
    let function: UInt32 = isRead ? 2 : random.pick([1, 2, 3, 5, 6, 7])
    return word((number, 20), (isRead ? 0 : rs1, 15), (function, 12), (rd, 7), (0x73, 0))
  }
}
