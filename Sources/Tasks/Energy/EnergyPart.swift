/// Where a system's energy goes. No energy is in two parts.
public enum EnergyPart: String, Sendable, CaseIterable, Codable {
  /// Cells and the references beside them, by reads.
  case arrayReads
  /// Cells under the whole voltage of a pulse.
  case arraySelected
  /// Cells under half of it.
  case arrayHalfSelected
  /// What the supply of pulses takes beyond what cells dissipate.
  case pulseSupply
  /// Lines that are charged.
  case lines
  /// Codes of DACs.
  case converting
  /// What the drivers of read lines take beyond what cells dissipate.
  case readDrivers
  /// Currents turned into voltages, and held.
  case amplifiers
  /// Codes of ADCs.
  case sensing
  /// Outputs of activation circuits.
  case circuits
  /// Accesses.
  case bus
  /// The core with its memory, computing and waiting.
  case controller

  /// Whether the emulator counts it exactly, whatever the technology.
  public var isCounted: Bool { self == .arrayReads || self == .arraySelected || self == .arrayHalfSelected }

  /// For people.
  public var title: String {
    switch self {
    case .arrayReads: "arrays, reads"
    case .arraySelected: "arrays, selected cells"
    case .arrayHalfSelected: "arrays, half-selected cells"
    case .pulseSupply: "supply of pulses"
    case .lines: "lines"
    case .converting: "DACs"
    case .readDrivers: "drivers of read lines"
    case .amplifiers: "amplifiers and samples"
    case .sensing: "ADCs"
    case .circuits: "activation circuits"
    case .bus: "bus"
    case .controller: "controller and memory"
    }
  }
}

/// An energy and where it goes.
public struct EnergyShare: Sendable, Equatable, Codable {
  /// Where it goes.
  public var part: EnergyPart
  /// Joules.
  public var joules: Estimate
}
