import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Foundation
import TestSupport
import Testing
import Trace

@testable import Tasks

/// Each point of a sweep is a run of its own.
@Suite("Points of a sweep")
struct SweepPointTests {
  private static func toy(_ count: Int) -> SequenceSet {
    let sequences = (0..<count).map { number in
      let sign: Int16 = number % 2 == 0 ? 1 : -1
      return SequenceSet.Sequence(
        label: number % 2, values: [sign * (20_000 + Int16(number) * 100), 500, sign * 3000, -700], steps: 2)
    }
    return SequenceSet(name: "toy", features: 2, classes: 2, sequences: sequences)
  }

  private static let series = SequenceSet(
    name: "line", features: 1, classes: 0,
    sequences: [
      .init(
        label: 0, values: (0..<12).map { Int16($0 * 1000 % 9000) }, steps: 12,
        targets: (1..<13).map { Int16($0 * 1000 % 9000) })
    ])

  private static var base: SweepSetting {
    var setting = SweepSetting()
    setting.training.hidden = 2
    setting.training.epochs = 2
    setting.training.rate = 0.2
    setting.chip.seed = 77
    return setting
  }

  private static func sweep(_ set: SequenceSet, axes: [SweepPlan.Axis]) throws -> TrainingSweep {
    try TrainingSweep(train: set, test: set, base: base, axes: axes, seeds: [3, 4], files: [])
  }

  @Test("A point of a training sweep is the training of its settings on a chip of its seed, to the last epoch")
  func training() throws {
    for set in [Self.toy(6), Self.series] {
      let axes = [
        SweepPlan.Axis("variation", ["0.0", "0.3"]), .init("epochs", ["1", "3"]), .init("hidden", ["2", "3"]),
      ]
      let sweep = try Self.sweep(set, axes: axes)
      #expect(sweep.plan.count == 16 && sweep.plan.columns.first == (set.isRegression ? "test_error" : "accuracy"))
      var seen: Set<[String]> = []
      for number in 0..<sweep.plan.count {
        let point = sweep.plan.point(number)
        var setting = Self.base
        setting.chip.seed = point.seed
        setting.chip.variation.deviceToDevice = point.values[0] == "0.3" ? 0.3 : 0
        setting.chip.variation.cycleToCycle = point.values[0] == "0.3" ? 0.3 : 0
        setting.training.epochs = try #require(Int(point.values[1]))
        setting.training.hidden = try #require(Int(point.values[2]))
        var run = try TrainingRun(
          train: set, test: set, options: setting.training, chip: setting.chip, log: NoLog())
        var last: EpochReport?
        for _ in 0..<setting.training.epochs { last = try run.runEpoch() }
        let report = try #require(last)
        let quality = set.isRegression ? report.testError : report.testAccuracy
        let expected = [try #require(quality), report.loss].map { "\($0)" } + ["\(report.pulses)", "\(report.phases)"]
        let cells = try sweep(point)
        #expect(Array(cells.prefix(4)) == expected, "\(set.name) \(number)")
        #expect(
          Array(cells.dropFirst(4).prefix(5))
            == [
              report.pulseSeconds, report.cellSerialSeconds, report.chipSeconds, report.programEnergyJoules,
              report.readEnergyJoules,
            ].map { "\($0)" })
        let layers = try #require(try run.feedback())
        let weights = Layer.allCases.map { Double(setting.training.shape(for: set)[$0].cells) }
        let writes = layers.reduce(0) { $0 + Double($1.writes) }
        let asked = zip(layers, weights).reduce(0) { $0 + Double($1.0.updates) * $1.1 }
        let time = [report.time.arrayCycles, report.time.busCycles, report.time.controllerCycles]
        #expect(Array(cells[9...11]) == time.map { "\($0)" })
        let share = try #require(Double(cells[12]))
        #expect(abs(share - writes / asked) < 1e-12 && cells[13] == "0" && cells.count == 14)
        seen.insert(cells)
      }
      #expect(seen.count == 16)
    }
  }

  @Test("An interval holds the test sequences, of which the subject tells; of a series it is that of the chips alone")
  func intervals() throws {
    let axes = [SweepPlan.Axis("variation", ["0.0"])]
    let (train, test) = (Self.toy(4), Self.toy(100))
    let sweep = try TrainingSweep(train: train, test: test, base: Self.base, axes: axes, seeds: [3, 4], files: [])
    func setting(_ cells: [String], of plan: SweepPlan) -> SweepSummary.Setting {
      var results = SweepResults(plan)
      for (number, cell) in cells.enumerated() {
        results.set(number, [cell] + plan.columns.dropFirst().map { _ in "0" })
      }
      return SweepSummary(results, of: plan.quality).settings[0]
    }
    #expect(
      sweep.plan.interval(at: setting(["0.9", "0.8"], of: sweep.plan))
        == MeanInterval(accuracy: 0.85, deviation: (0.005).squareRoot(), seeds: 2, sequences: 100))
    #expect(sweep.plan.interval(at: setting(["0.9"], of: sweep.plan)) == nil)
    let task = try TaskCatalog().task("digits")
    var set = try SequenceSet(csv: task.test)
    set.sequences = Array(set.sequences.prefix(7))
    let run = ClassificationRun(
      model: try Model(json: try #require(task.model)), test: set, activation: .hard, chip: ChipConfiguration(tiles: [])
    )
    let programmed = try ClassificationSweep(run, axes: axes, seeds: [1, 2], files: [])
    #expect(
      programmed.plan.interval(at: setting(["1", "1"], of: programmed.plan))
        == MeanInterval(accuracy: 1, deviation: 0, seeds: 2, sequences: 7))
    let series = try Self.sweep(Self.series, axes: axes)
    #expect(
      series.plan.interval(at: setting(["30", "40"], of: series.plan))
        == MeanInterval(mean: 35, deviation: (50.0).squareRoot(), seeds: 2))
  }

  @Test("What a point cannot be is told before the first one runs")
  func impossible() throws {
    #expect(throws: InputError.self) { try Self.sweep(Self.toy(4), axes: [.init("hidden", ["2", "1000"])]) }
    do {
      _ = try Self.sweep(Self.toy(4), axes: [.init("hidden", ["2", "1000"])])
    } catch { #expect("\(error)".hasPrefix("point 2: the LSTM cell of"), "\(error)") }
  }

  @Test("Of two points that fail the first failure is told, and what was done before is kept")
  func twoFailures() throws {
    struct Failure: Error, Equatable { let number: Int }
    let file = try TemporaryFile("", named: "r.csv")
    defer { file.remove() }
    let plan = SweepPlan("s", axes: [.init("variation", ["0.0", "0.1"])], seeds: [1, 2], columns: ["c"])
    #expect(throws: Failure(number: 1)) {
      try Sweep.run(plan, threads: 1, resultsFile: file.path) { point in
        if point.number > 0 { throw Failure(number: point.number) }
        return ["5"]
      }
    }
    #expect(try String(contentsOfFile: file.path, encoding: .utf8).hasSuffix("0,0.0,1,5\n"))
  }
}
