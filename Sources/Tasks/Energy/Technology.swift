import Crossbar

/// A process that a chip could be made in.
public enum Technology: String, Sendable, CaseIterable {
  /// 180 nm, 1.8 V.
  case nm180 = "180nm"
  /// 130 nm, 1.8 V.
  case nm130 = "130nm"
  /// 65 nm, 1.2 V.
  case nm65 = "65nm"
  /// 28 nm, 0.9 V.
  case nm28 = "28nm"
  /// 22 nm, 0.85 V.
  case nm22 = "22nm"

  /// Of five values, one for each node, its own.
  private func own(_ values: (Double, Double, Double, Double, Double)) -> Double {
    switch self {
    case .nm180: values.0
    case .nm130: values.1
    case .nm65: values.2
    case .nm28: values.3
    case .nm22: values.4
    }
  }

  /// Feature size F, nanometres.
  public var nanometres: Double { own((180, 130, 65, 28, 22)) }

  /// As people write it: `130 nm`.
  public var title: String { "\(Int(nanometres)) nm" }

  /// What it has for a constant. A constant that is added is asked for here.
  package func entry(of constant: TechnologyConstant) -> TechnologyEntry {
    switch constant {
    case .supply: supply
    case .adcStep, .adcBitCapacitance, .adcBits, .dacBitCapacitance, .readDriver: converter(constant)
    case .amplifierBranches, .compensation, .currentEfficiency, .sampleCharge: amplifier(constant)
    case .lineDriverCapacitance, .wireCapacitance, .cellCapacitance, .pulsePump, .pulseLinear: line(constant)
    case .multiply, .add, .compare, .busBit, .digitalScale, .controllerCycle, .controllerWait: digital(constant)
    case .cellArea, .adcArea, .dacArea, .amplifierArea, .switchResistance, .memoryBitArea: area(constant)
    }
  }

  /// The value alone.
  func callAsFunction(_ constant: TechnologyConstant) -> Estimate { entry(of: constant).value }

  private var supply: TechnologyEntry {
    let volts = own((1.8, 1.8, 1.2, 0.9, 0.85))
    let source =
      switch self {
      case .nm180: "1.8 V, usual of the node; ± 10 %"
      case .nm130: "1.8 V: NeuRRAM's neurons (Wan et al., Nature 2022, as CiMLoop has them); ± 10 %"
      case .nm65: "1.2 V: usual of the node; ± 10 %"
      case .nm28: "0.9 V: three analog macros, as zigzag-imc has them; ± 10 %"
      case .nm22: "0.85 V: PTM 22 nm, as DNN+NeuroSim V1.4 has it; ± 10 %"
      }
    return TechnologyEntry(Estimate(volts * 0.9, volts, volts * 1.1), .assumed(source))
  }

  private func converter(_ constant: TechnologyConstant) -> TechnologyEntry {
    switch constant {
    case .adcStep:
      TechnologyEntry(
        Estimate(own((40, 35, 15, 10, 8)), dividedBy: 3, times: 3),
        .computed("Murmann's ADC survey 2025-06-09, pure SAR of the node, ENOB = bits − 1; the band is assumed"))
    case .adcBitCapacitance:
      TechnologyEntry(
        Estimate(100, dividedBy: 3, times: 3),
        .computed("zigzag-imc's fit to three analog macros at 28 nm, taken for every node; the band is assumed"))
    case .adcBits: TechnologyEntry(Estimate(1), .assumed("an effective bit less than nominal, usual of SAR ADCs"))
    case .dacBitCapacitance:
      TechnologyEntry(
        Estimate(50, dividedBy: 3, times: 3),
        .computed("zigzag-imc's fit at 28 nm, taken for every node; the band is assumed"))
    case .readDriver:
      TechnologyEntry(
        Estimate(1, 1.2, 1.4), .assumed("class AB: the line's current and a fifth of it; at least the current itself"))
    default: preconditionFailure("\(constant) is of another group")
    }
  }

  private func amplifier(_ constant: TechnologyConstant) -> TechnologyEntry {
    switch constant {
    case .amplifierBranches:
      TechnologyEntry(Estimate(3, 6, 9), .assumed("textbook: two branches and an output stage"))
    case .compensation: TechnologyEntry(Estimate(0.5, 1, 2), .assumed("textbook, of 10 to 12 bits"))
    case .currentEfficiency:
      TechnologyEntry(Estimate(12), .assumed("textbook, moderate inversion; its band is in the two others"))
    case .sampleCharge: TechnologyEntry(Estimate(12), .computed("kT/C = LSB²/12 at 300 K"))
    default: preconditionFailure("\(constant) is of another group")
    }
  }

  private func line(_ constant: TechnologyConstant) -> TechnologyEntry {
    switch constant {
    case .lineDriverCapacitance:
      TechnologyEntry(
        Estimate(50, dividedBy: 2, times: 2),
        .measured("48 fF: NeuRRAM at 130 nm, as CiMLoop has it, taken for every node; the band is assumed"))
    case .wireCapacitance:
      TechnologyEntry(
        Estimate(0.07, 0.2, 0.3),
        .computed("met2 of sky130 alone and between neighbours; 0.2 as NeuroSim has it, for every node"))
    case .cellCapacitance:
      TechnologyEntry(
        Estimate(0, 1.5, 2.1),
        .measured("NeuRRAM at 130 nm, without and with coupling, for every node; 0 without a gate"))
    case .pulsePump: TechnologyEntry(Estimate(0.4, 0.5, 0.6), .assumed("usual of charge pumps"))
    case .pulseLinear: TechnologyEntry(Estimate(0.7, 0.85, 1), .assumed("a drop from the supply to the amplitude"))
    default: preconditionFailure("\(constant) is of another group")
    }
  }

  private func digital(_ constant: TechnologyConstant) -> TechnologyEntry {
    let horowitz = Standing.computed("Horowitz, ISSCC 2014, 45 nm 0.9 V; the band is assumed")
    switch constant {
    case .multiply: return TechnologyEntry(Estimate(1, dividedBy: 2, times: 2), horowitz)
    case .add, .compare: return TechnologyEntry(Estimate(0.05, dividedBy: 2, times: 2), horowitz)
    case .busBit: return TechnologyEntry(Estimate(0.1, dividedBy: 2, times: 2), horowitz)
    case .digitalScale:
      let source = "Stillmaker and Baas, Integration 2017, nominal voltages"
      return TechnologyEntry(
        Estimate(own((15, 5.1, 1.65, 0.42, 0.25))),
        .computed(self == .nm180 ? "\(source), extrapolated to 1.8 V" : source))
    case .controllerCycle:
      return TechnologyEntry(
        Estimate(own((230, 75, 25, 7, 4)), dividedBy: 3, times: 2),
        .computed("phoeniX RV32 at 45 nm, 7.85 pJ an instruction (abstract), and as much for memory, scaled by node"))
    case .controllerWait:
      return TechnologyEntry(Estimate(0.05, 0.1, 0.2), .assumed("clock gated while a load of WAIT stalls"))
    default: preconditionFailure("\(constant) is of another group")
    }
  }

  private func area(_ constant: TechnologyConstant) -> TechnologyEntry {
    switch constant {
    case .cellArea:
      TechnologyEntry(
        Estimate(4, 48, 125.7),
        .computed("NeuroSim's crosspoint and 1T1R (4F × 12F); NeuRRAM's cell at 130 nm the largest")
      )
    case .adcArea:
      TechnologyEntry(
        Estimate(1, dividedBy: 3, times: 3),
        .computed("Accelergy's ADC plug-in: the best of the published by node, rate and energy; the band is assumed"))
    case .dacArea:
      TechnologyEntry(
        Estimate(438, dividedBy: 3, times: 3),
        .measured("438 µm² for 8 bits on the photograph of a 40 nm chip (Chen et al., VLSI 2018); the band is assumed"))
    case .amplifierArea:
      TechnologyEntry(
        Estimate(350, 350, 1400), .measured("NeuRRAM's integrator at 130 nm; its load is smaller: the band goes up"))
    case .switchResistance:
      TechnologyEntry(Estimate(1, 3, 6), .assumed("an NMOS switch at 1.8 V, taken for every node"))
    case .memoryBitArea:
      TechnologyEntry(
        Estimate(155, dividedBy: 1.5, times: 2),
        .computed("64 KiB of ISAAC at 32 nm in 83 000 µm²; the band is assumed"))
    default: preconditionFailure("\(constant) is of another group")
    }
  }
}
