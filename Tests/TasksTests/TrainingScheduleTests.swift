import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Testing
import Trace

@testable import Tasks

@Suite("Schedules of training")
struct TrainingScheduleTests {
  @Test(
    "Epochs and batch suit the number of sequences, where they are not given",
    arguments: [
      (1, 1, 200), (40, 1, 200), (50, 1, 160), (67, 1, 120), (999, 1, 9), (1000, 4, 32), (3823, 4, 9), (60_000, 4, 5),
      // One sequence more than whole passes have.
      (421, 1, 20), (2909, 4, 12),
    ])
  func fitted(_ sequences: Int, _ batch: Int, _ epochs: Int) {
    let fitted = TrainingOptions().fitted(to: sequences)
    #expect(fitted.batch == batch && fitted.epochs == epochs)
    var given = TrainingOptions()
    (given.batch, given.epochs) = (7, 3)
    #expect(given.fitted(to: sequences) == given)
    given.epochs = 0
    #expect(given.fitted(to: 1000).epochs == 56)
  }

  @Test("A ramp goes over the updates of its epochs, and an extension has one of its own")
  func ramps() throws {
    var options = TrainingOptions()
    (options.batch, options.epochs, options.rate) = (4, 3, 0.5)
    // 10 sequences in batches of 4 are 3 updates.
    func words(_ epoch: Int) -> [UInt32] { options.rateWords(epoch: epoch, sequences: 10) }
    let rate = Rate(0.5).raw
    #expect((0..<3).map(words) == [[rate, 0, 9], [rate, 3, 9], [rate, 6, 9]])
    try options.extend(by: 2, after: 3, named: "f.mbx")
    #expect((3..<5).map(words) == [[rate, 0, 6], [rate, 3, 6]] && words(2) == [rate, 6, 9])
    #expect(options.allEpochs == 5)
    // Under way it is not begun anew, and no other is begun.
    try options.extend(by: 2, after: 4, named: "f.mbx")
    #expect(options.extensions == [2])
    #expect(throws: InputError.self) { try options.extend(by: 3, after: 4, named: "f.mbx") }
    try options.extend(by: 2, after: 5, named: "f.mbx")
    #expect(options.extensions == [2, 2])
    options.schedule = .decay
    options.decay = 0.5
    #expect(throws: InputError.self) { try options.extend(by: 2, after: 7, named: "f.mbx") }
    #expect(words(0) == [rate] && words(2) == [Rate(0.125).raw])
  }

  private static func set(_ labels: [Int]) -> SequenceSet {
    SequenceSet(
      name: "set", features: 1, classes: 3,
      sequences: labels.enumerated().map { .init(label: $1, values: [Int16($0)], steps: 1) })
  }

  @Test("What is kept apart is the share of each class, drawn by the seed; both parts are the whole, in its order")
  func keptApart() throws {
    let labels = (0..<100).map { $0 % 10 < 7 ? 0 : $0 % 10 < 9 ? 1 : 2 }
    let whole = Self.set(labels)
    var drawn: Set<[Int16]> = []
    for seed in 1...5 as ClosedRange<UInt64> {
      let (train, apart) = try whole.keepingApart(0.2, seed: seed)
      #expect((0..<3).map { label in apart.sequences.count { $0.label == label } } == [14, 4, 2])
      func numbers(_ set: SequenceSet) -> [Int16] { set.sequences.map { $0.values[0] } }
      #expect(numbers(train) == numbers(train).sorted() && numbers(apart) == numbers(apart).sorted())
      #expect((numbers(train) + numbers(apart)).sorted() == numbers(whole))
      #expect(try whole.keepingApart(0.2, seed: seed).validation == apart)
      drawn.insert(numbers(apart))
    }
    #expect(drawn.count == 5)
  }

  @Test("A class of one stays with the training; one of two gives one; nothing to keep apart is refused")
  func smallClasses() throws {
    let (train, apart) = try Self.set([0, 1, 1]).keepingApart(0.9, seed: 1)
    #expect(train.sequences.map(\.label) == [0, 1] && apart.sequences.map(\.label) == [1])
    #expect(throws: InputError.self) { try Self.set([0, 1, 2]).keepingApart(0.5, seed: 1) }
  }

  @Test("Of a series the end is kept apart")
  func series() throws {
    var whole = SequenceSet(name: "series", features: 2, classes: 0, sequences: [])
    whole.sequences = [
      .init(label: 0, values: (0..<20).map { Int16($0) }, steps: 10, targets: (0..<10).map { Int16($0) })
    ]
    let (train, apart) = try whole.keepingApart(0.3, seed: 9)
    #expect(train.sequences[0].targets == [0, 1, 2, 3, 4, 5, 6] && apart.sequences[0].targets == [7, 8, 9])
    #expect(train.sequences[0].values.count == 14 && apart.sequences[0].values == [14, 15, 16, 17, 18, 19])
    for (share, isRefused) in [(0.04, true), (0.05, false), (0.94, false), (0.95, true)] {
      var said: String?
      do { _ = try whole.keepingApart(share, seed: 9) } catch { said = error.description }
      let refusal = "series: has 10 steps, expected enough to keep a share of \(share) apart and to train on the rest"
      #expect(said == (isRefused ? refusal : nil))
    }
  }

  /// Classes told by the sign of the only value, with as much noise.
  private static func toy(_ count: Int, seed: UInt64) -> SequenceSet {
    let random = CounterRandom(seed: seed)
    let sequences = (0..<count).map { number -> SequenceSet.Sequence in
      let bits = random.bits(.order, tile: 0, operation: 0, index: number)
      let label = Int(bits[0] & 1)
      let noise = Int32(bits[1] % 40_000) - 20_000
      return .init(label: label, values: [Int16((label == 1 ? 8_000 : -8_000) + noise / 2)], steps: 1)
    }
    return SequenceSet(name: "toy", features: 1, classes: 2, sequences: sequences)
  }

  private typealias Run = TrainingRun<NativeController<NoLog>>

  private static func options(_ change: (inout TrainingOptions) -> Void) -> TrainingOptions {
    var options = TrainingOptions()
    (options.hidden, options.epochs, options.batch, options.rate) = (2, 4, 1, 0.2)
    change(&options)
    return options
  }

  private static func run(_ options: TrainingOptions) throws -> Run {
    var chip = ChipConfiguration(tiles: [])
    chip.readNoiseShare = 0.01
    chip.variation.cycleToCycle = 0.3
    return try Run(
      train: toy(30, seed: 1), test: toy(30, seed: 2), validation: toy(30, seed: 3), options: options, chip: chip,
      log: NoLog())
  }

  @Test("The test set is tried at the end, and where that is asked for; the validation set after each epoch")
  func measured() throws {
    for (every, tried) in [(0, [4]), (3, [3, 4]), (1, [1, 2, 3, 4])] {
      var run = try Self.run(Self.options { $0.testEvery = every })
      while !run.isFinished { try run.runEpoch() }
      #expect(run.reports.filter { $0.testAccuracy != nil }.map(\.epoch) == tried)
      #expect(run.reports.allSatisfy { $0.validationAccuracy != nil })
    }
  }

  @Test(
    "With 'select best' a training ends with the weights that were best on the validation set, as near as they are written"
  )
  func best() throws {
    var found = 0
    for rate in [0.2, 0.5, 1, 2] {
      var run = try Self.run(
        Self.options {
          $0.selection = .best
          $0.rate = rate
        })
      var weights: [[[Double]]] = []
      while !run.isFinished {
        try run.runEpoch()
        let file = try run.chipFile()
        weights.append(try NetworkFacts(file, named: "").model(of: file.machine(log: NoLog(), named: "")).lstm)
      }
      let qualities = run.reports.compactMap(\.validationAccuracy)
      let best = try #require(qualities.firstIndex(of: qualities.max() ?? 0))
      #expect(run.endingEpoch == best + 1)
      guard best + 1 < 4 else { continue }
      found += 1
      func distance(_ one: [[Double]], _ other: [[Double]]) -> Double {
        zip(one.joined(), other.joined()).map { abs($0 - $1) }.max() ?? 0
      }
      var last = try Self.run(Self.options { $0.rate = rate })
      while !last.isFinished { try last.runEpoch() }
      let file = try last.chipFile()
      let others = try NetworkFacts(file, named: "").model(of: file.machine(log: NoLog(), named: "")).lstm
      // Tolerance of writing, twice for hysteresis, and the noise of reading them in the first place.
      let worst = distance(weights[best], weights[3])
      #expect(worst < 0.05 && worst < distance(weights[best], others) / 3, "rate \(rate): \(worst)")
    }
    #expect(found > 0)
  }

  @Test("Kept weights are an epoch from 1 on and the words of both layers, no more and no fewer")
  func keptWords() throws {
    let shape = try Self.run(Self.options { _ in }).plan.shape
    let counts = Layer.allCases.map { shape[$0].rows * ((shape[$0].columns + 1) / 2) }
    let words = (0..<UInt32(counts.reduce(0, +))).map { 1000 + $0 }
    let best = try #require(BestWeights([3] + words, of: shape))
    #expect(best.epoch == 3 && best.words.map(\.count) == counts && best.numbers == [3] + words)
    #expect(BestWeights([1] + words, of: shape) != nil && BestWeights([0] + words, of: shape) == nil)
    #expect(BestWeights([1] + words.dropLast(), of: shape) == nil && BestWeights([1] + words + [0], of: shape) == nil)
    #expect(BestWeights([], of: shape) == nil)
  }

  @Test("A checkpoint keeps the best weights and its extensions: what goes on from it ends with the same bytes")
  func kept() throws {
    for selection in TrainingOptions.Selection.allCases {
      let options = Self.options {
        $0.selection = selection
        $0.rate = 1
      }
      var whole = try Self.run(options)
      var files: [ChipFile] = []
      while !whole.isFinished {
        try whole.runEpoch()
        files.append(try whole.checkpoint())
      }
      func resumed(_ file: ChipFile, extendedBy length: Int? = nil) throws -> Run {
        try Run(
          resuming: try ChipFile(bytes: file.bytes, named: "f"), named: "f", extendedBy: length, train: whole.train,
          test: whole.test, validation: whole.validation, options: options, chip: whole.chip, log: NoLog())
      }
      for file in files.dropLast() {
        var run = try resumed(file)
        var last = file
        while !run.isFinished {
          try run.runEpoch()
          last = try run.checkpoint()
        }
        #expect(last.bytes == files[3].bytes)
      }
      var extended = try resumed(files[3], extendedBy: 2)
      try extended.runEpoch()
      let middle = try extended.checkpoint()
      try extended.runEpoch()
      var again = try resumed(middle, extendedBy: 2)
      #expect(again.epoch == 5 && again.options.allEpochs == 6)
      try again.runEpoch()
      #expect(try again.checkpoint().bytes == extended.checkpoint().bytes)
      #expect(again.isFinished && again.reports.filter { $0.testAccuracy != nil }.map(\.epoch) == [4, 6])
    }
  }

  @Test("Another number of epochs is another ramp, and so another training")
  func otherRamp() throws {
    var run = try Self.run(Self.options { _ in })
    try run.runEpoch()
    let file = try run.checkpoint()
    #expect(throws: InputError.self) {
      _ = try Run(
        resuming: file, named: "f", train: run.train, test: run.test, validation: run.validation,
        options: Self.options { $0.epochs = 5 }, chip: run.chip, log: NoLog())
    }
    #expect(throws: InputError.self) {
      _ = try Run(
        resuming: file, named: "f", train: run.train, test: run.test, validation: nil, options: Self.options { _ in },
        chip: run.chip, log: NoLog())
    }
  }
}
