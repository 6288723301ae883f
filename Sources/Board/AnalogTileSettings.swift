import Crossbar
import FixedPoint
import Registers

/// What MBX's own digital side sets beside codes, widths and amplitudes.
extension AnalogTile {
  /// Words of `TRIM`, one a converter.
  /// - Parameter words: as many as the longer side of the array has lines.
  public mutating func setTrims(_ words: [UInt32]) throws(Problem) {
    guard words.count == converters else { throw .range("\(words.count) trims, expected \(converters)") }
    for (line, word) in words.enumerated() { try write(.trim, line, word) }
  }

  /// The circuit behind each column in READ; all are linear at first.
  /// - Parameter codes: those of `Circuit`, as many as there are columns.
  public mutating func setCircuits(_ codes: [UInt32]) throws(Problem) {
    guard codes.count == array.columns else { throw .range("\(codes.count) circuits, expected \(array.columns)") }
    let perWord = TileRegister.Activation.columnsPerWord
    var words = Array(repeating: UInt32(0), count: (codes.count + perWord - 1) / perWord)
    for (column, code) in codes.enumerated() {
      guard let circuit = Circuit(rawValue: code) else {
        throw .range("circuit \(code) of column \(column), expected 0 to \(Circuit.allCases.count - 1)")
      }
      words[column / perWord] |= TileRegister.Activation.encode(circuit, column: column)
    }
    for (place, word) in words.enumerated() { try write(.activation, place, word) }
  }

  /// Words of a bank: those of its COUNT, RAILS, BREAK and LINE registers, in this order.
  public static let bankWords = 2 + 2 * PiecewiseLinear.maximumSegments

  /// The circuit `sigmoid` or `tanh` of all columns that have it.
  /// - Parameters:
  ///   - circuit: of the two, which.
  ///   - words: `bankWords` of them; the first is the number of segments, 1 to 16.
  public mutating func setBank(_ circuit: Circuit, _ words: [UInt32]) throws(Problem) {
    guard words.count == Self.bankWords else { throw .range("\(words.count) words, expected \(Self.bankWords)") }
    guard (1...UInt32(PiecewiseLinear.maximumSegments)).contains(words[0]) else {
      throw .range("\(words[0]) segments, expected 1 to \(PiecewiseLinear.maximumSegments)")
    }
    switch circuit {
    case .linear: throw .range("\(circuit.name) has no bank, expected SIGMOID or TANH")
    case .sigmoid: load(words, .sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine)
    case .tanh: load(words, .tanhCount, .tanhRails, .tanhBreakpoint, .tanhLine)
    }
  }

  private mutating func load(
    _ words: [UInt32], _ count: ChipRegister, _ rails: ChipRegister, _ breakpoint: ChipRegister, _ line: ChipRegister
  ) {
    let segments = PiecewiseLinear.maximumSegments
    banks[count] = words[0]
    banks[rails] = words[1]
    for k in 0..<segments {
      banks[breakpoint, k] = words[2 + k]
      banks[line, k] = words[2 + segments + k]
    }
    activation.reload(banks)
  }
}
