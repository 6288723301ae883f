import Board
import Crossbar
import Registers

/// Joules of a system by their parts, from what its circuits did.
///
/// Arrays are the emulator's own integers. The rest is count × energy, by the technology's constants:
///
///     DAC        C_bit·b·V²                                       of every line of a driven side
///     drivers    k·V·∫|i|dt − arrays, reads                       their current comes from the supply
///     lines      C_line·v², C_line = C_driver + n·(c_wire·√cell + C_cell)
///     amplifier  κ·V·C_c·(b + 1)·ln 2·NG/(g_m/I_D), NG = 1 + R_f·ΣG     until it has settled to half an LSB
///     sample     12·kT·4^b
///     ADC        FoM·2^(b − 1) + C_bit·b·V²
///     circuit    multiplication, addition, two comparisons, as in digital
///     bus        64 wires an access
///     controller cycles × energy, a share of it while it waits
///     pulses     (arrays)·(1/η − 1): a regulator below the supply, a charge pump at or above it
public struct EnergyAccount: Sendable, Equatable {
  /// In the order of `EnergyPart`; the controller's is missing where its cycles are not known.
  public let shares: [EnergyShare]

  /// Joules a part.
  public subscript(_ part: EnergyPart) -> Estimate? { shares.first { $0.part == part }?.joules }

  /// Of all parts that are there.
  public var total: Estimate { shares.reduce(.zero) { $0 + $1.joules } }
  /// Whether the controller's computing is in it.
  public var hasController: Bool { self[.controller] != nil }

  private init(_ shares: [EnergyShare]) { self.shares = shares }

  /// - Parameters:
  ///   - activity: of a board with this chip.
  ///   - time: of the controller in the same time; nil where its cycles are not known.
  ///   - chip: what the board has.
  ///   - technology: the process.
  public init(_ activity: BoardActivity, time: TimeParts?, on chip: ChipConfiguration, in technology: Technology) {
    let circuits = CircuitEnergies(chip, technology)
    let tiles = zip(activity.tiles, chip.tiles).map { circuits.shares(of: $0, on: $1) }
    shares = EnergyPart.allCases.compactMap { part in
      switch part {
      case .circuits:
        let shared =
          circuits.evaluation * Double(activity.scalarEvaluations) + circuits.cell * Double(activity.formedCells)
        return EnergyShare(part: part, joules: tiles.reduce(shared) { $0 + ($1[part] ?? .zero) })
      case .bus: return EnergyShare(part: part, joules: circuits.access * Double(activity.accesses))
      case .controller: return time.map { EnergyShare(part: part, joules: circuits.controller($0)) }
      default: return EnergyShare(part: part, joules: tiles.reduce(.zero) { $0 + ($1[part] ?? .zero) })
      }
    }
  }

  /// One of so many.
  public static func / (sum: EnergyAccount, count: Double) -> EnergyAccount {
    EnergyAccount(sum.shares.map { EnergyShare(part: $0.part, joules: $0.joules / count) })
  }
}

/// What single actions take in a technology, joules.
struct CircuitEnergies {
  private let chip: ChipConfiguration
  private let technology: Technology
  private let supply: Estimate

  init(_ chip: ChipConfiguration, _ technology: Technology) {
    self.chip = chip
    self.technology = technology
    supply = technology(.supply)
  }

  private static let log2 = 0.6931471805599453
  /// k_B · 300 K, exact since 2019.
  private static let thermal = 1.380649e-23 * 300

  private static func power(of base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }

  /// A code of a DAC.
  var drive: Estimate { technology(.dacBitCapacitance) * supply * supply * (Double(chip.dacBits) * 1e-15) }

  /// A code of an ADC.
  var conversion: Estimate {
    let steps = Self.power(of: 2, chip.adcBits - Int(technology(.adcBits).nominal))
    return technology(.adcStep) * (steps * 1e-15) + technology(.adcBitCapacitance) * supply * supply
      * (Double(chip.adcBits) * 1e-15)
  }

  /// An amplifier that settles to half an LSB, for each unit of its noise gain.
  var settling: Estimate {
    technology(.amplifierBranches) * technology(.compensation) * technology(.currentEfficiency).inverse * supply
      * (Double(chip.adcBits + 1) * Self.log2 * 1e-12)
  }

  /// A voltage held while it is converted.
  var sample: Estimate { technology(.sampleCharge) * (Self.thermal * Self.power(of: 4, chip.adcBits)) }

  /// An output of an activation circuit.
  var evaluation: Estimate {
    (technology(.multiply) + technology(.add) + technology(.compare) * 2) * technology(.digitalScale) * 1e-12
  }

  /// A cell that the cell unit forms: f·c, i·g, o·tanh(c), the code of h, and the circuit.
  var cell: Estimate {
    evaluation + (technology(.multiply) * 4 + technology(.add)) * technology(.digitalScale) * 1e-12
  }

  /// An access of the bus.
  var access: Estimate { technology(.busBit) * technology(.digitalScale) * (64 * 1e-12) }

  func controller(_ time: TimeParts) -> Estimate {
    let cycle = technology(.controllerCycle) * 1e-12
    return cycle * (time.controllerCycles + time.busCycles) + cycle * technology(.controllerWait) * time.arrayCycles
  }

  /// A line across so many cells, farads.
  func line(_ cells: Int) -> Estimate {
    let area = technology(.cellArea)
    let pitch = Estimate(area.low.squareRoot(), area.nominal.squareRoot(), area.high.squareRoot())
    let wire = technology(.wireCapacitance) * pitch * (technology.nanometres * 1e-3)
    return (technology(.lineDriverCapacitance) + (wire + technology(.cellCapacitance)) * Double(cells)) * 1e-15
  }

  /// What a supply gives for what a pulse dissipates.
  func pulseEfficiency(millivolts: Int) -> Estimate {
    technology(Double(millivolts) / 1000 < supply.nominal ? .pulseLinear : .pulsePump)
  }

  func shares(of activity: TileActivity, on tile: TileConfiguration) -> [EnergyPart: Estimate] {
    func joules(_ energy: Energy) -> Double { Double(energy.raw) * 1e-33 }
    let reading = joules(activity.reading)
    let pulsing = joules(activity.selected) + joules(activity.halfSelected)
    let (wordLine, bitLine) = (line(tile.bitLines), line(tile.wordLines))
    let losses = pulseEfficiency(millivolts: activity.highestPulse).inverse * pulsing - pulsing
    let gains = Double(activity.amplifications) + Double(activity.noiseGain) * 1e-12
    return [
      .arrayReads: Estimate(reading), .arraySelected: Estimate(joules(activity.selected)),
      .arrayHalfSelected: Estimate(joules(activity.halfSelected)), .pulseSupply: losses,
      .lines: wordLine * (Double(activity.wordLineSquares) * 1e-12 + Double(activity.wordLinePulseSquares) * 1e-6)
        + bitLine * (Double(activity.bitLineSquares) * 1e-12 + Double(activity.bitLinePulseSquares) * 1e-6),
      .converting: drive * Double(activity.driveConversions),
      .readDrivers: technology(.readDriver) * supply * (Double(activity.charge) * 1e-27) - reading,
      .amplifiers: settling * gains + sample * Double(activity.amplifications),
      .sensing: conversion * Double(activity.conversions),
      .circuits: evaluation * Double(activity.evaluations),
    ]
  }
}
