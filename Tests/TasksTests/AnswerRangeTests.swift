import Firmware
import Registers
import Testing

@testable import Tasks

/// FW-2.2.25 word by word: each at the ends of its range and one beyond.
@Suite("Ranges of answers")
struct AnswerRangeTests {
  private struct Case {
    let command: Command
    let request: [UInt32]
    /// An answer that is right, without its status, and the range of each word.
    let answer: [UInt32]
    let ranges: [ClosedRange<UInt32>?]
    /// Words that make the rest right where one is at an end.
    var others: [Int: [Int: UInt32]] = [:]
  }

  private static let any = 0...UInt32.max
  static let training: [UInt32] = [0, 0, 1, 1, 0, 4, 3, 5, 50, 0]

  /// 2-2-3: the LSTM layer has 5 rows of 8, the dense layer 3 rows of 3; 5 bits of headroom.
  static func knowledge(_ training: [UInt32]? = training) -> ControllerKnowledge {
    var knowledge = ControllerKnowledge()
    knowledge.note(.configure, [2, 2, 3, 256, 256, 5], .done, [])
    if let training { knowledge.note(.configureTraining, training, .done, []) }
    return knowledge
  }

  private static let cases = [
    Case(command: .identify, request: [], answer: [1, 7], ranges: [1...1, any]),
    Case(
      command: .calibrate, request: [0], answer: [0, 0, 0, 0], ranges: Array(repeating: 0...32_768, count: 4)),
    Case(
      command: .program, request: [0, 200, 30, 0], answer: [300, 1, 1, 1],
      ranges: [201...98_304, 0...40, 0...5 * 30, any]),
    Case(
      command: .program, request: [1, 200, 7, 0], answer: [0, 0, 1, 1], ranges: [0...400, 0...0, 0...3 * 7, any]),
    Case(command: .program, request: [1, 0, 7, 0], answer: [1, 9, 1, 1], ranges: [1...98_304, 1...9, 0...21, any]),
    Case(
      command: .infer, request: [1, 0], answer: [0, 0x0005_0009, 0x0000_0009], ranges: [0...0, nil, 0...9]),
    Case(
      command: .readWeights, request: [1, 0], answer: [0, 0, 1, 2, 3, 4],
      ranges: [any, 0...0xffff, any, 0...0xffff]),
    Case(
      command: .train, request: [1, 0, 0], answer: [0, 0], ranges: [0...(16 * 32 + 16) << 16, 0...2]),
    Case(command: .predict, request: [1, 0], answer: [1, 2], ranges: [any, 0...0xffff]),
    Case(command: .commit, request: [0], answer: [1, 0], ranges: [1...(.max), any]),
    Case(
      command: .boot, request: [], answer: [1, 0, 2, 2, 3, 256, 256, 5],
      ranges: [1...(.max), 0...1, 1...1024, 1...1024, 1...1024, 1...65_535, 1...65_535, 0...8]),
    Case(
      command: .scrub, request: [0, 200, 30, 0], answer: [8, 8, 8, 1, 1],
      ranges: [8...8, 0...8, 0...8, 0...8 * 30, any], others: [1: [3: 0]]),
    Case(
      command: .scrub, request: [1, 0, 2, 0], answer: [2, 1, 0, 0, 0], ranges: [1...3, 0...2, 0...3, 0...6, any],
      others: [1: [2: 2]]),
  ]

  /// What is wrong with an answer; nil for nothing.
  static func problem(
    _ command: Command, _ request: [UInt32], _ answer: [UInt32], _ knowledge: ControllerKnowledge = knowledge()
  ) -> String? {
    do throws(WrongAnswer) {
      _ = try Answer(answer, to: command, request, form: knowledge.form(of: command, request))
      return nil
    } catch {
      return error.text
    }
  }

  @Test("Each word of each answer is taken from the first to the last of its range, and neither before nor behind")
  func ranges() {
    for (number, each) in Self.cases.enumerated() {
      #expect(Self.problem(each.command, each.request, [0] + each.answer) == nil, "\(number)")
      for (place, range) in each.ranges.enumerated() {
        guard let range else { continue }
        let below = range.lowerBound > 0 ? [range.lowerBound - 1] : []
        let above = range.upperBound < .max ? [range.upperBound + 1] : []
        for word in [range.lowerBound, range.upperBound] + below + above {
          var answer = each.answer
          answer[place] = word
          for (other, value) in each.others[place] ?? [:] { answer[other] = value }
          let said = Self.problem(each.command, each.request, [0] + answer)
          #expect((said == nil) == range.contains(word), "\(number), word \(place), \(word): \(said ?? "taken")")
        }
      }
      let isOptional = each.command == .identify
      for words in [each.answer + [0]] + (isOptional ? [] : [Array(each.answer.dropLast())]) {
        let said = Self.problem(each.command, each.request, [0] + words)
        #expect(said?.hasPrefix("with \(words.count) word\(words.count == 1 ? "" : "s"), expected ") == true)
      }
    }
    #expect(Self.problem(.identify, [], [0, 1]) == nil)
    #expect(Self.problem(.identify, [], [0])?.hasPrefix("with 0 words, expected ") == true)
  }

  @Test("Wrong answers are told with the name of the word, what it is, and what was expected")
  func words() {
    let told: [(Command, [UInt32], [UInt32], String)] = [
      (.calibrate, [0], [0, 0, 32_769, 0, 0], "with largest gain error of tile 0 32769, expected 0 to 32768"),
      (.calibrate, [0], [0, 0, 0, 32_769, 0], "with largest offset of tile 1 32769, expected 0 to 32768"),
      (.identify, [], [0, 2, 0], "with version 2 of the protocol, expected 1, the host's"),
      (.identify, [], [], "with nothing, expected a status, 1 version and 1 capability word"),
      (.stop, [], [], "with nothing, expected a status"), (.stop, [], [13], "with status 13, expected 0 to 12"),
      (.stop, [], [0, 1], "with 1 word, expected none"),
      (
        .program, [0, 200, 30, 0], [0, 200, 2, 0, 0],
        "with 2 missed cells and the worst error 200, expected one above 200"
      ),
      (
        .program, [0, 200, 30, 0], [0, 401, 0, 0, 0],
        "with no missed cell and the worst error 401, expected at most 400"
      ),
      (.infer, [1, 0], [0, 1, 9, 9], "with class 1, expected 0, the first of the largest output"),
      (.infer, [1, 0], [0, 0, 0x9_0008, 7], "with class 0, expected 1, the first of the largest output"),
      (.infer, [1, 0], [0, 0, 0x8_0008, 9], "with class 0, expected 2, the first of the largest output"),
      (.infer, [1, 0], [0, 0, 0, 0x1_0000], "with 1 in the half word behind the last output of a row, expected 0"),
      (.infer, [1, 0], [0, 0], "with 1 word, expected 1 class and 3 outputs (3 words)"),
      (
        .readWeights, [1, 0], [0, 0, 0, 0, 5 << 16, 0, 0],
        "with 5 in the half word behind the last weight of a row, expected 0"
      ),
      (.scrub, [1, 0, 2, 0], [0, 2, 3, 0, 0, 0], "with 3 cells of 2 columns, expected a cell of a column at most"),
      (
        .scrub, [1, 0, 2, 0], [0, 2, 0, 1, 0, 0],
        "with no cell, 2 and then 1 columns off, and 0 rounds, expected as many columns and no rounds"
      ),
      (
        .scrub, [1, 0, 2, 0], [0, 2, 0, 2, 1, 0],
        "with no cell, 2 and then 2 columns off, and 1 rounds, expected as many columns and no rounds"
      ),
    ]
    for (command, request, answer, text) in told {
      #expect(Self.problem(command, request, answer) == text, "\(command) \(answer)")
    }
    #expect(Self.problem(.scrub, [1, 0, 2, 0], [0, 2, 0, 2, 0, 9]) == nil)
    #expect(Self.problem(.infer, [1, 0], [0, 0, 0x8000_0000, 0]) == nil)
  }

  @Test("A state has residuals above −2³¹, momentum terms where there is momentum, and shares that are read back")
  func states() {
    for (momentum, readsBack) in [(0, false), (3, false), (0, true), (3, true)] as [(UInt32, Bool)] {
      var training = Self.training
      training[6] = momentum
      training[2] = (readsBack ? BackwardPath.readBack : .readTransposed).rawValue
      let knowledge = Self.knowledge(training)
      let terms = momentum > 0 ? 2 : 1
      var least: [Int32] = []
      var most: [Int32] = []
      for cells in [40, 9] {
        for term in 0..<terms {
          least += Array(repeating: term == 0 ? -.max : .min, count: cells)
          most += Array(repeating: .max, count: cells)
        }
      }
      if readsBack {
        // The hidden rows of both layers: 2 of 8 and 2 of 3.
        least += Array(repeating: -65_536, count: 22)
        most += Array(repeating: 65_536, count: 22)
      }
      func problem(_ words: [Int32]) -> String? {
        Self.problem(.exportState, [], [0] + words.map { UInt32(bitPattern: $0) }, knowledge)
      }
      #expect(problem(least) == nil && problem(most) == nil && problem(most + [0]) != nil)
      for place in least.indices {
        for (words, step) in [(least, -1), (most, 1)] as [([Int32], Int32)] {
          let (beyond, overflows) = words[place].addingReportingOverflow(step)
          guard !overflows else { continue }
          var words = words
          words[place] = beyond
          #expect(problem(words) != nil, "\(place)")
        }
      }
    }
    let words: [UInt32] = [0] + (0..<49).map { $0 == 41 ? 0x8000_0000 : 0 }
    let residual = Self.problem(.exportState, [], words, Self.knowledge([0, 0, 0, 1, 0, 4, 0, 5, 50, 0]))
    #expect(residual == "with dense residual 1 -2147483648, expected -2147483647 to 2147483647")
  }

  private static let refusals: [(Status, [Command])] = [
    (.unknownCommand, Command.allCases), (.badLength, Command.allCases), (.badArgument, Command.allCases),
    (.notConfigured, Command.allCases), (.doesNotFit, [.configure, .boot, .workOn]),
    (.hardware, [.configure, .program, .infer, .erase, .train, .update, .commit, .boot, .scrub]),
    (.outOfMemory, [.configureTraining]), (.noRecord, [.boot, .scrub]), (.damagedRecord, [.boot, .scrub]),
    (.foreignRecord, [.boot, .scrub]), (.flash, [.commit]), (.otherRecord, [.scrub]),
  ]

  @Test("A command is refused with the statuses that it can have, with their words, and with no others")
  func statuses() {
    for (status, commands) in Self.refusals {
      let words: [UInt32] =
        switch status {
        case .hardware: [1, 0]
        case .flash: [0]
        case .outOfMemory: [6, 5]
        default: []
        }
      for command in Command.allCases {
        let said = Self.problem(command, [], [status.rawValue] + words)
        let expected =
          commands.contains(command)
          ? nil : "with status \(status.rawValue), \(status), expected a status that '\(command)' can have"
        #expect(said == expected, "\(command) \(status)")
        guard expected == nil else { continue }
        #expect(Self.problem(command, [], [status.rawValue] + words + [0]) != nil)
      }
    }
    let tile = TileError.fields.reduce(0) { $0 | $1.mask }
    let flash = FlashError.fields.reduce(0) { $0 | $1.mask }
    for (command, words, isTaken) in [
      (.erase, [6, 0, 0], false), (.erase, [6, 0, 1], true), (.erase, [6, tile, tile], true),
      (.erase, [6, tile + 1, 0], false), (.erase, [6, 0, tile + 1], false), (.commit, [11, flash], true),
      (.commit, [11, flash + 1], false), (.configureTraining, [7, 5, 5], false), (.configureTraining, [7, 6, 5], true),
      (.configureTraining, [7, .max, 0], true), (.configureTraining, [7, .max, .max - 1], true),
    ] as [(Command, [UInt32], Bool)] {
      #expect((Self.problem(command, [], words) == nil) == isTaken, "\(command) \(words)")
    }
  }

  @Test("Without a network, or without a training, nothing can have been done; a layer there is none of is refused")
  func unprepared() {
    let none = ControllerKnowledge()
    let needing: [Command] = [
      .calibrate, .program, .infer, .readWeights, .train, .predict, .exportState, .commit, .scrub, .erase,
      .configureTraining, .trainingReport,
    ]
    for command in Command.allCases {
      let isRefused = none.form(of: command, [0, 0, 1, 0]) == .refusal(.notConfigured)
      #expect(isRefused == needing.contains(command), "\(command)")
    }
    let configured = Self.knowledge(nil)
    for command in needing {
      let isOfTraining = [.train, .exportState, .trainingReport].contains(command)
      #expect((configured.form(of: command, [0, 0, 1, 0]) == .refusal(.notConfigured)) == isOfTraining, "\(command)")
    }
    for command in [Command.program, .readWeights, .scrub] {
      #expect(configured.form(of: command, [2, 0, 1, 0]) == .refusal(.badArgument), "\(command)")
      #expect(configured.form(of: command, []) == .refusal(.badArgument), "\(command)")
    }
    for command in [Command.program, .scrub] {
      #expect(configured.form(of: command, [0, 0]) == .refusal(.badArgument), "\(command)")
    }
  }

  @Test("A side has its own network; a new one, or other circuits, has no training; the serving side answers 'infer'")
  func sides() {
    func outputs(_ knowledge: ControllerKnowledge, _ command: Command) -> Int? {
      guard case .parts(let parts, _) = knowledge.form(of: command, [1, 0, 0]) else { return nil }
      return parts.last?.count
    }
    var knowledge = Self.knowledge()
    #expect(knowledge.shape == NetworkShape(inputs: 2, hidden: 2, outputs: 3))
    knowledge.note(.workOn, [1], .done, [])
    #expect(knowledge.working == .second && knowledge.active == .first && knowledge.shape == nil)
    #expect(outputs(knowledge, .infer) == 3 && outputs(knowledge, .readWeights) == nil)
    knowledge.note(.configure, [1, 1, 5, 256, 256, 0], .hardware, [1, 0])
    #expect(outputs(knowledge, .infer) == 3 && outputs(knowledge, .readWeights) == 5 * 2)
    knowledge.note(.switchTo, [1], .notConfigured, [])
    #expect(outputs(knowledge, .infer) == 3)
    knowledge.note(.switchTo, [1], .done, [])
    #expect(outputs(knowledge, .infer) == 5 && knowledge.side(of: .infer) == .second)
    knowledge.note(.workOn, [0], .done, [])
    #expect(knowledge.side(of: .program) == .first && knowledge.side(of: .infer) == .second)
    #expect(outputs(knowledge, .train) != nil)
    knowledge.note(.setActivation, [0, 1, 0, 0, 0], .badArgument, [])
    #expect(outputs(knowledge, .train) != nil)
    knowledge.note(.setActivation, [0, 1, 0, 0, 0], .done, [])
    #expect(outputs(knowledge, .train) == nil)
    knowledge.note(.configureTraining, Self.training, .outOfMemory, [2, 1])
    #expect(outputs(knowledge, .train) == nil)
    knowledge.note(.configureTraining, Self.training, .done, [])
    knowledge.note(.configure, [4, 4, 4, 256, 256, 0], .doesNotFit, [])
    #expect(outputs(knowledge, .train) != nil && knowledge.shape?.outputs == 3)
    knowledge.note(.configure, [4, 4, 4, 256, 256, 0], .done, [])
    #expect(outputs(knowledge, .train) == nil && knowledge.shape?.outputs == 4)
    knowledge.note(.boot, [], .done, [3, 1, 2, 2, 7, 256, 256, 0])
    #expect(knowledge.working == .second && knowledge.active == .second && knowledge.shape?.outputs == 7)
    // Squared errors have any loss, a cross-entropy one up to its spread.
    var training = Self.training
    training[1] = Firmware.Loss.squaredError.rawValue
    #expect(Self.problem(.train, [1, 0, 0], [0, .max, 0], Self.knowledge(training)) == nil)
    #expect(Self.problem(.train, [1, 0, 0], [0, .max, 0]) != nil)
  }
}
