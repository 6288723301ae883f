import FixedPoint
import Registers

/// Turns one layer's residuals into pulses, row by row. A row with nothing to move is passed over.
struct RowUpdate: Sendable {
  let settings: TrainingSettings
  let tile: TileDriver
  let columns: Int
  let times: PulseTimes
  /// For the rule that verifies.
  let verification: ProgramVerify
  /// What each cell of the row is to move by, 2⁻²⁷ of the window; the sign only for `fixedVoltage`.
  private var moves: [Int32]

  init(_ settings: TrainingSettings, tile: TileDriver, columns: Int, times: PulseTimes) {
    self.settings = settings
    self.tile = tile
    self.columns = columns
    self.times = times
    verification = ProgramVerify(tolerance: 1 << Int32(max(13 - settings.levelLog2, 5)), rounds: 8, samplesLog2: 0)
    moves = Array(repeating: 0, count: columns)
  }

  mutating func apply(_ layer: inout LayerUpdate, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    tile.setUnlocked(true, on: &bus)
    for number in 0..<layer.rows where take(&layer.residuals, row: number) {
      switch settings.rule {
      case .fixedVoltage: pulseBySign(number, on: &bus)
      case .accumulate, .linear: pulseOnce(number, &row, on: &bus)
      case .target: pulseToTarget(number, &row, on: &bus)
      }
    }
    tile.setUnlocked(false, on: &bus)
  }

  /// Takes the moves of a row out of its residuals; true when there are any.
  private mutating func take(_ residuals: inout [Int32], row: Int) -> Bool {
    var isWork = false
    for column in 0..<columns {
      let cell = row * columns + column
      let move =
        switch settings.rule {
        case .accumulate, .target: UpdateRule.takeLevels(&residuals[cell], levelLog2: settings.levelLog2)
        case .fixedVoltage: UpdateRule.takeSign(&residuals[cell], threshold: settings.threshold)
        case .linear: UpdateRule.takeAll(&residuals[cell])
        }
      moves[column] = move
      if move != 0 { isWork = true }
    }
    return isWork
  }

  private func pulseBySign(_ number: Int, on bus: inout some Bus) {
    for column in 0..<columns where moves[column] != 0 {
      let width = Int32(settings.pulseWidth) * moves[column]
      PulseWidths(cell: width, partner: -width).write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
  }

  private func pulseOnce(_ number: Int, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    verification.select(number, &row, of: tile, on: &bus)
    verification.verify(&row, of: tile, on: &bus)
    if times.isAbrupt { return renew(number, row.weights, on: &bus) }
    var isWork = false
    for column in 0..<columns where moves[column] != 0 {
      let widths = PulseWidths(
        from: row.weights[column], to: target(row.weights[column], moves[column]), by: times,
        atLeastOne: settings.rule == .accumulate)
      if widths.write(column: column, of: tile, on: &bus) { isWork = true }
    }
    if isWork { tile.perform(.programRow, row: number, on: &bus) }
  }

  /// The two pulses of devices that RESET all or nothing.
  private func renew(_ number: Int, _ weights: [Int32], on bus: inout some Bus) {
    for column in 0..<columns where moves[column] != 0 {
      PulseWidths.erasing.write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
    for column in 0..<columns where moves[column] != 0 {
      PulseWidths(to: target(weights[column], moves[column]), by: times).write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
  }

  private func pulseToTarget(_ number: Int, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    verification.select(number, &row, of: tile, on: &bus)
    verification.verify(&row, of: tile, on: &bus)
    for column in 0..<columns {
      row.targets[column] = target(row.weights[column], moves[column]).saturated(to: Int16.self)
    }
    var report = ProgramVerify.Report()
    verification.program(number, &row, columns: columns, of: tile, with: times, report: &report, on: &bus)
  }

  /// Where a weight is wanted, within the window.
  private func target(_ weight: Int32, _ move: Int32) -> Int32 {
    min(max(weight + move.shifted(rightBy: 12), -32_768), 32_768)
  }
}
