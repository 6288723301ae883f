import Crossbar
import Firmware
import Registers
import Tasks
import Testing

/// Every command in every state: what a request that is right in itself is answered.
@Suite("States of the controller")
struct StateTests {
  enum Stage: CaseIterable {
    case idle, timed, configured, ready, trainingUntimed, training

    var hasTimes: Bool { self == .timed || self == .ready || self == .training }
    var hasNetwork: Bool { self != .idle && self != .timed }
    var isTraining: Bool { self == .training || self == .trainingUntimed }
  }

  private static let configuration: [UInt32] = [2, 2, 2, 256, 256, 0]
  private static let training: [UInt32] = [0, 0, 0, 1, 0, 2, 0, 5, 50, 0]
  private static var times: [UInt32] { PulseTimes(of: .vteam(.analog)).words }

  private func bench(_ stage: Stage) throws -> Bench {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    if stage.hasTimes { _ = try bench.expectDone(.setPulseTimes, Self.times) }
    if stage.hasNetwork { _ = try bench.expectDone(.configure, Self.configuration) }
    if stage.isTraining { _ = try bench.expectDone(.configureTraining, Self.training) }
    return bench
  }

  /// A request that a controller in training takes, and whether a stage lets it.
  private func request(_ command: Command) -> (words: [UInt32], isTakenIn: (Stage) -> Bool) {
    switch command {
    case .identify: ([], { _ in true })
    case .configure: (Self.configuration, { _ in true })
    case .setActivation: ([0, 1, 0x7fff_0000, 0, 0x4000_1000], { _ in true })
    case .calibrate: ([0], { $0.hasNetwork })
    case .setPulseTimes: (Self.times, { _ in true })
    case .program: ([1, 4000, 1, 0, 0, 0, 0], { $0.hasNetwork && $0.hasTimes })
    case .infer: ([1, 0], { $0.hasNetwork })
    case .readWeights: ([1, 0], { $0.hasNetwork })
    case .erase: ([1], { $0.hasNetwork })
    case .configureTraining: (Self.training, { $0.hasNetwork })
    case .setRate: ([1000], { $0.isTraining })
    case .train: ([1, 0, 0], { $0.isTraining && $0.hasTimes })
    case .update: ([], { $0.isTraining && $0.hasTimes })
    case .predict: ([1, 0], { $0.hasNetwork })
    case .exportState: ([], { $0.isTraining })
    // Residuals of 5 × 8 and 3 × 2 weights.
    case .importState: (Array(repeating: 0, count: 46), { $0.isTraining })
    case .stop: ([], { _ in true })
    case .commit: ([0], { $0.hasNetwork && $0.hasTimes })
    case .boot: ([], { _ in false })
    case .scrub: ([0, 200, 1, 0], { _ in false })
    case .workOn: ([0], { _ in true })
    case .switchTo: ([0], { $0.hasNetwork })
    case .trainingReport: ([], { $0.isTraining })
    }
  }

  /// What a command is refused with where its state does not allow it; there is no record here to start from.
  private func refusal(_ command: Command, in stage: Stage) -> Status {
    switch command {
    case .boot: .noRecord
    case .scrub where stage.hasNetwork && stage.hasTimes: .noRecord
    default: .notConfigured
    }
  }

  @Test("A command is done where its state allows it and refused elsewhere", arguments: Stage.allCases)
  func statuses(_ stage: Stage) throws {
    for command in Command.allCases {
      var bench = try bench(stage)
      let (words, isTaken) = request(command)
      let expected = isTaken(stage) ? Status.done : refusal(command, in: stage)
      #expect(bench.send(command, words).first == expected.rawValue, "\(command) in \(stage)")
      // A refusal changes nothing.
      if expected != .done {
        for other in Command.allCases where other != .stop {
          var after = bench
          let (words, isTaken) = request(other)
          let expected = isTaken(stage) ? Status.done : refusal(other, in: stage)
          #expect(after.send(other, words).first == expected.rawValue, "\(other) after \(command) in \(stage)")
        }
      }
    }
  }

  @Test("A new network and a new circuit end a training; times do not")
  func endsOfTraining() throws {
    for (command, isOver) in [(Command.configure, true), (.setActivation, true), (.setPulseTimes, false)] {
      var bench = try bench(.training)
      _ = try bench.expectDone(command, request(command).words)
      let status = bench.send(.setRate, [1000]).first
      #expect(status == (isOver ? Status.notConfigured : .done).rawValue, "\(command)")
      #expect(bench.send(.infer, [1, 0]).first == Status.done.rawValue)
    }
  }

  @Test("A request that is wrong in itself leaves the state as it was")
  func badRequests() throws {
    for command in Command.allCases {
      var bench = try bench(.training)
      let status = bench.send(command, request(command).words + [1, 2, 3]).first
      #expect(status == Status.badLength.rawValue || status == Status.badArgument.rawValue, "\(command)")
      _ = try bench.expectDone(.exportState)
    }
  }

  @Test("A copy of a controller goes its own way")
  func copies() throws {
    var one = try bench(.training)
    _ = try one.expectDone(.setRate, [0x0fff_ffff])
    var other = one
    let before = try other.expectDone(.exportState)
    _ = try one.expectDone(.train, [1, 0, 0x7fff_7fff])
    #expect(try other.expectDone(.exportState) == before)
    #expect(one.controller.gradients != nil && other.controller.gradients != nil)
  }

  @Test("Whatever words a state is imported from, training goes on")
  func extremeStates() throws {
    for path: UInt32 in [0, 1] {
      for word: UInt32 in [0x8000_0000, 0x7fff_ffff, 0xffff_ffff] {
        for rule: UInt32 in 0..<4 {
          var bench = try bench(.ready)
          _ = try bench.expectDone(.configureTraining, [rule, 0, path, 1, 0, 2, 1, 5, 50, 0x7fff_ffff])
          _ = try bench.expectDone(.setRate, [0x0fff_ffff])
          let words = try bench.expectDone(.exportState).count
          _ = try bench.expectDone(.importState, Array(repeating: word, count: words))
          _ = try bench.expectDone(.train, [2, 1, 0x7fff_8000, 0x8000_7fff])
        }
      }
    }
  }
}
