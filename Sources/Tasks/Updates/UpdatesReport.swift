import Board
import Crossbar
import Files
import Firmware

/// What `mblstm updates` prints, for machines.
package struct UpdatesReport: Sendable {
  package let comparison: UpdateComparison
  package let results: [UpdateComparison.Result]

  /// Of comparisons of one set with one chip, which differ in the network's size.
  package init(_ comparison: UpdateComparison, _ results: [UpdateComparison.Result]) {
    self.comparison = comparison
    self.results = results
  }

  /// Of all of them, without tiles.
  package var chip: ChipConfiguration { comparison.plan.chip }
  /// Of the training; the hidden units are those of the last.
  package var options: TrainingOptions { comparison.plan.options }
  /// What is learned.
  package var task: String { comparison.plan.train.name }

  package var json: JSON {
    .object(
      (comparison.trains.map { [.init("pulseTrains", Self.json($0))] } ?? []) + [
        .init("networks", .array(results.map(Self.json))), .init("origin", ResultOrigin(comparison).json),
      ])
  }

  private static func json(_ trains: PulseTrains) -> JSON {
    .object([
      .init("pulseNanoseconds", .integer(trains.nanoseconds)), .init("weightStep", .number(trains.step)),
      .init("longest", .integer(PulseTrains.longest)),
    ])
  }

  private static func json(_ result: UpdateComparison.Result) -> JSON {
    .object([
      .init("inputs", .integer(result.shape.inputs)), .init("hidden", .integer(result.shape.hidden)),
      .init("outputs", .integer(result.shape.outputs)), .init("updates", .integer(result.updates)),
      .init("sampled", .integer(result.sampled)), .init("layers", .array(result.layers.map(json))),
    ])
  }

  private static func json(_ layer: UpdateComparison.LayerResult) -> JSON {
    .object([
      .init("layer", .string("\(layer.layer)")), .init("wordLines", .integer(layer.wordLines)),
      .init("bitLines", .integer(layer.bitLines)),
      .init(
        "schemes",
        .array(layer.costs.map { .object([.init("scheme", .string($0.scheme.rawValue))] + members($0.cost)) })),
      .init(
        "training",
        .object([
          .init("pulses", .number(layer.counted.pulses)), .init("phases", .number(layer.counted.phases)),
          .init("pulseSeconds", .number(layer.counted.pulseSeconds)),
          .init("energyJoules", .number(layer.counted.energyJoules)),
        ])),
    ])
  }

  /// Of one update, in the mean.
  private static func members(_ cost: UpdateCost) -> [JSON.Member] {
    let optional: [(String, Double?)] = [
      ("wordLines", cost.wordLines), ("expectedPulses", cost.expectedPulses), ("chipSeconds", cost.chipSeconds),
      ("missedShare", cost.missed),
    ]
    return [
      .init("operations", .number(cost.operations)), .init("phases", .number(cost.phases)),
      .init("pulses", .number(cost.pulses)), .init("reads", .number(cost.reads)),
      .init("pulseSeconds", .number(cost.pulseSeconds)), .init("restSeconds", .number(cost.restSeconds)),
      .init("energyJoules", .number(cost.energyJoules)),
      .init("halfSelectedJoules", .number(cost.halfSelectedJoules)),
    ] + optional.compactMap { name, value in value.map { .init(name, .number($0)) } }
  }
}
