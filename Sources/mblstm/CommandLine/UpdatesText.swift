import Board
import Crossbar
import Firmware
import Tasks

/// Ways to write updates, for people.
enum UpdatesText {
  static func text(_ report: UpdatesReport) -> String {
    let chip = report.chip
    let parts =
      [head(report)] + Layer.allCases.map { layer in table(layer, report) }
      + [job(report), (scope + FigureScope.lines(of: chip, computing: .missing)).joined(separator: "\n")]
    return parts.joined(separator: "\n\n")
  }

  /// What figures hold, beside what all reports say.
  private static let scope = [
    "pulse time: of phases, each with its longest pulse and the rest behind it; update: with reads and the bus",
    "half: share of the energy that half-selected cells take",
    "missed: root mean square over the weights of what they moved by less what they were to, over that of the latter;"
      + " of pulse trains by chance, with steps that are all alike",
  ]

  private static func head(_ report: UpdatesReport) -> String {
    let chip = report.chip
    return """
      \(report.task): one update of an in situ training with error feedback, rate \(report.options.rate), \
      batch \(report.options.batch), made in several ways
      synapse \(chip.synapse.rawValue), device \(chip.device.name), \(ChipText.converters(chip))
      \(trains(report))
      """
  }

  private static func trains(_ report: UpdatesReport) -> String {
    guard let trains = report.comparison.trains else {
      return "pulse trains: none; the device has no small step both ways"
    }
    return "pulse trains: up to \(PulseTrains.longest) slots a product; a pulse of "
      + "\(quantity(Double(trains.nanoseconds) * 1e-9, "s")) moves a weight by \(percent(trains.step, 3)) of the window; "
      + "plain descent at rate \(report.comparison.descentRate)"
  }

  private static func name(_ layer: Layer) -> String { layer == .lstm ? "LSTM" : "dense" }

  private static func table(_ layer: Layer, _ report: UpdatesReport) -> String {
    let columns = [
      "lines", "operations", "phases", "pulses", "reads", "pulse time", "rests", "update", "energy", "half", "missed",
    ]
    var rows = [["\(name(layer)), word lines × bit lines"] + columns]
    for result in report.results {
      for part in result.layers where part.layer == layer {
        rows += part.costs.enumerated().map { place, item in
          [(place == 0 ? "\(part.wordLines) × \(part.bitLines)" : "").padding(to: 9) + item.scheme.rawValue]
            + cells(item.cost)
        }
      }
    }
    return mblstm.table(rows, indent: "")
  }

  private static func cells(_ cost: UpdateCost) -> [String] {
    [
      cost.wordLines.map(count) ?? "", count(cost.operations), count(cost.phases), count(cost.pulses),
      cost.reads == 0 ? "" : count(cost.reads), quantity(cost.pulseSeconds, "s"),
      share(cost.restSeconds, of: cost.pulseSeconds), cost.chipSeconds.map { quantity($0, "s") } ?? "",
      quantity(cost.energyJoules, "J"), share(cost.halfSelectedJoules, of: cost.energyJoules),
      cost.missed.map { percent($0, 0) } ?? "",
    ]
  }

  /// A mean of counts, in three or more digits.
  private static func count(_ value: Double) -> String {
    value >= 100 ? grouped(Int(value.rounded())) : decimal(value, value >= 10 ? 1 : 2)
  }

  private static func share(_ part: Double, of whole: Double) -> String {
    whole > 0 ? percent(part / whole, 0) : ""
  }

  /// The whole training.
  private static func job(_ report: UpdatesReport) -> String {
    var rows = [
      ["pulses of the whole training", "updates", "looked at"] + UpdateScheme.allCases.filter(isJob).map(\.rawValue)
    ]
    for result in report.results {
      let counted = result.layers.reduce(0) { $0 + $1.counted.pulses }
      let others = UpdateScheme.allCases.filter(isJob).dropFirst().map { scheme in
        result.layers.flatMap(\.costs).filter { $0.scheme == scheme }.reduce(0) { $0 + $1.cost.pulses }
      }
      rows.append(
        ["\(result.shape)", grouped(result.updates), grouped(result.sampled), grouped(Int(counted))]
          + others.map { $0 > 0 ? "about \(grouped(Int(($0 * Double(result.updates)).rounded())))" : "" })
    }
    return mblstm.table(rows, indent: "")
      + "\nrow-parallel as the chip has counted, without its initial weights; the others from the updates looked at"
  }

  private static func isJob(_ scheme: UpdateScheme) -> Bool {
    switch scheme {
    case .rowParallel, .rowParallelAll, .stochastic, .stochasticDescent: true
    case .cellSerial, .cellSerialAll: false
    }
  }
}
