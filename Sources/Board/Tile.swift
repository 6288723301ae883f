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
  /// Circuit behind each column: 0 linear, 1 sigmoid, 2 tanh.
  var circuits: [UInt8]

  /// What is under way, and the cycle it ends.
  var underWay: StartCommand?
  var endCycle = UInt64.max
  /// What tells operations apart in their random draws.
  var operationNumber: UInt64 = 0
  public internal(set) var counters = TileCounters()
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
    circuits = Array(repeating: 0, count: array.columns)
    registers[.geometry] =
      TileRegister.Geometry.wordLines.encode(UInt32(array.wordLines))
      | TileRegister.Geometry.bitLines.encode(UInt32(array.bitLines))
    registers[.converters] =
      TileRegister.Converters.dacBits.encode(UInt32(chip.dacBits))
      | TileRegister.Converters.adcBits.encode(UInt32(chip.adcBits))
      | TileRegister.Converters.differential.encode(chip.synapse == .differential ? UInt32(1) : 0)
    let range = chip.device.conductanceRange
    registers[.conductance, 0] = UInt32(range.lowerBound) / 1000
    registers[.conductance, 1] = UInt32(range.upperBound) / 1000
    registers[.readVoltage] = UInt32(drivers.microvoltsPerCode)
    registers[.timing] = UInt32(Timing.settle | Timing.convert << 8 | Timing.relax << 16)
  }

  var isBusy: Bool { underWay != nil }

  /// `STATUS`, from the state it describes.
  var status: UInt32 {
    let last = TileRegister.Status.operation.mask & registers[.status]
    return (isBusy ? 1 : 0) | (isLocked ? 2 : 0) | (isSaturated ? 4 : 0) | (registers[.error] != 0 ? 8 : 0) | last
  }

  // MARK: Software access

  /// The word at a byte offset of the block, and the error that reading it raised.
  @inline(__always)
  mutating func read(_ offset: UInt32) -> (value: UInt32, error: TileError?) {
    do {
      let place = try registers.locate(reading: offset)
      let value = value(at: place)
      if isBusy && place.register == .sense { return (value, raise(.stale)) }
      return isOutside(place) ? (0, raise(.index)) : (value, nil)
    } catch {
      return (0, raise(error.tileError))
    }
  }

  /// What a read would return, with no effect; nil where there is no register.
  func peek(_ offset: UInt32) -> UInt32? {
    registers.find(offset).map { isOutside($0) ? 0 : value(at: $0) }
  }

  @inline(__always)
  private func value(at place: RegisterFile<TileRegister>.Place) -> UInt32 {
    switch place.register {
    case .status, .wait: status
    default: registers.words[place.word]
    }
  }

  /// Whether an element of a register array belongs to no line of this tile.
  @inline(__always)
  private func isOutside(_ place: RegisterFile<TileRegister>.Place) -> Bool {
    switch place.register {
    case .drive, .sense: place.index * 2 >= lines
    case .pulse: place.index >= array.bitLines
    case .trim: place.index >= lines
    case .activation: place.index * TileRegister.Activation.columnsPerWord >= array.columns
    case .saturated: place.index * 32 >= lines
    default: false
    }
  }

  /// Notes a refusal; nothing else changes.
  mutating func raise(_ error: TileError) -> TileError {
    registers[.error] |= error.field.mask
    return error
  }

  /// Carries a write out, or refuses it and says why. A start is returned for the chip to time.
  @inline(__always)
  mutating func write(_ offset: UInt32, _ value: UInt32, cycle: UInt64) -> TileError? {
    do {
      let place = try registers.locate(writing: value, at: offset)
      if isBusy && !place.register.isWritableWhileBusy { return raise(.busy) }
      if isOutside(place) { return raise(.index) }
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
    case .error: registers[.error] &= ~value
    case .unlock: isLocked = value != TileRegister.unlockKey
    case .activation: return setCircuits(value, word: place.index)
    case .feedback:
      guard value > 0 else { return .code }
      registers.words[place.word] = value
    case .snapshot: counters.copy(to: &registers)
    case .pulse, .trim, .watchdog, .amplitude, .eraseWidth: registers.words[place.word] = value
    case .geometry, .converters, .status, .wait, .conductance, .readVoltage, .timing, .reads, .phases, .pulses,
      .programCycles, .serialCycles, .energy, .saturated, .sense:
      preconditionFailure("the map lets nobody write \(place.register)")
    }
    return nil
  }

  private mutating func setCircuits(_ value: UInt32, word: Int) -> TileError? {
    let first = word * TileRegister.Activation.columnsPerWord
    // No column may select 3: both bits of a pair.
    guard value & value >> 1 & 0x5555_5555 == 0 else { return .code }
    registers[.activation, word] = value
    for column in first..<min(first + TileRegister.Activation.columnsPerWord, array.columns) {
      circuits[column] = UInt8(value >> UInt32(2 * (column - first)) & 3)
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
