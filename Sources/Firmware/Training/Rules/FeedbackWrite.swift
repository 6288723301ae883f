import FixedPoint
import Registers

/// Pays what weights are owed, row by row: one pulse from what is read, and what it missed is owed again. A row in which
/// nothing is due is passed over.
struct FeedbackWrite: Sendable {
  let tile: TileDriver
  let times: PulseTimes
  private let verification = ProgramVerify(tolerance: .zero, rounds: 0, samplesLog2: 0)
  /// By column, of the row at hand.
  private var payments: [Payment]

  fileprivate struct Payment: Sendable {
    var isDue = false
    var isPulsed = false
    /// The share before the pulse.
    var before = Share.zero
    /// Where the weight should be.
    var wanted = Residual.zero

    var target: Share { Share(wanted) }
  }

  init(tile: TileDriver, columns: Int, times: PulseTimes) {
    self.tile = tile
    self.times = times
    payments = Array(repeating: Payment(), count: columns)
  }

  mutating func apply(
    _ feedback: inout ErrorFeedback, _ row: inout ProgramVerify.Row, on bus: inout some Bus
  ) {
    for number in 0..<feedback.means.rows.count {
      let cells = number * payments.count
      guard findDue(feedback.debts, from: cells, at: feedback.threshold.value) else { continue }
      verification.select(number, &row, of: tile, on: &bus)
      verification.verify(&row, of: tile, on: &bus)
      plan(feedback.debts, from: cells, row)
      noteWrites(of: &row)
      if pulse(number, on: &bus) { verification.verify(&row, of: tile, on: &bus) }
      for column in 0..<payments.count where payments[column].isDue {
        feedback.settle(cells + column, payments[column], after: row.columns[column].weight)
      }
    }
  }

  /// Whether anything of a row is due.
  private mutating func findDue(_ debts: [CellDebt], from cells: Int, at threshold: Residual) -> Bool {
    var isWork = false
    for column in 0..<payments.count {
      payments[column].isDue = debts[cells + column].isDue(at: threshold)
      if payments[column].isDue { isWork = true }
    }
    return isWork
  }

  private mutating func plan(_ debts: [CellDebt], from cells: Int, _ row: ProgramVerify.Row) {
    for column in 0..<payments.count where payments[column].isDue {
      let before = row.columns[column].weight
      payments[column].before = before
      payments[column].wanted = (Residual(before) + debts[cells + column].residual).limitedToOne
    }
  }

  private func noteWrites(of row: inout ProgramVerify.Row) {
    guard Effort.isCounted else { return }
    var writes = Effort.Writes(on: tile)
    let isAbrupt = times.isAbrupt
    for payment in payments where payment.isDue {
      if isAbrupt { writes.noteRenewal() } else { writes.note(from: payment.before, to: payment.target) }
    }
    row.effort.note(writes)
  }

  /// - Returns: whether any weight got a pulse.
  private mutating func pulse(_ number: Int, on bus: inout some Bus) -> Bool {
    var isWork = false
    for column in 0..<payments.count where payments[column].isDue {
      let payment = payments[column]
      let widths =
        times.isAbrupt
        ? PulseWidths.erasing
        : PulseWidths(
          from: payment.before, to: payment.target, by: times, atLeastOne: true, isPair: tile.isDifferential)
      payments[column].isPulsed = widths.write(column: column, of: tile, on: &bus)
      if payments[column].isPulsed { isWork = true }
    }
    guard isWork else { return false }
    tile.perform(.programRow, row: number, on: &bus)
    guard times.isAbrupt else { return true }
    for column in 0..<payments.count where payments[column].isDue {
      PulseWidths(to: payments[column].target, by: times, isPair: tile.isDifferential)
        .write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
    return true
  }
}

extension ErrorFeedback {
  /// Pays what is due; the tile is unlocked.
  mutating func pay(
    _ row: inout ProgramVerify.Row, of tile: TileDriver, with times: PulseTimes, on bus: inout some Bus
  ) {
    var write = FeedbackWrite(tile: tile, columns: means.columns.count, times: times)
    write.apply(&self, &row, on: &bus)
  }

  /// What is owed after a write.
  fileprivate mutating func settle(_ cell: Int, _ payment: FeedbackWrite.Payment, after share: Share) {
    let missed = payment.wanted - Residual(share)
    debts[cell].residual = missed
    guard payment.isPulsed else { return }
    writes = writes == .max ? .max : writes + 1
    if payment.hasMoved(to: share) {
      debts[cell].noteMovement()
      threshold.note(missed: missed)
    } else {
      debts[cell].noteFailure()
    }
  }
}

extension FeedbackWrite.Payment {
  /// By an eighth of what was asked for, at least.
  fileprivate func hasMoved(to share: Share) -> Bool {
    let (asked, got) = (target - before, share - before)
    return asked == .zero || (got < .zero) == (asked < .zero) && 8 * got.magnitude.raw >= asked.magnitude.raw
  }
}
