import Firmware
import FixedPoint
import Registers
import Testing

@testable import Tasks

@Suite("What the host knows of a controller")
struct KnownNetworkTests {
  private static func training(batch: UInt32 = 3) -> [UInt32] { [0, 0, 1, batch, 0, 4, 3, 5, 50, 0] }

  private static func knowledge(_ training: [UInt32]? = nil) -> ControllerKnowledge {
    var knowledge = ControllerKnowledge()
    knowledge.note(.configure, [2, 2, 3, 256, 256, 5], .done, [])
    if let training { knowledge.note(.configureTraining, training, .done, []) }
    return knowledge
  }

  @Test("A new one has no network, the first side for both, and the segments of the hard circuits")
  func fresh() {
    let knowledge = ControllerKnowledge()
    #expect(knowledge.shape == nil && knowledge.working == .first && knowledge.active == .first)
    #expect(knowledge.segments == [Activation.hard.sigmoid.count, Activation.hard.tanh.count])
    for command in Command.allCases {
      #expect(knowledge.side(of: command) == .first && knowledge.network(of: command) == nil)
    }
  }

  @Test("A network is known by six words, also where only tiles refused; by five or seven it is not")
  func configured() {
    let words: [UInt32] = [7, 8, 9, 256, 256, 3]
    for status in Status.allCases {
      var knowledge = ControllerKnowledge()
      knowledge.note(.configure, words, status, [])
      #expect(
        (knowledge.shape == NetworkShape(inputs: 7, hidden: 8, outputs: 9)) == [.done, .hardware].contains(status))
      #expect((knowledge.network?.denseHeadroom == 3) == [.done, .hardware].contains(status), "\(status)")
    }
    for words in [Array(words.dropLast()), words + [0]] {
      var knowledge = ControllerKnowledge()
      knowledge.note(.configure, words, .done, [])
      #expect(knowledge.shape == nil)
    }
  }

  @Test("Segments are those of the circuit that was set; what was refused, or is of no circuit, changes none")
  func segments() {
    let usual = ControllerKnowledge().segments
    let cases: [([UInt32], Status, [Int])] = [
      ([0, 9], .done, [9, usual[1]]), ([1, 9], .done, [usual[0], 9]), ([1, 9, 5, 5], .done, [usual[0], 9]),
      ([2, 9], .done, usual), ([1], .done, usual), ([], .done, usual), ([1, 9], .badArgument, usual),
      ([0, 9], .hardware, usual),
    ]
    for (words, status, segments) in cases {
      var knowledge = ControllerKnowledge()
      knowledge.note(.setActivation, words, status, [])
      #expect(knowledge.segments == segments, "\(words) \(status)")
    }
  }

  @Test("Other circuits end the trainings of both sides, and the networks stay")
  func bothSides() {
    var knowledge = Self.knowledge(Self.training())
    knowledge.note(.workOn, [1], .done, [])
    knowledge.note(.configure, [4, 4, 4, 256, 256, 0], .done, [])
    #expect(knowledge.network?.training == nil)
    knowledge.note(.setActivation, [0, 1], .done, [])
    knowledge.note(.workOn, [0], .done, [])
    #expect(knowledge.network?.training == nil && knowledge.shape?.outputs == 3)
    knowledge.note(.configureTraining, Self.training(), .done, [])
    #expect(knowledge.network?.training?.batch == 3)
    knowledge.note(.workOn, [1], .done, [])
    #expect(knowledge.shape?.outputs == 4 && knowledge.network?.training == nil)
    // A training of one side ends that of the other, since both share the memory of residuals.
    knowledge.note(.configureTraining, Self.training(batch: 5), .done, [])
    knowledge.note(.workOn, [0], .done, [])
    #expect(knowledge.network?.training == nil)
  }

  @Test("A training is known by its ten words, each at its place")
  func training() throws {
    for rule in UpdateRule.allCases {
      let known = try #require(Self.knowledge([rule.rawValue, 0, 0, 7, 11, 0, 0, 0, 0, 0]).network?.training)
      #expect(
        known.rule == rule && known.batch == 7 && known.truncation == 11 && !known.hasMomentum && known.pending == 0)
    }
    func known(_ change: (inout [UInt32]) -> Void) throws -> ControllerKnowledge.Training {
      var words: [UInt32] = Array(repeating: 0, count: 10)
      change(&words)
      return try #require(Self.knowledge(words).network?.training)
    }
    #expect(try known { $0[0] = 999 }.rule == nil)
    #expect(try known { $0[6] = 1 }.hasMomentum && !known { $0[5] = 1 }.hasMomentum && !known { $0[7] = 1 }.hasMomentum)
    for path in BackwardPath.allCases {
      #expect(try known { $0[2] = path.rawValue }.readsBack == (path == .readBack))
    }
    #expect(try known { $0[1] = Firmware.Loss.squaredError.rawValue }.loss == .squaredError)
    #expect(try known { $0[1] = Firmware.Loss.crossEntropy.rawValue }.loss == .crossEntropy)
    for words in [Array(Self.training().dropLast()), Self.training() + [0]] {
      #expect(Self.knowledge(words).network?.training == nil)
    }
  }

  @Test(
    "Sequences wait for an update until the batch is full; an update or a state that is imported leaves none waiting")
  func pending() {
    var knowledge = Self.knowledge(Self.training())
    func pending(_ command: Command, _ status: Status = .done) -> Int? {
      knowledge.note(command, [], status, [])
      return knowledge.network?.training?.pending
    }
    #expect([1, 2, 0, 1].map { _ in pending(.train) } == [1, 2, 0, 1])
    #expect(pending(.train, .badArgument) == 1 && pending(.infer) == 1 && pending(.update, .hardware) == 1)
    #expect(pending(.update) == 0 && pending(.train) == 1)
    #expect(pending(.importState, .badLength) == 1 && pending(.importState) == 0)
    var each = Self.knowledge(Self.training(batch: 1))
    each.note(.train, [], .done, [])
    #expect(each.network?.training?.pending == 0)
  }

  @Test("Sides that there are none of, or that were not said, are the first")
  func sides() {
    for words in [[], [2], [7]] as [[UInt32]] {
      var knowledge = Self.knowledge()
      for command in [Command.workOn, .switchTo] {
        knowledge.note(command, [1], .done, [])
        knowledge.note(command, words, .done, [])
      }
      #expect(knowledge.working == .first && knowledge.active == .first)
    }
    var knowledge = Self.knowledge()
    knowledge.note(.workOn, [1], .doesNotFit, [])
    #expect(knowledge.working == .first)
    knowledge.note(.boot, [], .noRecord, [])
    #expect(knowledge.shape?.inputs == 2)
    knowledge.note(.boot, [], .done, [9, 1, 4, 5, 6, 256, 256, 8])
    #expect(knowledge.working == .second && knowledge.active == .second && knowledge.network?.denseHeadroom == 8)
    #expect(knowledge.shape == NetworkShape(inputs: 4, hidden: 5, outputs: 6))
  }
}

@Suite("Forms of answers")
struct AnswerFormTests {
  @Test("Two words are room enough for a refusal, more only where the answer has more")
  func largest() {
    func words(_ counts: Int...) -> AnswerForm {
      .parts(counts.map { AnswerPart("number", count: $0, .words(0...1)) })
    }
    #expect(AnswerForm.refusal(.badArgument).largest == 2 && words().largest == 2 && words(1).largest == 2)
    #expect(words(2).largest == 2 && words(3).largest == 3 && words(2, 3, 1).largest == 6)
    #expect(AnswerForm.parts([AnswerPart("output", count: 9, .pairs(columns: 3))]).largest == 6)
  }

  @Test("Parts take a word each, or half a word with rows that begin anew; their text has a plural but for one")
  func parts() {
    for (count, columns, words) in [(6, 2, 3), (6, 3, 4), (1, 1, 1), (5, 1, 5), (5, 5, 3), (0, 4, 0)] {
      #expect(AnswerPart("weight", count: count, .pairs(columns: columns)).words == words, "\(count) \(columns)")
      #expect(AnswerPart("weight", count: count, .words(0...1)).words == count)
      #expect(AnswerPart("weight", count: count, .signedWords(0...1)).words == count)
    }
    let texts = (0...2).map { AnswerPart("weight", count: $0, .words(0...1)).text }
    #expect(texts == ["0 weights", "1 weight", "2 weights"])
  }

  private static func problem(
    _ command: Command, _ answer: [UInt32], _ form: AnswerForm, on features: ChipFeatures = []
  ) -> String? {
    do throws(WrongAnswer) {
      _ = try Answer(answer, to: command, [], form: form, on: features)
      return nil
    } catch {
      return error.text
    }
  }

  @Test("Only an inference on a chip with a cell unit is refused without an error of a tile")
  func unit() {
    let no = "with status 6, hardware and no error of a tile, expected at least one"
    for (command, features, said) in [
      (.infer, [], no), (.infer, .cell, nil), (.train, .cell, no), (.erase, .cell, no), (.infer, .windows, no),
    ] as [(Command, ChipFeatures, String?)] {
      #expect(Self.problem(command, [6, 0, 0], .parts([]), on: features) == said, "\(command)")
      #expect(Self.problem(command, [6, 0, 1], .parts([]), on: features) == nil)
    }
  }

  @Test("Bytes that are needed and there are each a word of any size; that they do not suffice is told with both")
  func bytes() {
    for (needed, there) in [(1, 0), (.max, 0), (.max, .max - 1), (0x8000_0000, 0x7fff_ffff)] as [(UInt32, UInt32)] {
      #expect(Self.problem(.configureTraining, [7, needed, there], .parts([])) == nil)
      let said =
        "with status 7, outOfMemory, \(there) bytes needed and \(needed) there, expected more needed than there"
      #expect(Self.problem(.configureTraining, [7, there, needed], .parts([])) == said)
    }
    let none = "with status 7, outOfMemory, 0 bytes needed and 0 there, expected more needed than there"
    #expect(Self.problem(.configureTraining, [7, 0, 0], .parts([])) == none)
    #expect(
      Self.problem(.configureTraining, [7, 5], .parts([]))
        == "with 1 word, expected 1 number of bytes needed and 1 number of bytes there")
  }

  @Test("Where nothing can have been done, doing it is told with the refusal that was due")
  func refused() {
    #expect(Self.problem(.train, [0], .refusal(.notConfigured)) == "with status 0, done, expected 4, notConfigured")
    #expect(Self.problem(.train, [], .refusal(.notConfigured)) == "with nothing, expected status 4, notConfigured")
    #expect(Self.problem(.train, [3], .refusal(.notConfigured)) == nil)
  }

  @Test("Parts may be missing at the end as many as are optional, and no more")
  func optional() {
    let parts = (0..<3).map { AnswerPart("number \($0)", .words(0...9)) }
    for optional in 0...3 {
      for count in 0...4 {
        let isTaken = count <= 3 && count >= 3 - optional
        let said = Self.problem(.stop, [0] + Array(repeating: 1, count: count), .parts(parts, optional: optional))
        #expect((said == nil) == isTaken, "\(optional) \(count)")
      }
    }
    #expect(Self.problem(.stop, [0, 1, 10], .parts(parts, optional: 1)) == "with number 1 10, expected 0 to 9")
  }
}
