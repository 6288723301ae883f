import FixedPoint
import Registers

/// What `configure` says of a network.
struct NetworkPlan: Sendable, Equatable {
  let shape: NetworkShape
  let windows: Windows
  /// Of the dense layer, bits.
  let headroom: UInt32

  struct Windows: Sendable, Equatable {
    let lstm: Window
    let dense: Window
  }

  init(_ source: inout some WordSource, on bus: inout some Bus) throws(Status) {
    shape = try NetworkShape(&source, on: &bus)
    windows = Windows(
      lstm: Window(raw: try source.next(.window, on: &bus)), dense: Window(raw: try source.next(.window, on: &bus)))
    headroom = try source.next(.headroom, on: &bus)
  }

  /// As the host sends it.
  var words: [UInt32] { shape.words + [windows.lstm.raw, windows.dense.raw, headroom] }
}

/// A configured network with its buffers.
struct Network: Sendable {
  let plan: NetworkPlan
  let side: Side
  var cell: LSTMCell
  var dense: DenseLayer
  /// By layer.
  var rows: [ProgramVerify.Row]
  var calibration: [Calibration.Buffers]

  /// - Throws: `doesNotFit` when the network has more lines than the side's tiles, or there are none.
  init(_ plan: NetworkPlan, on side: Side, _ bus: inout some Bus) throws(Status) {
    let shape = plan.shape
    try side.expectTiles(on: &bus)
    let tiles = [
      TileDriver(number: side.tile(.lstm), on: &bus), TileDriver(number: side.tile(.dense), on: &bus),
    ]
    for layer in Layer.allCases {
      let (tile, lines) = (tiles[Int(layer.rawValue)], shape[layer])
      guard tile.wordLines >= lines.rows, tile.columns >= lines.columns else { throw .doesNotFit }
    }
    self.plan = plan
    self.side = side
    cell = LSTMCell(tile: tiles[0], shape: shape)
    dense = DenseLayer(tile: tiles[1], shape: shape, headroom: Int(plan.headroom))
    rows = tiles.map { ProgramVerify.Row($0) }
    calibration = tiles.map { Calibration.Buffers($0) }
  }

  var shape: NetworkShape { plan.shape }
  var windows: NetworkPlan.Windows { plan.windows }

  func tile(_ layer: Layer) -> TileDriver { layer == .lstm ? cell.tile : dense.tile }

  /// Throws if a tile has an error bit set.
  func expectNoErrors(on bus: inout some Bus) throws(Status) {
    for layer in Layer.allCases where tile(layer).read(.error, on: &bus) != 0 { throw .hardware }
  }
}
