import Board
import Files
import Firmware
import Glibc
import Tasks
import Trace

/// `.ci/cost-model`: what a native run says that its controller takes, held against the binary, or fitted to it.
///
/// Without an argument the product's own table is checked; `--try` checks what the fit would give, `--table` prints that.
@main
struct Costs {
  static let families: [ControllerWork.Family] =
    ControllerWork.Inferring.allCases.map { .infer($0) } + ControllerWork.Inferring.allCases.map { .predict($0) }
    + UpdateRule.allCases.map { .training($0) }
    + ControllerWork.Writing.allCases.map { .program($0) }
    + [.reading, .commit, .scrub, .boot, .configure, .configureTraining, .other]

  static func main() throws {
    let program = try Program(path: Program.builtPath("controller"))
    let outcomes = try Experiment.all.map { experiment in
      let binary = try experiment { try EmulatedController(program, on: $0) }
      return (experiment, binary, try experiment { NativeController($0) })
    }
    switch CommandLine.arguments.dropFirst().first {
    case "--table":
      print(table(fitted(to: outcomes.filter { $0.0.isFitted }.map { $0.1 })))
    case "--try":
      let rows = fitted(to: outcomes.filter { $0.0.isFitted }.map { $0.1 })
      let table = Dictionary(uniqueKeysWithValues: zip(families, rows))
      check(outcomes) { work in
        (table[work.family] ?? []).enumerated().reduce(0) { $0 + $1.element * work.counts[$1.offset] }
      }
    default:
      let isRight = check(outcomes) { Double($0.cycles) }
      if !isRight { exit(1) }
    }
  }

  private static func fitted(to outcomes: [Experiment.Outcome]) -> [[Double]] {
    families.map { family in
      var fit = Fit(family.kinds)
      for outcome in outcomes {
        let costs = outcome.costs.joined().filter { $0.work.family == family && $0.time.controllerCycles > 0 }
        // Each run counts alike, whatever its shape and length.
        let mean = costs.reduce(0) { $0 + $1.time.controllerCycles } / Double(max(costs.count, 1))
        for cost in costs {
          let weight = 1 / (mean * cost.time.controllerCycles * Double(costs.count))
          fit.add(cost.work, cycles: cost.time.controllerCycles, weight: weight)
        }
      }
      return fit.coefficients
    }
  }

  private static func table(_ coefficients: [[Double]]) -> String {
    zip(families, coefficients).map { family, row in
      let numbers = row.map { "\(($0 * 10).rounded() / 10)" }.joined(separator: ", ")
      return "    case \(name(of: family)): SIMD16(\(numbers))"
    }.joined(separator: "\n")
  }

  /// As the sources write it.
  private static func name(of family: ControllerWork.Family) -> String {
    switch family {
    case .infer(let inferring): ".infer(.\(inferring))"
    case .predict(let inferring): ".predict(.\(inferring))"
    case .training(let rule): ".training(.\(rule))"
    case .program(let writing): ".program(.\(writing))"
    default: ".\(family)"
    }
  }

  /// - Parameter account: cycles of the controller for a request.
  /// - Returns: whether each phase of every run takes the binary's time within 5 %.
  @discardableResult
  private static func check(
    _ outcomes: [(Experiment, binary: Experiment.Outcome, native: Experiment.Outcome)],
    by account: (ControllerWork) -> Double
  ) -> Bool {
    var isRight = true
    print("run, phase: cycles of the native run, of the binary, their difference; of the controller's part alone")
    for (experiment, binary, native) in outcomes {
      for (phase, (here, there)) in zip(Experiment.Outcome.phases, zip(native.costs, binary.costs)) {
        let measured = there.reduce(TimeParts()) { $0 + $1.time }
        var told = here.reduce(TimeParts()) { $0 + $1.time }
        told.controllerCycles = here.reduce(0) { $0 + account($1.work) }
        let difference = told.totalCycles / measured.totalCycles - 1
        let isNear = abs(difference) <= 0.05
        isRight = isRight && isNear
        print(
          "\(experiment.isFitted ? " " : "?") \(experiment.name), \(phase): \(Int(told.totalCycles))"
            + " \(Int(measured.totalCycles)) \(percent(difference))"
            + " \(percent(told.controllerCycles / measured.controllerCycles - 1))\(isNear ? "" : " !")")
      }
    }
    return isRight
  }

  private static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}

extension ControllerWork.Family {
  /// What may count: not what comes with a number of cells or steps only because the runs are alike.
  fileprivate var kinds: Set<ControllerWork.Kind> {
    switch self {
    case .predict(.unit), .predict(.unitByWindows): [.access, .step, .input, .output]
    case .commit: [.request, .access, .conversion, .line]
    case .scrub: [.access, .conversion, .phase, .pulse, .weight]
    case .boot: [.request, .access]
    case .program: [.request, .hostWord, .access, .conversion, .phase, .pulse]
    case .configure: [.request, .access, .weight, .line]
    case .configureTraining: [.request, .access, .conversion, .step, .input, .cell, .weight, .line]
    default: Set(ControllerWork.Kind.allCases)
    }
  }
}
