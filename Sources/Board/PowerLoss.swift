import Crossbar
import Registers

/// The power of a board went, with what was under way then.
public struct PowerLoss: Error, Sendable, Equatable, CustomStringConvertible {
  /// Core clock cycles from power-up until it went.
  public let cycle: UInt64
  /// What ended early, tile by tile.
  public let operations: [EarlyEnd]
  /// What the flash had under way.
  public let flash: FlashOperation?

  /// By its parts.
  public init(cycle: UInt64, operations: [EarlyEnd], flash: FlashOperation?) {
    self.cycle = cycle
    self.operations = operations
    self.flash = flash
  }

  public var description: String {
    let ended = (operations.map(\.description) + (flash.map { ["\($0.name) of the flash"] } ?? []))
      .joined(separator: ", and ")
    return "the power was cut at cycle \(cycle)"
      + (ended.isEmpty ? ", with no operation under way" : " during \(ended)")
  }
}

/// Where an operation stood that ended early.
public struct EarlyEnd: Sendable, Equatable, CustomStringConvertible {
  /// Number of its tile.
  public let tile: Int
  /// Which.
  public let operation: Operation
  /// The phase that was begun last; nil where there is none.
  public let polarity: Polarity?
  /// Word line of the phase; 0 where there is none.
  public let row: Int
  /// Cycles that the phase had had, or else the operation.
  public let cycles: UInt64
  /// The same of a phase in steps of a pulse width, one that was begun among them.
  public let steps: UInt64

  /// By its parts.
  public init(tile: Int, operation: Operation, polarity: Polarity?, row: Int, cycles: UInt64, steps: UInt64) {
    self.tile = tile
    self.operation = operation
    self.polarity = polarity
    self.row = row
    self.cycles = cycles
    self.steps = steps
  }

  public var description: String {
    guard let polarity else { return "\(operation.name) of tile \(tile); \(cycles) cycles elapsed" }
    let phase = polarity == .set ? "SET" : "RESET"
    return "\(operation.name) of tile \(tile), row \(row); phase \(phase), \(steps) steps elapsed"
  }
}

extension Machine {
  /// Whether the power went, for an owner that reaches the board through a protocol: mutating, so that it is asked in its
  /// place, and no board is copied for the answer.
  package mutating func lostPower() -> PowerLoss? { powerLoss }
}

extension Tile {
  /// How `ABORTED` and `ABORTED_CYCLES` tell of the operation that ended early last.
  func earlyEnd(of operation: Operation) -> EarlyEnd {
    let cycles = UInt64(registers[.abortedCycles])
    let polarity: Polarity? =
      switch TileRegister.Aborted.phase.decode(registers[.aborted]) {
      case 1: .set
      case 2: .reset
      default: nil
      }
    return EarlyEnd(
      tile: number, operation: operation, polarity: polarity,
      row: Int(TileRegister.Aborted.row.decode(registers[.aborted])), cycles: cycles, steps: timing.begunSteps(cycles))
  }
}
