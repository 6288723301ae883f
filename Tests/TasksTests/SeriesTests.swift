import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Foundation
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

/// Series whose headers say what they are changed to before the network sees them.
@Suite("Series that are transformed")
struct SeriesTests {
  private static func set(_ text: String, after history: SequenceSet? = nil) throws -> SequenceSet {
    try SequenceSet(LineReader(Array(text.utf8), named: "file.csv"), after: history)
  }

  private static let logarithmic = "# regression F=1 transform=log-difference"

  /// The months of airline's files, read without the product.
  private static func months() throws -> (values: [Double], trained: Int) {
    let task = try TaskCatalog().task("airline")
    let rows = try [task.train, task.test].map { path in
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0.split(separator: ",").compactMap { Double($0) } }
    }
    let all = rows[0] + rows[1]
    return (all.map { $0[1] } + [all[all.count - 1][0]], rows[0].count)
  }

  private static func airline(lags: Int = 12) throws -> (train: SequenceSet, test: SequenceSet) {
    let task = try TaskCatalog().task("airline")
    let train = try SequenceSet(csv: task.train)
    return (train.withLags(lags), try SequenceSet(csv: task.test, after: train).withLags(lags, after: train))
  }

  @Test("A change is that of the C library's logarithm, and leads back to the value", arguments: [1, 2] as [UInt64])
  func roundTrip(_ seed: UInt64) {
    var random = SeededRandom(seed)
    for _ in 0..<5000 {
      let last = pow(10, Double.random(in: -90...90, using: &random))
      let factor = Foundation.exp(Double.random(in: -8...8, using: &random))
      let value = last * factor
      let change = SeriesTransform.logDifference.change(from: last, to: value)
      #expect(abs(change - (log(value) - log(last))) < 1e-12, "\(last) \(value), seed \(seed)")
      #expect(abs(SeriesTransform.logDifference.value(after: last, changedBy: change) / value - 1) < 1e-14)
      let (whole, other) = (Double(Int.random(in: -9999...9999, using: &random)), Double(Int(factor * 100)))
      #expect(SeriesTransform.difference.change(from: whole, to: other) == other - whole)
      #expect(SeriesTransform.difference.value(after: whole, changedBy: other - whole) == other)
    }
  }

  @Test(
    "Targets and inputs are scaled changes, from the line's input and from that of the line before; the first is none")
  func changes() throws {
    let train = try Self.set(Self.logarithmic + " season=3 offset=0.125 scale=0.5\n11,10\n\n12,11\n9,12\n")
    #expect(train.transform == .logDifference && train.season == 3)
    #expect(train.targetOffset == 0.125 && train.targetScale == 0.5 && train.isRegression)
    func share(_ value: Double, _ last: Double) -> Int16 {
      Int16(((log(value / last) - 0.125) / 0.5 * 32_768).rounded())
    }
    let sequence = train.sequences[0]
    #expect(sequence.steps == 2 && sequence.targets == [share(12, 11), share(9, 12)])
    #expect(sequence.values == [share(11, 10), share(12, 11)])
    #expect(sequence.measured == [.init(last: 11, next: 12), .init(last: 12, next: 9)])
    let test = try Self.set(Self.logarithmic + " offset=0.125 scale=0.5\n8,9\n7,8\n", after: train)
    #expect(test.sequences[0].values == [share(9, 12), share(8, 9)])
    #expect(test.sequences[0].targets == [share(8, 9), share(7, 8)])
    let lagged = test.withLags(2, after: train)
    #expect(lagged.warmUp == 1 && lagged.features == 2)
    #expect(lagged.sequences[0].measured == [.init(last: 12, next: 9)] + test.sequences[0].measured)
    #expect(train.withLags(2).sequences[0].measured == [.init(last: 12, next: 9)])
    let plain = try Self.set("# regression F=1 transform=difference scale=4\n-1,0\n1,-1\n3,1\n")
    #expect(plain.sequences[0].targets == [16_384, 16_384] && plain.sequences[0].values == [-8192, 16_384])
  }

  @Test("A part that is kept apart has the steps that it was measured as")
  func keptApart() throws {
    let whole = try Self.airline(lags: 1).train
    let (train, validation) = try whole.keepingApart(0.25, seed: 1)
    #expect(train.sequences[0].steps == 70 && validation.sequences[0].steps == 24)
    #expect(train.sequences[0].measured + validation.sequences[0].measured == whole.sequences[0].measured)
    #expect(validation.transform == .logDifference)
  }

  @Test(
    "What cannot be transformed is refused with file, line and what was expected",
    arguments: [
      ("# regression F=1 transform=log\n1,2\n", ":1: the header: transform=log, expected difference or log-difference"),
      (
        "# F=1 classes=2 transform=difference\n0,1\n",
        ":1: the header: transform=difference, expected none without 'regression'"
      ),
      ("# F=1 classes=2 season=3\n0,1\n", ":1: the header: season=3, expected none without 'regression'"),
      ("# regression F=1 season=1\n0,1\n", ":1: the header: season=1, expected 2 steps or more"),
      ("# regression F=1 season=x\n0,1\n", ":1: the header: season=x, expected a positive whole number"),
      (
        "# regression F=2 transform=difference\n0,1,1\n",
        ":1: the header: F=2, expected 1 with transform=difference: a series of one value a step"
      ),
      (
        logarithmic + " offset=-1 scale=3.5\n2,1\n",
        ":1: the header: transform=log-difference with offset=-1.0 scale=3.5, expected |offset| + |scale| of at most 4.0"
      ),
      (logarithmic + "\n", ": no steps, expected at least one after the header"),
      (logarithmic + "\n\n2,1\n", ":3: the only step, expected 2 or more: the first is what the second changes from"),
      (
        logarithmic + "\n2,1\n0,2\n",
        ":3: value 0 is '0', expected a number from 1e-100 to 1e+100 for transform=log-difference"
      ),
      (
        logarithmic + "\n2,-1\n3,2\n",
        ":2: value 1 is '-1', expected a number from 1e-100 to 1e+100 for transform=log-difference"
      ),
      (
        "# regression F=1 transform=difference\n2,x\n",
        ":2: value 1 is 'x', expected a number from -1e+100 to 1e+100 for transform=difference"
      ),
      (logarithmic + "\n2,1,3\n", ":2: 3 values, expected a target and 1 input(s)"),
      (
        logarithmic + "\n2,1\n9,2\n",
        ":3: value 0 is 9, behind 2 a log-difference of 1.5041, outside ±1 after (log-difference − offset)/scale;"
          + " adjust offset and scale"
      ),
    ])
  func refused(_ text: String, _ message: String) throws {
    let error = #expect(throws: InputError.self) { try Self.set(text) }
    #expect(error?.description == "file.csv" + message)
  }

  @Test(
    "A series goes on from one of the same transform, offset and scale, and its first step is a change from the last one"
  )
  func histories() throws {
    let text = Self.logarithmic + " scale=0.5\n11,10\n12,11\n"
    let history = try Self.set(text)
    for other in [
      Self.logarithmic + " scale=0.25\n", Self.logarithmic + " scale=0.5 offset=1\n", "# regression F=1 scale=0.5\n",
      "# regression F=1 scale=0.5 transform=difference\n",
    ] {
      let error = #expect(throws: InputError.self) { try Self.set(other + "13,12\n14,13\n", after: history) }
      #expect(
        error?.description.hasSuffix(", the series before it has transform=log-difference offset=0.0 scale=0.5") == true
      )
    }
    let plain = try Self.set("# regression F=1 scale=20\n1,2\n")
    #expect(throws: InputError.self) { try Self.set(text, after: plain) }
    #expect(try Self.set("# regression F=1 scale=9\n1,2\n", after: plain).targetScale == 9)
    let jump = #expect(throws: InputError.self) {
      try Self.set(Self.logarithmic + " scale=0.5\n30,29\n", after: history)
    }
    #expect(jump?.description.hasPrefix("file.csv:2: value 1 is 29, behind 11 a log-difference of 0.9694, ") == true)
    #expect(try Self.set(Self.logarithmic + " scale=0.5\n13,12\n", after: history).sequences[0].steps == 1)
  }

  @Test("A series without the key is what it was before there was one")
  func untransformed() throws {
    let (months, trained) = try Self.months()
    func text(_ steps: Range<Int>) -> String {
      "# name=airline regression F=1 offset=104 scale=518\n"
        + steps.map { "\(Int(months[$0 + 1])),\(Int(months[$0]))\n" }.joined()
    }
    let train = try Self.set(text(0..<trained))
    let test = try Self.set(text(trained..<months.count - 1), after: train)
    #expect(train.sequences[0].steps == 95 && train.sequences[0].measured.isEmpty && train.transform == nil)
    let (own, lagged) = (train.withLags(12), test.withLags(12, after: train))
    #expect(own.sequences[0].steps == 84 && lagged.sequences[0].steps == 132 && lagged.warmUp == 84)
    #expect(own.checksum == "4f90e959" && lagged.checksum == "9ad44dd5")
    #expect(lagged.baselines(fittedTo: own).isEmpty && abs(lagged.persistenceError() - 48.04) < 0.01)
  }

  @Test("What a step was measured as is in the checksum, which is of more than its changes")
  func checksums() throws {
    let sets = [("1", "2", "4", ""), ("2", "4", "8", ""), ("1", "2", "4", " season=2")].map {
      first, second, third, more in
      try? Self.set(Self.logarithmic + more + "\n\(second),\(first)\n\(third),\(second)\n")
    }
    #expect(sets[0]?.sequences[0].targets == sets[1]?.sequences[0].targets)
    #expect(sets[0]?.checksum != sets[1]?.checksum && sets[0]?.checksum == sets[2]?.checksum)
  }
}

/// Errors on the scale of the data, against formulas of their own.
extension SeriesTests {
  /// Weights of the least squares by Gram and Schmidt, column by column.
  private static func leastSquares(_ rows: [[Double]], _ targets: [Double]) -> [Double] {
    let count = rows[0].count
    var columns = (0..<count).map { column in rows.map { $0[column] } }
    var upper = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    var (rest, shares) = (targets, Array(repeating: 0.0, count: count))
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for column in 0..<count {
      for before in 0..<column {
        upper[before][column] = dot(columns[before], columns[column])
        columns[column] = zip(columns[column], columns[before]).map { $0 - upper[before][column] * $1 }
      }
      upper[column][column] = dot(columns[column], columns[column]).squareRoot()
      columns[column] = columns[column].map { $0 / upper[column][column] }
      shares[column] = dot(columns[column], rest)
      rest = zip(rest, columns[column]).map { $0 - shares[column] * $1 }
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<count { shares[row] -= upper[row][column] * shares[column] }
      shares[row] /= upper[row][row]
    }
    return shares
  }

  private static func error(_ months: [Double], _ steps: Range<Int>, _ said: (Int) -> Double) -> Double {
    (steps.map { pow(said($0) - months[$0 + 1], 2) }.reduce(0, +) / Double(steps.count)).squareRoot()
  }

  @Test("Baselines err as formulas on the months themselves say, least squares as by orthogonal columns")
  func baselines() throws {
    let (x, trained) = try Self.months()
    let tested = trained..<x.count - 1
    let sets = try Self.airline()
    let baselines = sets.test.baselines(fittedTo: sets.train)
    #expect(baselines.map(\.name) == [.last, .season, .seasonalGrowth, .leastSquares])
    func inputs(_ month: Int) -> [Double] { (month - 11...month).map { log(x[$0] / x[$0 - 1]) } + [1] }
    let learned = 12..<trained
    let weights = Self.leastSquares(learned.map(inputs), learned.map { log(x[$0 + 1] / x[$0]) })
    let expected = [
      Self.error(x, tested) { x[$0] }, Self.error(x, tested) { x[$0 - 11] },
      Self.error(x, tested) { x[$0 - 11] * x[$0] / x[$0 - 12] },
      Self.error(x, tested) { month in
        x[month] * exp(zip(inputs(month), weights).reduce(0) { $0 + $1.0 * $1.1 })
      },
    ]
    // Changes are rounded to 2⁻¹⁵ of a quarter before least squares sees them.
    for (baseline, (error, tolerance)) in zip(baselines, zip(expected, [1e-9, 1e-9, 1e-9, 0.01])) {
      #expect(abs(baseline.error - error) < tolerance, "\(baseline) \(error)")
    }
  }

  @Test("A baseline is there only where the series allows it")
  func absent() throws {
    func names(_ header: String, _ values: [Double], lags: Int = 1, trained: Int = 8) throws -> [SeriesBaseline.Name] {
      func text(_ steps: Range<Int>) -> String {
        "# regression F=1 \(header)\n" + steps.map { "\(values[$0 + 1]),\(values[$0])\n" }.joined()
      }
      let train = try Self.set(text(0..<trained))
      let test = try Self.set(text(trained..<values.count - 1), after: train).withLags(lags, after: train)
      return test.baselines(fittedTo: train.withLags(lags)).map(\.name)
    }
    let values = (0..<13).map { 2 + Double($0 * $0 % 7) / 10 }
    #expect(try names("scale=4", values) == [])
    #expect(try names("transform=log-difference", values) == [.last, .leastSquares])
    #expect(try names("transform=log-difference season=7", values) == SeriesBaseline.Name.allCases)
    #expect(try names("transform=log-difference season=8", values) == [.last, .leastSquares])
    #expect(try names("scale=4 season=4", values) == SeriesBaseline.Name.allCases)
    // Values that are not all positive have no growth; fewer steps than inputs and a constant decide no weights.
    #expect(try names("scale=4 season=4", values.map { $0 - 2 }) == [.last, .season, .leastSquares])
    #expect(try names("scale=4 season=4", values, lags: 5) == [.last, .season, .seasonalGrowth])
    // One value again and again decides none either.
    #expect(try names("scale=4 season=4", values.map { _ in 2 }) == [.last, .season, .seasonalGrowth])
  }

  @Test("The error that is reported is that of the chip's answers, turned back from the month before")
  func reported() throws {
    let (x, trained) = try Self.months()
    let sets = try Self.airline()
    var options = TrainingOptions.preset(for: "airline")
    (options.hidden, options.epochs) = (3, 12)
    var run = try TrainingRun(
      train: sets.train, test: sets.test, options: options, chip: ChipConfiguration(tiles: []), log: NoLog())
    while !run.isFinished { try run.runEpoch() }
    let test = run.test.sequences[0]
    let words = try run.session.request(.predict, InferenceRequest(test, features: 12).words)
    // From the 13th month on: of 144, 143 changes, 12 of them behind a target.
    #expect(test.steps == 131 && run.test.warmUp == 83)
    let said = (0..<test.steps).map { step in
      // Q3.12 in the lower half of a word, one bit of headroom; a quarter is the scale.
      x[step + 12] * exp(Double(Int16(truncatingIfNeeded: words[step])) / 2048 * 0.25)
    }
    for (own, other) in zip(try run.predictions(), said) { #expect(abs(own / other - 1) < 1e-13) }
    let error = Self.error(x, trained..<x.count - 1) { said[$0 - 12] }
    let reported = try #require(run.reports.last?.testError)
    #expect(abs(reported - error) < 1e-9 && run.test.origin == 0)
  }

  @Test(
    "Airline errs by 21 thousand passengers or less, mean of five seeds", .enabled(if: Trials.isLong),
    arguments: ["vteam", "measured"])
  func airlineBar(_ device: String) throws {
    let sets = try Self.airline()
    let errors = try (1...5).map { seed in
      var chip = ChipConfiguration(tiles: [])
      chip.seed = UInt64(seed)
      chip.device = try #require(Device(name: device))
      var run = try TrainingRun(
        train: sets.train, test: sets.test, options: .preset(for: "airline"), chip: chip, log: NoLog())
      while !run.isFinished { try run.runEpoch() }
      return try #require(run.reports.last?.testError)
    }
    #expect(errors.reduce(0, +) / Double(errors.count) <= 21, "\(errors)")
  }
}
