// Registers by the numbers of the target description: 0 to 31, then pc, then control and status registers at 65 and
// their own number (GDB, riscv-tdep.h).

enum GDBRegisters {
  static let pc = 32
  private static let firstCSR = 65

  private static let names = [
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "fp", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "s2",
    "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
  ]

  static let description: String = {
    func line(_ name: String, _ number: Int, _ type: String, _ group: String) -> String {
      #"<reg name="\#(name)" bitsize="32" regnum="\#(number)" type="\#(type)" group="\#(group)"/>"#
    }
    let general = names.enumerated().map { number, name in
      line(
        name, number, ["sp", "gp", "tp", "fp"].contains(name) ? "data_ptr" : name == "ra" ? "code_ptr" : "int",
        "general")
    }
    let system = CSR.all.map { line(CSR.name($0) ?? "csr\($0)", firstCSR + $0, "int", "csr") }
    return #"<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd"><target version="1.0">"#
      + "<architecture>riscv:rv32</architecture>"
      + #"<feature name="org.gnu.gdb.riscv.cpu">"# + general.joined() + line("pc", pc, "code_ptr", "general")
      + "</feature>" + #"<feature name="org.gnu.gdb.riscv.csr">"# + system.joined() + "</feature></target>"
  }()

  /// Registers 0 to 31 and `pc`: what the packet `g` has.
  static func all(of core: borrowing Core) -> [UInt32] {
    var values = (0..<32).map { core[register: $0] }
    values.append(core.pc)
    return values
  }

  /// - Parameter time: what the platform's `time` has now.
  static func read(_ number: Int, of core: borrowing Core, time: UInt64) -> UInt32? {
    switch number {
    case 0..<32: core[register: number]
    case pc: core.pc
    default: core.hart.csr(number - firstCSR, time: time)
    }
  }

  static func write(_ value: UInt32, _ number: Int, of core: inout Core) -> Bool {
    switch number {
    case 0..<32: core[register: number] = value
    case pc: core.pc = value
    default:
      let csr = number - firstCSR
      var hart = core.hart
      guard csr >= 0, hart.csr(csr, time: 0) != nil, csr >> 10 != 3 else { return false }
      hart.setCSR(csr, value, cycle: hart.cycle, retired: hart.retired)
      core.hart = hart
    }
    return true
  }
}

extension UInt32 {
  /// Lowest byte first, as the protocol has register values.
  var littleEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * UInt32($0))) } }

  init?(littleEndianBytes bytes: some Collection<UInt8>) {
    guard bytes.count == 4 else { return nil }
    self = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}
