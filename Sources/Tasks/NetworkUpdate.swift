import Board
import Firmware

/// What the first of two networks did while the second was made ready.
public struct UpdateReport: Sendable, Equatable, Codable {
  /// That made the second ready; a sequence was classified before each of them, as long as there were sequences.
  public var requests = 0
  /// That the first network classified meanwhile.
  public var sequences = 0
  /// Of those, right.
  public var correct = 0
  /// Of the core clock, at which the second took over.
  public var cycle: UInt64 = 0
}

/// A chip with four tiles whose network is replaced by another while it serves.
package struct NetworkUpdate: Sendable {
  /// What serves at first, with the sequences.
  package let first: ClassificationRun
  /// What takes over.
  package let second: Model

  package init(from first: ClassificationRun, to second: Model) {
    self.first = first
    self.second = second
  }

  /// The run of the second network.
  package var after: ClassificationRun {
    var run = first
    run.model = second
    return run
  }

  /// What a chip file says of both, of which one serves.
  package func facts(serving side: Side) -> [ChipFile.Fact] {
    ChipFile.facts(first.networkFacts() + after.networkFacts(on: .second), serving: side)
  }

  /// Commissions the first network, then, between sequences that it classifies, the second, which takes over.
  /// - Parameter commits: whether the record becomes that of the second before it takes over.
  package func callAsFunction<Runner: ControllerRunner & ~Copyable>(
    on session: inout Session<Runner>, commits: Bool
  ) throws(FirmwareRefusal) -> UpdateReport {
    _ = try session.commission(first.model, activation: first.activation, settings: first.programming)
    if commits { try session.commit(settings: first.programming) }
    var service = UpdateReport()
    for request in requests(on: session.machine.chip.configuration, commits: commits) {
      if service.requests < first.test.sequences.count {
        let sequence = first.test.sequences[service.requests]
        service.sequences += 1
        let answer = try session.classify(InferenceRequest(sequence, features: first.test.features))
        if answer == sequence.label { service.correct += 1 }
      }
      try session.request(request)
      service.requests += 1
    }
    service.cycle = session.machine.cycle
    return service
  }

  /// Circuits and pulse times are of the chip, and stay.
  private func requests(on chip: ChipConfiguration, commits: Bool) -> [HostRequest] {
    let settings = first.programming
    let preparation = HostRequest.preparation(of: chip, for: second.shape, window: second.window, first.activation)
      .filter { $0.command == .configure || $0.command == .calibrate }
    let weights = [(Layer.lstm, second.lstm), (.dense, second.dense)].map { layer, weights in
      HostRequest.program(layer, weights, window: second.window, settings: settings, on: chip)
    }
    let record = commits ? [HostRequest(.commit, [settings.samplesLog2(on: chip)])] : []
    return [HostRequest(.workOn, Side.second)] + preparation + weights + record + [HostRequest(.switchTo, Side.second)]
  }
}
