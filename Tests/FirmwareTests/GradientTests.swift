import Board
import Crossbar
import FixedPoint
import Foundation
import Registers
import Testing
import Trace

@testable import Firmware
@testable import Tasks

@Suite("Gradients")
struct GradientTests {
  /// A chip with random weights and one sequence trained on, nothing updated yet.
  struct Case {
    var bench: Bench
    var oracle: GradientOracle
    var sequence: [[Double]]
    var label: Int
  }

  /// What the arrays hold, as weights.
  static func weights(_ bench: Bench, tile: Int, rows: Int, columns: Int) -> [[Double]] {
    let array = bench.machine.chip.tiles[tile].array
    let range = array.device.conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    return (0..<rows).map { row in
      (0..<columns).map { column in
        if array.synapse == .differential {
          let cell = row * array.bitLines + 2 * column
          return Double(array.conductance[cell] - array.conductance[cell + 1]) / span
        }
        let middle = Double(range.upperBound + range.lowerBound) / 2
        return (Double(array.conductance[row * array.bitLines + column]) - middle) / (span / 2)
      }
    }
  }

  static func trained(
    seed: UInt64, activation: ActivationKind, path: BackwardPath, truncation: UInt32 = 0,
    synapse: Synapse = .reference
  ) throws -> Case {
    let (inputs, hidden, outputs, steps) = (4, 6, 3, 7)
    var bench = try Bench(inputs: inputs, hidden: hidden, outputs: outputs, synapse: synapse) {
      $0.dacBits = 12
      $0.adcBits = 16
    }
    let random = CounterRandom(seed: seed)
    func share(_ set: UInt64, _ index: Int) -> Double {
      Double(random.bits(.order, tile: 0, operation: set, index: index)[0]) / 2_147_483_648 - 1
    }
    _ = try bench.expectDone(.configure, [4, 6, 3, 256, 256, 1])
    for (bank, circuit) in [activation.circuits.sigmoid, activation.circuits.tanh].enumerated() {
      _ = try bench.expectDone(.setActivation, HostRequest.words(bank: bank, circuit))
    }
    let times = PulseTimes(of: .vteam(.analog))
    _ = try bench.expectDone(.setPulseTimes, times.words)
    for (layer, (rows, columns)) in [(inputs + hidden + 1, 4 * hidden), (hidden + 1, outputs)].enumerated() {
      let targets = (0..<rows).flatMap { row in
        Lanes.pack(row: (0..<columns).map { Int16(share(UInt64(layer), row * columns + $0) * 20_000) })
      }
      _ = try bench.expectDone(.program, [UInt32(layer), 131, 40, 0] + targets)
    }
    _ = try bench.expectDone(
      .configureTraining, [0, 0, path.rawValue, 60_000, truncation, UInt32(steps), 0, 5, 50, 0])
    let values = (0..<steps).map { step in (0..<inputs).map { Int16(share(7, step * inputs + $0) * 32_000) } }
    let label = Int(seed % 3)
    _ = try bench.expectDone(.train, [UInt32(steps), UInt32(label)] + values.flatMap { Lanes.pack(row: $0) })
    let oracle = GradientOracle(
      lstm: weights(bench, tile: 0, rows: inputs + hidden + 1, columns: 4 * hidden),
      dense: weights(bench, tile: 1, rows: hidden + 1, columns: outputs), inputs: inputs, hidden: hidden,
      sigmoid: activation.circuits.sigmoid, tanh: activation.circuits.tanh)
    return Case(
      bench: bench, oracle: oracle, sequence: values.map { $0.map { Double($0) / 32_768 } }, label: label)
  }

  /// The smaller of the two layers' cosines between the firmware's gradients and the oracle's.
  static func agreement(_ item: Case, _ oracle: GradientOracle, truncation: Int = 0) throws -> Double {
    let exact = oracle.gradients(item.sequence, truncation: truncation) {
      GradientOracle.softMaxErrors($0, label: item.label, exponential: exp)
    }
    let gradients = try #require(item.bench.controller.gradients)
    func matrix(_ gradients: [Int32], like exact: [[Double]]) -> [[Double]] {
      let columns = exact[0].count
      return exact.indices.map { row in (0..<columns).map { Double(gradients[row * columns + $0]) } }
    }
    return min(
      GradientOracle.cosine(matrix(gradients.lstm, like: exact.lstm), exact.lstm),
      GradientOracle.cosine(matrix(gradients.dense, like: exact.dense), exact.dense))
  }

  @Test(
    "Integer gradients point where the exact ones of the same network do (cosine above 0.999)",
    arguments: ActivationKind.allCases, [BackwardPath.readTransposed, .readBack])
  func agree(_ activation: ActivationKind, _ path: BackwardPath) throws {
    for seed in UInt64(1)...6 {
      let item = try Self.trained(seed: seed, activation: activation, path: path)
      let cosine = try Self.agreement(item, item.oracle)
      #expect(cosine > 0.999, "\(activation) \(path) seed \(seed): \(cosine)")
    }
  }

  @Test("Pairs of memristors give the same gradients")
  func agreeDifferential() throws {
    let item = try Self.trained(seed: 3, activation: .hard, path: .readTransposed, synapse: .differential)
    #expect(try Self.agreement(item, item.oracle) > 0.999)
  }

  @Test("Truncation stops errors after that many steps", arguments: [1, 3])
  func truncated(_ steps: Int) throws {
    let item = try Self.trained(
      seed: 2, activation: .hard, path: .readTransposed, truncation: UInt32(steps))
    #expect(try Self.agreement(item, item.oracle, truncation: steps) > 0.999)
    #expect(try Self.agreement(item, item.oracle) < 0.999)
  }

  @Test(
    "The comparison notices any term that is left out",
    arguments: GradientOracle.Omission.allCases.filter { $0 != .nothing })
  func noticesOmissions(_ omission: GradientOracle.Omission) throws {
    var worst = 1.0
    for seed in UInt64(1)...4 {
      let item = try Self.trained(seed: seed, activation: .pwl5, path: .readTransposed)
      var oracle = item.oracle
      oracle.omission = omission
      worst = min(worst, try Self.agreement(item, oracle))
    }
    // A halved error on h scales all of the LSTM's gradients alike: the cosine cannot see it, the length does.
    #expect(omission == .outputError ? worst > 0.999 : worst < 0.999, "\(omission): \(worst)")
  }

  @Test("Gradients have the documented scale: Σ code · δ in 2⁻¹⁴")
  func scale() throws {
    let item = try Self.trained(seed: 1, activation: .hard, path: .readTransposed)
    let exact = item.oracle.gradients(item.sequence) {
      GradientOracle.softMaxErrors($0, label: item.label, exponential: exp)
    }
    let gradients = try #require(item.bench.controller.gradients)
    func length(_ values: some Sequence<Double>) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    // Full scale is code 2047 with 12 bits.
    let unit = 2047.0 * 16_384
    let lstm = length(gradients.lstm.map { Double($0) / unit }) / length(exact.lstm.joined())
    let dense = length(gradients.dense.map { Double($0) / unit }) / length(exact.dense.joined())
    #expect(abs(lstm - 1) < 0.01 && abs(dense - 1) < 0.01, "\(lstm) \(dense)")
  }

  @Test(
    "Settings that are not said are those of a plain descent: each sequence by itself, its whole length, no momentum")
  func usualSettings() {
    let usual = TrainingSettings(longest: 9)
    #expect(usual.rule == .accumulate && usual.loss == .crossEntropy && usual.backward == .readTransposed)
    #expect(usual.batch == 1 && usual.truncation == 0 && usual.longest == 9 && usual.momentum == 0)
    #expect(usual.levelLog2 == 5 && usual.pulseWidth == PulseSteps(50) && usual.threshold == .zero)
  }
}
