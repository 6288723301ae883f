import Board
import Files
import FixedPoint
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("McNemar's exact test")
struct McNemarTests {
  /// 2·Σ C(n, k) over 2ⁿ, with whole numbers up to the one division.
  private func oracle(_ one: Int, _ other: Int) -> Double {
    let all = one + other
    var (term, sum): (Int128, Int128) = (1, 1)
    for k in 0..<min(one, other) {
      term = term * Int128(all - k) / Int128(k + 1)
      sum += term
    }
    return min(1, Double(2 * sum) / Double(Int128(1) << Int128(all)))
  }

  @Test("Is the binomial tail for all numbers up to 50 each, whichever way is first")
  func small() {
    for one in 0...50 {
      for other in 0...50 {
        let p = McNemar.exactP(one, other)
        let wanted = oracle(one, other)
        #expect(abs(p - wanted) <= 1e-13 * wanted, "\(one) \(other)")
        #expect(p == McNemar.exactP(other, one))
      }
    }
    #expect(McNemar.exactP(0, 0) == 1 && McNemar.exactP(3, 2) == 1 && McNemar.exactP(0, 3) == 0.25)
  }

  /// Of SciPy 1.17.1, `binomtest(few, all, 0.5).pvalue`.
  @Test(
    "Is SciPy's binomial test where terms are beyond a Double",
    arguments: [
      (1400, 1600, 0.00027856396103923366),
      (12, 90, 6.125402762201369e-16),
      (470, 530, 0.06202319509836343),
      (10, 900, 2.386026047926643e-251),
      (2000, 2100, 0.12206497999113655),
    ])
  func large(_ one: Int, _ other: Int, _ p: Double) {
    #expect(abs(McNemar.exactP(one, other) - p) <= 1e-9 * p)
  }

  @Test("Of ever more unlike numbers it falls, to 0 where a Double ends")
  func falls() {
    for all in [10, 999, 1100, 5000] {
      let values = (0...all / 2).map { McNemar.exactP($0, all - $0) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 } && values.last == 1, "\(all)")
    }
    #expect(McNemar.exactP(0, 100_000) == 0 && McNemar.exactP(0, 1000) > 0)
  }

  @Test("Counts who is right alone, and a run's report has these numbers and its answers")
  func report() throws {
    let right = RightAnswers([0, 1, 1, 0, 2], [0, 1, 0, 0, 0], labels: [0, 1, 1, 1, 2])
    #expect((right.first, right.second, right.firstAlone, right.secondAlone) == (4, 2, 2, 0))
    #expect(right.mcnemarExactP == 0.5)
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(150))
    let model = try Model(json: try #require(task.model))
    var chip = ChipConfiguration(tiles: [])
    chip.adcBits = 5
    let run = ClassificationRun(model: model, test: test, activation: .hard, chip: chip)
    var session = Session(try Machine(run.chip(named: "test"), log: NoLog()))
    let report = try run(on: &session)
    let network = FloatNetwork(model, activation: .hard)
    var (chipAlone, floatAlone) = (0, 0)
    for (sequence, answer) in zip(test.sequences, report.answers) {
      let isFloatRight = network.classify(sequence) == sequence.label
      if answer == sequence.label, !isFloatRight { chipAlone += 1 }
      if answer != sequence.label, isFloatRight { floatAlone += 1 }
    }
    #expect(report.answers.count == 150 && chipAlone + floatAlone > 0)
    #expect(report.correctOnChipAlone == chipAlone && report.correctInFloatAlone == floatAlone)
    #expect(report.correctOnChip - chipAlone == report.correctInFloat - floatAlone)
    #expect(report.correctOnChip == zip(test.sequences, report.answers).count { $0.label == $1 })
    #expect(report.correctOnChip == report.confusion.indices.reduce(0) { $0 + report.confusion[$1][$1] })
    #expect(report.mcnemarExactP == McNemar.exactP(chipAlone, floatAlone))
  }
}

@Suite("Files of answers")
struct AnswerFileTests {
  private static let set = SequenceSet(
    name: "toy", features: 1, classes: 3,
    sequences: [0, 1, 2, 1].map { SequenceSet.Sequence(label: $0, values: [Int16($0) * 9], steps: 1) })

  private func read(_ text: String) throws -> AnswerFile {
    let file = try TemporaryFile(text, named: "a.csv")
    defer { file.remove() }
    return try AnswerFile(path: file.path)
  }

  private func problem(_ text: String) -> String {
    do {
      return "\(try read(text))"
    } catch {
      return "\(error)".split(separator: "a.csv").last.map(String.init) ?? ""
    }
  }

  @Test("Is read as it was written")
  func round() throws {
    let file = AnswerFile([0, 2, 2, 1], to: Self.set)
    #expect(try read(file.text) == file && file.accuracy == 0.75)
    #expect(
      file.text
        == "# mblstm answers 1 task=toy sequences=4 data=\(Self.set.checksum)\nsequence,label,answer,right\n"
        + "1,0,0,1\n2,1,2,0\n3,2,2,1\n4,1,1,1\n")
  }

  @Test("What is damaged is refused with its line")
  func damaged() {
    let text = AnswerFile([0, 2, 2, 1], to: Self.set).text
    for (old, new, message) in [
      ("# mblstm answers", "# other", ": is not answers to a test set, expected it to begin with '# mblstm answers'"),
      ("answers 1", "answers 2", ":1: is of another version, this program reads version 1"),
      (" task=toy", "", ":1: the header: expected task=…, sequences=… and data=…"),
      ("task=", "more=1 task=", ":1: the header: 'more' is unknown"),
      ("label,answer", "answer,label", ":2: expected 'sequence,label,answer,right'"),
      (
        "2,1,2,0", "2,1,2,1",
        ":4: '2,1,2,1', expected sequence 2, its label, the answer, and 1 where they are equal"
      ),
      ("4,1,1,1\n", "", ":1: the header: sequences=4, the file has 3"),
      (
        "3,2,2,1", "3,-2,-2,1",
        ":5: '3,-2,-2,1', expected sequence 3, its label, the answer, and 1 where they are equal"
      ),
    ] {
      #expect(problem(text.replacing(old, with: new)) == message)
    }
  }

  @Test("Two files are compared sequence by sequence, and refused where they are of other test sets")
  func compared() throws {
    let one = AnswerFile([0, 2, 2, 1], to: Self.set)
    let right = try one.compared(with: AnswerFile([0, 1, 0, 0], to: Self.set), named: ("a", "b"))
    #expect((right.first, right.second, right.firstAlone, right.secondAlone) == (3, 2, 2, 1))
    var others = [Self.set, Self.set, Self.set]
    others[0].name = "other"
    others[1].sequences[0].values[0] = 1
    others[2].sequences.removeLast()
    for set in others {
      let file = AnswerFile(Array(repeating: 0, count: set.sequences.count), to: set)
      #expect(throws: InputError.self) { try one.compared(with: file, named: ("a", "b")) }
    }
  }
}
