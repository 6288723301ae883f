import Board
import Tasks

/// Running a file's cases.
extension VectorFile {
  /// Holds this product against the file: its parts, its chip, its controller as native code.
  public func check() -> FileOutcome { check(Agreement()) }

  package func check(_ agreement: Agreement) -> FileOutcome {
    outcome { body in
      switch body {
      case .value(let vector): verdict(vector.difference().map { [$0] } ?? [])
      case .bus(let vector): verdict(vector.difference(agreement.analog).map { [$0] } ?? [])
      case .firmware(let vector): verdict(of: vector, on: NativeController(vector.machine), agreement)
      }
    }
  }

  /// Holds a controller against the file; only suites of the firmware are about one.
  package func check<Runner: ControllerRunner & ~Copyable>(
    _ agreement: Agreement = Agreement(), with controller: (Machine<AccessLog>) throws -> Runner
  ) throws -> FileOutcome where Runner.Log == AccessLog {
    var file = try outcome { body in
      guard case .firmware(let vector) = body else { return .skipped("the controller has no part in it") }
      return verdict(of: vector, on: try controller(vector.machine), agreement)
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
  ) -> FileOutcome.Verdict where Runner.Log == AccessLog {
    var run = AgreementRun(vector, on: controller, agreement)
    run.run()
    if run.judged == 0 && agreement.claims != .everything { return .skipped("the controller does not claim it") }
    return verdict(run.differences)
  }

  private func verdict(_ differences: [String]) -> FileOutcome.Verdict {
    differences.isEmpty ? .passed : .failed(differences.joined(separator: "\n"))
  }

  private func outcome(_ run: (VectorCase.Body) throws -> FileOutcome.Verdict) rethrows -> FileOutcome {
    FileOutcome(
      path: path, suite: suite, provenance: provenance,
      cases: try cases.map { entry in
        let start = ContinuousClock().now
        let verdict = try run(entry.body)
        return FileOutcome.Case(
          id: entry.id, note: entry.note, verdict: verdict, seconds: (ContinuousClock().now - start) / .seconds(1))
      })
  }
}

extension FirmwareVector {
  fileprivate var machine: Machine<AccessLog> { Machine(chip, conductances, log: AccessLog()) }
}
