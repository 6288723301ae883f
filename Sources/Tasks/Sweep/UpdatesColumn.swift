import Firmware

/// What a sweep over ways to write updates tells: `lstm.row-parallel.pulses` is of one update in the mean, in one layer.
struct UpdatesColumn: Sendable {
  let name: String
  /// Whether there is one only where the device serves pulse trains.
  let isOfTrains: Bool
  let value: @Sendable (UpdateComparison.Result) -> Double

  static var all: [UpdatesColumn] { Layer.allCases.flatMap(columns) + Layer.allCases.map(training) + [updates] }

  private static func columns(of layer: Layer) -> [UpdatesColumn] {
    UpdateScheme.allCases.flatMap { scheme in
      measures.filter { $0.isOf(scheme) }.map { measure in
        UpdatesColumn(
          name: "\(layer).\(scheme.column).\(measure.name)", isOfTrains: !scheme.isByLines,
          value: { result in
            let costs = result.layers.first { $0.layer == layer }?.costs
            return costs?.first { $0.scheme == scheme }.map { measure.value($0.cost) } ?? 0
          })
      }
    }
  }

  /// Pulses of the whole training, as the chip has counted them.
  private static func training(of layer: Layer) -> UpdatesColumn {
    UpdatesColumn(
      name: "\(layer).training.pulses", isOfTrains: false,
      value: { result in result.layers.first { $0.layer == layer }?.counted.pulses ?? 0 })
  }

  private static var updates: UpdatesColumn {
    UpdatesColumn(name: "updates", isOfTrains: false, value: { Double($0.updates) })
  }

  private struct Measure: Sendable {
    let name: String
    let isOf: @Sendable (UpdateScheme) -> Bool
    let value: @Sendable (UpdateCost) -> Double

    init(
      _ name: String, of isOf: @escaping @Sendable (UpdateScheme) -> Bool = { _ in true },
      _ value: @escaping @Sendable (UpdateCost) -> Double
    ) {
      (self.name, self.isOf, self.value) = (name, isOf, value)
    }
  }

  private static var measures: [Measure] {
    [
      Measure("pulse_seconds") { $0.pulseSeconds },
      Measure("rest_share") { $0.pulseSeconds > 0 ? $0.restSeconds / $0.pulseSeconds : 0 },
      Measure("chip_seconds", of: \.isDoneByTheChip) { $0.chipSeconds ?? 0 },
      Measure("word_lines", of: \.isByLines) { $0.wordLines ?? 0 },
      Measure("operations") { $0.operations }, Measure("pulse_phases") { $0.phases },
      Measure("pulses") { $0.pulses }, Measure("reads", of: \.isDoneByTheChip) { $0.reads },
      Measure("program_joules") { $0.energyJoules },
      Measure("half_selected_share") { $0.energyJoules > 0 ? $0.halfSelectedJoules / $0.energyJoules : 0 },
      Measure("missed_share", of: \.makesAll) { $0.missed ?? 0 },
    ]
  }
}

extension UpdateScheme {
  /// Word line by word line, not by pulse trains.
  fileprivate var isByLines: Bool {
    switch self {
    case .rowParallel, .cellSerial, .rowParallelAll, .cellSerialAll: true
    case .stochastic, .stochasticDescent: false
    }
  }

  /// The other ways are computed from what the chip has done.
  fileprivate var isDoneByTheChip: Bool { self == .rowParallel || self == .rowParallelAll }

  /// Whether it makes the whole of the update at once, so that what it misses is its own.
  fileprivate var makesAll: Bool { self == .rowParallelAll || !isByLines }

  /// In the name of a column: `row-parallel-all`.
  fileprivate var column: String { rawValue.replacing(", ", with: "-") }
}
