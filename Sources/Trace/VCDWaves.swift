import Registers

/// The state of all variables, and the text of their changes.
struct VCDWaves: Sendable {
  var text = ByteText()
  private var signals: VCDSignals
  /// Value of each variable.
  private var values: [UInt64]
  /// Nanoseconds of the entry at hand.
  private var time: UInt64 = 0
  /// The last time written.
  private var stamped: UInt64 = 0
  /// When `bus.valid` has to fall.
  private var fall: UInt64?

  /// Whether there is power.
  private var isOn = true

  private static let nanosecondsPerCycle = UInt64(Electrical.nanosecondsPerCycle)
  /// Written as x.
  private static let unknown = UInt64.max

  init(_ tiles: [TileSize], pulseStep: Int) {
    signals = VCDSignals(tiles)
    values = Array(repeating: 0, count: signals.variables.count)
    for follower in signals.followers { values[follower.number] = follower.flag.read(follower.flag.register.reset) }
    for signal in [BusSignal.write, .address, .data] { values[signal.rawValue] = Self.unknown }
    for tile in signals.tiles {
      for signal in [TileSignal.locked, .analog, .drivers, .settled] { values[tile.first + signal.rawValue] = 1 }
    }
    text.append(declarationsOf: signals, pulseStep: pulseStep)
    text.append("#0\n")
    appendValues("$dumpvars")
  }

  /// Waves without a beginning, which `dump` gives, of some variables.
  init(_ tiles: [TileSize], pulseStep: Int, showing isAsked: (_ scope: String, _ variable: String) -> Bool) {
    self.init(tiles, pulseStep: pulseStep)
    signals.hide(allBut: isAsked)
    text.clear()
    text.append(declarationsOf: signals, pulseStep: pulseStep)
  }

  /// All values at a cycle.
  mutating func dump(_ keyword: StaticString, at cycle: UInt64) {
    advance(to: cycle)
    // What fell until then is among the values.
    text.clear()
    appendStamp(time)
    appendValues(keyword)
  }

  /// No values from the latest entry on.
  mutating func dumpOff() {
    move(to: time + Self.nanosecondsPerCycle)
    appendStamp(time)
    text.append("$dumpoff\n")
    for number in values.indices where signals.variables[number].isShown {
      text.append(signals.variables[number].width > 1 ? "bx " : "x")
      text.append(identifier: number)
      text.append("\n")
    }
    text.append("$end\n")
  }

  private mutating func appendStamp(_ time: UInt64) {
    stamped = time
    text.append("#")
    text.append(decimal: time)
    text.append("\n")
  }

  private mutating func appendValues(_ keyword: StaticString) {
    text.append(keyword)
    text.append("\n")
    for number in values.indices where signals.variables[number].isShown { appendValue(of: number) }
    text.append("$end\n")
  }

  /// - Parameter onBus: whether the bus shows an access.
  mutating func append(_ entry: LogEntry, onBus: Bool = true) {
    advance(to: entry.cycle)
    guard isOn else { return }
    switch entry.body {
    case .access(let transaction): note(transaction, onBus: onBus)
    case .event(let event): note(event)
    }
  }

  /// One cycle passes, and its end is written.
  mutating func end() {
    move(to: time + Self.nanosecondsPerCycle)
    stamp(time)
  }

  // MARK: Time

  /// Times never decrease, and a cycle that 64 bits cannot hold in nanoseconds becomes about the last one they can.
  private mutating func advance(to cycle: UInt64) {
    let latest = UInt64.max / Self.nanosecondsPerCycle - 1
    move(to: max(time, min(cycle, latest) * Self.nanosecondsPerCycle))
  }

  private mutating func move(to next: UInt64) {
    if let fall, fall <= next {
      time = fall
      set(BusSignal.valid.rawValue, 0)
      self.fall = nil
    }
    time = next
  }

  private mutating func stamp(_ time: UInt64) {
    if time > stamped { appendStamp(time) }
  }

  // MARK: Values

  private mutating func set(_ number: Int, _ value: UInt64) {
    guard values[number] != value else { return }
    values[number] = value
    guard signals.variables[number].isShown else { return }
    stamp(time)
    appendValue(of: number)
  }

  private mutating func appendValue(of number: Int) {
    let width = signals.variables[number].width
    if width > 1 { text.append("b") }
    if values[number] == Self.unknown {
      text.append("x")
    } else {
      text.append(binary: values[number], width: width)
    }
    if width > 1 { text.append(" ") }
    text.append(identifier: number)
    text.append("\n")
  }

  private mutating func set(lines first: Int, most: Int, _ codes: [Int16]) {
    precondition(codes.count <= most, "more lines than the tile has")
    for (line, code) in codes.enumerated() { set(first + line, UInt64(UInt16(bitPattern: code))) }
  }

  private mutating func set(_ tile: VCDSignals.TileNumbers, _ signal: TileSignal, _ value: UInt64) {
    set(tile.first + signal.rawValue, value)
  }

  private func value(_ signal: ChipSignal) -> UInt64 { values[VCDSignals.chipFirst + signal.rawValue] }

  private mutating func set(_ signal: ChipSignal, _ value: UInt64) {
    set(VCDSignals.chipFirst + signal.rawValue, value)
  }

  // MARK: Entries

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
    }
    if isWhole {
      for signal in [ChipSignal.pending, .enable, .error] { set(signal, 0) }
      set(signals.flashFirst + FlashSignal.error.rawValue, 0)
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
      set(signals.tiles[tile], .busy, 0)
      set(signals.tiles[tile], .operation, 0)
      pend(ChipRegister.Interrupt.tiles(.readOnly), tile)
    case .tileError(let tile, _): pend(ChipRegister.Interrupt.tileErrors(.readOnly), tile)
    case .chipError: pend(ChipRegister.Interrupt.chipError(.readOnly))
    case .started, .supply, .settled, .brownOut, .flash, .powerOff: break
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

  /// Nothing has a level without power.
  private mutating func losePower() {
    fall = nil
    for number in values.indices { set(number, Self.unknown) }
    isOn = false
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
