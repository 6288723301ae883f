import Firmware
import FixedPoint
import Registers

/// Numbers of one meaning in an answer.
struct AnswerPart: Sendable, Equatable {
  enum Packing: Sendable, Equatable {
    /// One a word, each in a range.
    case words(ClosedRange<UInt32>)
    /// One a word, each in a range.
    case signedWords(ClosedRange<Int32>)
    /// Two signed 16-bit numbers a word, a row of so many after the other; each row begins a new word, and the half
    /// that an odd row leaves is 0.
    case pairs(columns: Int)
  }

  /// Of one of them.
  let name: String
  let count: Int
  let packing: Packing

  init(_ name: String, count: Int = 1, _ packing: Packing) {
    self.name = name
    self.count = count
    self.packing = packing
  }

  /// Words that they take.
  var words: Int {
    guard case .pairs(let columns) = packing else { return count }
    return count / columns * ((columns + 1) / 2)
  }

  var text: String { "\(count) \(name)\(count == 1 ? "" : "s")" }
}

/// What the protocol lets a controller answer to a request: the parts of its answer after `done`, or a refusal where
/// no controller can have done it. `vectors/specification/firmware.md` 2.2 has the same table.
enum AnswerForm: Sendable, Equatable {
  case parts([AnswerPart], optional: Int = 0)
  case refusal(Status)

  /// Words after the status that a controller may send at most, whatever its status.
  var largest: Int {
    let refusal = 2
    guard case .parts(let parts, _) = self else { return refusal }
    return max(parts.reduce(0) { $0 + $1.words }, refusal)
  }
}

/// What the host knows of a controller by what it answered.
package struct ControllerKnowledge: Sendable, Equatable {
  struct Training: Equatable {
    let rule: UpdateRule?
    let hasMomentum: Bool
    let readsBack: Bool
    let loss: Loss
    /// Sequences in an update, and since the last one.
    let batch: Int
    var pending = 0
    /// Steps that errors go back; 0 all.
    let truncation: Int
  }

  /// The network of a side.
  struct Network: Equatable {
    let shape: NetworkShape
    let denseHeadroom: UInt32
    var training: Training?
  }

  /// By side.
  private var networks: [Network?] = Side.allCases.map { _ in nil }
  /// Segments of both circuits, as they were set: sigmoid, tanh.
  private(set) var segments = [Activation.hard.sigmoid.count, Activation.hard.tanh.count]
  /// The side that is worked on.
  package private(set) var working = Side.first
  /// The side that classifies.
  private(set) var active = Side.first

  /// The one that is worked on.
  private(set) var network: Network? {
    get { networks[Int(working.rawValue)] }
    set { networks[Int(working.rawValue)] = newValue }
  }

  /// The side that a request is of; of `boot` that of the network before.
  package func side(of command: Command) -> Side { command.isOfActiveSide ? active : working }

  func network(of command: Command) -> Network? { networks[Int(side(of: command).rawValue)] }

  /// Nothing is known yet.
  package init() {}

  /// Of the network that is worked on.
  package var shape: NetworkShape? { network?.shape }

  /// Takes note of a request and of how it went.
  /// - Parameters:
  ///   - words: behind the command.
  ///   - answer: behind the status.
  package mutating func note(_ command: Command, _ words: [UInt32], _ status: Status, _ answer: [UInt32]) {
    switch command {
    // The network stays where only the tiles refuse.
    case .configure where (status == .done || status == .hardware) && words.count == 6:
      network = Self.network(words)
    case .boot where status == .done:
      working = Side(rawValue: answer[1]) ?? .first
      active = working
      network = Self.network(Array(answer[2...]))
    case .setActivation where status == .done:
      if words.count > 1, words[0] < segments.count { segments[Int(words[0])] = Int(words[1]) }
      forgetTrainings()
    case .workOn where status == .done: working = words.first.flatMap { Side(rawValue: $0) } ?? .first
    case .switchTo where status == .done: active = words.first.flatMap { Side(rawValue: $0) } ?? .first
    case .configureTraining where status == .done && words.count == 10:
      forgetTrainings()
      network?.training = Training(
        rule: UpdateRule(rawValue: words[0]), hasMomentum: words[6] > 0,
        readsBack: words[2] == BackwardPath.readBack.rawValue,
        loss: words[1] == Loss.squaredError.rawValue ? .squaredError : .crossEntropy,
        batch: Int(words[3]), truncation: Int(words[4]))
    case .train where status == .done: network?.training?.noteSequence()
    case .update where status == .done, .importState where status == .done: network?.training?.pending = 0
    default: break
    }
  }

  /// By the words of `configure`.
  private static func network(_ words: [UInt32]) -> Network {
    Network(
      shape: NetworkShape(inputs: Int(words[0]), hidden: Int(words[1]), outputs: Int(words[2])),
      denseHeadroom: words[5])
  }

  private mutating func forgetTrainings() {
    for side in networks.indices { networks[side]?.training = nil }
  }

  /// What is answered to a request whose words are in order.
  func form(of command: Command, _ words: [UInt32]) -> AnswerForm {
    switch command {
    case .identify:
      .parts([.init("version", .words(0...(.max))), .init("capability word", .words(0...(.max)))], optional: 1)
    case .configure, .setActivation, .setPulseTimes, .stop, .setRate, .update, .importState, .workOn, .switchTo:
      .parts([])
    case .erase, .configureTraining: network == nil ? .refusal(.notConfigured) : .parts([])
    case .calibrate: on(network) { _ in Self.calibration }
    case .program: on(network) { programming(words, $0) }
    case .infer: on(network(of: command)) { outcome($0) }
    case .readWeights:
      on(network) { shape in
        layer(words).map { [.init("weight", count: shape[$0].cells, .pairs(columns: shape[$0].columns))] }
      }
    case .train: onTraining { [loss($1, $0), classNumber($0.shape)] }
    case .predict:
      on(network(of: command)) { shape in
        let count = Int(words.first ?? 0) * shape.outputs
        return [.init("output", count: count, .pairs(columns: shape.outputs))]
      }
    case .exportState: onTraining { state($0.shape, $1) }
    case .commit:
      on(network) { _ in
        [.init("sequence number", .words(1...(.max))), .init("number of words", .words(0...(.max)))]
      }
    case .boot: .parts(Self.record)
    case .scrub: on(network) { scrubbing(words, $0) }
    case .trainingReport: onTraining { report($0.shape, $1) }
    }
  }

  private func on(_ network: Network?, _ parts: (NetworkShape) -> [AnswerPart]?) -> AnswerForm {
    guard let network else { return .refusal(.notConfigured) }
    return parts(network.shape).map { .parts($0) } ?? .refusal(.badArgument)
  }

  private func onTraining(_ parts: (Network, Training) -> [AnswerPart]) -> AnswerForm {
    guard let network, let training = network.training else { return .refusal(.notConfigured) }
    return .parts(parts(network, training))
  }

  private func layer(_ words: [UInt32]) -> Layer? { words.first.flatMap { Layer(rawValue: $0) } }

  private static var record: [AnswerPart] {
    [
      .init("sequence number", .words(1...(.max))),
      .init("side", .words(0...UInt32(Side.allCases.count - 1))),
      .init("size", count: 3, .words(Argument.size.range)),
      .init("window", count: 2, .words(Argument.window.range)),
      .init("headroom", .words(Argument.headroom.range)),
    ]
  }

  private static var calibration: [AnswerPart] {
    Layer.allCases.flatMap { layer -> [AnswerPart] in
      [
        .init("largest offset of tile \(layer.rawValue)", .words(0...0x8000)),
        .init("largest gain error of tile \(layer.rawValue)", .words(0...0x8000)),
      ]
    }
  }

  private func programming(_ words: [UInt32], _ shape: NetworkShape) -> [AnswerPart]? {
    guard let layer = layer(words), words.count > 2 else { return nil }
    let lines = shape[layer]
    return [
      // A share read is within ±2 windows, its target within ±1.
      .init("worst error", .words(0...0x1_8000)),
      .init("number of missed cells", .words(0...UInt32(lines.cells))),
      .init("number of rounds", .words(0...UInt32(clamping: lines.rows * Int(words[2])))),
      .init("number of reads", .words(0...(.max))),
    ]
  }

  private func scrubbing(_ words: [UInt32], _ shape: NetworkShape) -> [AnswerPart]? {
    guard let layer = layer(words), words.count > 2 else { return nil }
    let columns = UInt32(shape[layer].columns)
    return [
      .init("number of columns off", .words(0...columns)),
      .init("number of cells", .words(0...columns)),
      .init("number of columns off afterwards", .words(0...columns)),
      .init("number of rounds", .words(0...UInt32(clamping: Int(columns) * Int(words[2])))),
      .init("number of reads", .words(0...(.max))),
    ]
  }

  private func classNumber(_ shape: NetworkShape) -> AnswerPart {
    .init("class", .words(0...UInt32(shape.outputs - 1)))
  }

  private func outcome(_ shape: NetworkShape) -> [AnswerPart] {
    [classNumber(shape), .init("output", count: shape.outputs, .pairs(columns: shape.outputs))]
  }

  private func loss(_ training: Training, _ network: Network) -> AnswerPart {
    // The spread of two outputs, and the logarithm of their number.
    let largest = training.loss == .crossEntropy ? (16 << network.denseHeadroom + 16) << 16 : UInt32.max
    return .init("loss", .words(0...largest))
  }

  private func state(_ shape: NetworkShape, _ training: Training) -> [AnswerPart] {
    var parts: [AnswerPart] = []
    for (name, lines) in [("LSTM", shape.lstm), ("dense", shape.dense)] {
      parts += training.rule == .errorFeedback ? Self.feedbackState(name, lines) : Self.residuals(name, lines, training)
    }
    guard training.readsBack else { return parts }
    for (name, lines) in [("LSTM", shape.lstm), ("dense", shape.dense)] {
      let count = shape.hidden * lines.columns
      parts.append(.init("\(name) weight", count: count, .signedWords(-0x1_0000...0x1_0000)))
    }
    return parts
  }
}

// Of the rules that keep residuals, and of the one that keeps debts.
extension ControllerKnowledge {
  private static func residuals(_ name: String, _ lines: NetworkShape.Lines, _ training: Training) -> [AnswerPart] {
    var parts = [AnswerPart("\(name) residual", count: lines.cells, .signedWords(-.max ... .max))]
    if training.hasMomentum {
      parts.append(.init("\(name) momentum term", count: lines.cells, .signedWords(.min ... .max)))
    }
    return parts
  }

  private static func feedbackState(_ name: String, _ lines: NetworkShape.Lines) -> [AnswerPart] {
    [
      .init("\(name) debt", count: lines.cells, .words(0...(.max))),
      .init("\(name) root mean square", count: lines.rows + lines.columns, .words(0...1 << 31)),
      .init("number of \(name) updates", .words(0...(.max))),
      .init("number of \(name) writes", .words(0...(.max))),
      .init("\(name) write error", .words(0...1 << 28)),
    ]
  }

  private func report(_ shape: NetworkShape, _ training: Training) -> [AnswerPart] {
    let isFeedback = training.rule == .errorFeedback
    func words(_ most: UInt32) -> AnswerPart.Packing { .words(0...(isFeedback ? most : 0)) }
    return [("LSTM", shape.lstm), ("dense", shape.dense)].flatMap { name, lines -> [AnswerPart] in
      [
        .init("number of \(name) updates", words(.max)), .init("number of \(name) writes", words(.max)),
        .init("number of \(name) cells given up", words(UInt32(lines.cells))),
        .init("\(name) write error", words(1 << 28)), .init("\(name) threshold", words(1 << 28)),
      ]
    }
  }
}

extension Command {
  /// What a request can be refused with; a controller may also not know the command.
  var refusals: Set<Status> {
    let usual: Set<Status> = [.unknownCommand, .badLength, .badArgument, .notConfigured]
    return switch self {
    case .configure: usual.union([.doesNotFit, .hardware])
    case .configureTraining: usual.union([.outOfMemory])
    case .program, .infer, .erase, .train, .update: usual.union([.hardware])
    case .commit: usual.union([.hardware, .flash])
    case .boot: usual.union([.doesNotFit, .hardware, .noRecord, .damagedRecord, .foreignRecord])
    case .scrub: usual.union([.hardware, .noRecord, .damagedRecord, .foreignRecord, .otherRecord])
    case .workOn: usual.union([.doesNotFit])
    case .identify, .setActivation, .calibrate, .setPulseTimes, .readWeights, .stop, .setRate, .predict, .exportState,
      .importState, .switchTo, .trainingReport:
      usual
    }
  }
}

extension ControllerKnowledge.Training {
  /// After a sequence: an update is made as soon as a batch is full.
  mutating func noteSequence() { pending = pending + 1 < batch ? pending + 1 : 0 }
}
