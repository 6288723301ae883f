import FixedPoint
import Registers

/// Sums of a layer's weights by column, from few reads: of all rows, then for each bit of a row's number of the rows that
/// have it. A single weight that changes in a column changes the first sum, and the others by the bits of its row.
extension Network {
  /// Sums of each column of a layer.
  func patterns(of layer: Layer) -> Int {
    1 + UInt32.bitWidth - UInt32(shape[layer].rows - 1).leadingZeroBitCount
  }

  /// Words of a record that its sums take, two a word, a pattern after the other.
  func sumWords(of layer: Layer) -> Int { patterns(of: layer) * ((shape[layer].columns + 1) / 2) }

  /// Measures one sum of every column, with so much on each row: the columns' `weight` then is the sum of shares, times
  /// the code over that of full scale.
  @inline(never)
  mutating func measure(
    _ pattern: Int, of layer: Layer, code: Int32, samplesLog2: Int, on bus: inout some Bus
  ) {
    let (tile, number) = (tile(layer), Int(layer.rawValue))
    for line in 0..<tile.wordLines {
      let isDriven = line < shape[layer].rows && (pattern == 0 || line >> (pattern - 1) & 1 == 1)
      rows[number].codes[line] = isDriven ? Int16(truncatingIfNeeded: code) : 0
    }
    tile.drive(rows[number].codes, ofLines: tile.wordLines, on: &bus)
    let routine = ProgramVerify(tolerance: .zero, rounds: 0, samplesLog2: samplesLog2)
    routine.verify(&rows[number], of: tile, on: &bus)
  }

  /// The largest code, full scale or a half of it, a quarter, …, at which every sum is within three quarters of what is
  /// converted.
  mutating func codeForSums(of layer: Layer, samplesLog2: Int, on bus: inout some Bus) -> Int32 {
    var code = tile(layer).fullScaleCode
    while code > 1, peak(of: layer, code: code, samplesLog2: samplesLog2, on: &bus) >= Self.largestSum { code >>= 1 }
    return code
  }

  private static var largestSum: Share { Share(raw: 3 << 14) }

  private mutating func peak(of layer: Layer, code: Int32, samplesLog2: Int, on bus: inout some Bus) -> Share {
    var peak = Share.zero
    for pattern in 0..<patterns(of: layer) {
      measure(pattern, of: layer, code: code, samplesLog2: samplesLog2, on: &bus)
      for column in 0..<shape[layer].columns {
        peak = max(peak, rows[Int(layer.rawValue)].columns[column].weight.magnitude)
      }
    }
    return peak
  }

  /// The sum that was measured last, as a record holds it.
  func sum(_ column: Int, of layer: Layer) -> Q1_14 { Q1_14(rows[Int(layer.rawValue)].columns[column].weight) }
}
