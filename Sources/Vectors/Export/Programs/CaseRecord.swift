import Registers

/// A step of a self-checking program, as `firmware/CaseRunner` takes it.
struct CaseRecord: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    case write(UInt32, UInt32)
    case read(UInt32, expected: UInt32)
    /// A read of anything.
    case readAny(UInt32)
    /// Lets time pass until so many cycles after the case began.
    case pass(UInt64)
  }

  let step: Step
  /// Whether time may pass before it; the steps behind it follow at once, up to the next that begins.
  var begins = false

  /// Registers of the hart that a burst of accesses has, and how many an access takes: its address, and a word to write.
  private static var registersOfBurst: Int { 27 }
  private var registers: Int {
    switch step {
    case .write: 2
    case .read, .readAny: 1
    case .pass: 0
    }
  }

  /// Four words: the kind, an address, a value, and those of its bits that depend on the die.
  func words(_ map: AgreementMap) -> [UInt32] {
    let begun: UInt32 = begins ? 0x100 : 0
    return switch step {
    case .write(let address, let value): [begun, address, value, 0]
    case .read(let address, let expected): [begun | 1, address, expected, Self.ofTheDie(address, map)]
    case .readAny(let address): [begun | 2, address, 0, 0]
    case .pass(let cycle): [begun | 3, UInt32(truncatingIfNeeded: cycle >> 32), UInt32(truncatingIfNeeded: cycle), 0]
    }
  }

  /// Bits that a converter makes, and the energy, which follows from the cells: counters of a given script do not.
  static func ofTheDie(_ address: UInt32, _ map: AgreementMap) -> UInt32 {
    let masks = map.masks(of: Transaction(.read, address, 0))
    let isEnergy = (0..<2).contains { isTile(.energy, address, element: $0) }
    return isEnergy ? .max : masks.converted | masks.own
  }

  private var isStart: Bool {
    if case .write(let address, _) = step { Self.isTile(.start, address) } else { false }
  }
  private var endsWait: Bool {
    switch step {
    case .read(let address, _), .readAny(let address): Self.isTile(.wait, address)
    case .pass: true
    case .write: false
    }
  }

  private static func isTile(_ register: TileRegister, _ address: UInt32, element: Int = 0) -> Bool {
    address &- MemoryMap.firstTile < UInt32(MemoryMap.maximumTiles) * MemoryMap.tileStride
      && address & (MemoryMap.tileStride - 1) == register.offset(element)
  }

  /// In bursts: what follows a START, up to a read of WAIT, follows it as soon as a hart can, so that it meets the operation
  /// under way.
  static func inBursts(_ steps: [Step]) -> [CaseRecord] {
    var records: [CaseRecord] = []
    var used = registersOfBurst
    var isUnderWay = false
    for step in steps {
      var record = CaseRecord(step: step)
      if record.registers == 0 || record.isStart && !isUnderWay || used + 2 > registersOfBurst {
        record.begins = true
        used = record.registers == 0 ? registersOfBurst : 0
      }
      used += record.registers
      isUnderWay = record.isStart || isUnderWay && !record.endsWait
      records.append(record)
    }
    return records
  }
}
