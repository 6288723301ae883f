import Files
import Registers

/// The register log as waves: a value change dump (IEEE 1364-2005, clause 18) for GTKWave, Surfer and scripts.
///
/// Scopes and names are those of the register map, but an element of an array is `DRIVE_3`: readers take `DRIVE[3]`
/// for one bit of `DRIVE` (pyvcd, GTKWave's VZT) or for a scope (wellen, the reader of Surfer). Vectors are written in
/// their whole width, so that a script can read their sign.
///
/// The inside of the chip is what the entries tell: a tile's DAC codes and pulse widths are those at the start of an
/// operation that uses them, its ADC codes those at the end of one that converts. The chip begins as after reset.
///
/// Where they are asked for, volts and amperes stand beside the codes as `real` variables of exact decimal numbers:
/// voltages for as long as the lines are driven or pulsed, currents as of the end of the latest conversion.
public struct VCDLog<Output: ByteOutput>: ClosingLog {
  public static var isActive: Bool { true }

  /// Where the dump goes.
  public private(set) var output: Output
  private var waves: VCDWaves
  private var isClosed = false

  /// - `tiles`: sizes of all tiles of the chip; `features`: what it has more.
  /// - `pulseStep`: what a step of a pulse width takes, nanoseconds.
  /// - `analog`: whether there are volts and amperes too.
  public init(
    to output: Output, tiles: [TileSize], features: ChipFeatures, pulseStep: Int = 20, analog: Bool = false
  ) {
    self.output = output
    waves = VCDWaves(tiles, features: features, pulseStep: pulseStep, analog: analog)
    handOver()
  }

  public var takesLevels: Bool { waves.hasReals }

  /// - Precondition: the entry is of a tile that `init` was told of.
  public mutating func append(_ entry: LogEntry) {
    waves.append(entry)
    handOver()
  }

  public mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    waves.append(levels, ofTile: tile)
    handOver()
  }

  /// Writes the last time, one cycle after the last entry.
  public mutating func close() throws(OutputError) {
    guard !isClosed else { return }
    isClosed = true
    waves.end()
    handOver()
    try output.close()
  }

  public mutating func comment(_ text: String) {
    waves.text.append("$comment ")
    waves.text.append(string: text)
    waves.text.append(" $end\n")
    handOver()
  }

  private mutating func handOver() {
    output.append(waves.text.bytes)
    waves.text.clear()
  }
}

extension VCDLog: Sendable where Output: Sendable {}
