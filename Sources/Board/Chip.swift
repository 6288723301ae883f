import Crossbar
import FixedPoint
import Registers
import Trace

/// `MBX`: up to eight tiles and the activation unit they share.
public struct Chip: Sendable {
  /// What it was made with.
  public let configuration: ChipConfiguration
  var registers: RegisterFile<ChipRegister>
  /// `MBX0`, `MBX1` …: one for each of the configuration.
  public internal(set) var tiles: [Tile]
  var activation: ActivationUnit
  /// Of a chip that has one.
  var cellUnit: CellUnit?
  /// Outputs of activation circuits at the scalar port, since the chip was made or read from a file.
  private(set) var scalarEvaluations: UInt64 = 0
  /// Cells that the cell unit formed since then, each with an output of a circuit.
  var formedCells: UInt64 = 0
  /// The cycle at which the next operation ends or references have settled, of all tiles.
  private(set) var nextEnd = UInt64.max
  /// The cycle at which the power goes.
  var powerEnd = UInt64.max { didSet { noteEnds() } }
  /// The cycle at which the supplies of references and drivers fail.
  var brownOutCycle = UInt64.max { didSet { noteEnds() } }
  /// The cycle at which the operation of the board's flash ends.
  var flashEnd = UInt64.max { didSet { noteEnds() } }
  /// The first cycle that the log holds, where it begins in the middle of a run; never, once it has begun.
  var firstLogged = UInt64.max { didSet { noteEnds() } }
  /// The first cycle at which something happens without an access.
  private(set) var nextMoment = UInt64.max

  /// - Precondition: the configuration is within its ranges (`ChipConfiguration.problem` is nil).
  init(_ configuration: ChipConfiguration, maps: [BlockMap]) {
    self.configuration = configuration
    func map(_ base: UInt32) -> BlockMap {
      guard let map = maps.first(where: { $0.base == base }) else { preconditionFailure("no block at \(base)") }
      return map
    }
    registers = RegisterFile(map(MemoryMap.chip))
    activation = ActivationUnit(registers)
    cellUnit = configuration.features.contains(.cell) ? CellUnit(map(MemoryMap.cellUnit)) : nil
    tiles = configuration.tiles.enumerated().map { number, tile in
      Tile(tile, number: number, of: configuration, map: map(MemoryMap.tile(number)))
    }
  }

  /// Whether the chip pulls its interrupt line.
  public var interrupts: Bool {
    @inline(__always) get { registers[.interruptPending] & registers[.interruptEnable] != 0 }
  }

  // MARK: Operations in time

  mutating func noteStart(on tile: Int) {
    nextEnd = min(nextEnd, tiles[tile].endCycle)
    nextMoment = min(nextMoment, nextEnd)
  }

  /// After what may have put an end off, too.
  mutating func noteEnds() {
    // By index: an element handed to a closure is a copy of a whole tile.
    nextEnd = .max
    for tile in tiles.indices { nextEnd = min(nextEnd, tiles[tile].nextMoment) }
    nextMoment = min(nextEnd, powerEnd, brownOutCycle, flashEnd, firstLogged)
  }

  /// Has the earliest happen that is due at or before `cycle`; nil when nothing is.
  mutating func passNext(by cycle: UInt64) -> (tile: Int, cycle: UInt64, moment: TileMoment)? {
    guard nextEnd <= cycle,
      let tile = tiles.indices.first(where: { tiles[$0].nextMoment == nextEnd })
    else { return nil }
    let end = nextEnd
    defer { noteEnds() }
    guard tiles[tile].endCycle == end else {
      tiles[tile].settleSupply()
      return (tile, end, .settled)
    }
    let moment = tiles[tile].finish(activation)
    pend(ChipRegister.Interrupt.tiles, tile)
    if case .aborted = moment { noteError(of: tile) }
    return (tile, end, moment)
  }

  /// The supplies of references and drivers fail in a tile, where nothing is under way any more.
  /// - Returns: whether it had them.
  mutating func loseSupply(of tile: Int) -> Bool {
    guard tiles[tile].loseSupply() else { return false }
    _ = tiles[tile].raise(.supply)
    noteError(of: tile)
    noteEnds()
    return true
  }

  /// Notes that supplies failed.
  mutating func noteBrownOut() { registers[.resetCause] |= ChipRegister.Reset.brownOut(.writeOneToClear).mask }

  // MARK: Early ends and resets

  /// Ends what a tile has under way, with the effect it has had by a cycle; nil when there is nothing.
  mutating func endEarly(_ tile: Int, at cycle: UInt64) -> Operation? {
    guard let operation = tiles[tile].endEarly(at: cycle) else { return nil }
    pend(ChipRegister.Interrupt.tiles, tile)
    noteEnds()
    return operation
  }

  /// Tiles that a word of `RESET` resets.
  func tiles(resetBy word: UInt32) -> [Int] {
    let isWhole = ChipRegister.Reset.chip(.writeOnly).decode(word) == 1
    let some = ChipRegister.Reset.tiles(.writeOnly).decode(word)
    return tiles.indices.filter { isWhole || some >> UInt32($0) & 1 == 1 }
  }

  /// Resets what a word of `RESET` names, once nothing is under way there, and notes why.
  mutating func reset(_ word: UInt32) {
    for tile in tiles(resetBy: word) { tiles[tile].reset() }
    if ChipRegister.Reset.chip(.writeOnly).decode(word) == 1 {
      let causes = registers[.resetCause]
      registers = RegisterFile(registers.map)
      registers[.resetCause] = causes
      activation.reload(registers)
      cellUnit?.reset()
    }
    registers[.resetCause] |= word
  }

  // MARK: Interrupts

  /// Pends the interrupt for an error of a tile.
  mutating func noteError(of tile: Int) { pend(ChipRegister.Interrupt.tileErrors, tile) }

  private mutating func pend(_ source: (Access) -> Field, _ place: Int = 0) {
    registers[.interruptPending] |= 1 << (source(.writeOneToClear).lowBit + UInt32(place))
  }

  // MARK: Software access to the shared block

  mutating func read(_ offset: UInt32) -> (value: UInt32, error: ChipError?) {
    do {
      return (registers.read(try registers.locate(reading: offset)), nil)
    } catch {
      return (0, raise(error.chipError, at: MemoryMap.chip + offset))
    }
  }

  func peek(_ offset: UInt32) -> UInt32? { registers.find(offset).map { registers.peek($0) } }

  mutating func raise(_ error: ChipError, at address: UInt32) -> ChipError {
    registers[.error] |= error.field.mask
    registers[.errorAddress] = address
    pend(ChipRegister.Interrupt.chipError)
    return error
  }

  mutating func write(_ offset: UInt32, _ value: UInt32, cycle: UInt64) -> ChipError? {
    do {
      let place = try registers.locate(writing: value, at: offset)
      if let error = refusal(of: value, by: place.register) { return raise(error, at: MemoryMap.chip + offset) }
      registers.write(value, at: place)
      act(on: place.register, value, cycle: cycle)
      return nil
    } catch {
      return raise(error.chipError, at: MemoryMap.chip + offset)
    }
  }

  /// Why a register cannot hold a value, whatever the state of the chip. A register added to the map is asked for here.
  @inline(__always)
  func refusal(of value: UInt32, by register: ChipRegister) -> ChipError? {
    switch register {
    case .sigmoidCount, .tanhCount: ChipRegister.segments.contains(Int(value)) ? nil : .code
    case .reset: ChipRegister.Reset.tiles(.writeOnly).decode(value) >> UInt32(tiles.count) == 0 ? nil : .code
    case .identity, .version, .tiles, .clock, .features, .error, .errorAddress, .interruptPending, .interruptEnable,
      .snapshot, .resetCause, .die, .cycles, .scalarSigmoid, .scalarTanh, .scalarValue, .scalarSlope, .sigmoidRails,
      .sigmoidBreakpoint, .sigmoidLine, .tanhRails, .tanhBreakpoint, .tanhLine:
      nil
    }
  }

  /// What a write does beside what the map says of the register's own bits. A register added to the map is asked for
  /// here.
  @inline(__always)
  private mutating func act(on register: ChipRegister, _ value: UInt32, cycle: UInt64) {
    switch register {
    case .snapshot: registers.set64(.cycles, cycle)
    case .scalarSigmoid: answer(activation.sigmoid.lanes(value))
    case .scalarTanh: answer(activation.tanh.lanes(value))
    case .sigmoidCount, .tanhCount, .sigmoidRails, .tanhRails, .sigmoidBreakpoint, .tanhBreakpoint, .sigmoidLine,
      .tanhLine:
      activation.reload(registers)
    case .identity, .version, .tiles, .clock, .features, .error, .errorAddress, .interruptPending, .interruptEnable,
      .cycles,
      .scalarValue, .scalarSlope, .reset, .resetCause, .die:
      break
    }
  }

  private mutating func answer(_ lanes: (values: UInt32, slopes: UInt32)) {
    scalarEvaluations &+= 2
    registers[.scalarValue] = lanes.values
    registers[.scalarSlope] = lanes.slopes
  }
}
