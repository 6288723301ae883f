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
  /// Largest DAC code: ±1 on a line.
  public let fullScaleCode: Int32
  /// Of a converter's code, sign included.
  public let adcBits: Int

  /// Reads the data sheet of tile `number`, 0 … 7: two accesses.
  public init(number: Int, on bus: inout some Bus) {
    base = MemoryMap.tile(number)
    let geometry = bus.read(base &+ TileRegister.geometry.offset())
    wordLines = Int(TileRegister.Geometry.wordLines.decode(geometry))
    bitLines = Int(TileRegister.Geometry.bitLines.decode(geometry))
    let converters = bus.read(base &+ TileRegister.converters.offset())
    isDifferential = TileRegister.Converters.differential.decode(converters) == 1
    fullScaleCode = 1 << Int32(TileRegister.Converters.dacBits.decode(converters) - 1) - 1
    adcBits = Int(TileRegister.Converters.adcBits.decode(converters))
  }

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
  public func code(_ signal: Q0_15) -> Int16 {
    // At most 2³⁰, so that the half can be added before the shift.
    Int16(truncatingIfNeeded: (Int32(signal.raw) &* fullScaleCode &+ 1 << 14) >> 15)
  }

  /// What a converter's code stands for: Q3.12 behind a linear column, Q0.15 behind a circuit, and the share of the
  /// window, Q1.14, where a weight is read back.
  @inline(__always)
  public func value<let bits: Int>(_ code: Int16) -> Fixed<Int16, bits> { Fixed(raw: raw(code)) }

  @inline(__always)
  private func raw(_ code: Int16) -> Int16 { code &<< Int16(truncatingIfNeeded: 16 - adcBits) }

  /// Puts codes on the first of `lines` lines, the word lines or the columns of the tile, and nothing on the rest.
  public func drive(_ codes: [Int16], ofLines lines: Int, on bus: inout some Bus) {
    var line = 0
    while line < codes.count {
      let odd = line + 1 < codes.count ? codes[line + 1] : 0
      write(.drive, line / 2, Lanes.pack(codes[line], odd), on: &bus)
      line += 2
    }
    while line < lines {
      write(.drive, line / 2, 0, on: &bus)
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
    let shift = UInt32(truncatingIfNeeded: 16 - adcBits)
    let highBits = Int16(truncatingIfNeeded: UInt32.max &<< shift)
    let kept = Lanes.pack(highBits, highBits)
    let pairs = values.count / 2
    var pair = lines.lowerBound / 2
    let end = (lines.upperBound + 1) / 2
    values.withMemoryRebound(to: UInt32.self) { words in
      while pair < min(end, pairs) {
        words[pair] = ((read(.sense, pair, on: &bus) &<< shift) & kept).littleEndian
        pair += 1
      }
    }
    if pair < end { values[2 * pair] = Lanes.even(read(.sense, pair, on: &bus) &<< shift) }
  }

  /// Allows or forbids programming.
  public func setUnlocked(_ isUnlocked: Bool, on bus: inout some Bus) {
    write(.unlock, 0, isUnlocked ? TileRegister.unlockKey : 0, on: &bus)
  }
}
