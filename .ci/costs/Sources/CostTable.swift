import Firmware
import Tasks

/// What one of each kind of work takes, by families of requests; and the source text that says so.
struct CostTable {
  /// A row of the table.
  enum Row: Hashable {
    /// Forward, backward, and what pulses read: the same for every rule.
    case learning
    case own(ControllerWork.Family)
  }

  private var rows: [Row: WorkRow] = [:]

  /// Fitted to what native controllers were seen to do, and what it took the binary.
  init(fittedTo outcomes: [(native: Experiment.Outcome, binary: Experiment.Outcome)]) {
    for families in Self.groups {
      var fit = RowFit(of: families)
      for outcome in outcomes {
        for family in families { fit.add(Self.costs(of: family, outcome)) }
      }
      rows.merge(fit.rows) { $1 }
    }
  }

  private static func costs(
    of family: ControllerWork.Family, _ outcome: (native: Experiment.Outcome, binary: Experiment.Outcome)
  ) -> [RequestCost] {
    zip(outcome.native.costs.joined(), outcome.binary.costs.joined())
      .map { RequestCost(work: $0.work, time: $1.time) }
      .filter { $0.work.family == family && $0.time.controllerCycles > 0 }
  }

  /// Families that are fitted together, since they share a row.
  private static let groups: [[ControllerWork.Family]] =
    ControllerWork.Inferring.allCases.flatMap { [[.infer($0)], [.predict($0)]] }
    + [UpdateRule.allCases.map { .training($0) }] + ControllerWork.Writing.allCases.map { [.program($0)] }
    + [
      [.calibrate], [.readWeights], [.commit], [.scrub], [.boot], [.setActivation], [.configure], [.configureTraining],
      [.other],
    ]

  /// Cycles of the controller for a request.
  func cycles(of work: ControllerWork) -> Double {
    work.family.rows.reduce(0) { $0 + work.cycles(by: rows[$1] ?? [:]) }
  }

  /// The body of `ControllerCosts.perUnit`.
  var source: String {
    let cases = Self.groups.joined().map { family in
      let shared = family.rows.contains(.learning) ? "learning + " : ""
      return "    case \(family.name): \(shared)\(literal(.own(family)))\n"
    }
    return "    let learning: WorkRow = \(literal(.learning))\n    return switch family {\n\(cases.joined())    }"
  }

  private func literal(_ row: Row) -> String {
    let numbers = ControllerWork.Kind.allCases.map { ($0, ((rows[row]?[$0] ?? 0) * 10).rounded() / 10) }
    return "[\(numbers.filter { $0.1 > 0 }.map { ".\($0.0): \($0.1)" }.joined(separator: ", "))]"
  }
}

/// The rows of some families, fitted together.
private struct RowFit {
  private let columns: [(row: CostTable.Row, kind: ControllerWork.Kind)]
  private var fit: Fit

  init(of families: [ControllerWork.Family]) {
    var (columns, seen) = ([(row: CostTable.Row, kind: ControllerWork.Kind)](), Set<CostTable.Row>())
    for row in families.flatMap(\.rows) where seen.insert(row).inserted {
      columns += row.kinds.map { (row, $0) }
    }
    self.columns = columns
    fit = Fit(columns.count)
  }

  /// Requests of a run and a family: each run counts alike, whatever its shape and length.
  mutating func add(_ costs: [RequestCost]) {
    let mean = costs.reduce(0) { $0 + $1.time.controllerCycles } / Double(max(costs.count, 1))
    for cost in costs {
      let rows = cost.work.family.rows
      let counts = columns.map { rows.contains($0.row) ? cost.work[$0.kind] : 0 }
      let cycles = cost.time.controllerCycles
      fit.add(counts, cycles: cycles, weight: 1 / (mean * cycles * Double(costs.count)))
    }
  }

  var rows: [CostTable.Row: WorkRow] {
    var rows: [CostTable.Row: WorkRow] = [:]
    for (column, cycles) in zip(columns, fit.coefficients) { rows[column.row, default: [:]][column.kind] = cycles }
    return rows
  }
}

extension CostTable.Row {
  /// What may count: not what comes with a number of cells or steps only because the runs are alike.
  fileprivate var kinds: [ControllerWork.Kind] {
    switch self {
    case .learning:
      [
        .request, .hostWord, .access, .conversion, .step, .input, .cell, .backwardStep, .backwardCell, .errorCell,
        .segment, .gradientLine, .gradient, .weightProduct, .productSum, .output, .probability, .targetStep,
        .selectedLine, .verifiedWeight, .wideWeight, .velocity,
      ]
    case .own(let family):
      switch family {
      case .infer: [.request, .hostWord, .access, .step, .input, .cell, .output]
      case .predict: [.access, .step, .input, .cell, .output]
      case .training:
        [.update, .phase, .pulse, .weight, .line, .movedWeight, .rootDigit, .judgedWeight, .dueWeight, .pulseTime]
      case .program:
        [.request, .hostWord, .phase, .pulse, .selectedLine, .verifiedWeight, .judgedWeight, .dueWeight, .pulseTime]
      case .calibrate: [.request, .access, .conversion]
      case .readWeights: [.request, .hostWord, .selectedLine, .verifiedWeight]
      case .commit: [.request, .access, .conversion, .weight, .line]
      case .scrub:
        [.request, .access, .conversion, .weight, .phase, .pulse, .selectedLine, .verifiedWeight, .judgedWeight]
      case .boot: [.request, .access, .line]
      case .setActivation: [.request, .hostWord, .access]
      case .configure: [.request, .access, .weight, .line]
      case .configureTraining: [.request, .access, .conversion, .step, .input, .cell, .weight, .line, .segment]
      case .other: [.request, .hostWord, .access]
      }
    }
  }
}

extension ControllerWork.Family {
  fileprivate var rows: [CostTable.Row] {
    if case .training = self { [.learning, .own(self)] } else { [.own(self)] }
  }

  /// As the sources write it.
  fileprivate var name: String {
    switch self {
    case .infer(let inferring): ".infer(.\(inferring))"
    case .predict(let inferring): ".predict(.\(inferring))"
    case .training(let rule): ".training(.\(rule))"
    case .program(let writing): ".program(.\(writing))"
    default: ".\(self)"
    }
  }
}
