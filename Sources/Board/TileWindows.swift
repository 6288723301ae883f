import Crossbar
import Registers

/// A second way to `DRIVE`, `SENSE` and `PULSE`, in the numbers of software.
extension Tile {
  /// What a line that was converted stands for: its code at the top of 16 bits.
  func signal(ofLine line: Int) -> Int16 { Lanes.at(line, of: signals(ofPair: line / 2)) }

  /// The same of the two lines of a word of `SENSE`.
  func signals(ofPair pair: Int) -> UInt32 {
    let (codes, shift) = (registers[.sense, pair], Int16(truncatingIfNeeded: chain.shift))
    return Lanes.pack(Lanes.even(codes) &<< shift, Lanes.odd(codes) &<< shift)
  }

  /// Drives the two lines of a word of `DRIVE` with signals, Q0.15.
  mutating func drive(signals: UInt32, pair: Int) {
    registers[.drive, pair] = Lanes.pack(drivers.code(Lanes.even(signals)), drivers.code(Lanes.odd(signals)))
  }

  /// Drives one line with a signal, Q0.15.
  mutating func drive(_ signal: Int16, line: Int) {
    registers[.drive, line / 2] = Lanes.put(drivers.code(signal), line, in: registers[.drive, line / 2])
  }

  /// Takes the widths of two bit lines; the second of the last word may not be there.
  mutating func takeWidths(_ pair: UInt32, at place: Int) {
    registers[.pulse, 2 * place] = UInt32(UInt16(bitPattern: Lanes.even(pair)))
    if 2 * place + 1 < array.bitLines { registers[.pulse, 2 * place + 1] = UInt32(UInt16(bitPattern: Lanes.odd(pair))) }
  }
}

extension LineDrivers {
  /// The code of a signal in ±1, Q0.15.
  package func code(_ signal: Int16) -> Int16 {
    // At most 2²⁶ and a half.
    Int16(truncatingIfNeeded: (Int32(signal) * largestCode + 1 << 14) >> 15)
  }
}
