/// What each class of instruction costs in core clock cycles, at least 1. This, and the stalls of the bus, is the whole
/// time model.
public struct CycleTable: Equatable, Sendable {
  /// Integer operations, shifts, comparisons, `lui` and `auipc`.
  public var alu: UInt8 = 1
  /// Loads, from RAM and devices.
  public var load: UInt8 = 1
  /// Stores, to RAM and devices.
  public var store: UInt8 = 1
  /// `lr.w`, `sc.w` and the `amo` operations.
  public var atomic: UInt8 = 1
  /// `mul`.
  public var multiply: UInt8 = 1
  /// `mulh`, `mulhsu` and `mulhu`.
  public var multiplyHigh: UInt8 = 1
  /// Divisions and remainders.
  public var divide: UInt8 = 1
  /// `jal` and `jalr`.
  public var jump: UInt8 = 1
  /// Conditional branches that are not taken.
  public var branch: UInt8 = 1
  /// Added to `branch` when the branch is taken.
  public var taken: UInt8 = 0
  /// Reads and writes of CSRs.
  public var csr: UInt8 = 1
  /// `fence` and `fence.i`.
  public var fence: UInt8 = 1
  /// `mret` and `wfi`.
  public var system: UInt8 = 1
  /// Entering a trap handler. The trapping instruction itself does not retire and costs nothing.
  public var trap: UInt8 = 0

  /// One cycle for everything.
  public init() {}

  /// One cycle for everything.
  public static let unit = CycleTable()

  /// The lowRISC Ibex core, two stages, fast multiplier, no branch-target ALU, one-cycle memory
  /// (Ibex documentation, "Pipeline Details", table of stall cycles).
  public static let ibex: CycleTable = {
    var table = CycleTable()
    table.load = 2
    table.store = 2
    table.atomic = 4
    table.multiply = 3
    table.multiplyHigh = 4
    table.divide = 37
    table.jump = 2
    table.taken = 2
    table.fence = 2
    table.system = 2
    table.trap = 2
    return table
  }()

  func cost(of code: Op.Code) -> UInt32 { code == .next ? 0 : UInt32(max(entry(code), 1)) }

  private func entry(_ code: Op.Code) -> UInt8 {
    switch code {
    case .load, .lb, .lh, .lw, .lbu, .lhu: load
    case .store, .sb, .sh, .sw: store
    case .lr, .sc, .amo: atomic
    case .mul: multiply
    case .mulh, .mulhsu, .mulhu: multiplyHigh
    case .div, .divu, .rem, .remu: divide
    case .jal, .jalr: jump
    case .beq, .bne, .blt, .bge, .bltu, .bgeu: branch
    case .csr: csr
    case .fence: fence
    case .mret, .wfi, .ebreak: system
    default: alu
    }
  }
}
