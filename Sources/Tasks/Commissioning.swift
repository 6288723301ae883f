import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Trace

/// How the programming of a layer went, as the firmware and the tile's counters tell.
public struct ProgrammingReport: Sendable, Equatable, Codable {
  /// Largest distance of a cell from its target, share of the weight window.
  public var worstError: Double
  /// Cells outside the tolerance at the end.
  public var missedCells: Int
  /// Rounds of pulse and read, over all rows.
  public var rounds: Int
  /// Pulses on cells.
  public var pulses: UInt64
  /// Row-parallel pulse phases in which these were.
  public var phases: UInt64
  /// Cycles of the row-parallel pulse phases.
  public var rowParallelCycles: UInt64
  /// Cycles of the same pulses one cell at a time.
  public var cellSerialCycles: UInt64
  /// Dissipated in the arrays by the pulses.
  public var energyJoules: Double
}

extension Session where Runner: ~Copyable {
  /// Makes a chip ready for a network: its circuits, its converters' trims, its weights.
  /// - Returns: a report for each layer.
  public mutating func commission(
    _ model: Model, activation: ActivationKind, settings: ProgrammingSettings = ProgrammingSettings()
  ) throws(FirmwareRefusal) -> [ProgrammingReport] {
    try prepare(model.shape, window: model.window, activation)
    var reports: [ProgrammingReport] = []
    for (layer, weights) in [(Layer.lstm, model.lstm), (.dense, model.dense)] {
      reports.append(try program(layer, weights, window: model.window, settings: settings))
    }
    return reports
  }

  /// Everything but the weights: sizes, circuits, trims, and what the controller knows of the device.
  mutating func prepare(
    _ shape: NetworkShape, window: Double, _ activation: ActivationKind, on side: Side = .first
  ) throws(FirmwareRefusal) {
    try identify()
    let chip = machine.chip.configuration
    var requests = HostRequest.preparation(of: chip, for: shape, window: window, activation)
    if side != .first { requests = [.init(.workOn, side)] + requests + [.init(.switchTo, side)] }
    for request in requests { try self.request(request) }
  }

  mutating func program(
    _ layer: Layer, _ weights: [[Double]], window: Double, settings: ProgrammingSettings
  ) throws(FirmwareRefusal) -> ProgrammingReport {
    let tile = workingSide.tile(layer)
    let before = machine.chip.tiles[tile].counters
    let request = HostRequest.program(
      layer, weights, window: window, settings: settings, on: machine.chip.configuration)
    let answer = try self.request(request)
    let after = machine.chip.tiles[tile].counters
    return ProgrammingReport(
      worstError: Double(Share(raw: Int32(bitPattern: answer[0]))), missedCells: Int(answer[1]), rounds: Int(answer[2]),
      pulses: after.pulses - before.pulses, phases: after.phases - before.phases,
      rowParallelCycles: after.programCycles - before.programCycles,
      cellSerialCycles: after.serialCycles - before.serialCycles,
      energyJoules: Double(after.programEnergy.attojoules - before.programEnergy.attojoules) * 1e-18)
  }

  /// Runs one sequence and returns its class.
  public mutating func classify(_ request: InferenceRequest) throws(FirmwareRefusal) -> Int {
    Int(try self.request(.infer, request.words)[0])
  }
}

/// A sequence packed for the mailbox, once.
public struct InferenceRequest: Sendable {
  /// Behind command and count: steps, then values, two a word.
  public let words: [UInt32]
  /// The class of the sequence, which is not sent.
  public let label: Int
  /// Time steps of the sequence.
  public let steps: Int

  /// The request of a sequence that has `features` values a time step.
  public init(_ sequence: SequenceSet.Sequence, features: Int) {
    var words = [UInt32(sequence.steps)]
    for step in 0..<sequence.steps {
      words += Lanes.pack(row: Array(sequence.values[step * features..<(step + 1) * features]))
    }
    self.words = words
    label = sequence.label
    steps = sequence.steps
  }
}

extension Lanes {
  /// A row of numbers, two a word, the last word filled with zero.
  public static func pack(row: [Int16]) -> [UInt32] {
    stride(from: 0, to: row.count, by: 2).map { pack(row[$0], $0 + 1 < row.count ? row[$0 + 1] : 0) }
  }
}

extension Model {
  /// Dense outputs are read as Q4.11 (±16), so that ten confident classes do not saturate.
  package static let denseHeadroom: UInt32 = 1
}
