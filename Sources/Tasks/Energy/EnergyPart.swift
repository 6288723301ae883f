/// Where a system's energy goes. No energy is in two parts.
public enum EnergyPart: String, Sendable, CaseIterable, Codable {
  case arrayReads, arraySelected, arrayHalfSelected, pulseSupply, lines, converting, readDrivers
  case amplifiers, sensing, circuits, bus, controller

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
