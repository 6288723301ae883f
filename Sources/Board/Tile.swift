import Crossbar
import FixedPoint
import Registers
import Trace

/// One crossbar with its converters, activation circuits and pulse drivers, as software sees it.
public struct Tile: Sendable {
  let number: Int
  var registers: RegisterFile<TileRegister>
  public internal(set) var array: CrossbarArray
  let chain: ReadChain
  let drivers: LineDrivers
  /// Lines that `DRIVE`, `SENSE` and `TRIM` have: as many as the longer side of the array.
  let lines: Int
  /// Circuit behind each column.
  var circuits: [Circuit]

  /// What is under way, and the cycle it ends.
  var underWay: StartCommand?
  var endCycle = UInt64.max
  /// What tells operations apart in their random draws.
  var operationNumber: UInt64 = 0
  public internal(set) var counters = TileCounters()
  /// Lines whose `TRIM` changes something.
  var correctedLines = 0
  var isLocked = true
  var isSaturated = false
  /// Working memory of reads.
  var currents: [Int64] = []

  init(_ configuration: TileConfiguration, number: Int, of chip: ChipConfiguration, map: BlockMap) {
    self.number = number
    registers = RegisterFile(map)
    array = CrossbarArray(
      wordLines: configuration.wordLines, bitLines: configuration.bitLines, synapse: chip.synapse,
      device: chip.device, variation: chip.variation, tile: number, seed: chip.seed)
    lines = max(array.wordLines, array.columns)
    chain = ReadChain(
      adcBits: chip.adcBits, lines: lines, mismatch: chip.mismatch, tile: number, random: array.random)
    drivers = LineDrivers(chip)
    circuits = Array(repeating: .linear, count: array.columns)
    registers[.geometry] =
      TileRegister.Geometry.wordLines.encode(UInt32(array.wordLines))
      | TileRegister.Geometry.bitLines.encode(UInt32(array.bitLines))
    registers[.converters] =
      TileRegister.Converters.dacBits.encode(UInt32(chip.dacBits))
      | TileRegister.Converters.adcBits.encode(UInt32(chip.adcBits))
      | TileRegister.Converters.differential.encode(chip.synapse == .differential)
    let range = chip.device.conductanceRange
    registers[.conductance, 0] = UInt32(range.lowerBound) / 1000
    registers[.conductance, 1] = UInt32(range.upperBound) / 1000
    registers[.readVoltage] = UInt32(drivers.microvoltsPerCode)
    registers[.timing] =
      TileRegister.Timing.settle.encode(UInt32(Timing.settle))
      | TileRegister.Timing.convert.encode(UInt32(Timing.convert))
      | TileRegister.Timing.relax.encode(UInt32(Timing.relax))
  }

  var isBusy: Bool { underWay != nil }

  /// Brings `STATUS` and `WAIT` up to date with the state that they describe.
  mutating func refreshStatus() {
    let last = TileRegister.Status.operation.mask & registers[.status]
    let status =
      TileRegister.Status.busy.encode(isBusy) | TileRegister.Status.locked.encode(isLocked)
      | TileRegister.Status.saturated.encode(isSaturated) | TileRegister.Status.error.encode(registers[.error] != 0)
      | last
    registers[.status] = status
    registers[.wait] = status
  }

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
    if place.index >= count(of: place.register) { return (0, raise(.index)) }
    if isBusy && place.register == .sense { return (registers.words[place.word], raise(.stale)) }
    return (registers.words[place.word], nil)
  }

  /// What a read would return, with no effect; nil where there is no register.
  func peek(_ offset: UInt32) -> UInt32? {
    registers.find(offset).map { $0.index < count(of: $0.register) ? registers.words[$0.word] : 0 }
  }

  /// Elements of a register array that belong to lines of this tile.
  @inline(__always)
  private func count(of register: TileRegister) -> Int {
    switch register {
    case .drive, .sense: (lines + 1) / 2
    case .pulse: array.bitLines
    case .trim: lines
    case .activation:
      (array.columns + TileRegister.Activation.columnsPerWord - 1) / TileRegister.Activation.columnsPerWord
    case .saturated: (lines + 31) / 32
    default: .max
    }
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
      if isBusy && !place.register.isWritableWhileBusy { return raise(.busy) }
      if place.index >= count(of: place.register) { return raise(.index) }
      return apply(value, at: place, cycle: cycle).map { raise($0) }
    } catch {
      return raise(error.tileError)
    }
  }

  /// One exhaustive switch: a register added to the map does not compile until it is handled here.
  private mutating func apply(
    _ value: UInt32, at place: RegisterFile<TileRegister>.Place, cycle: UInt64
  ) -> TileError? {
    switch place.register {
    case .drive:
      guard drivers.accepts(value) else { return .code }
      registers.words[place.word] = value
    case .start: return start(value, cycle: cycle)
    case .error:
      registers[.error] &= ~value
      refreshStatus()
    case .unlock:
      isLocked = value != TileRegister.unlockKey
      refreshStatus()
    case .activation: return setCircuits(value, word: place.index)
    case .feedback:
      guard value > 0 else { return .code }
      registers.words[place.word] = value
    case .snapshot: counters.copy(to: &registers)
    case .trim:
      let wasUnit = registers.words[place.word] == TileRegister.Trim.unit
      correctedLines += (value == TileRegister.Trim.unit ? 0 : 1) - (wasUnit ? 0 : 1)
      registers.words[place.word] = value
    case .pulse, .watchdog, .amplitude, .eraseWidth: registers.words[place.word] = value
    case .geometry, .converters, .status, .wait, .conductance, .readVoltage, .timing, .reads, .phases, .pulses,
      .programCycles, .serialCycles, .energy, .saturated, .sense:
      preconditionFailure("the map lets nobody write \(place.register)")
    }
    return nil
  }

  private mutating func setCircuits(_ value: UInt32, word: Int) -> TileError? {
    let first = word * TileRegister.Activation.columnsPerWord
    guard TileRegister.Activation.isLegal(value) else { return .code }
    registers[.activation, word] = value
    for column in first..<min(first + TileRegister.Activation.columnsPerWord, array.columns) {
      circuits[column] = TileRegister.Activation.decode(value, column: column) ?? .linear
    }
    return nil
  }
}

extension TileRegister {
  var isWritableWhileBusy: Bool {
    switch self {
    case .error, .unlock, .snapshot: true
    default: false
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
