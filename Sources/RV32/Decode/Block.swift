/// A straight run of instructions with one entry. Branches that are taken leave it on the way, by exits. A block exists
/// for every address that was ever a jump target and is decoded when it is first entered; its address in memory never
/// changes, so that exits and blocks can point at their successors.
struct Block {
  /// The guest's code, from the first instruction up to the end of the last.
  var passage: Passage
  /// Of the whole block. Undecoded: more than any budget, so that entering it fails.
  var cost: Budget
  var ops: UnsafeMutablePointer<Op>
  /// Where it goes on from its end.
  var successor: UnsafeMutablePointer<Block>

  static let undecoded = Budget(instructions: Int64(Int32.max), cycles: 0)
  /// Instructions of the longest block, which keeps its length in bytes below 256.
  static let capacity = 60
  /// Room it takes: each may be a branch with an exit, and there is the end.
  static let opCapacity = 2 * capacity + 1

  var pc: UInt32 { passage.start }
  var length: UInt32 { passage.end &- passage.start }
  var isDecoded: Bool { cost.packed != Block.undecoded.packed }
}

/// The way out of a block that a taken branch goes. It lies behind the branch, in the room of an `Op`.
struct Exit {
  var target: UnsafeMutablePointer<Block>
  /// What entering the block charged for operations that are not executed then.
  var refund: Budget
  /// The end of the branch.
  var end: UInt32
}

typealias BlockPointer = UnsafeMutablePointer<Block>

extension BlockPointer {
  /// Places of the branches among the first `count` operations.
  func branches(_ count: Int) -> [Int] {
    var found: [Int] = []
    var place = 0
    while place < count {
      let isBranch = pointee.ops[place].code.isBranch
      if isBranch { found.append(place) }
      place += isBranch ? 2 : 1
    }
    return found
  }

  func address(of op: OpPointer) -> UInt32 { pointee.pc &+ UInt32(op.pointee.offset) << 1 }
  func target(of op: OpPointer) -> UInt32 { address(of: op) &+ op.pointee.imm }

  /// Where the block goes on from its end of `count` operations, if that is known.
  func end(_ count: Int) -> UInt32? {
    let last = pointee.ops + (count - 1)
    return switch last.pointee.code {
    case .jal: target(of: last)
    case .next: pointee.passage.end
    default: nil
    }
  }
}

extension OpPointer {
  /// Of a branch.
  var exit: UnsafeMutablePointer<Exit> { UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: Exit.self) }
}

/// The blocks decoded from RAM, found by address, and what stores must look out for. Derived state: dropping it at any
/// instruction boundary changes nothing but time.
struct BlockCache: ~Copyable {
  /// Why a store to a granule of RAM must leave the fast path.
  struct Mark: OptionSet {
    let rawValue: UInt8
    static let code = Mark(rawValue: 1)
    static let watched = Mark(rawValue: 2)
  }

  static let granuleShift: UInt32 = 4
  static let pageShift: UInt32 = 12
  private static let blocksPerPage = 1 << (pageShift - 1)
  private static let blocksPerChunk = 1024
  private static let blockLimit = 1 << 18
  static let jumpMask = 1023

  let base: UInt32
  let size: UInt32
  /// One byte per granule of RAM.
  let marks: UnsafeMutablePointer<UInt8>
  /// The last block jumped to indirectly, by low bits of its address.
  let jumps: UnsafeMutablePointer<BlockPointer>
  /// Holds the place of an indirect jump out of RAM. Its address is odd until then, so that no jump finds it. Never decoded.
  let outside: BlockPointer
  private let pages: UnsafeMutablePointer<UnsafeMutablePointer<BlockPointer?>?>
  private var chunks: [BlockPointer] = []
  private var blockCount = 0
  private var watched: [Range<UInt32>] = []
  private let ops: UnsafeMutablePointer<Op>
  private let opLimit: Int
  private var opCount = 0

  init(base: UInt32, size: UInt32, opLimit: Int = 1 << 18) {
    self.base = base
    self.size = size
    self.opLimit = opLimit
    let granules = Int(size >> BlockCache.granuleShift) + 1
    marks = .allocate(capacity: granules)
    marks.initialize(repeating: 0, count: granules)
    ops = .allocate(capacity: opLimit)
    ops.initialize(repeating: Op(code: .illegal, size: 4), count: 1)
    outside = .allocate(capacity: 1)
    outside.initialize(to: Block(at: 1, ops: ops, outside: outside))
    jumps = .allocate(capacity: BlockCache.jumpMask + 1)
    jumps.initialize(repeating: outside, count: BlockCache.jumpMask + 1)
    let pageCount = BlockCache.pageCount(size)
    pages = .allocate(capacity: pageCount)
    pages.initialize(repeating: nil, count: pageCount)
  }

  deinit {
    for page in 0..<BlockCache.pageCount(size) { pages[page]?.deallocate() }
    for chunk in chunks { chunk.deallocate() }
    pages.deallocate()
    jumps.deallocate()
    outside.deallocate()
    ops.deallocate()
    marks.deallocate()
  }

  private static func pageCount(_ ramSize: UInt32) -> Int { Int(ramSize >> pageShift) + 1 }

  /// The block at an offset of RAM, undecoded if it is new.
  mutating func block(at offset: UInt32, pc: UInt32) -> BlockPointer {
    let number = Int(offset >> BlockCache.pageShift)
    let page = pages[number] ?? newPage(number)
    let slot = page + Int(offset >> 1) % BlockCache.blocksPerPage
    if let block = slot.pointee { return block }
    let block = newBlock(pc: pc)
    slot.pointee = block
    return block
  }

  private func newPage(_ number: Int) -> UnsafeMutablePointer<BlockPointer?> {
    let page = UnsafeMutablePointer<BlockPointer?>.allocate(capacity: BlockCache.blocksPerPage)
    page.initialize(repeating: nil, count: BlockCache.blocksPerPage)
    pages[number] = page
    return page
  }

  /// A block that is not found by its address, such as the target of a branch out of RAM.
  mutating func newBlock(pc: UInt32) -> BlockPointer {
    if blockCount == chunks.count * BlockCache.blocksPerChunk {
      chunks.append(.allocate(capacity: BlockCache.blocksPerChunk))
    }
    let block = chunks[blockCount / BlockCache.blocksPerChunk] + blockCount % BlockCache.blocksPerChunk
    block.initialize(to: Block(at: pc, ops: ops, outside: outside))
    blockCount += 1
    return block
  }

  /// Room for the operations of one block; all blocks are forgotten when there is none.
  mutating func reserveOps() -> UnsafeMutablePointer<Op> {
    if opCount + Block.opCapacity > opLimit { forgetAll() }
    return ops + opCount
  }

  mutating func commitOps(_ count: Int) { opCount += count }

  func mark(_ kind: Mark, from first: UInt32, count: UInt32) {
    for granule in granules(first, count) { marks[granule] |= kind.rawValue }
  }

  /// Replaces the watched ranges, given as offsets.
  mutating func watch(_ ranges: [Range<UInt32>]) {
    for range in watched { unmark(.watched, from: range.lowerBound, count: UInt32(range.count)) }
    watched = ranges
    for range in ranges { mark(.watched, from: range.lowerBound, count: UInt32(range.count)) }
  }

  private func unmark(_ kind: Mark, from first: UInt32, count: UInt32) {
    for granule in granules(first, count) { marks[granule] &= ~kind.rawValue }
  }

  private func granules(_ first: UInt32, _ count: UInt32) -> ClosedRange<Int> {
    // A store is judged by the granule of its first byte, which may lie three bytes before the marked ones.
    let start = first < 3 ? 0 : first - 3
    return Int(start >> BlockCache.granuleShift)...Int(min(first + count - 1, size - 1) >> BlockCache.granuleShift)
  }
}

extension BlockCache {
  /// More blocks than are worth keeping. `dropAll` is due, once nothing points at a block any more.
  var isCrowded: Bool { blockCount > BlockCache.blockLimit }

  mutating func dropAll() {
    forgetAll()
    for page in 0..<BlockCache.pageCount(size) {
      pages[page]?.deallocate()
      pages[page] = nil
    }
    for slot in 0...BlockCache.jumpMask { jumps[slot] = outside }
    blockCount = 0
  }
}

extension Block {
  init(at pc: UInt32, ops: UnsafeMutablePointer<Op>, outside: BlockPointer) {
    self.init(passage: Passage(start: pc, end: pc), cost: Block.undecoded, ops: ops, successor: outside)
  }
}

extension BlockCache {
  /// All blocks there are.
  var blocks: [BlockPointer] {
    (0..<blockCount).map { chunks[$0 / BlockCache.blocksPerChunk] + $0 % BlockCache.blocksPerChunk }
  }

  /// Makes every block undecoded again.
  mutating func forgetAll() {
    for number in 0..<blockCount {
      let block = chunks[number / BlockCache.blocksPerChunk] + number % BlockCache.blocksPerChunk
      guard block.pointee.isDecoded else { continue }
      unmark(.code, from: block.pointee.pc &- base, count: max(block.pointee.length, 2))
      block.pointee.cost = Block.undecoded
    }
    opCount = 0
  }

  /// Forgets the blocks with code in a range of RAM that was written, and tells whether there were any.
  func forget(from first: UInt32, count: UInt32) -> Bool {
    let granuleMask = (1 as UInt32) << BlockCache.granuleShift - 1
    let granuleStart = first & ~granuleMask
    let granuleEnd = granuleStart | granuleMask
    var forgotten = false
    var codeLeft = false
    // A block overlapping the granule starts at most 255 bytes before it.
    var offset = granuleStart < 256 ? 0 : granuleStart - 256
    let end = min(max(granuleEnd + 3, first + count), size - 1)
    while offset <= end {
      if let block = lookup(offset), block.pointee.isDecoded {
        let blockEnd = offset + block.pointee.length
        if offset < first + count && blockEnd > first {
          block.pointee.cost = Block.undecoded
          forgotten = true
        } else if blockEnd > granuleStart {
          codeLeft = true
        }
      }
      offset += 2
    }
    if !codeLeft { marks[Int(granuleStart >> BlockCache.granuleShift)] &= ~Mark.code.rawValue }
    return forgotten
  }

  private func lookup(_ offset: UInt32) -> BlockPointer? {
    guard let page = pages[Int(offset >> BlockCache.pageShift)] else { return nil }
    return page[Int(offset >> 1) % BlockCache.blocksPerPage]
  }
}
