import RV32
import Testing

/// One instruction of every class, and the entry of the table that it costs.
private var classes: [(WritableKeyPath<CycleTable, UInt8>, [UInt32])] {
  [
    (
      \.alu,
      (0..<8).map { rType(0x33, $0, 0, a0, a1, a2) } + (0..<8).map { iType(0x13, $0, a0, a1, 1) }
        + [rType(0x33, 0, 0x20, a0, a1, a2), rType(0x33, 5, 0x20, a0, a1, a2), lui(a0, 5), auipc(a0, 5)]
    ),
    (\.load, [0, 1, 2, 4, 5].map { load($0, a0, 0, s0) }), (\.store, (0..<3).map { store($0, a0, 0, s0) }),
    (\.atomic, [lr(a0, s0), amo(3, a0, a1, s0)] + [0, 1, 4, 8, 12, 16, 20, 24, 28].map { amo($0, a0, a1, s0) }),
    (\.multiply, [rType(0x33, 0, 1, a0, a1, a2)]), (\.multiplyHigh, (1..<4).map { rType(0x33, $0, 1, a0, a1, a2) }),
    (\.divide, (4..<8).map { rType(0x33, $0, 1, a0, a1, a2) }), (\.jump, [jal(a0, 8), jalr(a0, s1, 0)]),
    // Registers are 0: these are not taken.
    (\.branch, [1, 4, 6].map { branch($0, zero, zero, 8) }),
    (\.csr, [1, 2, 3, 5, 6, 7].map { csr($0, a0, 0x340, a1) }), (\.fence, [0x0000_000F, fenceI]),
    (\.system, [0x3020_0073]),
  ]
}

private func cycles(_ instruction: UInt32, _ table: CycleTable) -> UInt64 {
  var core = core([instruction], smallConfiguration(cycles: table))
  core[register: 8] = base + 0x800
  core[register: 9] = base + 0x100
  core.hart.mepc = base + 0x200
  var bus = EmptyBus()
  let reason = core.run(on: &bus, instructions: 1)
  #expect(reason == .instructionLimit && core.retired == 1, "\(String(instruction, radix: 16))")
  return core.cycle
}

@Test("An instruction costs its class's entry of the table and no other, at least one cycle")
func instructionCosts() {
  for (number, (entry, instructions)) in classes.enumerated() {
    for instruction in instructions {
      // Each class with a number of its own.
      var table = CycleTable()
      for (other, (path, _)) in classes.enumerated() { table[keyPath: path] = UInt8(10 + other) }
      #expect(cycles(instruction, table) == UInt64(10 + number), "\(String(instruction, radix: 16))")
      table[keyPath: entry] = 0
      #expect(cycles(instruction, table) == 1)
      #expect(cycles(instruction, .unit) == 1)
      #expect(cycles(instruction, .ibex) == UInt64(CycleTable.ibex[keyPath: entry]))
    }
  }
}

@Test("A branch that is taken costs its addition, a trap its entry and nothing for what trapped")
func branchAndTrapCosts() {
  var table = CycleTable()
  (table.branch, table.taken, table.trap, table.alu) = (3, 20, 50, 7)
  for (function, isTaken) in [(0, true), (1, false), (4, false), (5, true), (6, false), (7, true)] {
    #expect(cycles(branch(UInt32(function), zero, zero, 8), table) == (isTaken ? 23 : 3), "\(function)")
  }
  var core = core([ecall, addi(a0, a0, 1)], smallConfiguration(cycles: table))
  core.hart.mtvec = base + 4
  var bus = EmptyBus()
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  #expect(core.cycle == 57 && core.retired == 1)
}

@Test("The tables are those that are documented: one cycle for everything, and Ibex's table of stall cycles")
func tables() {
  func entries(_ table: CycleTable) -> [Int] {
    [
      table.alu, table.load, table.store, table.atomic, table.multiply, table.multiplyHigh, table.divide, table.jump,
      table.branch, table.taken, table.csr, table.fence, table.system, table.trap,
    ].map(Int.init)
  }
  #expect(entries(.unit) == [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0])
  #expect(entries(.ibex) == [1, 2, 2, 4, 3, 4, 37, 2, 1, 2, 1, 2, 2, 2])
  #expect(CycleTable() == .unit && CycleTable.unit != .ibex)
}
