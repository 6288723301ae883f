import Files
import Tasks

/// What a cell shows of the points at a setting.
enum Quantity: String, CaseIterable {
  /// Accuracy, test error in the data's unit or whatever the sweep is about: mean ± standard deviation over the seeds.
  case mean
  /// 95 % interval of that mean.
  case interval
  /// Mean share of the weights that an update gives a pulse.
  case writes
  /// Mean numbers, to two digits where nothing is said of decimals.
  case pulses, operations
  case phases
  case wordLines = "word-lines"
  /// Mean seconds of pulse phases.
  case pulseTime = "pulse-time"
  /// Mean share of these that are rests.
  case rests
  /// Mean seconds with reads and the bus.
  case chipTime = "chip-time"
  /// Mean time of a training sequence.
  case sequenceTime = "sequence-time"
  /// Its parts, or those of a whole training, or of an inference.
  case arrayTime = "array-time"
  case busTime = "bus-time"
  case controllerTime = "controller-time"
  /// Mean energy that pulses dissipate in the arrays.
  case programmingEnergy = "programming-energy"
  /// How far weights end from where an update wants them, over how far they were to go.
  case missed

  /// The column of the results, nil for the first.
  var column: String? {
    switch self {
    case .mean, .interval: nil
    case .writes: "writes_per_weight_and_update"
    case .pulses: "pulses"
    case .operations: "operations"
    case .phases: "pulse_phases"
    case .wordLines: "word_lines"
    case .pulseTime: "pulse_seconds"
    case .rests: "rest_share"
    case .chipTime: "chip_seconds"
    case .sequenceTime: "sequence_seconds"
    case .arrayTime: "array_cycles"
    case .busTime: "bus_cycles"
    case .controllerTime: "controller_cycles"
    case .programmingEnergy: "program_joules"
    case .missed: "missed_share"
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
      for quantity in cell.show { _ = try cell.column(quantity, of: plan) }
    }
  }
}

extension TablesFile.Cell {
  fileprivate func column(_ quantity: Quantity, of plan: SweepPlan) throws(InputError) -> String {
    guard let name = quantity.column else { return plan.quality }
    let column = group.map { "\($0).\(name)" } ?? name
    guard plan.columns.contains(column) else {
      let whose = group.map { " of '\($0)'" } ?? ""
      throw node.error("the sweep '\(sweep)' tells nothing of '\(quantity.rawValue)'\(whose)")
    }
    return column
  }

  fileprivate func text(_ results: SweepResults) throws(InputError) -> String {
    var texts: [String] = []
    for quantity in show { texts.append(try text(quantity, results)) }
    return texts.joined(separator: ", ")
  }

  private func text(_ quantity: Quantity, _ results: SweepResults) throws(InputError) -> String {
    let plan = results.plan
    let settings = SweepSummary(results, of: try column(quantity, of: plan)).settings
    guard let setting = settings.first(where: { $0.values == values }) else {
      preconditionFailure("a whole sweep has every setting")
    }
    let mean = setting.mean
    switch quantity {
    case .mean: return SweepText.mean(setting, plan, digits: decimals ?? 1)
    case .interval:
      guard let interval = plan.interval(at: setting) else {
        throw node.error("the sweep '\(sweep)' has one seed, expected several for an interval")
      }
      return SweepText.interval(interval, plan, digits: decimals ?? 1)
    case .writes: return percent(mean, 2)
    case .rests, .missed: return percent(mean, 0)
    case .pulses, .operations, .phases, .wordLines: return count(mean)
    case .pulseTime, .chipTime, .sequenceTime: return mblstm.quantity(mean, "s")
    case .arrayTime, .busTime, .controllerTime: return mblstm.quantity(TimeParts.seconds(mean), "s")
    case .programmingEnergy: return mblstm.quantity(mean, "J")
    }
  }

  /// With the decimals that are asked for, else to two digits: 56 123 → `56 000`.
  private func count(_ count: Double) -> String {
    guard (0..<1e15).contains(count) else { return "\(count)" }
    if let decimals, decimals > 0 { return decimal(count, decimals) }
    var step = 1.0
    while decimals == nil, count / step >= 99.5 { step *= 10 }
    return grouped(Int((count / step).rounded() * step))
  }
}
