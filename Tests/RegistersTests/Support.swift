import Registers

extension BlockMap {
  /// The whole board, with every tile there can be.
  static let full = BlockMap.board(tiles: MemoryMap.maximumTiles)

  /// Bytes from the base to behind the last register.
  var bytes: UInt32 { entries.map { $0.offset + $0.register.count * registerBytes }.max() ?? 0 }

  var allFields: [(register: Register, field: Field)] {
    entries.flatMap { entry in entry.register.fields.map { (entry.register, $0) } }
  }

  var label: String { name.description + (number.map(String.init) ?? "") }
}
