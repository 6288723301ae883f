import Board
import Files
import Foundation
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Tasks of the catalogue")
struct TaskCatalogTests {
  @Test("The settings of a task fit the controller, with the longest of its sequences", arguments: TaskCatalog.names)
  func presets(_ name: String) throws {
    let task = try TaskCatalog().task(name)
    let options = TrainingOptions.preset(for: name)
    #expect(options.problem == nil)
    let history = try task.trainingSet()
    let (train, test) = (
      history.withLags(options.lags), try task.testSet(after: history).withLags(options.lags, after: history)
    )
    let run = try TrainingRun(
      train: train, test: test, options: options, chip: ChipConfiguration(tiles: []), log: NoLog())
    #expect(run.programmed.count == 2 && !run.isFinished)
  }

  @Test("Training and test set share no sequence", arguments: TaskCatalog.names.filter { $0 != "airline" })
  func apart(_ name: String) throws {
    let task = try TaskCatalog().task(name)
    let seen = Set(try task.trainingSet().sequences.map(\.values))
    #expect(try task.testSet().sequences.allSatisfy { !seen.contains($0.values) })
  }

  @Test("Pixels are the values of the digits in their order, one a step")
  func pixels() throws {
    let catalog = try TaskCatalog()
    let (digits, pixels) = (try catalog.task("digits"), try catalog.task("pixels"))
    for (whole, set) in [
      (try digits.trainingSet(), try pixels.trainingSet()), (try digits.testSet(), try pixels.testSet()),
    ] {
      #expect(set.name == "pixels" && set.features == 1 && set.classes == 10)
      #expect(set.sequences.allSatisfy { $0.steps == 64 && $0.values.count == 64 })
      #expect(set.sequences.map(\.values) == whole.sequences.map(\.values))
      #expect(set.sequences.map(\.label) == whole.sequences.map(\.label))
    }
  }

  @Test("Steps are cut where they are a whole number of the new ones")
  func inSteps() {
    let set = SequenceSet(
      name: "set", features: 6, classes: 2, sequences: [.init(label: 1, values: Array(0..<12), steps: 2)])
    let cut = set.inSteps(of: 2)
    #expect(cut?.features == 2 && cut?.sequences == [.init(label: 1, values: Array(0..<12), steps: 6)])
    #expect(set.inSteps(of: 6) == set)
    #expect(set.inSteps(of: 4) == nil && set.inSteps(of: 12) == nil && set.inSteps(of: 0) == nil)
  }

  @Test("Files that cannot be read in the steps of the task are named")
  func unfit() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let digits = folder.appendingPathComponent("tasks/digits")
    try FileManager.default.createDirectory(at: digits, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = digits.appendingPathComponent("train.csv")
    try "# F=2 regression scale=9\n1,2,3\n".write(to: file, atomically: true, encoding: .utf8)
    let error = try #require(throws: InputError.self) {
      try TaskCatalog(vectors: folder.path).task("pixels").trainingSet()
    }
    #expect("\(error)" == "\(file.path): has a series, expected sequences in steps of 1, or a multiple, for 'pixels'")
  }

  @Test("The class of a sequence to be recalled is the symbol of the one marked step, 20 to 40 before its end")
  func recall() throws {
    let task = try TaskCatalog().task("recall")
    for (set, count) in [(try task.trainingSet(), 1000), (try task.testSet(), 500)] {
      #expect(set.sequences.count == count && set.features == 5 && set.classes == 4)
      var places: Set<Int> = []
      var distances: Set<Int> = []
      for sequence in set.sequences {
        let steps = (0..<sequence.steps).map { Array(sequence.values[5 * $0..<5 * $0 + 5]) }
        let symbols = steps.map { step in (0..<4).filter { step[$0] == .max } }
        #expect(symbols.allSatisfy { $0.count == 1 })
        let marked = steps.indices.filter { steps[$0][4] == .max }
        let place = try #require(marked.first)
        #expect(marked.count == 1 && symbols[place] == [sequence.label])
        places.insert(place)
        distances.insert(sequence.steps - 1 - place)
      }
      #expect(places == Set(0..<8) && distances == Set(20...40))
    }
  }

  @Test("The sequences to be recalled are what their generator writes", .needs(.python3))
  func generated() throws {
    let files = try TaskCatalog().task("recall")
    let script = files.train.replacing("train.csv", with: "generate.py")
    let result = try Shell.run("/usr/bin/env", ["python3", script, "--check"])
    #expect(result.status == 0, "\(result.output)")
  }
}
