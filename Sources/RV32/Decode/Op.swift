/// One predecoded instruction, or a constant built by two. Twenty-four bytes.
///
/// The register form and the immediate form of an arithmetic instruction are one operation: its second operand is
/// `x[rs2] + imm`, where one of the two is zero. Register 32 is a sink for results meant for x0.
struct Op {
  /// What executes it, or it and the operation after it, and goes on.
  var handler: Handler = leave
  var code: Code
  /// Bytes of the guest instruction.
  var size: UInt8
  var rd: UInt8 = 0
  var rs1: UInt8 = 0
  var rs2: UInt8 = 0
  /// `funct3` of a load, a store or a CSR instruction.
  var function: UInt8 = 0
  /// Instructions, halfwords and cycles of the block before this one.
  var index: UInt8 = 0
  var offset: UInt8 = 0
  var imm: UInt32 = 0
  var cyclesBefore: UInt32 = 0

  static let sink: UInt8 = 32
  static let registers = 33
  /// Room for them, a multiple of the alignment of what is behind it.
  static let registerBytes = 136

  enum Code: UInt8, CaseIterable {
    // Arithmetic.
    case add, sub, sll, srl, sra, xor, or, and, mul
    case slt, sltu, li, auipc, mulh, mulhsu, mulhu, div, divu, rem, remu
    // Memory. `load` and `store` are the forms that are always checked in full.
    case lb, lh, lw, lbu, lhu, sb, sh, sw, load, store, lr, sc, amo, fence, csr
    // Branches go on in the block or leave it by the `Exit` behind them.
    case beq, bne, blt, bge, bltu, bgeu
    // The ends of a block. `next` ends a block that is cut, and is no instruction.
    case jal, jalr, next
    case illegal, fetchFault, breakpoint, ecall, ebreak, mret, wfi
  }
}

extension Op.Code {
  var endsBlock: Bool { rawValue >= Op.Code.jal.rawValue && rawValue <= Op.Code.wfi.rawValue }
  var isAtomic: Bool { self == .lr || self == .sc || self == .amo }
  var isBranch: Bool { rawValue >= Op.Code.beq.rawValue && rawValue <= Op.Code.bgeu.rawValue }
  var isLoad: Bool { rawValue >= Op.Code.lb.rawValue && rawValue <= Op.Code.lhu.rawValue || self == .load }
  var isStore: Bool { rawValue >= Op.Code.sb.rawValue && rawValue <= Op.Code.sw.rawValue || self == .store }
}
