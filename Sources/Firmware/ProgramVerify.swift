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
  /// Share of the window, Q0.15.
  public var tolerance: Int32
  /// Rounds of pulse and read for each row.
  public var rounds: Int
  /// A power of two as its exponent: reads averaged for one verify.
  public var samplesLog2: Int

  public init(tolerance: Int32, rounds: Int, samplesLog2: Int) {
    self.tolerance = tolerance
    self.rounds = rounds
    self.samplesLog2 = samplesLog2
  }

  /// What programming took and how well it went.
  public struct Report: Sendable, Equatable {
    /// Largest |target − weight| in the last verify, share of the window, Q0.15.
    public var worstError: Int32 = 0
    /// Cells left outside the tolerance.
    public var missed: UInt32 = 0
    public var rounds: UInt32 = 0
    public var reads: UInt32 = 0
    public init() {}
  }

  /// Buffers for one row, kept by the caller so that nothing is allocated while programming.
  struct Row: Sendable {
    /// Shares of the window, Q0.15.
    var targets: [Int16]
    var weights: [Int32]
    var isSettled: [Bool]
    /// Error of each cell before its last pulse, and the exponent of its widths' correction: 2^−damping.
    var lastErrors: [Int32]
    var damping: [Int32]
    /// Whether the error of each cell has changed its sign: widths are not more than nominal then where pulses are noisy.
    var hasOvershot: [Bool]
    var steps: [Int16]
    var codes: [Int16]

    init(_ tile: TileDriver) {
      targets = Array(repeating: 0, count: tile.columns)
      weights = Array(repeating: 0, count: tile.columns)
      isSettled = Array(repeating: false, count: tile.columns)
      lastErrors = Array(repeating: 0, count: tile.columns)
      damping = Array(repeating: 0, count: tile.columns)
      hasOvershot = Array(repeating: false, count: tile.columns)
      steps = Array(repeating: 0, count: tile.columns)
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
    let top = min(2 * times.width(from: 0, to: 32_768), Int32(Int16.max))
    let middle = times.width(from: 32_768, to: 16_384)
    for row in 0..<tile.wordLines {
      for width in [top, middle] {
        let both = PulseWidths(cell: width, partner: width)
        for column in 0..<tile.columns { both.write(column: column, of: tile, on: &bus) }
        tile.perform(.programRow, row: row, on: &bus)
      }
    }
  }

  /// Programs the first `columns` cells of word line `number` to `row.targets` and adds to `report`.
  func program(
    _ number: Int, _ row: inout Row, columns: Int, of tile: TileDriver, with times: PulseTimes,
    report: inout Report, on bus: inout some Bus
  ) {
    for column in 0..<columns {
      row.isSettled[column] = false
      row.lastErrors[column] = 0
      row.damping[column] = 0
      row.hasOvershot[column] = false
    }
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
      let error = abs(Int32(row.targets[column]) - row.weights[column])
      report.worstError = max(report.worstError, error)
      if !row.isSettled[column] || times.isNoisy && error > 2 * tolerance { report.missed += 1 }
    }
  }

  /// The tolerance; for noisy pulses doubled with every eighth of a long budget beyond its half, up to sixteen times: a
  /// device that cannot be brought nearer is left at a place that is good rather than at its last.
  private func accepted(in round: Int, of times: PulseTimes) -> Int32 {
    guard times.isNoisy, rounds >= 16, round >= rounds / 2 else { return tolerance }
    return tolerance << Int32(min((round - rounds / 2) / (rounds / 8) + 1, 4))
  }

  /// Marks the cells that are where they should be; true when some are not.
  private func unsettle(_ row: inout Row, _ columns: Int, within tolerance: Int32) -> Bool {
    var isWork = false
    for column in 0..<columns {
      let error = abs(Int32(row.targets[column]) - row.weights[column])
      row.isSettled[column] = error <= (row.isSettled[column] ? 2 * tolerance : tolerance)
      if !row.isSettled[column] { isWork = true }
    }
    return isWork
  }

  /// Drives one word line at full scale and no other.
  func select(_ number: Int, _ row: inout Row, of tile: TileDriver, on bus: inout some Bus) {
    for line in 0..<tile.wordLines { row.codes[line] = 0 }
    row.codes[number] = Int16(truncatingIfNeeded: tile.fullScaleCode)
    tile.drive(row.codes, ofLines: tile.wordLines, on: &bus)
  }

  /// The weights on the selected word line, averaged, into `row.weights`.
  func verify(_ row: inout Row, of tile: TileDriver, on bus: inout some Bus) {
    for column in 0..<tile.columns { row.weights[column] = 0 }
    for _ in 0..<(1 << samplesLog2) {
      tile.perform(.read, gain: WeightScale.verifyGain, linear: true, on: &bus)
      tile.sense(into: &row.steps, on: &bus)
      for column in 0..<tile.columns { row.weights[column] += WeightScale.share(ofSteps: row.steps[column]) }
    }
    for column in 0..<tile.columns {
      row.weights[column] = row.weights[column].shifted(rightBy: samplesLog2)
    }
  }

  /// Sets the widths of every cell that is not settled.
  private func pulse(
    _ row: inout Row, _ columns: Int, of tile: TileDriver, with times: PulseTimes, on bus: inout some Bus
  ) {
    for column in 0..<columns where !row.isSettled[column] {
      adjustDamping(&row, column, isNoisy: times.isNoisy)
      var widths = PulseWidths(from: row.weights[column], to: Int32(row.targets[column]), by: times, atLeastOne: true)
      widths.cell = Self.damped(widths.cell, row.damping[column])
      widths.partner = Self.damped(widths.partner, row.damping[column])
      widths.write(column: column, of: tile, on: &bus)
    }
  }

  private func adjustDamping(_ row: inout Row, _ column: Int, isNoisy: Bool) {
    let error = Int32(row.targets[column]) - row.weights[column]
    let last = row.lastErrors[column]
    if (error < 0) != (last < 0) && last != 0 {
      row.damping[column] = min(row.damping[column] + 1, 6)
      row.hasOvershot[column] = true
    } else if abs(error) > abs(last) / 2 && last != 0 {
      row.damping[column] = max(row.damping[column] - 1, isNoisy && row.hasOvershot[column] ? 0 : -3)
    }
    row.lastErrors[column] = error
  }

  /// A width times 2^−damping, at least a step.
  private static func damped(_ width: Int32, _ damping: Int32) -> Int32 {
    guard width != 0 else { return 0 }
    let magnitude = damping > 0 ? max(abs(width) >> damping, 1) : min(abs(width) << -damping, Int32(Int16.max))
    return width < 0 ? -magnitude : magnitude
  }
}
