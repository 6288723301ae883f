import FixedPoint
import Registers

/// A configured network with its buffers.
struct Network: Sendable {
  let shape: NetworkShape
  let windows: (lstm: Window, dense: Window)
  var cell: LSTMCell
  var dense: DenseLayer
  /// By layer.
  var rows: [ProgramVerify.Row]
  var calibration: [Calibration.Buffers]

  /// - Throws: `doesNotFit` when the network has more lines than the tiles.
  init(
    _ shape: NetworkShape, windows: (lstm: Window, dense: Window), denseHeadroom: Int, on bus: inout some Bus
  ) throws(Status) {
    guard bus.read(MemoryMap.chip + ChipRegister.tiles.offset()) >= UInt32(Layer.allCases.count) else {
      throw .doesNotFit
    }
    let tiles = [TileDriver(number: 0, on: &bus), TileDriver(number: 1, on: &bus)]
    for layer in Layer.allCases {
      let (tile, lines) = (tiles[Int(layer.rawValue)], shape[layer])
      guard tile.wordLines >= lines.rows, tile.columns >= lines.columns else { throw .doesNotFit }
    }
    self.shape = shape
    self.windows = windows
    cell = LSTMCell(tile: tiles[0], shape: shape)
    dense = DenseLayer(tile: tiles[1], shape: shape, headroom: denseHeadroom)
    rows = tiles.map { ProgramVerify.Row($0) }
    calibration = tiles.map { Calibration.Buffers($0) }
  }

  func tile(_ layer: Layer) -> TileDriver { layer == .lstm ? cell.tile : dense.tile }

  /// Throws if a tile has an error bit set.
  func expectNoErrors(on bus: inout some Bus) throws(Status) {
    for layer in Layer.allCases where tile(layer).read(.error, on: &bus) != 0 { throw .hardware }
  }
}
