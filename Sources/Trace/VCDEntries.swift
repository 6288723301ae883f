import Registers

/// What entries of the log do to the variables.
extension VCDWaves {
  /// - Parameter onBus: whether the bus shows an access.
  mutating func append(_ entry: LogEntry, onBus: Bool = true) {
    advance(to: entry.cycle)
    guard isOn else { return }
    switch entry.body {
    case .access(let transaction): note(transaction, onBus: onBus)
    case .event(let event): note(event)
    }
  }

  private mutating func note(_ transaction: Transaction, onBus: Bool) {
    if onBus {
      set(BusSignal.write.rawValue, transaction.kind == .write ? 1 : 0)
      set(BusSignal.address.rawValue, UInt64(transaction.address))
      set(BusSignal.data.rawValue, UInt64(transaction.value))
      set(BusSignal.valid.rawValue, 1)
      fall = time + Self.nanosecondsPerCycle / 2
    }
    follow(transaction)
    if transaction.kind == .write { noteWrite(transaction.address, transaction.value) }
  }

  private mutating func follow(_ transaction: Transaction) {
    for index in signals.followers.indices where signals.followers[index].address == transaction.address {
      let follower = signals.followers[index]
      switch transaction.kind {
      case .write:
        let isBusy = follower.busy.map { values[$0] != 0 } ?? false
        guard !isBusy || follower.flag.register.isWritableWhileBusy else { continue }
        set(follower.number, follower.flag.written(transaction.value, over: values[follower.number]))
      case .read:
        guard !follower.flag.isTold else { continue }
        set(follower.number, follower.flag.read(transaction.value))
      }
    }
  }

  /// What a write does to other variables that no event tells of.
  private mutating func noteWrite(_ address: UInt32, _ value: UInt32) {
    let number = Int((address &- MemoryMap.firstTile) / MemoryMap.tileStride)
    if number < signals.tiles.count, address - MemoryMap.tile(number) == TileRegister.unlock.rawValue {
      set(signals.tiles[number], .locked, value == TileRegister.unlockKey ? 0 : 1)
    }
    if address == MemoryMap.chip + ChipRegister.reset.rawValue { noteReset(value) }
    updateInterrupt()
  }

  /// What a reset leaves; one that is refused leaves all as it is.
  private mutating func noteReset(_ word: UInt32) {
    let tiles = ChipRegister.Reset.tiles(.writeOnly).decode(word)
    guard word & ChipRegister.reset.register.masks.reserved == 0, tiles >> UInt32(signals.tiles.count) == 0 else {
      return
    }
    let isWhole = ChipRegister.Reset.chip(.writeOnly).decode(word) == 1
    for (number, tile) in signals.tiles.enumerated() where isWhole || tiles >> UInt32(number) & 1 == 1 {
      set(tile, .locked, 1)
      set(tile, .error, 0)
      set(tile, .saturated, 0)
      for line in 0..<tile.size.lines {
        set(tile.drive + line, 0)
        set(tile.sense + line, 0)
      }
      clearLevels(of: tile)
    }
    if isWhole {
      for signal in [ChipSignal.pending, .enable, .error] { set(signal, 0) }
      set(signals.flashFirst + FlashSignal.error.rawValue, 0)
      if let number = signals.cellError { set(number, 0) }
    }
    set(.causes, value(.causes) | UInt64(word))
  }

  private mutating func updateInterrupt() {
    set(.interrupt, value(.pending) & value(.enable) != 0 ? 1 : 0)
  }

  private mutating func note(_ event: ChipEvent) {
    switch event {
    case .started(let tile, let start): begin(signals.tiles[tile], start)
    case .finished(let tile, let end): finish(signals.tiles[tile], end)
    case .aborted: break
    case .cellError(let error):
      if let number = signals.cellError { set(number, values[number] | 1 << UInt64(error.rawValue)) }
    case .tileError(let tile, let error):
      let numbers = signals.tiles[tile]
      set(numbers, .error, values[numbers.first + TileSignal.error.rawValue] | 1 << UInt64(error.rawValue))
    case .chipError(let error): set(.error, value(.error) | 1 << UInt64(error.rawValue))
    case .supply(let tile, let analog, let drivers):
      set(signals.tiles[tile], .analog, analog ? 1 : 0)
      set(signals.tiles[tile], .drivers, drivers ? 1 : 0)
      // References that come up are not settled, those that stay are as they were.
      if !analog { set(signals.tiles[tile], .settled, 0) }
    case .settled(let tile): set(signals.tiles[tile], .settled, 1)
    case .brownOut: set(.causes, value(.causes) | UInt64(ChipRegister.Reset.brownOut(.readOnly).mask))
    case .flash(let event): note(event)
    case .powerOff: return losePower()
    }
    func pend(_ source: Field, _ place: Int = 0) {
      set(.pending, value(.pending) | 1 << UInt64(Int(source.lowBit) + place))
      updateInterrupt()
    }
    switch event {
    case .finished(let tile, _), .aborted(let tile, _):
      endLevels(of: signals.tiles[tile])
      set(signals.tiles[tile], .busy, 0)
      set(signals.tiles[tile], .operation, 0)
      pend(ChipRegister.Interrupt.tiles(.readOnly), tile)
    case .tileError(let tile, _): pend(ChipRegister.Interrupt.tileErrors(.readOnly), tile)
    case .chipError: pend(ChipRegister.Interrupt.chipError(.readOnly))
    case .started, .supply, .settled, .brownOut, .flash, .powerOff, .cellError: break
    }
  }

  private mutating func note(_ event: FlashEvent) {
    func set(_ signal: FlashSignal, _ value: UInt64) { self.set(signals.flashFirst + signal.rawValue, value) }
    switch event {
    case .started(let operation, let page):
      set(.busy, 1)
      set(.operation, UInt64(operation.rawValue))
      set(.page, UInt64(page))
    case .finished, .aborted:
      set(.busy, 0)
      set(.operation, 0)
    case .error(let error):
      set(.error, values[signals.flashFirst + FlashSignal.error.rawValue] | 1 << UInt64(error.rawValue))
    }
  }

  private mutating func begin(_ tile: VCDSignals.TileNumbers, _ start: OperationStart) {
    set(tile, .busy, 1)
    set(tile, .operation, UInt64(start.operation.rawValue))
    set(tile, .gain, UInt64(start.gain))
    set(tile, .linear, start.isLinear ? 1 : 0)
    set(tile, .row, UInt64(start.row))
    set(lines: tile.drive, most: tile.size.lines, start.driveCodes)
    set(lines: tile.pulse, most: tile.size.bitLines, start.pulseWidths)
  }

  /// A conversion leaves codes; PROGRAM_ROW clears the widths.
  private mutating func finish(_ tile: VCDSignals.TileNumbers, _ end: OperationEnd) {
    set(lines: tile.sense, most: tile.size.lines, end.senseCodes)
    if !end.senseCodes.isEmpty { set(tile, .saturated, end.isSaturated ? 1 : 0) }
    if end.operation == .programRow {
      for line in 0..<tile.size.bitLines { set(tile.pulse + line, 0) }
    }
  }
}
