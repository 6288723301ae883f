import FixedPoint
import Registers
import Trace

/// The two activation banks that a chip's columns share, and their scalar port.
struct ActivationUnit: Sendable {
  private(set) var sigmoid: PiecewiseLinear
  private(set) var tanh: PiecewiseLinear

  init(_ registers: RegisterFile<ChipRegister>) {
    sigmoid = Self.sigmoid(registers)
    tanh = Self.tanh(registers)
  }

  /// Takes the banks over from the registers that hold them.
  mutating func reload(_ registers: RegisterFile<ChipRegister>) {
    sigmoid = Self.sigmoid(registers)
    tanh = Self.tanh(registers)
  }

  private static func sigmoid(_ registers: RegisterFile<ChipRegister>) -> PiecewiseLinear {
    bank(registers, .sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine)
  }

  private static func tanh(_ registers: RegisterFile<ChipRegister>) -> PiecewiseLinear {
    bank(registers, .tanhCount, .tanhRails, .tanhBreakpoint, .tanhLine)
  }

  private static func bank(
    _ registers: RegisterFile<ChipRegister>, _ count: ChipRegister, _ rails: ChipRegister,
    _ breakpoint: ChipRegister, _ line: ChipRegister
  ) -> PiecewiseLinear {
    PiecewiseLinear(
      lowRail: Lanes.even(registers[rails]), highRail: Lanes.odd(registers[rails]), count: Int(registers[count])
    ) { k in
      PiecewiseLinear.Segment(
        from: Lanes.even(registers[breakpoint, k]), slope: Lanes.even(registers[line, k]),
        offset: Lanes.odd(registers[line, k]))
    }
  }
}

extension PiecewiseLinear {
  /// Values and slopes of the two inputs of a word, as the scalar port has them.
  @inline(__always)
  func lanes(_ inputs: UInt32) -> (values: UInt32, slopes: UInt32) {
    let even = self(Q3_12(raw: Lanes.even(inputs)))
    let odd = self(Q3_12(raw: Lanes.odd(inputs)))
    return (Lanes.pack(even.value.raw, odd.value.raw), Lanes.pack(even.slope.raw, odd.slope.raw))
  }
}
