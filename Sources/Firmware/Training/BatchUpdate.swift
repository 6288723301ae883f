import FixedPoint
import Registers

extension Controller {
  /// Gradients to residuals, residuals to pulses, both layers; the batch begins anew.
  mutating func update(on bus: inout some Bus) {
    guard var network, var trainer, let times else { return }
    self.network = nil
    self.trainer = nil
    trainer.pending = 0
    trainer.lstm.step(momentum: trainer.settings.momentum)
    trainer.dense.step(momentum: trainer.settings.momentum)
    for layer in Layer.allCases {
      let tile = network.tile(layer)
      var rows = RowUpdate(trainer.settings, tile: tile, columns: network.columns(of: layer), times: times)
      switch layer {
      case .lstm: rows.apply(&trainer.lstm, &network.rows[0], on: &bus)
      case .dense: rows.apply(&trainer.dense, &network.rows[1], on: &bus)
      }
    }
    self.network = network
    self.trainer = trainer
    readBackAll(on: &bus)
  }

  /// Brings the controller's copy of the weights, where the backward path keeps one, up to date with the arrays.
  mutating func readBackAll(on bus: inout some Bus) {
    guard var network, var trainer, trainer.settings.backward == .readBack else { return }
    self.network = nil
    self.trainer = nil
    let verification = ProgramVerify(tolerance: 0, rounds: 0, samplesLog2: 0)
    func read(_ back: inout TransposedProduct, _ row: inout ProgramVerify.Row) {
      for number in back.rows {
        verification.select(number, &row, of: back.tile, on: &bus)
        verification.verify(&row, of: back.tile, on: &bus)
        back.setWeights(row: number, row.weights)
      }
    }
    read(&trainer.lstmBack, &network.rows[0])
    read(&trainer.denseBack, &network.rows[1])
    self.network = network
    self.trainer = trainer
  }
}
