import Board
import Crossbar
import Firmware
import Registers
import Trace

/// In situ training: a chip with random weights, taught sequence by sequence.
public struct TrainingRun<Log: LogSink> {
  public let options: TrainingOptions
  public let chipOptions: ChipOptions
  public let train: SequenceSet
  public let test: SequenceSet
  public internal(set) var session: Session<NativeController<Log>>
  public internal(set) var epoch = 0
  public internal(set) var reports: [EpochReport] = []

  let random: CounterRandom

  /// Makes the chip ready, with its initial weights written and verified.
  public init(
    train: SequenceSet, test: SequenceSet, options: TrainingOptions, chipOptions: ChipOptions, log: Log
  ) throws {
    let chip = try chipOptions.chip(
      inputs: train.features, hidden: options.hidden, outputs: train.outputs, named: train.name)
    try self.init(
      prepared: Session(try Machine(chip, log: log)), train: train, test: test, options: options,
      chipOptions: chipOptions)
    let model = initialModel()
    _ = try session.program(.lstm, model.lstm, window: options.window, options: chipOptions)
    _ = try session.program(.dense, model.dense, window: options.window, options: chipOptions)
    try configureTraining()
  }

  /// A run on a machine whose controller still has to be told everything but the weights.
  init(
    prepared session: Session<NativeController<Log>>, train: SequenceSet, test: SequenceSet,
    options: TrainingOptions, chipOptions: ChipOptions
  ) throws {
    self.options = options
    self.chipOptions = chipOptions
    self.train = train
    self.test = test
    self.session = session
    random = CounterRandom(seed: chipOptions.seed)
    try self.session.prepare(
      inputs: train.features, hidden: options.hidden, outputs: train.outputs, window: options.window,
      options.activation)
    try configureTraining()
  }

  func configureTrainingWords() -> [UInt32] {
    let longest = max(train.sequences.map(\.steps).max() ?? 1, 1)
    return options.words(longest: longest, loss: train.isRegression ? .squaredError : .crossEntropy)
  }

  mutating func configureTraining() throws {
    do throws(FirmwareRefusal) {
      _ = try session.request(.configureTraining, configureTrainingWords())
    } catch let refusal {
      guard refusal.status == .outOfMemory else { throw refusal }
      throw InputError(
        train.name,
        "training \(train.features)-\(options.hidden)-\(train.outputs) needs \(refusal.words[0]) bytes,"
          + " the controller has \(refusal.words[1]); use fewer hidden units or --truncate with shorter sequences")
    }
  }

  /// Uniform in ±spread/√lines, biases 0 but for the forget gates'.
  func initialModel() -> Model {
    func matrix(_ layer: Int, rows: Int, columns: Int) -> [[Double]] {
      let reach = min(options.spread / Double(rows).squareRoot(), options.window)
      return (0..<rows).map { row in
        (0..<columns).map { column in
          guard row < rows - 1 else { return 0 }
          let bits = random.bits(.initialWeight, tile: layer, operation: 0, index: row * columns + column)
          return (Double(bits[0]) / 2_147_483_648 - 1) * reach
        }
      }
    }
    let hidden = options.hidden
    var lstm = matrix(0, rows: train.features + hidden + 1, columns: 4 * hidden)
    for k in 0..<hidden { lstm[lstm.count - 1][hidden + k] = min(options.forgetBias, options.window) }
    return Model(
      task: train.name, inputs: train.features, hidden: hidden, outputs: train.outputs,
      activation: options.activation, window: options.window, lstm: lstm,
      dense: matrix(1, rows: hidden + 1, columns: train.outputs))
  }

  /// Trains on every sequence once, in an order drawn for the epoch, and measures.
  /// - Parameter progress: told the number of sequences done and the mean loss so far.
  @discardableResult
  public mutating func runEpoch(progress: (Int, Double) -> Void = { _, _ in }) throws -> EpochReport {
    _ = try session.request(.setRate, [options.rate(epoch: epoch)])
    var loss = 0.0
    var right = 0
    for (done, number) in order(epoch: epoch).enumerated() {
      let sequence = train.sequences[number]
      let answer = try session.request(.train, TrainingRequest.words(sequence, in: train))
      loss += Double(answer[0]) / 65_536
      if Int(answer[1]) == sequence.label { right += 1 }
      progress(done + 1, loss / Double(done + 1))
    }
    _ = try session.request(.update)
    epoch += 1
    let count = Double(train.sequences.count)
    let report = try measure(loss: loss / count, trainAccuracy: train.isRegression ? nil : Double(right) / count)
    reports.append(report)
    return report
  }

  /// Fisher–Yates, by draws named by epoch and place.
  func order(epoch: Int) -> [Int] {
    var order = Array(train.sequences.indices)
    for place in stride(from: order.count - 1, to: 0, by: -1) {
      let bits = random.bits(.order, tile: 0, operation: UInt64(epoch), index: place)
      order.swapAt(place, Int(bits[0]) % (place + 1))
    }
    return order
  }

  /// Tries the test set and adds the costs so far.
  mutating func measure(loss: Double, trainAccuracy: Double?) throws -> EpochReport {
    // Costs first: measuring is not training.
    let counters = session.machine.chip.tiles.map(\.counters)
    func sum(_ value: (TileCounters) -> UInt64) -> UInt64 { counters.reduce(0) { $0 + value($1) } }
    func seconds(_ cycles: UInt64) -> Double { Double(cycles) * Double(Timing.nanosecondsPerCycle) * 1e-9 }
    let cycle = session.machine.cycle
    return EpochReport(
      epoch: epoch, loss: loss, trainAccuracy: trainAccuracy,
      testAccuracy: train.isRegression ? nil : try testAccuracy(),
      testError: train.isRegression ? try testError() : nil,
      pulses: sum(\.pulses), phases: sum(\.phases), chipSeconds: seconds(cycle),
      pulseSeconds: seconds(sum(\.programCycles)), cellSerialSeconds: seconds(sum(\.serialCycles)),
      programEnergy: Double(sum { $0.programEnergy.attojoules }) * 1e-18,
      readEnergy: Double(sum { $0.readEnergy.attojoules }) * 1e-18)
  }

  private mutating func testAccuracy() throws -> Double {
    var right = 0
    for sequence in test.sequences {
      let request = InferenceRequest(sequence, features: test.features)
      if try session.classify(request) == sequence.label { right += 1 }
    }
    return Double(right) / Double(test.sequences.count)
  }
}

/// A sequence as the `train` request wants it.
enum TrainingRequest {
  static func words(_ sequence: SequenceSet.Sequence, in set: SequenceSet) -> [UInt32] {
    var words = [UInt32(sequence.steps), UInt32(set.isRegression ? 0 : sequence.label)]
    for step in 0..<sequence.steps {
      words += Lanes.pack(row: Array(sequence.values[step * set.features..<(step + 1) * set.features]))
      guard set.isRegression else { continue }
      words += Lanes.pack(row: Array(sequence.targets[step * set.outputs..<(step + 1) * set.outputs]))
    }
    return words
  }
}
