import FixedPoint
import Registers

extension Trainer {
  /// Gradients to residuals, residuals to pulses, both layers; the batch begins anew.
  mutating func update(_ network: inout Network, with times: PulseTimes, on bus: inout some Bus) {
    pending = 0
    lstm.step(momentum: settings.momentum)
    dense.step(momentum: settings.momentum)
    for layer in Layer.allCases {
      var rows = RowUpdate(settings, tile: network.tile(layer), columns: shape[layer].columns, times: times)
      switch layer {
      case .lstm: rows.apply(&lstm, &network.rows[0], on: &bus)
      case .dense: rows.apply(&dense, &network.rows[1], on: &bus)
      }
    }
    readBack(&network, on: &bus)
  }

  /// Brings the controller's copy of the weights, where the backward path keeps one, up to date with the arrays.
  mutating func readBack(_ network: inout Network, on bus: inout some Bus) {
    guard settings.backward == .readBack else { return }
    lstmBack.readWeights(&network.rows[0], on: &bus)
    denseBack.readWeights(&network.rows[1], on: &bus)
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
