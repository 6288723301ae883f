import FixedPoint
import Registers

/// One tile as the controller uses it. Reads its data sheet from the chip once; keeps no other state.
public struct TileDriver: Sendable {
  /// Address of the tile's block.
  public let base: UInt32
  /// 1 … 1024.
  public let wordLines: Int
  /// 1 … 1024.
  public let bitLines: Int
  /// Whether a column is a pair of bit lines, else a bit line and a reference.
  public let isDifferential: Bool
  /// Whether the chip has a cell unit.
  let hasCellUnit: Bool
  /// Largest DAC code: ±1 on a line.
  public let fullScaleCode: Int32
  /// Of a converter's code, sign included.
  public let adcBits: Int
  /// What a line takes for 1, as a factor of Q0.15: the largest DAC code, or 1 where there are windows.
  private let lineFactor: Int32

  /// Reads the data sheet of tile `number`, 0 … 7: two accesses, and one more where the chip has more.
  public init(number: Int, on bus: inout some Bus) {
    base = MemoryMap.tile(number)
    let geometry = bus.read(base &+ TileRegister.geometry.offset())
    wordLines = Int(TileRegister.Geometry.wordLines.decode(geometry))
    bitLines = Int(TileRegister.Geometry.bitLines.decode(geometry))
    let converters = bus.read(base &+ TileRegister.converters.offset())
    isDifferential = TileRegister.Converters.differential.decode(converters) == 1
    fullScaleCode = 1 << Int32(TileRegister.Converters.dacBits.decode(converters) - 1) - 1
    adcBits = Int(TileRegister.Converters.adcBits.decode(converters))
    let hasMore = TileRegister.Converters.features.decode(converters) == 1
    let features = ChipFeatures(rawValue: hasMore ? bus.read(MemoryMap.chip + ChipRegister.features.offset()) : 0)
    hasCellUnit = features.contains(.cell)
    lineFactor = features.contains(.windows) ? Self.unityFactor : fullScaleCode
  }

  /// 1 in Q0.15.
  private static var unityFactor: Int32 { 1 << 15 }

  /// Whether lines take and give signals in place of codes.
  var hasWindows: Bool { lineFactor == Self.unityFactor }

  /// What a read converts: the bit lines, or half as many where a column is a pair.
  public var columns: Int { isDifferential ? bitLines / 2 : bitLines }

  /// Lines that are driven and sensed, of both directions.
  var lines: Int { max(wordLines, columns) }

  /// One read of a register, or of an element of its array.
  @inline(__always)
  public func read(_ register: TileRegister, _ index: Int = 0, on bus: inout some Bus) -> UInt32 {
    bus.read(base &+ register.offset(index))
  }

  /// One write of a register, or of an element of its array.
  @inline(__always)
  public func write(_ register: TileRegister, _ index: Int = 0, _ value: UInt32, on bus: inout some Bus) {
    bus.write(base &+ register.offset(index), value)
  }

  /// The DAC code for a signal in ±1.
  @inline(__always)
  public func code(_ signal: Q0_15) -> Int16 { Self.scaled(signal, by: fullScaleCode) }

  /// What a line takes for a signal in ±1: its DAC code, or the signal where there are windows.
  @inline(__always)
  func line(_ signal: Q0_15) -> Int16 { Self.scaled(signal, by: lineFactor) }

  /// What a line takes for 1.
  var fullLine: Int16 { line(Q0_15(raw: .max)) }

  @inline(__always)
  private static func scaled(_ signal: Q0_15, by factor: Int32) -> Int16 {
    // At most 2³⁰, so that the half can be added before the shift.
    Int16(truncatingIfNeeded: (Int32(signal.raw) &* factor &+ 1 << 14) >> 15)
  }

  /// Keeps the DAC codes of what lines take, from place `first` on.
  func keepCodes(of lines: [Int16], in codes: inout [Int16], from first: Int) {
    if hasWindows {
      for k in lines.indices { codes[first + k] = code(Q0_15(raw: lines[k])) }
    } else {
      for k in lines.indices { codes[first + k] = lines[k] }
    }
  }

  /// Puts codes on the first of `lines` lines, the word lines or the columns of the tile, and nothing on the rest.
  public func drive(_ codes: [Int16], ofLines lines: Int, on bus: inout some Bus) {
    drive(codes, ofLines: lines, through: .drive, on: &bus)
  }

  /// The same of word lines with what `line` gives for them.
  func drive(wordLines values: [Int16], on bus: inout some Bus) {
    drive(values, ofLines: wordLines, through: hasWindows ? .driveSignals : .drive, on: &bus)
  }

  /// Drives one word line with 1 and the others with nothing.
  func drive(biasRow row: Int, on bus: inout some Bus) {
    let word = row & 1 == 0 ? Lanes.pack(fullLine, 0) : Lanes.pack(0, fullLine)
    for pair in 0..<(wordLines + 1) / 2 {
      write(hasWindows ? .driveSignals : .drive, pair, pair == row / 2 ? word : 0, on: &bus)
    }
  }

  private func drive(
    _ values: [Int16], ofLines lines: Int, through register: TileRegister, on bus: inout some Bus
  ) {
    var line = 0
    while line < values.count {
      let odd = line + 1 < values.count ? values[line + 1] : 0
      write(register, line / 2, Lanes.pack(values[line], odd), on: &bus)
      line += 2
    }
    while line < lines {
      write(register, line / 2, 0, on: &bus)
      line += 2
    }
  }

  /// Starts an operation and waits until it is done.
  /// - Returns: `STATUS`.
  @discardableResult
  public func perform(
    _ operation: Operation, gain: UInt32 = 0, linear: Bool = false, row: Int = 0, on bus: inout some Bus
  ) -> UInt32 {
    let command =
      TileRegister.Start.operation.encode(operation.rawValue) | TileRegister.Start.gain.encode(gain)
      | TileRegister.Start.linear.encode(linear)
      | TileRegister.Start.row.encode(UInt32(truncatingIfNeeded: row))
    write(.start, 0, command, on: &bus)
    return read(.wait, on: &bus)
  }

  /// Fetches the first `values.count` converted lines.
  @inline(__always)
  public func sense<let bits: Int>(into values: inout [Fixed<Int16, bits>], on bus: inout some Bus) {
    sense(lines: 0..<values.count, into: &values, on: &bus)
  }

  /// Fetches some converted lines to their places in `values` (and a neighbour, where they share a word).
  @inline(__always)
  public func sense<let bits: Int>(
    lines: Range<Int>, into values: inout [Fixed<Int16, bits>], on bus: inout some Bus
  ) {
    // Sixteen bits each, whatever the format: one loop serves them all, without a format's metadata in it.
    values.withUnsafeMutableBufferPointer { values in
      values.withMemoryRebound(to: Int16.self) { sense(lines: lines, intoRaw: $0, on: &bus) }
    }
  }

  private func sense(
    lines: Range<Int>, intoRaw values: UnsafeMutableBufferPointer<Int16>, on bus: inout some Bus
  ) {
    // Both numbers of a word move to the top of their halves at once.
    let shift = hasWindows ? 0 : UInt32(truncatingIfNeeded: 16 - adcBits)
    let register: TileRegister = hasWindows ? .senseSignals : .sense
    let highBits = Int16(truncatingIfNeeded: UInt32.max &<< shift)
    let kept = Lanes.pack(highBits, highBits)
    let pairs = values.count / 2
    var pair = lines.lowerBound / 2
    let end = (lines.upperBound + 1) / 2
    values.withMemoryRebound(to: UInt32.self) { words in
      while pair < min(end, pairs) {
        words[pair] = ((read(register, pair, on: &bus) &<< shift) & kept).littleEndian
        pair += 1
      }
    }
    if pair < end { values[2 * pair] = Lanes.even(read(register, pair, on: &bus) &<< shift) }
  }

  /// Allows or forbids programming.
  public func setUnlocked(_ isUnlocked: Bool, on bus: inout some Bus) {
    write(.unlock, 0, isUnlocked ? TileRegister.unlockKey : 0, on: &bus)
  }
}
