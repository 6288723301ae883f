import Board

/// One part of what is saved, as if it had been forgotten.
struct Loss<Whole> {
  let name: String
  let lose: (inout Whole, Whole) -> Void

  init<Value>(_ name: String, _ path: WritableKeyPath<Whole, Value>) {
    self.name = name
    lose = { $0[keyPath: path] = $1[keyPath: path] }
  }
}

extension Loss<MachineSnapshot> {
  /// The same part of every tile.
  init<Value>(tile name: String, _ path: WritableKeyPath<MachineSnapshot.TileState, Value>) {
    self.name = "tiles.\(name)"
    lose = { for tile in $0.tiles.indices { $0.tiles[tile][keyPath: path] = $1.tiles[tile][keyPath: path] } }
  }
}
