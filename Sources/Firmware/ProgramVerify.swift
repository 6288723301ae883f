import FixedPoint
import Registers

/// Writes target weights into a tile, row-parallel: pulse the whole row, read the row back, until every cell is inside
/// its tolerance or the budget of rounds is spent.
///
/// A pulse's width comes from `PulseTimes`; a cell whose error changes sign gets half of it from then on, one whose
/// error does not fall to half twice as much, so that devices far from the table converge too. Devices that RESET all
/// or nothing are written with two pulses instead (`renew`).
/// Hysteresis: a cell that has been inside `tolerance` is touched again only beyond twice that, so that read noise
/// does not make it chatter. Reads are averaged over `samples`.
public struct ProgramVerify: Sendable {
  /// A cell is where it should be when its error is not larger, share of the window.
  public var tolerance: Share
  /// Rounds of pulse and read for each row.
  public var rounds: Int
  /// A power of two as its exponent: reads averaged for one verify.
  public var samplesLog2: Int

  /// A routine with `rounds` rounds for each row and verifies of `2^samplesLog2` reads.
  public init(tolerance: Share, rounds: Int, samplesLog2: Int) {
    self.tolerance = tolerance
    self.rounds = rounds
    self.samplesLog2 = samplesLog2
  }

  /// What programming took and how well it went.
  public struct Report: Sendable, Equatable {
    /// Largest |target − weight| in the last verify.
    public var worstError = Share.zero
    /// Cells left outside the tolerance.
    public var missed: UInt32 = 0
    /// Rounds of pulse and read, over all rows.
    public var rounds: UInt32 = 0
    /// Reads of a row.
    public var reads: UInt32 = 0
    /// Nothing done yet.
    public init() {}
  }

  /// Buffers for one row, kept by the caller so that nothing is allocated while programming.
  struct Row: Sendable {
    var columns: [Column]
    /// One read of the row.
    var sensed: [Q1_14]
    /// What drives the word lines.
    var codes: [Int16]
    var effort = Effort()

    init(_ tile: TileDriver) {
      columns = Array(repeating: Column(), count: tile.columns)
      sensed = Array(repeating: .zero, count: tile.columns)
      codes = Array(repeating: 0, count: tile.wordLines)
    }
  }

  /// Brings both devices of every pair to the middle of their range, open-loop: a pair's difference then says where
  /// each of them is, and the verify loop moves both alike. A tile with fixed references, or of devices that
  /// are written from the bottom every time, needs nothing.
  ///
  /// SET twice as long as the whole range takes, then one RESET: from the top, where a device's resistance is low, the
  /// spread of the devices matters least.
  func prepare(_ tile: TileDriver, with times: PulseTimes, on bus: inout some Bus) {
    guard tile.isDifferential, !times.isAbrupt else { return }
    let top = min(PulseSteps(2 * times.width(from: .bottom, to: .top).count), .longest)
    let middle = times.width(from: .top, to: .middle)
    for row in 0..<tile.wordLines {
      for width in [top, middle] {
        let both = PulseWidths(cell: width, partner: width)
        for column in 0..<tile.columns { both.write(column: column, of: tile, on: &bus) }
        tile.perform(.programRow, row: row, on: &bus)
      }
    }
  }

  /// Programs the first `columns` cells of word line `number` to their targets and adds to `report`.
  func program(
    _ number: Int, _ row: inout Row, columns: Int, of tile: TileDriver, with times: PulseTimes,
    report: inout Report, on bus: inout some Bus
  ) {
    for column in 0..<columns { row.columns[column].begin() }
    select(number, &row, of: tile, on: &bus)
    verify(&row, of: tile, on: &bus)
    report.reads += 1 << UInt32(samplesLog2)
    var round = 0
    while unsettle(&row, columns, within: accepted(in: round, of: times)), round < rounds {
      if times.isAbrupt {
        renew(number, &row, columns: columns, of: tile, with: times, on: &bus)
      } else {
        pulse(&row, columns, of: tile, with: times, on: &bus)
        tile.perform(.programRow, row: number, on: &bus)
      }
      verify(&row, of: tile, on: &bus)
      round += 1
      report.rounds += 1
      report.reads += 1 << UInt32(samplesLog2)
    }
    for column in 0..<columns {
      let error = row.columns[column].error.magnitude
      report.worstError = max(report.worstError, error)
      if !row.columns[column].isSettled || times.isNoisy && error > tolerance + tolerance { report.missed += 1 }
    }
  }

  /// The tolerance; for noisy pulses doubled with every eighth of a long budget beyond its half, up to sixteen times: a
  /// device that cannot be brought nearer is left at a place that is good rather than at its last.
  private func accepted(in round: Int, of times: PulseTimes) -> Share {
    guard times.isNoisy, rounds >= 16, round >= rounds / 2 else { return tolerance }
    return Share(raw: tolerance.raw << Int32(min((round - rounds / 2) / (rounds / 8) + 1, 4)))
  }

  /// Marks the cells that are where they should be; true when some are not.
  private func unsettle(_ row: inout Row, _ columns: Int, within tolerance: Share) -> Bool {
    var isWork = false
    row.effort.note(.judgedWeight, columns)
    for column in 0..<columns {
      row.columns[column].settle(within: tolerance)
      if !row.columns[column].isSettled { isWork = true }
    }
    return isWork
  }

  /// Drives one word line at full scale and no other.
  func select(_ number: Int, _ row: inout Row, of tile: TileDriver, on bus: inout some Bus) {
    row.effort.note(.selectedLine, tile.wordLines)
    for line in 0..<tile.wordLines { row.codes[line] = 0 }
    row.codes[number] = Int16(truncatingIfNeeded: tile.fullScaleCode)
    tile.drive(row.codes, ofLines: tile.wordLines, on: &bus)
  }

  /// The weights on the selected word line, averaged.
  func verify(_ row: inout Row, of tile: TileDriver, on bus: inout some Bus) {
    row.effort.note(.verifiedWeight, tile.columns << samplesLog2)
    for sample in 0..<(1 << samplesLog2) {
      tile.perform(.read, gain: WeightScale.verifyGain, linear: true, on: &bus)
      tile.sense(into: &row.sensed, on: &bus)
      for column in 0..<tile.columns {
        let weight = Share(row.sensed[column])
        row.columns[column].weight = sample == 0 ? weight : row.columns[column].weight + weight
      }
    }
    guard samplesLog2 > 0 else { return }
    for column in 0..<tile.columns {
      row.columns[column].weight = row.columns[column].weight.shifted(rightBy: samplesLog2)
    }
  }

  /// Sets the widths of every cell that is not settled.
  private func pulse(
    _ row: inout Row, _ columns: Int, of tile: TileDriver, with times: PulseTimes, on bus: inout some Bus
  ) {
    var writes = Effort.Writes(on: tile)
    for column in 0..<columns where !row.columns[column].isSettled {
      row.columns[column].adjust(isNoisy: times.isNoisy)
      let cell = row.columns[column]
      writes.note(from: cell.weight, to: Share(cell.target))
      var widths = PulseWidths(
        from: cell.weight, to: Share(cell.target), by: times, atLeastOne: true, isPair: tile.isDifferential)
      widths.cell = cell.damped(widths.cell)
      widths.partner = cell.damped(widths.partner)
      widths.write(column: column, of: tile, on: &bus)
    }
    row.effort.note(writes)
  }
}
