import Board
import Tasks

/// Running a file's cases.
extension VectorFile {
  /// Holds this product against the file: its parts, its chip, its controller as native code.
  public func check() -> FileOutcome {
    outcome { body in
      switch body {
      case .value(let vector): verdict(vector.difference())
      case .bus(let vector): verdict(vector.difference())
      case .firmware(let vector):
        verdict(Self.difference(of: vector, on: NativeController(vector.machine)))
      }
    }
  }

  /// Holds a controller against the file; only suites of the firmware are about one.
  package func check<Runner: ControllerRunner & ~Copyable>(
    with controller: (Machine<AccessLog>) throws -> Runner
  ) throws -> FileOutcome where Runner.Log == AccessLog {
    try outcome { body in
      guard case .firmware(let vector) = body else { return .skipped("the controller has no part in it") }
      return verdict(Self.difference(of: vector, on: try controller(vector.machine)))
    }
  }

  /// Cases with gradients, which only a controller that can be looked into shows.
  public var casesWithGradients: Int {
    cases.count { if case .firmware(let vector) = $0.body { vector.expectsGradients } else { false } }
  }

  private static func difference<Runner: ControllerRunner & ~Copyable>(
    of vector: FirmwareVector, on controller: consuming Runner
  ) -> String? where Runner.Log == AccessLog {
    var controller = controller
    return vector.difference(on: &controller)
  }

  private func verdict(_ difference: String?) -> FileOutcome.Verdict { difference.map { .failed($0) } ?? .passed }

  private func outcome(_ run: (VectorCase.Body) throws -> FileOutcome.Verdict) rethrows -> FileOutcome {
    FileOutcome(
      path: path, suite: suite, provenance: provenance,
      cases: try cases.map { FileOutcome.Case(id: $0.id, note: $0.note, verdict: try run($0.body)) })
  }
}

extension FirmwareVector {
  fileprivate var machine: Machine<AccessLog> { Machine(chip, conductances, log: AccessLog()) }
}
