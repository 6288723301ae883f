import FixedPoint
import Registers

extension Trainer {
  /// Gradients to residuals, residuals to pulses, both layers; the batch begins anew.
  mutating func update(_ network: inout Network, with times: PulseTimes, on bus: inout some Bus) {
    pending = 0
    lstm.step(momentum: settings.momentum)
    dense.step(momentum: settings.momentum)
    lstm.pulse(settings, &network.rows[0], of: network.tile(.lstm), with: times, on: &bus)
    dense.pulse(settings, &network.rows[1], of: network.tile(.dense), with: times, on: &bus)
    readBack(&network, on: &bus)
    if ramp.updates > 0 {
      ramp.advance()
      setRate(of: network)
    }
  }

  /// Brings the controller's copy of the weights, where the backward path keeps one, up to date with the arrays.
  mutating func readBack(_ network: inout Network, on bus: inout some Bus) {
    guard settings.backward == .readBack else { return }
    lstmBack.readWeights(&network.rows[0], on: &bus)
    denseBack.readWeights(&network.rows[1], on: &bus)
  }
}

extension LayerUpdate {
  /// What is owed becomes pulses.
  fileprivate mutating func pulse(
    _ settings: TrainingSettings, _ row: inout ProgramVerify.Row, of tile: TileDriver, with times: PulseTimes,
    on bus: inout some Bus
  ) {
    tile.setUnlocked(true, on: &bus)
    if settings.rule == .errorFeedback {
      feedback?.pay(&row, of: tile, with: times, on: &bus)
    } else {
      var rows = RowUpdate(settings, tile: tile, columns: lines.columns, times: times)
      rows.apply(&self, &row, on: &bus)
    }
    tile.setUnlocked(false, on: &bus)
  }
}

extension TransposedProduct {
  fileprivate mutating func readWeights(_ row: inout ProgramVerify.Row, on bus: inout some Bus) {
    let verification = ProgramVerify(tolerance: .zero, rounds: 0, samplesLog2: 0)
    for number in rows {
      verification.select(number, &row, of: tile, on: &bus)
      verification.verify(&row, of: tile, on: &bus)
      setWeights(row: number, row.columns)
    }
  }
}
