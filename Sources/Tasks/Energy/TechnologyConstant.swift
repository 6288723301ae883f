import Crossbar

/// A constant of the account of energy and area; `Technology.entry(of:)` has its value in each technology.
package enum TechnologyConstant: String, Sendable, CaseIterable {
  case supply
  case adcStep, adcBitCapacitance, adcBits, dacBitCapacitance, readDriver
  case amplifierBranches, compensation, currentEfficiency, sampleCharge
  case lineDriverCapacitance, wireCapacitance, cellCapacitance, pulsePump, pulseLinear
  case multiply, add, compare, busBit, digitalScale, controllerCycle, controllerWait
  case cellArea, adcArea, dacArea, amplifierArea, switchResistance, memoryBitArea

  /// Its unit; empty for a factor.
  package var unit: String {
    switch self {
    case .supply: "V"
    case .adcStep: "fJ a step"
    case .adcBitCapacitance, .dacBitCapacitance: "fF a bit"
    case .adcBits: "bits"
    case .readDriver, .amplifierBranches, .digitalScale, .controllerWait, .adcArea: ""
    case .compensation: "pF"
    case .currentEfficiency: "/V"
    case .sampleCharge: "kT"
    case .lineDriverCapacitance: "fF"
    case .wireCapacitance: "fF/µm"
    case .cellCapacitance: "fF a cell"
    case .pulsePump, .pulseLinear: "of the supply"
    case .multiply, .add, .compare: "pJ at 45 nm"
    case .busBit: "pJ a bit at 45 nm"
    case .controllerCycle: "pJ a cycle"
    case .cellArea, .memoryBitArea: "F²"
    case .dacArea: "µm² at 40 nm"
    case .amplifierArea: "µm² at 130 nm"
    case .switchResistance: "kΩ·µm"
    }
  }

  /// What it is, in a few words.
  package var meaning: String {
    switch self {
    case .supply: "supply of circuits and controller"
    case .adcStep: "SAR ADC: energy of a conversion step, FoM, of 2^(bits − 1) steps"
    case .adcBitCapacitance: "SAR ADC: capacitance switched for each bit"
    case .adcBits: "SAR ADC: bits that are noise, nominal less effective"
    case .dacBitCapacitance: "DAC: capacitance switched for each bit"
    case .readDriver: "driver of a read line: its current from the supply, times this"
    case .amplifierBranches: "transimpedance amplifier: branches of its current, κ"
    case .compensation: "transimpedance amplifier: compensating capacitance, C_c"
    case .currentEfficiency: "transimpedance amplifier: g_m/I_D"
    case .sampleCharge: "sample and hold: C·V_fs² over 4^bits, so that kT/C is below an LSB's own noise"
    case .lineDriverCapacitance: "line: capacitance of its driver"
    case .wireCapacitance: "line: capacitance of the wire"
    case .cellCapacitance: "line: capacitance of a cell's gate"
    case .pulsePump: "pulse at or above the supply: efficiency of the charge pump"
    case .pulseLinear: "pulse below the supply: efficiency of the regulator"
    case .multiply: "multiplication of 16 bits"
    case .add: "addition of 16 bits"
    case .compare: "comparison of 16 bits"
    case .busBit: "wire of the bus, a bit; an access moves 32 of address and 32 of data"
    case .digitalScale: "digital energy, relative to 45 nm"
    case .controllerCycle: "RV32 core with fetch, memory and bus"
    case .controllerWait: "the same while it waits for a tile, of a cycle"
    case .cellArea: "cell of the array"
    case .adcArea: "SAR ADC: factor on the regression of published areas"
    case .dacArea: "DAC of 8 bits with its line driver; grows with bits and with the node"
    case .amplifierArea: "transimpedance amplifier with its sample; grows with the node"
    case .switchResistance: "pulse driver: on-resistance of a switch times its width"
    case .memoryBitArea: "bit of memory"
    }
  }
}

/// What a technology has for a constant.
package struct TechnologyEntry: Sendable, Equatable {
  /// In the constant's unit.
  package let value: Estimate
  /// What it stands on.
  package let standing: Standing

  init(_ value: Estimate, _ standing: Standing) {
    self.value = value
    self.standing = standing
  }
}
