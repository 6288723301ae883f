import Registers

/// Half of the flash: there are two, so that while one is written the other is valid.
enum RecordSlot: Int, Sendable, CaseIterable {
  case first, second

  static var pages: Int { FlashRegister.pages / 2 }
  /// The longest record.
  static var words: UInt32 { UInt32(pages * FlashRegister.pageWords) }

  var firstPage: Int { rawValue * Self.pages }
  var other: RecordSlot { self == .first ? .second : .first }
}

/// What begins a record.
struct RecordHead: Sendable, Equatable {
  /// "MBR2" in ASCII.
  static var magic: UInt32 { 0x4d42_5232 }
  /// Before those of the network.
  static var words: Int { 6 }

  /// One more than that of the record before.
  var sequence: UInt32
  var die: Die
  /// Whose tiles hold the weights.
  var side: Side

  /// What `MBX.DIE` has.
  struct Die: Sendable, Equatable {
    var low: UInt32
    var high: UInt32

    init(low: UInt32, high: UInt32) {
      self.low = low
      self.high = high
    }

    /// Of the chip at hand.
    init(on bus: inout some Bus) {
      low = bus.read(MemoryMap.chip + ChipRegister.die.offset(0))
      high = bus.read(MemoryMap.chip + ChipRegister.die.offset(1))
    }
  }
}

/// What a slot holds.
enum SlotContent: Sendable, Equatable {
  case empty
  case damaged
  case valid(RecordHead)
}

extension RecordSlot {
  /// Reads the slot, up to the checksum of its record.
  func content(on bus: inout some Bus) -> SlotContent {
    var reader = RecordReader(self)
    var checksum = RecordChecksum()
    func next(_ bus: inout some Bus) -> UInt32 {
      let word = reader.next(on: &bus)
      checksum.append(word)
      return word
    }
    let magic = next(&bus)
    guard magic != .max else { return .empty }
    guard magic == RecordHead.magic else { return .damaged }
    let count = next(&bus)
    guard (Self.shortest...Self.words).contains(count) else { return .damaged }
    let sequence = next(&bus)
    let low = next(&bus)
    let high = next(&bus)
    let side = Side(rawValue: next(&bus))
    for _ in RecordHead.words..<Int(count) - 1 { _ = next(&bus) }
    let expected = checksum.word
    guard reader.next(on: &bus) == expected, let side else { return .damaged }
    return .valid(RecordHead(sequence: sequence, die: .init(low: low, high: high), side: side))
  }

  /// Its head and its checksum.
  private static var shortest: UInt32 { UInt32(RecordHead.words) + 1 }

  /// The slot with the newest valid record, of one side if that is asked for.
  /// - Throws: where there is none, `damagedRecord` if a slot is damaged, else `noRecord`.
  static func newest(of side: Side? = nil, on bus: inout some Bus) throws(Status) -> (
    slot: RecordSlot, head: RecordHead
  ) {
    var newest: (slot: RecordSlot, head: RecordHead)?
    var isDamaged = false
    for slot in allCases {
      switch slot.content(on: &bus) {
      case .empty: break
      case .damaged: isDamaged = true
      case .valid(let head):
        guard side == nil || head.side == side else { continue }
        if newest.map({ head.sequence >= $0.head.sequence }) ?? true { newest = (slot, head) }
      }
    }
    guard let newest else { throw isDamaged ? .damagedRecord : .noRecord }
    return newest
  }
}

/// CRC-32 as Ethernet, zip and PNG have it, of words, the low byte first. Bit by bit: a table would be a kilobyte.
struct RecordChecksum: Sendable {
  private var rest = UInt32.max

  var word: UInt32 { ~rest }

  @inline(never)
  mutating func append(_ word: UInt32) {
    rest ^= word
    for _ in 0..<UInt32.bitWidth { rest = rest >> 1 ^ (rest & 1 == 1 ? 0xedb8_8320 : 0) }
  }
}

/// Takes the words of a slot in order; the flash's buffer has the page at hand.
struct RecordReader: WordSource, Sendable {
  static var outOfRange: Status { .damagedRecord }

  let slot: RecordSlot
  private var place = 0

  init(_ slot: RecordSlot) { self.slot = slot }

  private var page: Int { slot.firstPage + place / FlashRegister.pageWords }

  /// Passes words over.
  mutating func pass(_ count: Int, on bus: inout some Bus) {
    for _ in 0..<count { _ = next(on: &bus) }
  }

  /// Has the page of the next word in the buffer again, where another one has been there since.
  func reload(on bus: inout some Bus) {
    if place % FlashRegister.pageWords > 0 { FlashDriver.perform(.read, page: page, on: &bus) }
  }

  // Out of line, as what follows: small rather than fast.
  @inline(never)
  mutating func next(on bus: inout some Bus) -> UInt32 {
    let index = place % FlashRegister.pageWords
    if index == 0 {
      FlashDriver.perform(.read, page: page, on: &bus)
    }
    place += 1
    return FlashDriver.read(.buffer, index, on: &bus)
  }
}

/// Puts words into a slot in order, a page erased as its first word comes.
struct RecordWriter: Sendable {
  let slot: RecordSlot
  private var place = 0
  private var checksum = RecordChecksum()

  init(_ slot: RecordSlot) { self.slot = slot }

  private var page: Int { slot.firstPage + place / FlashRegister.pageWords }

  @inline(never)
  mutating func put(_ word: UInt32, on bus: inout some Bus) {
    let index = place % FlashRegister.pageWords
    if index == 0 {
      FlashDriver.perform(.erase, page: page, on: &bus)
      // Its ones into the buffer, which are left out where no word comes.
      FlashDriver.perform(.read, page: page, on: &bus)
    }
    FlashDriver.write(.buffer, index, word, on: &bus)
    checksum.append(word)
    if index == FlashRegister.pageWords - 1 { FlashDriver.perform(.program, page: page, on: &bus) }
    place += 1
  }

  /// The checksum, and the rest of the last page.
  mutating func finish(on bus: inout some Bus) {
    put(checksum.word, on: &bus)
    guard place % FlashRegister.pageWords > 0 else { return }
    FlashDriver.perform(.program, page: page, on: &bus)
  }
}
