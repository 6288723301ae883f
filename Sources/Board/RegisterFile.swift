import Registers

/// Why a block's address decoder turned an access away.
enum Refusal: Error {
  case unmapped, misaligned, access, reserved
}

/// The words of one block, decoded by its map.
///
/// Software accesses go through `locate` (which refuses) and then `read` or `write`, which do to the word what the map
/// says; debuggers `peek`; the hardware itself has registers and fields by name.
struct RegisterFile<Block: RegisterBlock>: Sendable {
  struct Place {
    let register: Block
    let index: Int
    /// Position in `words`.
    let word: Int
    /// Position in the map's entries.
    let entry: Int
    let masks: AccessMasks
  }

  let map: BlockMap
  private let blocks: [Block]
  private let first: [Int]
  private let masks: [AccessMasks]
  private let shift: UInt32
  var words: [UInt32]

  init(_ map: BlockMap) {
    self.map = map
    blocks = Array(Block.allCases)
    first = map.entries.map { Int($0.offset / Block.registerBytes) }
    masks = map.entries.map(\.masks)
    shift = UInt32(Block.registerBytes.trailingZeroBitCount)
    words = map.resets
  }

  @inline(__always)
  private func place(_ offset: UInt32) throws(Refusal) -> Place {
    guard offset & (Block.registerBytes - 1) == 0 else { throw .misaligned }
    let word = Int(offset &>> shift)
    guard word < map.places.count, map.places[word] != BlockMap.nowhere else { throw .unmapped }
    let entry = Int(map.places[word])
    return Place(
      register: blocks[entry], index: word - first[entry], word: word, entry: entry, masks: masks[entry])
  }

  @inline(__always)
  func locate(reading offset: UInt32) throws(Refusal) -> Place {
    let place = try place(offset)
    guard place.masks.readable != 0 else { throw .access }
    return place
  }

  @inline(__always)
  func locate(writing value: UInt32, at offset: UInt32) throws(Refusal) -> Place {
    let place = try place(offset)
    guard place.masks.writable != 0 else { throw .access }
    guard value & place.masks.reserved == 0 else { throw .reserved }
    return place
  }

  /// For tools: the register at an address whatever its access, or nil.
  func find(_ offset: UInt32) -> Place? { try? place(offset) }

  /// What software reads at a place; what a read clears is cleared.
  @inline(__always)
  mutating func read(_ place: Place) -> UInt32 {
    let word = words[place.word]
    if place.masks.clearedByRead != 0 { words[place.word] = place.masks.afterRead(word) }
    return word & place.masks.readable
  }

  /// What a read would return.
  func peek(_ place: Place) -> UInt32 { words[place.word] & place.masks.readable }

  /// What a write of software does to the word by itself: it replaces, sets and clears bits, each field as the map says.
  @inline(__always)
  mutating func write(_ value: UInt32, at place: Place) {
    words[place.word] = place.masks.written(value, over: words[place.word])
  }

  /// The hardware's own view of a register.
  subscript(_ register: Block, _ index: Int = 0) -> UInt32 {
    @inline(__always) get { words[Int(register.rawValue &>> shift) + index] }
    @inline(__always) set { words[Int(register.rawValue &>> shift) + index] = newValue }
  }

  /// Sets one field, as the hardware does.
  mutating func set(_ field: Field, of register: Block, to value: UInt32) {
    self[register] = self[register] & ~field.mask | field.encode(value)
  }

  /// The elements of a register array, for loops over many.
  @inline(__always)
  mutating func withWords(of register: Block, _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    let start = Int(register.rawValue &>> shift)
    words.withUnsafeMutableBufferPointer { body(UnsafeMutableBufferPointer(rebasing: $0[start...])) }
  }

  /// A 64-bit number in two successive words, low word first.
  mutating func set64(_ register: Block, _ value: UInt64) {
    self[register, 0] = UInt32(truncatingIfNeeded: value)
    self[register, 1] = UInt32(truncatingIfNeeded: value >> 32)
  }
}
