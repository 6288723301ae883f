import Registers

/// SplitMix64: the same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

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
