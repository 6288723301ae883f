import Crossbar
import FixedPoint
import Registers
import Trace

/// One crossbar with its converters, activation circuits and pulse drivers, as software sees it.
public struct Tile: Sendable {
  let number: Int
  var registers: RegisterFile<TileRegister>
  /// Its cells.
  public internal(set) var array: CrossbarArray
  package let chain: ReadChain
  let drivers: LineDrivers
  let amplifiers: Amplifiers
  let timing: Timing
  /// Lines that `DRIVE`, `SENSE` and `TRIM` have: as many as the longer side of the array.
  let lines: Int
  /// For each entry of the map, the elements that this tile has of it.
  private let elements: [Int]
  /// For each entry of the map, whether it takes a write only unlocked.
  private let guarded: [Bool]
  /// Circuit behind each column.
  var circuits: [Circuit]

  /// What is under way, and the cycle it ends.
  var underWay: StartCommand?
  var endCycle = UInt64.max
  /// What tells operations apart in their random draws.
  package internal(set) var operationNumber: UInt64 = 0
  /// As of now; its registers have them as of the last `SNAPSHOT`.
  public internal(set) var counters = TileCounters()
  /// As of now, beside the counters.
  public internal(set) var activity = TileActivity()
  /// Lines whose `TRIM` changes something.
  var correctedLines = 0
  var isLocked = true
  var isSaturated = false
  /// Whether the conversion begun last ended early, so that `SENSE` has the codes of one before.
  var isStale = false
  /// What has its supply, as `SUPPLY_STATE` has it.
  var supplied = Supplied()
  /// The cycle at which references will have settled, while they do.
  var wakeEnd = UInt64.max
  /// Working memory of reads: kept, since to make it anew takes longer than to fill it.
  var codes: [Int16] = []
  var outputs: [Int32] = []
  /// No state: nothing follows from them.
  var currents = SensedCurrents()

  init(_ configuration: TileConfiguration, number: Int, of chip: ChipConfiguration, map: BlockMap) {
    self.number = number
    registers = RegisterFile(map)
    array = CrossbarArray(
      wordLines: configuration.wordLines, bitLines: configuration.bitLines, synapse: chip.synapse,
      device: chip.device, variation: chip.variation, tile: number, seed: chip.seed)
    lines = max(array.wordLines, array.columns)
    let array = array
    elements = map.entries.map { Self.elements(of: $0.register, in: array) }
    guarded = map.entries.map(\.register.isGuarded)
    chain = ReadChain(
      adcBits: chip.adcBits, lines: lines, mismatch: chip.mismatch, tile: number, random: array.random)
    drivers = LineDrivers(chip)
    amplifiers = Amplifiers(kilohertz: chip.amplifierBandwidth)
    timing = chip.timing
    circuits = Array(repeating: .linear, count: array.columns)
  }

  var isBusy: Bool { underWay != nil }
  /// The cycle at which something next happens in the tile by itself.
  var nextMoment: UInt64 { min(endCycle, wakeEnd) }

  /// Brings `STATUS` and `WAIT` up to date with the state that they describe.
  mutating func refreshStatus() {
    let bits = Self.derivedStatus
    var status = registers[.status] & ~bits.all
    if isBusy { status |= bits.busy }
    if isLocked { status |= bits.locked }
    if isSaturated { status |= bits.saturated }
    if registers[.error] != 0 { status |= bits.error }
    if isStale { status |= bits.stale }
    registers[.status] = status
    registers[.wait] = status
  }

  /// Bits of `STATUS` that follow from the rest of the state.
  private struct DerivedStatus {
    let busy = TileRegister.Status.busy.mask
    let locked = TileRegister.Status.locked.mask
    let saturated = TileRegister.Status.saturated.mask
    let error = TileRegister.Status.error.mask
    let stale = TileRegister.Status.stale.mask
    var all: UInt32 { busy | locked | saturated | error | stale }
  }

  private static let derivedStatus = DerivedStatus()

  private static func elements(of register: Register, in array: CrossbarArray) -> Int {
    min(
      Int(register.count),
      register.extent.elements(wordLines: array.wordLines, bitLines: array.bitLines, columns: array.columns))
  }

  /// Elements that the tile has of a register: 1, or those of an array that belong to its lines.
  public func elements(of register: Register) -> Int { Self.elements(of: register, in: array) }

  // MARK: Software access

  /// The word at a byte offset of the block, and the error that reading it raised.
  @inline(__always)
  mutating func read(_ offset: UInt32) -> (value: UInt32, error: TileError?) {
    let place: RegisterFile<TileRegister>.Place
    do {
      place = try registers.locate(reading: offset)
    } catch {
      return (0, raise(error.tileError))
    }
    if place.index >= elements[place.entry] { return (0, raise(.index)) }
    if place.register == .senseSignals { return senseSignals(place.index) }
    let value = registers.read(place)
    if place.masks.clearedByRead != 0 { refreshStatus() }
    if (isBusy || isStale) && place.register == .sense { return (value, raise(.stale)) }
    // The load stalled as long as it may.
    if isBusy && place.register == .wait { return (value, raise(.wait)) }
    return (value, nil)
  }

  /// What a read would return, with no effect; nil where there is no register.
  func peek(_ offset: UInt32) -> UInt32? {
    registers.find(offset).map { place in
      guard place.index < elements[place.entry] else { return 0 }
      return place.register == .senseSignals ? signals(ofPair: place.index) : registers.peek(place)
    }
  }

  // Out of line: reads of chips without windows do not come here.
  @inline(never)
  private mutating func senseSignals(_ pair: Int) -> (value: UInt32, error: TileError?) {
    (signals(ofPair: pair), isBusy || isStale ? raise(.stale) : nil)
  }

  /// Notes a refusal; nothing else changes.
  mutating func raise(_ error: TileError) -> TileError {
    registers[.error] |= error.field.mask
    refreshStatus()
    return error
  }

  /// Carries a write out, or refuses it and says why. A start is returned for the chip to time.
  @inline(__always)
  mutating func write(_ offset: UInt32, _ value: UInt32, cycle: UInt64) -> TileError? {
    do {
      let place = try registers.locate(writing: value, at: offset)
      if isBusy && !registers.map.entries[place.entry].register.isWritableWhileBusy { return raise(.busy) }
      if place.index >= elements[place.entry] { return raise(.index) }
      if isLocked && guarded[place.entry] { return raise(.locked) }
      if let error = refusal(of: value, by: place.register) { return raise(error) }
      if isBeyondLimit(value, in: place.register) { return raise(.limit) }
      let before = registers.words[place.word]
      registers.write(value, at: place)
      return act(on: place, value, before: before, cycle: cycle).map { raise($0) }
    } catch {
      return raise(error.tileError)
    }
  }

  /// Why a register cannot hold a value, whatever the state of the tile. A register added to the map is asked for here.
  @inline(__always)
  func refusal(of value: UInt32, by register: TileRegister) -> TileError? {
    switch register {
    case .drive: drivers.accepts(value) ? nil : .code
    case .activation: TileRegister.Activation.isLegal(value) ? nil : .code
    case .feedback: value > 0 ? nil : .code
    case .settle: value > 0 ? nil : .code
    case .geometry, .converters, .start, .status, .wait, .error, .unlock, .watchdog, .conductance, .readVoltage,
      .timing, .amplitude, .eraseWidth, .snapshot, .reads, .phases, .pulses, .programCycles, .serialCycles, .energy,
      .saturated, .sense, .pulse, .trim, .aborted, .abortedCycles, .limitAmplitude, .limitWidth, .waitLimit, .supply,
      .supplyState, .wakeUp, .driveSignals, .senseSignals, .pulsePairs:
      nil
    }
  }

  /// What a write does beside what the map says of the register's own bits; a start, or a supply out of its order,
  /// may still be refused. A register added to the map is asked for here.
  @inline(__always)
  private mutating func act(
    on place: RegisterFile<TileRegister>.Place, _ value: UInt32, before: UInt32, cycle: UInt64
  ) -> TileError? {
    switch place.register {
    case .start: return start(value, cycle: cycle)
    case .unlock:
      isLocked = value != TileRegister.unlockKey
      refreshStatus()
    case .activation: takeCircuits(word: place.index)
    case .snapshot: counters.copy(to: &registers)
    case .trim:
      correctedLines += (value == TileRegister.Trim.unit ? 0 : 1) - (before == TileRegister.Trim.unit ? 0 : 1)
    case .limitAmplitude, .limitWidth: registers.set(TileRegister.Limit.fixed, of: place.register, to: 1)
    case .status, .error: refreshStatus()
    case .supply: return switchSupply(cycle: cycle)
    case .driveSignals: drive(signals: value, pair: place.index)
    case .pulsePairs: takeWidths(value, at: place.index)
    case .drive, .pulse, .watchdog, .amplitude, .eraseWidth, .feedback, .geometry, .converters, .wait, .conductance,
      .readVoltage, .timing, .reads, .phases, .pulses, .programCycles, .serialCycles, .energy, .saturated, .sense,
      .aborted, .abortedCycles, .waitLimit, .settle, .supplyState, .wakeUp, .senseSignals:
      break
    }
    return nil
  }

  /// Takes the circuits of a word of `ACTIVATION` over.
  mutating func takeCircuits(word: Int) {
    let first = word * TileRegister.Activation.columnsPerWord
    for column in first..<min(first + TileRegister.Activation.columnsPerWord, array.columns) {
      circuits[column] = TileRegister.Activation.decode(registers[.activation, word], column: column) ?? .linear
    }
  }
}

extension Refusal {
  var tileError: TileError {
    switch self {
    case .unmapped: .unmapped
    case .misaligned: .misaligned
    case .access: .access
    case .reserved: .reserved
    }
  }

  var chipError: ChipError {
    switch self {
    case .unmapped: .unmapped
    case .misaligned: .misaligned
    case .access: .access
    case .reserved: .reserved
    }
  }
}
