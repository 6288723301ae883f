import FixedPoint
import Registers

/// One of the chip's two banks of circuits, by its number in `setActivation`.
enum ActivationBank: UInt32, Sendable, CaseIterable {
  case sigmoid = 0
  case tanh = 1

  private var registers: (count: ChipRegister, rails: ChipRegister, breakpoint: ChipRegister, line: ChipRegister) {
    switch self {
    case .sigmoid: (.sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine)
    case .tanh: (.tanhCount, .tanhRails, .tanhBreakpoint, .tanhLine)
    }
  }

  /// Moves a circuit from its words, those behind their count, into the bank.
  func take(
    _ count: UInt32, from source: inout some WordSource, on bus: inout some Bus
  ) throws(Status) -> PiecewiseLinear {
    func put(_ register: ChipRegister, _ index: Int, _ value: UInt32) {
      bus.write(MemoryMap.chip + register.offset(index), value)
    }
    let rails = try source.next(on: &bus)
    put(registers.rails, 0, rails)
    var circuit = PiecewiseLinear(lowRail: Lanes.even(rails), highRail: Lanes.odd(rails), count: Int(count)) { _ in
      .init(slope: 0, offset: 0)
    }
    for k in 0..<Int(count) {
      let breakpoint = try source.next(.breakpoint, on: &bus)
      put(registers.breakpoint, k, breakpoint)
      circuit.segments[k].breakpoint = Q3_12(raw: Lanes.even(breakpoint))
    }
    for k in 0..<Int(count) {
      let line = try source.next(on: &bus)
      put(registers.line, k, line)
      circuit.segments[k].slope = Q1_14(raw: Lanes.even(line))
      circuit.segments[k].offset = Q0_15(raw: Lanes.odd(line))
    }
    put(registers.count, 0, count)
    return circuit
  }

  /// Segments in use.
  func count(on bus: inout some Bus) -> UInt32 { bus.read(MemoryMap.chip + registers.count.offset()) }

  /// The words that `take` takes, and their count before them.
  func save(_ count: UInt32, to writer: inout RecordWriter, on bus: inout some Bus) {
    func save(_ register: ChipRegister, _ index: Int = 0) {
      writer.put(bus.read(MemoryMap.chip + register.offset(index)), on: &bus)
    }
    writer.put(count, on: &bus)
    save(registers.rails)
    for k in 0..<Int(count) { save(registers.breakpoint, k) }
    for k in 0..<Int(count) { save(registers.line, k) }
  }
}
