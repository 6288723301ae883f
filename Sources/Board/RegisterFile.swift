import Registers

/// Why a block's address decoder turned an access away.
enum Refusal: Error {
  case unmapped, misaligned, access, reserved
}

/// The words of one block, decoded by its map.
///
/// Software access goes through `locate` (which refuses) and then `words`; debuggers `peek`; the hardware itself
/// reads and writes `words` by register.
struct RegisterFile<Block: RegisterBlock>: Sendable {
  struct Place {
    let register: Block
    let index: Int
    /// Position in `words`.
    let word: Int
  }

  let map: BlockMap
  private let blocks: [Block]
  private let first: [Int]
  private let writable: [UInt32]
  private let isReadable: [Bool]
  private let shift: UInt32
  var words: [UInt32]

  init(_ map: BlockMap) {
    self.map = map
    blocks = Array(Block.allCases)
    first = map.entries.map { Int($0.offset / Block.registerBytes) }
    writable = map.entries.map(\.writable)
    isReadable = map.entries.map(\.register.access.isReadable)
    shift = UInt32(Block.registerBytes.trailingZeroBitCount)
    words = map.places.map { $0 == BlockMap.nowhere ? 0 : map.entries[Int($0)].register.reset }
  }

  @inline(__always)
  private func place(_ offset: UInt32) throws(Refusal) -> (Int, Int) {
    guard offset & (Block.registerBytes - 1) == 0 else { throw .misaligned }
    let word = Int(offset &>> shift)
    guard word < map.places.count, map.places[word] != BlockMap.nowhere else { throw .unmapped }
    return (word, Int(map.places[word]))
  }

  @inline(__always)
  func locate(reading offset: UInt32) throws(Refusal) -> Place {
    let (word, entry) = try place(offset)
    guard isReadable[entry] else { throw .access }
    return Place(register: blocks[entry], index: word - first[entry], word: word)
  }

  @inline(__always)
  func locate(writing value: UInt32, at offset: UInt32) throws(Refusal) -> Place {
    let (word, entry) = try place(offset)
    guard writable[entry] != 0 else { throw .access }
    guard value & ~writable[entry] == 0 else { throw .reserved }
    return Place(register: blocks[entry], index: word - first[entry], word: word)
  }

  /// For tools: the register at an address whatever its access, or nil.
  func find(_ offset: UInt32) -> Place? {
    guard let (word, entry) = try? place(offset) else { return nil }
    return Place(register: blocks[entry], index: word - first[entry], word: word)
  }

  /// The hardware's own view of a register.
  subscript(_ register: Block, _ index: Int = 0) -> UInt32 {
    @inline(__always) get { words[Int(register.rawValue &>> shift) + index] }
    @inline(__always) set { words[Int(register.rawValue &>> shift) + index] = newValue }
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
