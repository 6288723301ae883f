import Crossbar
import Registers

/// What the circuits of a tile have done since it was made or read from a file, for an account of energy. Counted beside
/// the registers: it is in no log and in no chip file.
public struct TileActivity: Sendable, Equatable {
  /// Codes that DACs converted: every line of a driven side, also one at zero.
  public package(set) var driveConversions: UInt64 = 0
  /// Codes that ADCs converted.
  public package(set) var conversions: UInt64 = 0
  /// Currents that amplifiers turned into voltages.
  public package(set) var amplifications: UInt64 = 0
  /// Of them, what their noise gains are above 1, summed: Σ R_f·(ΣG of the line + its references), 10⁻¹².
  public package(set) var noiseGain: UInt128 = 0
  /// Outputs of activation circuits.
  public package(set) var evaluations: UInt64 = 0
  /// Of reads, word line by word line: Σ v², µV².
  public package(set) var wordLineSquares: UInt128 = 0
  /// The same of the bit lines that transposed reads drive.
  public package(set) var bitLineSquares: UInt128 = 0
  /// Charge through the lines that reads drive, 10⁻²⁷ C.
  public package(set) var charge: UInt128 = 0
  /// Dissipated in the array by reads.
  public package(set) var reading = Energy.zero
  /// Dissipated by pulses in the cells that they are for.
  public package(set) var selected = Energy.zero
  /// Dissipated by pulses in the cells that see half of them.
  public package(set) var halfSelected = Energy.zero
  /// Of pulse phases: Σ (V/2)², mV², of their word lines.
  public package(set) var wordLinePulseSquares: UInt64 = 0
  /// The same of the bit lines that are pulsed with them.
  public package(set) var bitLinePulseSquares: UInt64 = 0
  /// Highest amplitude of a pulse so far, millivolts; 0 where there was none.
  public package(set) var highestPulse = 0

  /// Nothing done.
  public init() {}

  /// What was done since an earlier moment of the same tile; the highest pulse is that of all its time.
  public static func - (now: TileActivity, before: TileActivity) -> TileActivity {
    now.combined(with: before, { $0 - $1 }, { $0 - $1 }, highestPulse: now.highestPulse)
  }

  /// Of one span of time and another.
  public static func + (left: TileActivity, right: TileActivity) -> TileActivity {
    left.combined(
      with: right, { $0 + $1 }, { $0 + $1 }, highestPulse: max(left.highestPulse, right.highestPulse))
  }

  private func combined(
    with other: TileActivity, _ count: (UInt64, UInt64) -> UInt64, _ sum: (UInt128, UInt128) -> UInt128,
    highestPulse: Int
  ) -> TileActivity {
    var result = TileActivity()
    for path in Self.counts { result[keyPath: path] = count(self[keyPath: path], other[keyPath: path]) }
    for path in Self.sums { result[keyPath: path] = sum(self[keyPath: path], other[keyPath: path]) }
    result.highestPulse = highestPulse
    return result
  }

  private static var counts: [WritableKeyPath<TileActivity, UInt64>] {
    [
      \.driveConversions, \.conversions, \.amplifications, \.evaluations, \.wordLinePulseSquares,
      \.bitLinePulseSquares,
    ]
  }
  private static var sums: [WritableKeyPath<TileActivity, UInt128>] {
    [
      \.noiseGain, \.wordLineSquares, \.bitLineSquares, \.charge, \.reading.raw, \.selected.raw, \.halfSelected.raw,
    ]
  }

  /// Notes that lines were driven for a read.
  mutating func note(_ load: ReadLoad, squares: UInt64, _ direction: ReadDirection, of array: CrossbarArray) {
    reading += load.energy
    charge += load.charge
    switch direction {
    case .forward:
      driveConversions += UInt64(array.wordLines)
      wordLineSquares += UInt128(squares)
    case .transposed:
      driveConversions += UInt64(array.columns)
      bitLineSquares += UInt128(squares) * UInt128(array.synapse.bitLinesPerColumn)
    }
  }

  /// Notes a phase of pulses.
  mutating func note(_ phase: PhaseEnergy, millivolts: Int, pulses: Int) {
    selected += phase.selected
    halfSelected += phase.halfSelected
    let square = UInt64(millivolts * millivolts) / 4
    wordLinePulseSquares += square
    bitLinePulseSquares += square * UInt64(pulses)
    highestPulse = max(highestPulse, millivolts)
  }
}

/// What a board has done since it was made or read from a file.
public struct BoardActivity: Sendable, Equatable {
  /// Of each tile.
  public var tiles: [TileActivity]
  /// Outputs of activation circuits at the scalar port.
  public var scalarEvaluations: UInt64
  /// Cells of an LSTM that the cell unit formed.
  public var formedCells: UInt64
  /// Accesses of the bus, those of a hart to its own RAM not among them.
  public var accesses: UInt64

  package init(tiles: [TileActivity], scalarEvaluations: UInt64, formedCells: UInt64, accesses: UInt64) {
    self.tiles = tiles
    self.scalarEvaluations = scalarEvaluations
    self.formedCells = formedCells
    self.accesses = accesses
  }

  /// Of one span of time and another, on boards with the same tiles.
  public static func + (left: BoardActivity, right: BoardActivity) -> BoardActivity {
    BoardActivity(
      tiles: zip(left.tiles, right.tiles).map { $0 + $1 },
      scalarEvaluations: left.scalarEvaluations + right.scalarEvaluations,
      formedCells: left.formedCells + right.formedCells, accesses: left.accesses + right.accesses)
  }

  /// What was done since an earlier moment of the same board.
  public static func - (now: BoardActivity, before: BoardActivity) -> BoardActivity {
    BoardActivity(
      tiles: zip(now.tiles, before.tiles).map { $0 - $1 },
      scalarEvaluations: now.scalarEvaluations - before.scalarEvaluations,
      formedCells: now.formedCells - before.formedCells, accesses: now.accesses - before.accesses)
  }
}

extension Machine {
  /// As of now.
  public var activity: BoardActivity {
    BoardActivity(
      tiles: chip.tiles.map(\.activity), scalarEvaluations: chip.scalarEvaluations, formedCells: chip.formedCells,
      accesses: accesses)
  }
}
