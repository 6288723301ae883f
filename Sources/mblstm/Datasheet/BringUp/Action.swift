import Registers
import Tasks

/// What a measured number may be, both ends included.
struct Band: Sendable, Equatable {
  let low: Int64
  let high: Int64

  init(_ low: Int64, _ high: Int64) {
    self.low = min(low, high)
    self.high = max(low, high)
  }
  init(_ value: some BinaryInteger) { self.init(Int64(value), Int64(value)) }
  /// Any word.
  static let any = Band(0, Int64(UInt32.max))

  func contains(_ value: Int64) -> Bool { low <= value && value <= high }
  /// The smallest band that holds both.
  func joined(_ other: Band) -> Band { Band(min(low, other.low), max(high, other.high)) }
}

extension Band: CustomStringConvertible {
  /// Words that are no small number are read by their digits.
  private func text(_ value: Int64) -> String {
    UInt32(exactly: value).map { $0 >= 1 << 16 ? hex($0) : "\($0)" } ?? "\(value)"
  }

  /// Both ends as C has them.
  var c: CText {
    low == high && low >= 1 << 16 ? "\(text(low))u, \(text(low))u" : .number(Int(low)) + ", " + .number(Int(high))
  }

  var description: String {
    self == .any ? "anything" : low == high ? text(low) : "\(low) to \(high)"
  }
}

/// A register, or an element of an array of them, as a program reaches it.
struct Place: Sendable, Equatable {
  let address: UInt32
  /// `MBX0.DRIVE[3]`.
  let name: String
  /// `MBX_TILE_DRIVE(0, 3)`.
  let c: CText

  init(_ register: TileRegister, _ index: Int = 0, tile: Int) {
    let map = register.register
    address = MemoryMap.tile(tile) + register.offset(index)
    name = "MBX\(tile).\(map.name)" + (map.count > 1 ? "[\(index)]" : "")
    c = "MBX_TILE_\(map.name)(" + .number(tile) + (map.count > 1 ? ", " + .number(index) : "") + ")"
  }

  init(_ register: ChipRegister, _ index: Int = 0) {
    let map = register.register
    address = MemoryMap.chip + register.offset(index)
    name = "MBX.\(map.name)" + (map.count > 1 ? "[\(index)]" : "")
    c = "MBX_\(map.name)" + (map.count > 1 ? "(" + .number(index) + ")" : "")
  }

  /// Where there is no register.
  init(nowhereAt address: UInt32) {
    self.address = address
    name = hex(address)
    c = "MBLSTM_WORD(\(hex(address))u)"
  }
}

/// Where a measured number comes from.
enum Source: Sendable, Equatable {
  case word(Place)
  /// A field, and its name in C without `_OF`: `MBX_TILE_STATUS_BUSY`.
  case field(Place, Field, c: String)
  /// The code of a line in `SENSE`.
  case sense(line: Int, tile: Int)

  static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  func read(on bus: inout some Bus) -> Int64 {
    switch self {
    case .word(let place): return Int64(bus.read(place.address))
    case .field(let place, let field, _):
      let word = bus.read(place.address)
      return field.isSigned ? Int64(field.decodeSigned(word)) : Int64(field.decode(word))
    case .sense(let line, let tile):
      let word = bus.read(MemoryMap.tile(tile) + TileRegister.sense.offset(line / 2))
      return Int64(line & 1 == 0 ? Lanes.even(word) : Lanes.odd(word))
    }
  }

  var name: String {
    switch self {
    case .word(let place): place.name
    case .field(let place, let field, _): "\(place.name).\(field.name)"
    case .sense(let line, let tile): "line \(line) of MBX\(tile).SENSE"
    }
  }

  var c: CText {
    switch self {
    case .word(let place): place.c
    case .field(let place, _, let c): "\(c)_OF(" + place.c + ")"
    case .sense(let line, let tile): "sense(" + .number(tile) + ", " + .number(line) + ")"
    }
  }
}

/// One thing that a program of the guide does.
enum Action: Sendable {
  case write(Place, UInt32, c: CText)
  case expect(Source, Band, String)
  /// Remembers a number for a comparison.
  case keep(Source, slot: Int)
  /// What a number is above a remembered one.
  case compare(Source, slot: Int, Band, String)
  /// Puts a code on one of the tile's lines and 0 on the others.
  case drive(line: Int, code: Int, ofLines: Int, tile: Int)
  /// Starts an operation and waits for its end.
  case perform(OperationCall, tile: Int)
  /// A request of the host to the controller, and what each word of the answer may be.
  case request(HostRequest, [AnswerWord], String)
}

/// A word of `START`.
struct OperationCall: Sendable {
  let operation: Operation
  var row = 0
  var gain = 0

  /// Conversions of the guide bypass the activation circuits.
  var word: UInt32 {
    TileRegister.Start.operation.encode(operation.rawValue) | TileRegister.Start.row.encode(UInt32(row))
      | TileRegister.Start.gain.encode(UInt32(gain)) | TileRegister.Start.linear.encode(operation == .read)
  }

  var c: CText {
    let parts: [CText] =
      ["MBX_TILE_START_OPERATION(MBX_OPERATION_\(operation.name))"]
      + (operation == .programRow ? ["MBX_TILE_START_ROW(" + .number(row) + ")"] : [])
      + (gain != 0 ? ["MBX_TILE_START_GAIN(\(gain))"] : [])
      + (operation == .read ? ["MBX_TILE_START_LINEAR(1)"] : [])
    return parts.dropFirst().reduce(parts[0]) { $0 + " | " + $1 }
  }
}

/// What a word of an answer may be.
enum AnswerWord: Sendable {
  case word(Band)
  /// Two signed numbers.
  case lanes(Band, Band)

  /// The numbers of a word, and what each may be.
  func numbers(_ word: UInt32) -> [(value: Int64, band: Band)] {
    switch self {
    case .word(let band): [(Int64(word), band)]
    case .lanes(let even, let odd): [(Int64(Lanes.even(word)), even), (Int64(Lanes.odd(word)), odd)]
    }
  }
}

extension AnswerWord: CustomStringConvertible {
  var description: String {
    switch self {
    case .word(let band): "\(band)"
    case .lanes(let even, let odd): "\(even) in the low half and \(odd) in the high half"
    }
  }
}

/// A step of the guide: a program, what it proves, and where to look when it fails.
struct BringUpStep: Sendable {
  let title: String
  /// What is so when it passes, and where the bands come from.
  let meaning: String
  /// What to check if it fails.
  let remedy: String
  /// Of a tile; steps of the whole chip do what they do with the first.
  let program: @Sendable (_ tile: Int) -> [Action]
  var isOfEachTile = true
}
