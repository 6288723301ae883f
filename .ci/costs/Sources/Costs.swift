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
  typealias Outcomes = [(experiment: Experiment, binary: Experiment.Outcome, native: Experiment.Outcome)]

  static func main() throws {
    let program = try Program(path: Program.builtPath("controller"))
    let outcomes: Outcomes = try Experiment.all.map { experiment in
      let binary = try experiment { try EmulatedController(program, on: $0) }
      return (experiment, binary, try experiment { NativeController($0) })
    }
    switch CommandLine.arguments.dropFirst().first {
    case "--table": print(fitted(to: outcomes).source)
    case "--try": check(outcomes, by: fitted(to: outcomes).cycles)
    default:
      var account = ControllerAccount()
      let isRight = check(outcomes) { Double(account.cycles(of: $0)) }
      if !isRight { exit(1) }
    }
  }

  private static func fitted(to outcomes: Outcomes) -> CostTable {
    CostTable(fittedTo: outcomes.filter(\.experiment.isFitted).map { ($0.native, $0.binary) })
  }

  /// - Parameter account: cycles of the controller for a request.
  /// - Returns: whether each phase of every run takes the binary's time within the bound.
  @discardableResult
  private static func check(
    _ outcomes: Outcomes,
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
        let isNear = abs(difference) <= experiment.bound
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
