import Board
import Crossbar
import Firmware

/// A part of a chip's area.
public enum AreaPart: String, Sendable, CaseIterable, Codable {
  /// Of the arrays, with the references beside them.
  case cells
  /// DACs of word lines.
  case drivers
  /// ADCs of columns.
  case converters
  /// Of columns.
  case amplifiers
  /// DACs of columns.
  case transposedDrivers
  /// ADCs of word lines.
  case transposedConverters
  /// Of word lines.
  case transposedAmplifiers
  /// Switches of both sides.
  case pulseDrivers
  /// What weights are owed.
  case residualMemory

  /// For people.
  public var title: String {
    switch self {
    case .cells: "cells and references"
    case .drivers: "DACs with drivers of word lines"
    case .converters: "ADCs of columns"
    case .amplifiers: "amplifiers of columns"
    case .transposedDrivers: "DACs with drivers of columns"
    case .transposedConverters: "ADCs of word lines"
    case .transposedAmplifiers: "amplifiers of word lines"
    case .pulseDrivers: "drivers of pulses"
    case .residualMemory: "memory of residuals"
    }
  }

  /// What it is for; nil for what every inference takes.
  public var purpose: Purpose? {
    switch self {
    case .cells, .drivers, .converters, .amplifiers: nil
    case .transposedDrivers, .transposedConverters, .transposedAmplifiers: .transposedReads
    case .pulseDrivers: .writing
    case .residualMemory: .errorFeedback
    }
  }

  /// What a part of the area buys.
  public enum Purpose: String, Sendable, CaseIterable, Codable {
    /// READ_T: errors go back through the arrays.
    case transposedReads
    /// Programming and training in situ.
    case writing
    /// What a pulse missed is owed to its weight.
    case errorFeedback

    /// For people.
    public var title: String {
      switch self {
      case .transposedReads: "transposed reads (--path read-back does without)"
      case .writing: "writing at all"
      case .errorFeedback: "error feedback (--rule linear does without)"
      }
    }
  }
}

/// Square micrometres of a part.
public struct AreaShare: Sendable, Equatable, Codable {
  /// Of the chip.
  public var part: AreaPart
  /// Square micrometres.
  public var squareMicrometres: Estimate
}

/// Square micrometres of a chip's arrays with their periphery; no digital part, no pads, no routing.
///
///     cells        n·m·cell, the references beside them as large
///     ADC          k·exp(0.99328·ln t + 0.18072·ln f + 0.29912·ln E + 1.34619), t nm, f conversions a second, E pJ
///     DAC          438 µm²·(b/8)·(t/40)
///     amplifier    350 µm²·(t/130)
///     pulse driver three switches of width R·W/R_drv and length 4F, R_drv = ¼·R_on/(cells of the line)
///     residual     32 bits a weight
public struct AreaAccount: Sendable, Equatable {
  /// In the order of `AreaPart`.
  public let shares: [AreaShare]

  /// All of it.
  public var total: Estimate { shares.reduce(.zero) { $0 + $1.squareMicrometres } }

  /// All that something is for.
  public func area(for purpose: AreaPart.Purpose?) -> Estimate {
    shares.filter { $0.part.purpose == purpose }.reduce(.zero) { $0 + $1.squareMicrometres }
  }

  /// Of all tiles of a chip.
  public init(_ chip: ChipConfiguration, in technology: Technology) {
    let circuits = CircuitAreas(chip, technology)
    shares = AreaPart.allCases.map { part in
      AreaShare(part: part, squareMicrometres: chip.tiles.reduce(.zero) { $0 + circuits.area(of: part, on: $1) })
    }
  }
}

/// What single circuits take in a technology, square micrometres.
private struct CircuitAreas {
  private let chip: ChipConfiguration
  private let technology: Technology

  init(_ chip: ChipConfiguration, _ technology: Technology) {
    self.chip = chip
    self.technology = technology
  }

  private static let residualBits = 32.0

  func area(of part: AreaPart, on tile: TileConfiguration) -> Estimate {
    let columns = tile.bitLines / chip.synapse.bitLinesPerColumn
    let cells = Double(tile.wordLines * tile.bitLines)
    return switch part {
    case .cells: squared(.cellArea) * (chip.synapse == .reference ? 2 * cells : cells)
    case .drivers: driver * Double(tile.wordLines)
    case .converters: converter * Double(columns)
    case .amplifiers: amplifier * Double(columns)
    case .transposedDrivers: driver * Double(columns)
    case .transposedConverters: converter * Double(tile.wordLines)
    case .transposedAmplifiers: amplifier * Double(tile.wordLines)
    case .pulseDrivers:
      pulseDriver(cells: tile.bitLines) * Double(tile.wordLines)
        + pulseDriver(cells: tile.wordLines) * Double(tile.bitLines)
    case .residualMemory: squared(.memoryBitArea) * (Self.residualBits * Double(tile.wordLines * columns))
    }
  }

  private func squared(_ constant: TechnologyConstant) -> Estimate {
    technology(constant) * (technology.nanometres * technology.nanometres * 1e-6)
  }

  private var driver: Estimate {
    technology(.dacArea) * (Double(chip.dacBits) / 8 * technology.nanometres / 40)
  }

  private var amplifier: Estimate { technology(.amplifierArea) * (technology.nanometres / 130) }

  private var converter: Estimate {
    let picojoules = CircuitEnergies(chip, technology).conversion.nominal * 1e12
    let rate = 1e9 / Double(chip.conversionCycles * Int(Timing.nanosecondsPerCycle))
    let exponent =
      0.99328 * Exponential.logarithm(technology.nanometres) + 0.18072 * Exponential.logarithm(rate)
      + 0.29912 * Exponential.logarithm(picojoules) + 1.34619
    return technology(.adcArea) * Exponential.exp(exponent)
  }

  /// Switches to plus and minus half of the amplitude, and to ground.
  private func pulseDriver(cells: Int) -> Estimate {
    let onOhms = 1e12 / Double(chip.device.conductanceRange.upperBound)
    let widthMicrometres = technology(.switchResistance) * (1000 * 4 * Double(cells) / onOhms)
    return widthMicrometres * (3 * 4 * technology.nanometres * 1e-3)
  }
}
