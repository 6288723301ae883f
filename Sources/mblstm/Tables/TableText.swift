import Files
import Tasks

/// What a cell shows of the points at a setting.
enum Quantity: String, CaseIterable {
  /// Accuracy, or test error in the data's unit: mean ± standard deviation over the seeds.
  case mean
  /// 95 % interval of that mean.
  case interval
  /// Mean share of the weights that an update gives a pulse.
  case writes
  /// Mean number of pulses, to two digits.
  case pulses
  /// Mean seconds of pulse phases.
  case pulseTime = "pulse-time"
  /// Mean energy that pulses dissipate in the arrays.
  case programmingEnergy = "programming-energy"

  /// The column of the results, nil for the first.
  var column: String? {
    switch self {
    case .mean, .interval: nil
    case .writes: "writes_per_weight_and_update"
    case .pulses: "pulses"
    case .pulseTime: "pulse_seconds"
    case .programmingEnergy: "program_joules"
    }
  }
}

extension TablesFile.Table {
  /// The lines of the table in Markdown.
  /// - Parameter results: of each sweep that it has.
  /// - Throws: when a sweep lacks what a cell shows.
  func lines(_ results: [String: SweepResults]) throws(InputError) -> [String] {
    var lines = [head, "|" + String(repeating: "---|", count: heads.count + columnHeads.count)]
    for row in rows {
      var texts = row.texts
      for cell in row.cells {
        guard let results = results[cell.sweep] else { preconditionFailure("the sweep \(cell.sweep) was not run") }
        texts.append(try cell.text(results))
      }
      lines.append(Self.line(texts))
    }
    return lines
  }

  /// - Throws: when a sweep has no column for what a cell shows.
  func expectColumns(of plans: [String: SweepPlan]) throws(InputError) {
    for cell in rows.flatMap(\.cells) {
      guard let plan = plans[cell.sweep] else { preconditionFailure("the sweep \(cell.sweep) has no plan") }
      _ = try cell.column(of: plan)
    }
  }
}

extension TablesFile.Cell {
  fileprivate func column(of plan: SweepPlan) throws(InputError) -> String {
    let column = show.column ?? plan.quality
    guard plan.columns.contains(column) else {
      throw node.error("the sweep '\(sweep)' tells nothing of '\(show.rawValue)'")
    }
    return column
  }

  fileprivate func text(_ results: SweepResults) throws(InputError) -> String {
    let plan = results.plan
    let settings = SweepSummary(results, of: try column(of: plan)).settings
    guard let setting = settings.first(where: { $0.values == values }) else {
      preconditionFailure("a whole sweep has every setting")
    }
    let mean = setting.mean
    switch show {
    case .mean:
      let (scale, unit) = plan.isOfShares ? (100.0, " %") : (1.0, "")
      return "\(decimal(mean * scale, decimals)) ± \(decimal(setting.deviation * scale, decimals))\(unit)"
    case .interval:
      guard let interval = plan.interval(at: setting) else {
        throw node.error("the sweep '\(sweep)' has one seed, expected several for an interval")
      }
      return SweepText.interval(interval, plan, digits: decimals)
    case .writes: return percent(mean, 2)
    case .pulses: return Self.rounded(mean)
    case .pulseTime: return quantity(mean, "s")
    case .programmingEnergy: return quantity(mean, "J")
    }
  }

  /// To two digits: 56 123 → `56 000`.
  private static func rounded(_ count: Double) -> String {
    guard (0..<1e15).contains(count) else { return "\(count)" }
    var step = 1.0
    while count / step >= 99.5 { step *= 10 }
    return grouped(Int((count / step).rounded() * step))
  }
}
