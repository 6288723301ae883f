import FixedPoint
import Registers

/// The request that holds an array against the sums of its record: a weight that alone has changed in its column is found
/// by the sums that changed with it, and written back. Source: `vectors/specification/firmware.md` 12.
extension Controller {
  mutating func scrub(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try request.nextLayer(on: &bus)
    let routine = try ProgramVerify(&request, on: &bus)
    try request.expectEnd()
    guard let times else { throw .notConfigured }
    try withNetwork { network throws(Status) in
      var scrub = try Scrub(layer, of: network, by: routine, on: &bus)
      scrub.survey(&network, on: &bus)
      let found = scrub.columnsOff
      let cells = scrub.repair(&network, with: times, on: &bus)
      if cells > 0 { scrub.survey(&network, on: &bus) }
      try network.expectNoErrors(on: &bus)
      HostPort.answer([found, cells, scrub.columnsOff, scrub.report.rounds, scrub.report.reads], on: &bus)
    }
  }
}

/// A layer beside its sums in the record.
struct Scrub {
  let layer: Layer
  /// How cells are written back.
  let routine: ProgramVerify
  /// Of the sums.
  let code: Int32
  /// At the first sum.
  private let sums: RecordReader
  private var differences: [ColumnDifference]
  private var isSurveyed = false
  private(set) var report = ProgramVerify.Report()

  /// - Throws: where the flash has no record of this network on this die.
  init(_ layer: Layer, of network: Network, by routine: ProgramVerify, on bus: inout some Bus) throws(Status) {
    let (slot, head) = try RecordSlot.newest(of: network.side, on: &bus)
    guard head.die == RecordHead.Die(on: &bus) else { throw .foreignRecord }
    var reader = RecordReader(slot)
    reader.pass(RecordHead.words, on: &bus)
    var isOwn = true
    for word in network.plan.words where reader.next(on: &bus) != word { isOwn = false }
    guard isOwn else { throw .otherRecord }
    try reader.pass(toSumsOf: layer, of: network, on: &bus)
    let code = reader.next(on: &bus)
    guard code >= 1, code <= UInt32(network.tile(layer).fullScaleCode) else { throw .damagedRecord }
    self.layer = layer
    self.routine = routine
    self.code = Int32(code)
    sums = reader
    differences = Array(repeating: ColumnDifference(), count: network.shape[layer].columns)
  }

  var columnsOff: UInt32 {
    var count: UInt32 = 0
    for difference in differences where difference.isOff { count += 1 }
    return count
  }

  /// Measures every sum and compares it with the record's.
  mutating func survey(_ network: inout Network, on bus: inout some Bus) {
    var reader = sums
    let limits = Limits(network.tile(layer), code: code, tolerance: routine.tolerance)
    for pattern in 0..<network.patterns(of: layer) {
      network.measure(pattern, of: layer, code: code, samplesLog2: routine.samplesLog2, on: &bus)
      report.reads += 1 << UInt32(routine.samplesLog2)
      if !isSurveyed { isSurveyed = true } else if pattern == 0 { reader.reload(on: &bus) }
      for column in stride(from: 0, to: differences.count, by: 2) {
        let pair = reader.next(on: &bus)
        note(pattern, column, of: network, recorded: Lanes.even(pair), limits)
        if column + 1 < differences.count { note(pattern, column + 1, of: network, recorded: Lanes.odd(pair), limits) }
      }
    }
  }

  private mutating func note(
    _ pattern: Int, _ column: Int, of network: Network, recorded: Int16, _ limits: Limits
  ) {
    let difference = Int32(network.sum(column, of: layer).raw) - Int32(recorded)
    if pattern == 0 {
      differences[column] = ColumnDifference(ofAll: difference, limits)
    } else {
      differences[column].note(difference, ofBit: pattern - 1, limits)
    }
  }

  /// Writes the cells back that are located, row by row.
  /// - Returns: their number.
  mutating func repair(_ network: inout Network, with times: PulseTimes, on bus: inout some Bus) -> UInt32 {
    let (lines, tile) = (network.shape[layer], network.tile(layer))
    var cells: UInt32 = 0
    for row in 0..<lines.rows {
      var inRow: UInt32 = 0
      for difference in differences where difference.isLocated(at: row) { inRow += 1 }
      guard inRow > 0 else { continue }
      if cells == 0 { tile.setUnlocked(true, on: &bus) }
      cells += inRow
      repair(row, &network, with: times, on: &bus)
    }
    if cells > 0 { tile.setUnlocked(false, on: &bus) }
    return cells
  }

  private mutating func repair(
    _ row: Int, _ network: inout Network, with times: PulseTimes, on bus: inout some Bus
  ) {
    let (tile, number) = (network.tile(layer), Int(layer.rawValue))
    routine.select(row, &network.rows[number], of: tile, on: &bus)
    routine.verify(&network.rows[number], of: tile, on: &bus)
    report.reads += 1 << UInt32(routine.samplesLog2)
    for (column, difference) in differences.enumerated() {
      let gained = difference.isLocated(at: row) ? difference.gained(code: code, of: tile) : 0
      let before = Int64(network.rows[number].columns[column].weight.raw) - gained
      network.rows[number].columns[column].target = Q0_15(raw: Int16(clamping: before))
    }
    routine.program(
      row, &network.rows[number], columns: differences.count, of: tile, with: times, report: &report, on: &bus)
  }

  /// What is told from nothing, in steps of a sum.
  struct Limits {
    /// Twice the tolerance of a weight, or four codes.
    let off: Int32
    /// Two codes: what two conversions of one sum differ by.
    let conversion: Int32

    init(_ tile: TileDriver, code: Int32, tolerance: Share) {
      let step: Int32 = 1 << Int32(16 - tile.adcBits)
      off = max(tolerance.raw * code / tile.fullScaleCode, 4 * step)
      conversion = 2 * step
    }
  }
}

/// What the sums of a column have gained since the record.
struct ColumnDifference {
  private var all: Int32 = 0
  /// The row of the one weight that explains all of them, where there is one.
  private var row = 0
  private var isSingle = false
  private(set) var isOff = false

  init() {}

  init(ofAll difference: Int32, _ limits: Scrub.Limits) {
    all = difference
    isOff = abs(difference) > limits.off
    isSingle = abs(difference) > 2 * limits.conversion
  }

  /// Takes note of what the rows have gained that have a bit in their number: a single weight gives all of it or nothing.
  mutating func note(_ difference: Int32, ofBit bit: Int, _ limits: Scrub.Limits) {
    let width = max(abs(all) >> 3, limits.conversion)
    if abs(difference) > limits.off { isOff = true }
    if abs(difference - all) <= width {
      row |= 1 << bit
    } else if abs(difference) > width {
      isSingle = false
    }
  }

  func isLocated(at row: Int) -> Bool { isOff && isSingle && self.row == row }

  /// What the weight has gained, in the steps of a `Share`; a sum has steps of two of them, at full scale.
  func gained(code: Int32, of tile: TileDriver) -> Int64 {
    (2 * Int64(all) * Int64(tile.fullScaleCode)).dividedHalfUp(by: Int64(code))
  }
}

extension ProgramVerify {
  /// Tolerance, rounds and samples of a request.
  init(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    tolerance = Share(raw: Int32(try request.next(.tolerance, on: &bus)))
    rounds = Int(try request.next(.rounds, on: &bus))
    samplesLog2 = Int(try request.next(.samplesLog2, on: &bus))
  }
}

extension RecordReader {
  /// From behind the words of the network to the code of a layer's sums.
  fileprivate mutating func pass(
    toSumsOf layer: Layer, of network: Network, on bus: inout some Bus
  ) throws(Status) {
    for _ in ActivationBank.allCases {
      pass(1 + 2 * Int(try next(.segments, on: &bus)), on: &bus)
    }
    pass(2 * PulseTimes.places + 1, on: &bus)
    for layer in Layer.allCases {
      pass(2, on: &bus)
      let lines = network.tile(layer).lines
      guard next(on: &bus) == UInt32(lines) else { throw .damagedRecord }
      pass(lines, on: &bus)
    }
    if layer == .dense { pass(1 + network.sumWords(of: .lstm), on: &bus) }
  }
}
