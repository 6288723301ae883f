import Crossbar
import FixedPoint
import Registers

/// A tile by itself, below any register map: codes and widths in, codes and conductances out.
///
/// It is the tile that `MBX` has: from the same configuration and seed, operation for operation, the same bits. Its time is
/// its own and passes by its operations and by `advance` alone; its converters are untrimmed and its columns linear until
/// it is told otherwise.
public struct AnalogTile: Sendable {
  private var tile: Tile
  /// Registers of the chip, of which it has the banks of circuits alone.
  var banks: RegisterFile<ChipRegister>
  var activation: ActivationUnit
  private let largestDriveCode: Int
  /// Core clock cycles since it was made.
  public private(set) var cycle: UInt64 = 0
  /// That of the latest READ or READ_T.
  private var direction: ReadDirection?
  /// Cycles after which the next operation ends early.
  private var stop: UInt64?

  /// Why a tile did not do what it was asked for.
  public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The tile's own refusal.
    case refused(TileError)
    /// References have no supply, or have not settled.
    case unsettled
    /// A number that the tile cannot have, in words.
    case range(String)

    public var description: String {
      switch self {
      case .refused(let error): "the tile refuses it with \(error.field.name)"
      case .unsettled: "the references have not settled"
      case .range(let words): words
      }
    }
  }

  /// A tile of a configuration, all of it supplied.
  /// - Parameters:
  ///   - configuration: the chip that it is of.
  ///   - number: which; random draws are those of its number.
  /// - Throws: what is wrong with the configuration.
  /// - Precondition: the configuration has a tile of that number.
  public init(_ configuration: ChipConfiguration, number: Int = 0) throws(ConfigurationProblem) {
    if let problem = configuration.problem { throw problem }
    let maps = configuration.maps
    func map(_ base: UInt32) -> BlockMap {
      guard let map = maps.first(where: { $0.base == base }) else { preconditionFailure("no block at \(base)") }
      return map
    }
    tile = Tile(
      configuration.tiles[number], number: number, of: configuration, map: map(MemoryMap.tile(number)))
    banks = RegisterFile(map(MemoryMap.chip))
    activation = ActivationUnit(banks)
    largestDriveCode = configuration.largestDriveCode
    _ = tile.write(TileRegister.unlock.rawValue, TileRegister.unlockKey, cycle: 0)
  }

  /// Its cells.
  public var array: CrossbarArray { tile.array }
  /// Converters that it has: one for each line of the longer side.
  public var converters: Int { tile.lines }
  /// What it has done.
  public var counters: TileCounters { tile.counters }
  /// Microvolts on a line driven with code 1.
  public var microvoltsPerCode: Int64 { tile.drivers.microvoltsPerCode }
  /// The largest drive code; the smallest is its negative.
  public var largestDrive: Int { largestDriveCode }
  /// The largest sense code; the smallest is one less than its negative.
  public var largestSense: Int { Int(tile.chain.largestCode) }
  /// Attoamperes into the amplifiers in the latest READ or READ_T, line by line; empty before one.
  public var currents: [Int64] { direction.map { tile.currents[$0] } ?? [] }

  // MARK: Operations

  /// Codes of a conversion, and the lines that left their range.
  public struct Conversion: Sendable, Equatable {
    /// Line by line.
    public var codes: [Int16]
    /// Line by line.
    public var saturated: [Bool]
    /// What it took.
    public var cycles: UInt64
  }

  /// Lines that a conversion drives and senses.
  public func lines(of operation: Operation) -> (driven: Int, sensed: Int) {
    let driven =
      switch operation {
      case .read: array.wordLines
      case .readTransposed: array.columns
      case .programRow, .erase, .zero, .reference: 0
      }
    return (driven, tile.sensedLines(operation))
  }

  /// Drives lines and converts others.
  /// - Parameters:
  ///   - operation: one that converts.
  ///   - drive: a code for each driven line.
  public mutating func convert(_ operation: Operation, drive: [Int32]) throws(Problem) -> Conversion {
    let lines = lines(of: operation)
    guard lines.sensed > 0 else { throw .range("\(operation.name) converts nothing") }
    guard drive.count == lines.driven else {
      throw .range("\(drive.count) drive codes, expected \(lines.driven)")
    }
    if let line = drive.firstIndex(where: { abs(Int($0)) > largestDriveCode }) {
      throw .range(
        "drive code \(drive[line]) of line \(line), expected \(-largestDriveCode) to \(largestDriveCode)")
    }
    settle()
    // What is stopped converts nothing.
    let isStopped = stop != nil
    guard tile.supplied.settled || isStopped && tile.supplied.analog else { throw .unsettled }
    for first in stride(from: 0, to: drive.count, by: 2) {
      let odd = first + 1 < drive.count ? drive[first + 1] : 0
      try write(.drive, first / 2, Lanes.pack(Int16(drive[first]), Int16(odd)))
    }
    let cycles = try perform(operation.rawValue)
    if lines.driven > 0 && !isStopped { direction = operation == .read ? .forward : .transposed }
    return Conversion(
      codes: tile.senseCodes(lines.sensed),
      saturated: (0..<lines.sensed).map { tile.registers[.saturated, $0 / 32] >> UInt32($0 % 32) & 1 == 1 },
      cycles: cycles)
  }

  /// Pulses on a word line: SETs, then RESETs.
  /// - Parameters:
  ///   - row: the word line.
  ///   - widths: a signed width for each bit line, in steps.
  /// - Returns: the cycles that it took.
  public mutating func programRow(_ row: Int, widths: [Int32]) throws(Problem) -> UInt64 {
    guard (0..<array.wordLines).contains(row) else {
      throw .range("word line \(row), expected 0 to \(array.wordLines - 1)")
    }
    guard widths.count == array.bitLines else { throw .range("\(widths.count) widths, expected \(array.bitLines)") }
    if let line = widths.firstIndex(where: { Int16(exactly: $0) == nil }) {
      throw .range("width \(widths[line]) of bit line \(line), expected -32768 to 32767 steps")
    }
    settle()
    for (line, width) in widths.enumerated() {
      try write(.pulse, line, TileRegister.Pulse.width.encode(width))
    }
    return try perform(Operation.programRow.rawValue | TileRegister.Start.row.encode(UInt32(row)))
  }

  /// A RESET of every cell, word line by word line.
  /// - Parameter width: in steps, 0 to 65 535.
  /// - Returns: the cycles that it took.
  public mutating func erase(width: Int) throws(Problem) -> UInt64 {
    guard let width = UInt16(exactly: width) else { throw .range("width \(width), expected 0 to 65535 steps") }
    settle()
    try write(.eraseWidth, 0, UInt32(width))
    return try perform(Operation.erase.rawValue)
  }

  /// - Returns: the cycles that it took.
  private mutating func perform(_ word: UInt32) throws(Problem) -> UInt64 {
    if let error = tile.start(word, cycle: cycle) { throw .refused(error) }
    let whole = tile.endCycle - cycle
    let cycles = min(stop ?? whole, whole)
    cycle += cycles
    if stop == nil { _ = tile.finish(activation) } else { _ = tile.endEarly(at: cycle) }
    stop = nil
    return cycles
  }

  mutating func write(_ register: TileRegister, _ place: Int, _ word: UInt32) throws(Problem) {
    let offset = register.rawValue + UInt32(place) * TileRegister.registerBytes
    if let error = tile.write(offset, word, cycle: cycle) { throw .refused(error) }
  }

  /// Has the next operation end early: it has its effect of so many cycles, at most of those that it takes, and a
  /// conversion converts nothing, for which references need not have settled.
  public mutating func stop(after cycles: UInt64) { stop = cycles }

  // MARK: What it is set to

  /// Amplitudes of pulses, millivolts.
  public mutating func setAmplitudes(set: Int, reset: Int) throws(Problem) {
    for millivolts in [set, reset] where !(0...Electrical.largestMillivolts).contains(millivolts) {
      throw .range("an amplitude of \(millivolts) mV, expected 0 to \(Electrical.largestMillivolts)")
    }
    try write(.amplitude, 0, TileRegister.Amplitude.word(set: set, reset: reset))
  }

  /// Feedback resistor of the amplifiers, ohms, 1 or more.
  public mutating func setFeedback(ohms: UInt32) throws(Problem) { try write(.feedback, 0, ohms) }

  /// From when lines are driven to when they are sampled, 1 to 255 cycles.
  public mutating func setSettle(cycles: Int) throws(Problem) {
    guard (1...255).contains(cycles) else { throw .range("\(cycles) cycles to settle, expected 1 to 255") }
    try write(.settle, 0, UInt32(cycles))
  }

  /// Puts a cell into a known state, which is within the bounds of its device.
  public mutating func setConductance(_ picosiemens: Int32, wordLine: Int, bitLine: Int) {
    tile.array.setConductance(picosiemens, wordLine: wordLine, bitLine: bitLine)
  }

  // MARK: Supplies and time

  /// What is supplied and settled, as `SUPPLY_STATE` has it.
  public var supplies: (analog: Bool, drivers: Bool, settled: Bool) {
    (tile.supplied.analog, tile.supplied.drivers, tile.supplied.settled)
  }

  /// Switches its supplies: drivers only come up on settled references, and go down before them.
  public mutating func switchSupplies(analog: Bool, drivers: Bool) throws(Problem) {
    settle()
    tile.registers[.supply] = Supplied(analog: analog, drivers: drivers).wanted
    if let error = tile.switchSupply(cycle: cycle) { throw .refused(error) }
    settle()
  }

  /// Lets time pass.
  /// - Precondition: `target` is not in the past.
  public mutating func advance(to target: UInt64) {
    precondition(target >= cycle, "time does not run backwards")
    cycle = target
    settle()
  }

  private mutating func settle() {
    if tile.wakeEnd <= cycle { tile.settleSupply() }
  }
}
