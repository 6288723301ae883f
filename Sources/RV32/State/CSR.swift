// Control and status registers as the privileged manual asks of a hart with machine mode only: the counter-enable and
// environment registers of S and U do not exist, performance counters 3 to 31 are read-only zero, and so is the
// trigger module (`tselect` selects nothing).

/// A CSR number, named as in the manual.
enum CSR {
  static let mstatus = 0x300, misa = 0x301, mie = 0x304, mtvec = 0x305, mstatush = 0x310, mcountinhibit = 0x320
  static let mscratch = 0x340, mepc = 0x341, mcause = 0x342, mtval = 0x343, mip = 0x344
  static let mcycle = 0xB00, minstret = 0xB02, mcycleh = 0xB80, minstreth = 0xB82
  static let cycle = 0xC00, time = 0xC01, instret = 0xC02, cycleh = 0xC80, timeh = 0xC81, instreth = 0xC82
  static let mhartid = 0xF14

  /// MXL = 32 bits; I, M, A and C.
  static let misaValue: UInt32 = 1 << 30 | 1 << 12 | 1 << 8 | 1 << 2 | 1

  /// Numbers of all that there are, in order.
  static let all = (0..<4096).filter { Hart().csr($0, time: 0) != nil }

  /// Whether a write finds nothing to change, whatever it writes: the counters that count nothing, and triggers.
  static func isConstant(_ number: Int) -> Bool {
    switch number {
    case 0xB03...0xB1F, 0xB83...0xB9F, 0x7A1...0x7A4: true
    default: false
    }
  }

  /// As the manual and Spike call it; nil where there is none.
  static func name(_ number: Int) -> String? {
    switch number {
    case mstatus: "mstatus"
    case misa: "misa"
    case mie: "mie"
    case mtvec: "mtvec"
    case mstatush: "mstatush"
    case mcountinhibit: "mcountinhibit"
    case mscratch: "mscratch"
    case mepc: "mepc"
    case mcause: "mcause"
    case mtval: "mtval"
    case mip: "mip"
    case 0x3A0...0x3A3: "pmpcfg\(number - 0x3A0)"
    case 0x3B0...0x3BF: "pmpaddr\(number - 0x3B0)"
    case 0x7A0...0x7A4: ["tselect", "tdata1", "tdata2", "tdata3", "tinfo"][number - 0x7A0]
    case 0xF11...0xF15: ["mvendorid", "marchid", "mimpid", "mhartid", "mconfigptr"][number - 0xF11]
    case mcycle: "mcycle"
    case minstret: "minstret"
    case mcycleh: "mcycleh"
    case minstreth: "minstreth"
    case cycle: "cycle"
    case time: "time"
    case instret: "instret"
    case cycleh: "cycleh"
    case timeh: "timeh"
    case instreth: "instreth"
    case 0x323...0x33F: "mhpmevent\(number - 0x320)"
    case 0xB03...0xB1F: "mhpmcounter\(number - 0xB00)"
    case 0xB83...0xB9F: "mhpmcounter\(number - 0xB80)h"
    default: nil
    }
  }
}

extension Hart {
  /// MIE, MPIE, and MPP, which is always M; other bits are 0 and cannot be written.
  public var mstatus: UInt32 {
    get { 3 << 11 | (previousInterruptsEnabled ? 1 << 7 : 0) | (interruptsEnabled ? 1 << 3 : 0) }
    set {
      interruptsEnabled = newValue >> 3 & 1 == 1
      previousInterruptsEnabled = newValue >> 7 & 1 == 1
    }
  }

  /// The value an instruction reads, or nil where there is no such register. `time` is the platform's.
  public func csr(_ number: Int, time: UInt64) -> UInt32? {
    switch number {
    case CSR.mstatus: mstatus
    case CSR.misa: CSR.misaValue
    case CSR.mie: mie.rawValue
    case CSR.mtvec: mtvec
    case CSR.mcountinhibit: (mcycle.held == nil ? 0 : 1) | (minstret.held == nil ? 0 : 4)
    case CSR.mscratch: mscratch
    case CSR.mepc: mepc
    case CSR.mcause: mcause
    case CSR.mtval: mtval
    case CSR.mip: mip.rawValue
    case 0x3A0...0x3A3: pmpcfg[number - 0x3A0]
    case 0x3B0...0x3BF: pmpaddr[number - 0x3B0]
    case CSR.mcycle, CSR.cycle: UInt32(truncatingIfNeeded: mcycle.value(at: cycle))
    case CSR.mcycleh, CSR.cycleh: UInt32(truncatingIfNeeded: mcycle.value(at: cycle) >> 32)
    case CSR.minstret, CSR.instret: UInt32(truncatingIfNeeded: minstret.value(at: retired))
    case CSR.minstreth, CSR.instreth: UInt32(truncatingIfNeeded: minstret.value(at: retired) >> 32)
    case CSR.time: UInt32(truncatingIfNeeded: time)
    case CSR.timeh: UInt32(truncatingIfNeeded: time >> 32)
    case CSR.mhartid: hartID
    case CSR.mstatush, 0x323...0x33F, 0xB03...0xB1F, 0xB83...0xB9F: 0  // mhpmevent, mhpmcounter, mhpmcounterh
    case 0x7A0...0x7A4: 0  // tselect, tdata1 to tdata3, tinfo
    case 0xF11...0xF13, 0xF15: 0  // mvendorid, marchid, mimpid, mconfigptr
    default: nil
    }
  }

  /// Writes a register that exists and is not read-only. The instruction that writes ends at counts `cycle` and
  /// `retired`: a counter holds the written value then, its own increment suppressed.
  mutating func setCSR(_ number: Int, _ value: UInt32, cycle: UInt64, retired: UInt64) {
    switch number {
    case CSR.mstatus: mstatus = value
    case CSR.mie: mie = Interrupts(rawValue: value).intersection(.all)
    case CSR.mtvec: mtvec = value & ~2
    case CSR.mscratch: mscratch = value
    case CSR.mepc: mepc = value & ~1
    case CSR.mcause: mcause = value
    case CSR.mtval: mtval = value
    case 0x3A0...0x3A3:
      // Write without read is reserved: such a W reads as 0 (privileged manual, "Physical Memory Protection CSRs").
      pmpcfg[number - 0x3A0] = value & (0x1D1D_1D1D | (value & 0x0101_0101) << 1)
    case 0x3B0...0x3BF: pmpaddr[number - 0x3B0] = value
    case CSR.mcountinhibit:
      mcycle.inhibit(value & 1 != 0, at: cycle)
      minstret.inhibit(value & 4 != 0, at: retired)
    case CSR.mcycle: mcycle.set(mcycle.value(at: self.cycle).replacingLow(value), at: cycle)
    case CSR.mcycleh: mcycle.set(mcycle.value(at: self.cycle).replacingHigh(value), at: cycle)
    case CSR.minstret: minstret.set(minstret.value(at: self.retired).replacingLow(value), at: retired)
    case CSR.minstreth: minstret.set(minstret.value(at: self.retired).replacingHigh(value), at: retired)
    default: break  // misa, mip and the zeros keep their value
    }
  }

  /// Takes a trap: `pc` and the trap registers become those of the handler's first instruction.
  mutating func enter(_ trap: Trap) {
    mepc = trap.pc
    mcause = trap.cause.rawValue
    mtval = trap.tval
    previousInterruptsEnabled = interruptsEnabled
    interruptsEnabled = false
    pc = handler(of: trap.cause)
  }

  func handler(of cause: Cause) -> UInt32 {
    let vectored = mtvec & 1 == 1 && cause.isInterrupt
    return (mtvec & ~3) &+ (vectored ? cause.rawValue << 2 : 0)
  }

  mutating func returnFromTrap() {
    interruptsEnabled = previousInterruptsEnabled
    previousInterruptsEnabled = true
    pc = mepc
  }
}

extension UInt64 {
  func replacingLow(_ word: UInt32) -> UInt64 { (self >> 32) << 32 | UInt64(word) }
  func replacingHigh(_ word: UInt32) -> UInt64 { UInt64(word) << 32 | self & 0xFFFF_FFFF }
}
