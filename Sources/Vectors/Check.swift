import Board
import Tasks
import Trace

/// Running a file's cases.
extension VectorFile {
  /// Holds this product against the file: its parts, its chip, its controller as native code.
  public func check() -> FileOutcome { check(Agreement()) }

  package func check(_ agreement: Agreement) -> FileOutcome {
    outcome { body in
      switch body {
      case .value(let vector): return Judgement(verdict(vector.difference().map { [$0] } ?? []))
      case .bus(let vector):
        let machine = vector.run()
        let difference = vector.difference(of: machine, agreement.analog)
        return Judgement(
          verdict(difference.map { [$0] } ?? []), agreement.covers ? .init(of: machine.log.entries) : nil)
      case .firmware(let vector):
        return verdict(of: vector, on: NativeController(vector.machine(agreement)), agreement)
      }
    }
  }

  /// Holds a controller against the file; only suites of the firmware are about one.
  package func check<Runner: ControllerRunner & ~Copyable>(
    _ agreement: Agreement = Agreement(), with controller: (Machine<AccessLog>) throws -> Runner
  ) throws -> FileOutcome where Runner.Log == AccessLog {
    var file = try outcome { body in
      guard case .firmware(let vector) = body else { return Judgement(.skipped("the controller has no part in it")) }
      return verdict(of: vector, on: try controller(vector.machine(agreement)), agreement)
    }
    file.level = agreement.level
    return file
  }

  /// Cases with gradients, which only a controller that can be looked into shows.
  public var casesWithGradients: Int {
    cases.count { if case .firmware(let vector) = $0.body { vector.expectsGradients } else { false } }
  }

  private func verdict<Runner: ControllerRunner & ~Copyable>(
    of vector: FirmwareVector, on controller: consuming Runner, _ agreement: Agreement
  ) -> Judgement where Runner.Log == AccessLog {
    var run = AgreementRun(vector, on: controller, agreement)
    run.run()
    if run.judged == 0 && agreement.claims != .everything {
      return Judgement(.skipped("the controller does not claim it"))
    }
    return Judgement(verdict(run.differences), run.coverage)
  }

  private func verdict(_ differences: [String]) -> FileOutcome.Verdict {
    differences.isEmpty ? .passed : .failed(differences.joined(separator: "\n"))
  }

  private func outcome(_ run: (VectorCase.Body) throws -> Judgement) rethrows -> FileOutcome {
    var coverage: CoverageTable?
    var file = FileOutcome(
      path: path, suite: suite, provenance: provenance,
      cases: try cases.map { entry in
        let start = ContinuousClock().now
        let judgement = try run(entry.body)
        if let found = judgement.coverage {
          if coverage == nil { coverage = found } else { coverage?.merge(found) }
        }
        return FileOutcome.Case(
          id: entry.id, note: entry.note, holds: entry.holds, verdict: judgement.verdict,
          seconds: (ContinuousClock().now - start) / .seconds(1))
      })
    file.coverage = coverage
    return file
  }
}

/// How a case went, and what it covered where that is asked for.
private struct Judgement {
  let verdict: FileOutcome.Verdict
  let coverage: CoverageTable?

  init(_ verdict: FileOutcome.Verdict, _ coverage: CoverageTable? = nil) {
    (self.verdict, self.coverage) = (verdict, coverage)
  }
}

extension FirmwareVector {
  fileprivate func machine(_ agreement: Agreement) -> Machine<AccessLog> {
    Machine(chip, conductances, log: AccessLog(agreement.covers ? StateCoverage() : nil))
  }
}
