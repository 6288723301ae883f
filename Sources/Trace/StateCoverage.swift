import Registers

/// Follows a log, and notes what is accessed and refused in which state. The log begins with a board that has just been
/// powered up, or with one that is idle, supplied and without errors.
package struct StateCoverage: ClosingLog, Sendable {
  package static var isActive: Bool { true }

  /// What the log tells of a block.
  private struct Condition: Sendable {
    var isBusy = false
    var hasReferences = true
    var hasDrivers = true
    var isSettled = true
    /// Bits of ERROR.
    var errors: UInt32 = 0
    /// When an operation ended last.
    var ended: UInt64?

    var state: BlockState {
      isBusy
        ? .busy : !(hasReferences && hasDrivers) ? .unpowered : !isSettled ? .unsettled : errors != 0 ? .fault : .idle
    }
  }

  package private(set) var table = CoverageTable()
  private let maps: [BlockMap]
  private var tiles = Array(repeating: Condition(), count: MemoryMap.maximumTiles)
  private var chip = Condition()
  private var flash = Condition()
  private var cell = Condition()
  /// The latest write, whose effect shows once nothing has refused it, and its cycle.
  private var pending: (write: Transaction, cycle: UInt64)?

  package init() { maps = BlockMap.board(tiles: 1) }

  package mutating func append(_ entry: LogEntry) {
    switch entry.body {
    case .access(let transaction):
      settlePending()
      note(transaction, entry.cycle)
      if transaction.kind == .write { pending = (transaction, entry.cycle) }
    case .event(let event):
      if event.isRefusal, pending?.cycle == entry.cycle { pending = nil } else { settlePending() }
      note(event, entry.cycle)
    }
  }

  package mutating func close() {}

  // MARK: Accesses

  private mutating func note(_ transaction: Transaction, _ cycle: UInt64) {
    let tile = Self.tile(at: transaction.address)
    let address = tile.map { transaction.address - MemoryMap.tile($0) + MemoryMap.firstTile } ?? transaction.address
    for (part, map) in maps.enumerated() {
      let place = (address &- map.base) / map.registerBytes
      guard place < map.places.count else { continue }
      let register = map.places[Int(place)]
      guard register != BlockMap.nowhere else { return }
      let condition = tile.map { tiles[$0] } ?? condition(of: map.base)
      // A load of WAIT that stalled is logged once the operation has ended.
      let hasStalled = transaction.kind == .read && condition.ended == cycle && isWait(transaction.address, tile)
      table.note(
        register: Int(register), of: part, transaction.kind, in: hasStalled ? .busy : condition.state)
      return
    }
  }

  private func condition(of base: UInt32) -> Condition {
    switch base {
    case MemoryMap.chip: chip
    case MemoryMap.flash: flash
    case MemoryMap.cellUnit: cell
    default: Condition()
    }
  }

  private func isWait(_ address: UInt32, _ tile: Int?) -> Bool {
    address
      == (tile.map { MemoryMap.tile($0) + TileRegister.wait.offset() } ?? MemoryMap.flash + FlashRegister.wait.offset())
  }

  private static func tile(at address: UInt32) -> Int? {
    let tile = Int((address &- MemoryMap.firstTile) / MemoryMap.tileStride)
    return tile < MemoryMap.maximumTiles ? tile : nil
  }

  /// Writes that clear errors.
  private mutating func settlePending() {
    guard let write = pending?.write else { return }
    pending = nil
    if let tile = Self.tile(at: write.address) {
      if write.address == MemoryMap.tile(tile) + TileRegister.error.offset() { tiles[tile].errors &= ~write.value }
      return
    }
    switch write.address {
    case MemoryMap.chip + ChipRegister.error.offset(): chip.errors &= ~write.value
    case MemoryMap.flash + FlashRegister.error.offset(): flash.errors &= ~write.value
    case MemoryMap.cellUnit + CellRegister.error.offset(): cell.errors &= ~write.value
    case MemoryMap.chip + ChipRegister.reset.offset(): reset(write.value)
    default: break
    }
  }

  private mutating func reset(_ word: UInt32) {
    let isWhole = word & ChipRegister.Reset.chip(.writeOnly).mask != 0
    let low = ChipRegister.Reset.tiles(.writeOnly).lowBit
    for tile in tiles.indices where isWhole || word >> (low + UInt32(tile)) & 1 != 0 { tiles[tile].errors = 0 }
    if isWhole {
      chip.errors = 0
      flash.errors = 0
      cell.errors = 0
    }
  }

  // MARK: Events

  private mutating func note(_ event: ChipEvent, _ cycle: UInt64) {
    switch event {
    case .started(let tile, _): tiles[tile].isBusy = true
    case .finished(let tile, _), .aborted(let tile, _):
      tiles[tile].isBusy = false
      tiles[tile].ended = cycle
    case .supply(let tile, let analog, let drivers):
      if !analog || !tiles[tile].hasReferences { tiles[tile].isSettled = false }
      tiles[tile].hasReferences = analog
      tiles[tile].hasDrivers = drivers
    case .settled(let tile): tiles[tile].isSettled = true
    case .tileError(let tile, let error):
      let state = error == .watchdog ? .busy : tiles[tile].state
      noteError(Int(error.rawValue), "MBXn", state)
      tiles[tile].errors |= error.field.mask
    case .chipError(let error):
      noteError(Int(error.rawValue), "MBX", chip.state)
      chip.errors |= error.field.mask
    case .flash(let event): note(event, cycle)
    case .cellError(let error):
      noteError(Int(error.rawValue), "CELL", cell.state)
      cell.errors |= error.field.mask
    case .brownOut, .powerOff: break
    }
  }

  private mutating func note(_ event: FlashEvent, _ cycle: UInt64) {
    switch event {
    case .started: flash.isBusy = true
    case .finished, .aborted:
      flash.isBusy = false
      flash.ended = cycle
    case .error(let error):
      noteError(Int(error.rawValue), "FLASH", error == .worn ? .busy : flash.state)
      flash.errors |= error.field.mask
    }
  }

  private mutating func noteError(_ number: Int, _ block: String, _ state: BlockState) {
    guard let part = table.parts.firstIndex(where: { $0.block == block }) else { return }
    table.note(error: number, of: part, in: state)
  }
}

extension ChipEvent {
  /// Whether an access brought it about by being refused.
  fileprivate var isRefusal: Bool {
    switch self {
    case .tileError(_, let error): error != .watchdog
    case .chipError, .cellError: true
    case .flash(.error(let error)): error != .worn
    default: false
    }
  }
}

extension CoverageTable {
  /// What a whole log covers.
  package init(of entries: [LogEntry]) {
    var coverage = StateCoverage()
    for entry in entries { coverage.append(entry) }
    self = coverage.table
  }
}
