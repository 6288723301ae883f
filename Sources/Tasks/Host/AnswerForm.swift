import Firmware
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
struct ControllerKnowledge: Sendable, Equatable {
  private struct Training: Equatable {
    let hasMomentum: Bool
    let readsBack: Bool
    let loss: Loss
  }

  private var shape: NetworkShape?
  private var denseHeadroom: UInt32 = 0
  private var training: Training?

  /// Takes note of a request and of how it went.
  /// - Parameters:
  ///   - words: behind the command.
  ///   - answer: behind the status.
  mutating func note(_ command: Command, _ words: [UInt32], _ status: Status, _ answer: [UInt32]) {
    switch command {
    // The network stays where only the tiles refuse.
    case .configure where (status == .done || status == .hardware) && words.count == 6:
      shape = NetworkShape(inputs: Int(words[0]), hidden: Int(words[1]), outputs: Int(words[2]))
      denseHeadroom = words[5]
      training = nil
    case .boot where status == .done:
      shape = NetworkShape(inputs: Int(answer[1]), hidden: Int(answer[2]), outputs: Int(answer[3]))
      denseHeadroom = answer[6]
      training = nil
    case .setActivation where status == .done: training = nil
    case .configureTraining where status == .done && words.count == 10:
      training = Training(
        hasMomentum: words[6] > 0, readsBack: words[2] == BackwardPath.readBack.rawValue,
        loss: words[1] == Loss.squaredError.rawValue ? .squaredError : .crossEntropy)
    default: break
    }
  }

  /// What is answered to a request whose words are in order.
  func form(of command: Command, _ words: [UInt32]) -> AnswerForm {
    switch command {
    case .identify:
      .parts([.init("version", .words(0...(.max))), .init("capability word", .words(0...(.max)))], optional: 1)
    case .configure, .setActivation, .setPulseTimes, .stop, .setRate, .update, .importState: .parts([])
    case .erase, .configureTraining: shape == nil ? .refusal(.notConfigured) : .parts([])
    case .calibrate: onNetwork { _ in Self.calibration }
    case .program: onNetwork { programming(words, $0) }
    case .infer: onNetwork { outcome($0) }
    case .readWeights:
      onNetwork { shape in
        layer(words).map { [.init("weight", count: shape[$0].cells, .pairs(columns: shape[$0].columns))] }
      }
    case .train: onTraining { [loss($1), classNumber($0)] }
    case .predict:
      onNetwork { shape in
        let count = Int(words.first ?? 0) * shape.outputs
        return [.init("output", count: count, .pairs(columns: shape.outputs))]
      }
    case .exportState: onTraining { state($0, $1) }
    case .commit:
      onNetwork { _ in
        [.init("sequence number", .words(1...(.max))), .init("number of words", .words(0...(.max)))]
      }
    case .boot: .parts(Self.network)
    }
  }

  private func onNetwork(_ parts: (NetworkShape) -> [AnswerPart]?) -> AnswerForm {
    guard let shape else { return .refusal(.notConfigured) }
    return parts(shape).map { .parts($0) } ?? .refusal(.badArgument)
  }

  private func onTraining(_ parts: (NetworkShape, Training) -> [AnswerPart]) -> AnswerForm {
    guard let shape, let training else { return .refusal(.notConfigured) }
    return .parts(parts(shape, training))
  }

  private func layer(_ words: [UInt32]) -> Layer? { words.first.flatMap { Layer(rawValue: $0) } }

  private static var network: [AnswerPart] {
    [
      .init("sequence number", .words(1...(.max))),
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

  private func classNumber(_ shape: NetworkShape) -> AnswerPart {
    .init("class", .words(0...UInt32(shape.outputs - 1)))
  }

  private func outcome(_ shape: NetworkShape) -> [AnswerPart] {
    [classNumber(shape), .init("output", count: shape.outputs, .pairs(columns: shape.outputs))]
  }

  private func loss(_ training: Training) -> AnswerPart {
    // The spread of two outputs, and the logarithm of their number.
    let largest = training.loss == .crossEntropy ? (16 << denseHeadroom + 16) << 16 : UInt32.max
    return .init("loss", .words(0...largest))
  }

  private func state(_ shape: NetworkShape, _ training: Training) -> [AnswerPart] {
    var parts: [AnswerPart] = []
    for (name, lines) in [("LSTM", shape.lstm), ("dense", shape.dense)] {
      parts.append(.init("\(name) residual", count: lines.cells, .signedWords(-.max ... .max)))
      if training.hasMomentum {
        parts.append(.init("\(name) momentum term", count: lines.cells, .signedWords(.min ... .max)))
      }
    }
    guard training.readsBack else { return parts }
    for (name, lines) in [("LSTM", shape.lstm), ("dense", shape.dense)] {
      let count = shape.hidden * lines.columns
      parts.append(.init("\(name) weight", count: count, .signedWords(-0x1_0000...0x1_0000)))
    }
    return parts
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
    case .identify, .setActivation, .calibrate, .setPulseTimes, .readWeights, .stop, .setRate, .predict, .exportState,
      .importState:
      usual
    }
  }
}
