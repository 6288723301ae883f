import Board
import Crossbar
import FixedPoint
import Registers
import Testing

@testable import Firmware
@testable import Tasks

@Suite("What a controller counts of its work")
struct EffortTests {
  private static let (inputs, hidden, outputs) = (3, 4, 2)
  private static let lines = [8, 5]
  private static let columns = [16, 2]

  /// A network whose weights are written, and what that took of each layer: of programming, and by its reports.
  private static func programmed(
    _ synapse: Synapse, _ times: PulseTimes
  ) throws -> (bench: Bench, layers: [(effort: Effort, report: [UInt32])]) {
    var bench = try Bench(inputs: inputs, hidden: hidden, outputs: outputs, synapse: synapse)
    _ = try bench.expectDone(.configure, [3, 4, 2, 256, 256, 1])
    _ = try bench.expectDone(.setPulseTimes, times.words)
    var layers: [(effort: Effort, report: [UInt32])] = []
    for layer in 0..<2 {
      let weights = (0..<lines[layer]).flatMap { row -> [UInt32] in
        let values: [Int16] = (0..<columns[layer]).map { column in Int16((row * 7 + column * 5) % 11 - 5) * 3_000 }
        return Lanes.pack(row: values)
      }
      let before = bench.controller.effort
      let report = try bench.expectDone(.program, [UInt32(layer), 400, 30, 1] + weights)
      layers.append((bench.controller.effort - before, report))
    }
    return (bench, layers)
  }

  @Test("Programming looks at every weight once a round, and at the end; its reads are those that it reports")
  func programming() throws {
    for synapse in [Synapse.reference, .differential] {
      let layers = try Self.programmed(synapse, PulseTimes(of: .vteam(.analog))).layers
      for (layer, (effort, report)) in layers.enumerated() {
        let (rows, columns) = (UInt64(Self.lines[layer]), UInt64(Self.columns[layer]))
        let (rounds, reads) = (UInt64(report[2]), UInt64(report[3]))
        #expect(effort[.judgedWeight] == columns * (rounds + rows))
        #expect(effort[.verifiedWeight] == columns * reads)
        #expect(effort[.selectedLine] == rows * rows)
        // Both ends of a move, of one device or of two.
        #expect(effort[.dueWeight] > 0)
        #expect(effort[.pulseTime] == effort[.dueWeight] * (synapse == .differential ? 4 : 2))
        #expect(effort[.movedWeight] == 0 && effort[.gradient] == 0)
      }
    }
  }

  @Test("A device that is written from the bottom has one time looked up for a write")
  func abrupt() throws {
    let device = try #require(Device.catalog.first { $0.name == "umass" }).device
    let layers = try Self.programmed(.reference, PulseTimes(of: device)).layers
    for (effort, _) in layers { #expect(effort[.dueWeight] > 0 && effort[.pulseTime] == effort[.dueWeight]) }
  }

  @Test("Learning counts lines that carry something, and their products; an update the weights that have a gradient")
  func learning() throws {
    for rule in UpdateRule.allCases {
      var bench = try Self.programmed(.reference, PulseTimes(of: .vteam(.analog))).bench
      _ = try bench.expectDone(.configureTraining, [rule.rawValue, 0, 0, 60_000, 0, 4, 0, 5, 50, 0])
      _ = try bench.expectDone(.setRate, [1 << 20])
      let before = bench.controller.effort
      // One step; of its inputs one is 0, and so is h.
      _ = try bench.expectDone(.train, [1, 1] + Lanes.pack(row: [30_000, 0, -20_000]))
      let learned = bench.controller.effort - before
      let gradients = try #require(bench.controller.gradients)
      let dense = UInt64(gradients.dense.count { $0 != 0 }) / 2
      #expect(learned[.gradientLine] == 3 + dense && learned[.gradient] == 3 * 16 + dense * 2)
      #expect(learned[.errorCell] == UInt64(Self.hidden) && learned[.movedWeight] == 0)
      #expect(learned[.slopeSegment] >= UInt64(Self.hidden) && learned[.slopeSegment] <= UInt64(4 * Self.hidden * 3))
      _ = try bench.expectDone(.update)
      let update = bench.controller.effort - before - learned
      let moved = (gradients.lstm + gradients.dense).count { $0 != 0 }
      if rule != .errorFeedback {
        #expect(update[.movedWeight] == UInt64(moved), "\(rule)")
      } else {
        // What is small is nothing in the format of means.
        #expect(update[.movedWeight] > 0 && update[.movedWeight] <= UInt64(moved))
      }
      #expect(update[.gradient] == 0 && (update[.rootDigit] > 0) == (rule == .errorFeedback))
    }
  }

  @Test("An output on a rail has no segment looked at; others have the ones from the last to their own")
  func segments() {
    for kind in ActivationKind.allCases {
      for circuit in [kind.circuits.sigmoid, kind.circuits.tanh] {
        let slopes = CircuitSlopes(circuit, adcBits: 12)
        for raw in stride(from: -32_768, through: 32_752, by: 16) {
          let output = Q0_15(raw: Int16(raw))
          let passed = slopes.segments(passedFor: output)
          #expect((0...circuit.count).contains(passed))
          if passed > 0 { #expect(slopes(output) == circuit.segments[circuit.count - passed].slope) }
          if passed == 0 { #expect(slopes(output) == .zero) }
        }
      }
    }
  }

  @Test("Weights that move by half their gradient or more, in steps of both, are wide; by less they are not")
  func wideScales() {
    // A rate of 4 · window · full scale makes the scale 1/2.
    for (rate, isWide) in [(130_048, true), (130_047, false)] as [(UInt32, Bool)] {
      var layer = LayerUpdate(
        NetworkShape.Lines(rows: 2, columns: 2), TrainingSettings(longest: 4, momentum: 0), fullScale: 127)
      layer.setRate(Rate(raw: rate), window: Window(raw: 256), batch: 1, fullScale: 127)
      for (cell, gradient) in [4_000, 0, -4_000, 1].enumerated() { layer.gradients[cell].raw = Int32(gradient) }
      layer.step(momentum: 0)
      #expect(layer.effort[.movedWeight] == 3 && layer.effort[.wideWeight] == (isWide ? 3 : 0), "\(rate)")
    }
  }

  @Test("The digits of roots are those that they are written with")
  func rootDigits() {
    var means = FactoredMeans(NetworkShape.Lines(rows: 3, columns: 2))
    #expect(means.rootDigits == 0)
    for size in [1, 900, 70_000, 3_000_000] as [Int32] {
      _ = means.take([size, 0, 0, 0, -size, size / 3].map { Gradient(raw: $0) })
      let roots = (means.rows + means.columns).map(\.raw).filter { $0 > 0 }
      #expect(means.rootDigits == roots.reduce(0) { $0 + String($1, radix: 2).count })
    }
  }

  @Test("Nothing has no size: gradients that are all zero leave every root, and their mean, at zero")
  func noSize() {
    var means = FactoredMeans(NetworkShape.Lines(rows: 3, columns: 2))
    for _ in 0..<3 { #expect(means.take(Array(repeating: .zero, count: 6)) == .zero) }
    #expect(means.rows.allSatisfy { $0 == .zero } && means.columns.allSatisfy { $0 == .zero } && means.updates == 3)
  }

  @Test("Nothing is counted before a network is configured")
  func idle() { #expect(Controller().effort == Effort()) }
}
