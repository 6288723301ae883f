import FixedPoint
import Registers

/// Turns one layer's residuals into pulses, row by row. A row with nothing to move is passed over. Debts become pulses by
/// `FeedbackWrite`.
struct RowUpdate: Sendable {
  let settings: TrainingSettings
  let tile: TileDriver
  let columns: Int
  let times: PulseTimes
  /// For the rule that verifies.
  let verification: ProgramVerify
  /// What each cell of the row is to move by.
  private var moves: [Residual]

  init(_ settings: TrainingSettings, tile: TileDriver, columns: Int, times: PulseTimes) {
    self.settings = settings
    self.tile = tile
    self.columns = columns
    self.times = times
    // A quarter of a level.
    let tolerance = Share(raw: 1 << Int32(max(Share.fractionBits - 2 - settings.levelLog2, 5)))
    verification = ProgramVerify(tolerance: tolerance, rounds: 8, samplesLog2: 0)
    moves = Array(repeating: .zero, count: columns)
  }

  mutating func apply(_ layer: inout LayerUpdate, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    for number in 0..<layer.lines.rows where take(&layer.residuals, row: number) {
      switch settings.rule {
      case .fixedVoltage: pulseBySign(number, on: &bus)
      case .accumulate, .linear: pulseOnce(number, &row, on: &bus)
      case .target: pulseToTarget(number, &row, on: &bus)
      case .errorFeedback: break
      }
    }
  }

  /// Takes the moves of a row out of its residuals; true when there are any.
  private mutating func take(_ residuals: inout [Residual], row: Int) -> Bool {
    var isWork = false
    for column in 0..<columns {
      let cell = row * columns + column
      let move =
        switch settings.rule {
        case .accumulate, .target: UpdateRule.takeLevels(&residuals[cell], levelLog2: settings.levelLog2)
        case .fixedVoltage: UpdateRule.takeLarge(&residuals[cell], threshold: settings.threshold)
        case .linear: UpdateRule.takeAll(&residuals[cell])
        case .errorFeedback: Residual.zero
        }
      moves[column] = move
      if move != .zero { isWork = true }
    }
    return isWork
  }

  private func pulseBySign(_ number: Int, on bus: inout some Bus) {
    for column in 0..<columns where moves[column] != .zero {
      let width = moves[column] < .zero ? -settings.pulseWidth : settings.pulseWidth
      PulseWidths(cell: width, partner: -width).write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
  }

  private func pulseOnce(_ number: Int, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    verification.select(number, &row, of: tile, on: &bus)
    verification.verify(&row, of: tile, on: &bus)
    if times.isAbrupt {
      noteRenewals(of: &row)
      return renew(number, row, on: &bus)
    }
    var isWork = false
    var writes = Effort.Writes(on: tile)
    for column in 0..<columns where moves[column] != .zero {
      let (weight, target) = (row.columns[column].weight, target(of: row, column))
      writes.note(from: weight, to: target)
      let widths = PulseWidths(
        from: weight, to: target, by: times, atLeastOne: settings.rule == .accumulate, isPair: tile.isDifferential)
      if widths.write(column: column, of: tile, on: &bus) { isWork = true }
    }
    row.effort.note(writes)
    if isWork { tile.perform(.programRow, row: number, on: &bus) }
  }

  /// The two pulses of devices that RESET all or nothing.
  private func renew(_ number: Int, _ row: ProgramVerify.Row, on bus: inout some Bus) {
    for column in 0..<columns where moves[column] != .zero {
      PulseWidths.erasing.write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
    for column in 0..<columns where moves[column] != .zero {
      PulseWidths(to: target(of: row, column), by: times, isPair: tile.isDifferential)
        .write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
  }

  private func pulseToTarget(_ number: Int, _ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    verification.select(number, &row, of: tile, on: &bus)
    verification.verify(&row, of: tile, on: &bus)
    for column in 0..<columns { row.columns[column].target = Q0_15(target(of: row, column)) }
    var report = ProgramVerify.Report()
    verification.program(number, &row, columns: columns, of: tile, with: times, report: &report, on: &bus)
  }

  private func noteRenewals(of row: inout ProgramVerify.Row) {
    guard Effort.isCounted else { return }
    var writes = Effort.Writes(on: tile)
    for move in moves where move != .zero { writes.noteRenewal() }
    row.effort.note(writes)
  }

  /// Where a weight is wanted, within the window.
  private func target(of row: ProgramVerify.Row, _ column: Int) -> Share {
    (row.columns[column].weight + Share(moves[column])).limitedToOne
  }
}
