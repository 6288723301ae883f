import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Foundation
import Synchronization
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Sweeps")
struct SweepTests {
  private static let plan = SweepPlan(
    "test of 7 things", axes: [.init("variation", ["0.0", "0.1", "0.2"]), .init("adc-bits", ["6", "12"])],
    seeds: [1, 2, 5], columns: ["accuracy", "pulses"])

  /// What a point results in: nothing but its settings decides.
  private static func cells(_ point: SweepPlan.Point) -> [String] {
    let first = (Double(point.values[0]) ?? 0) * Double(point.seed)
    return ["\(0.9 - first / 10)", "\(point.number * 3 + (Int(point.values[1]) ?? 0))"]
  }

  /// A folder for the length of a test.
  private final class Folder {
    let path: String
    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func file(_ name: String = "r.csv") -> String { path + "/" + name }
    func text(_ name: String = "r.csv") throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }
    func write(_ text: some StringProtocol, _ name: String = "r.csv") throws {
      try OutputFile.write(Array(text.utf8), to: file(name))
    }
  }

  /// The file of a run and the points that it did.
  private func run(
    _ folder: Folder, _ name: String = "r.csv", plan: SweepPlan = plan, shard: SweepShard = .whole, threads: Int = 2
  ) throws -> (text: String, done: [Int]) {
    let done = Mutex<[Int]>([])
    _ = try Sweep.run(plan, shard: shard, threads: threads, resultsFile: folder.file(name)) { point in
      done.withLock { $0.append(point.number) }
      return Self.cells(point)
    }
    return (try folder.text(name), done.withLock { $0.sorted() })
  }

  private func problem(_ body: () throws -> Void, _ folder: Folder) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  @Test("The file has the plan and the points in order")
  func file() throws {
    let folder = try Folder()
    let (text, done) = try run(folder)
    let lines = text.split(separator: "\n")
    #expect(done == Array(0..<18))
    #expect(
      lines[0..<7] == [
        "# mblstm sweep 2 plan=\(Self.plan.hash) points=18 shard=0/1", "# subject test of 7 things",
        "# axis variation=0.0,0.1,0.2", "# axis adc-bits=6,12", "# seeds 1,2,5",
        "point,variation,adc-bits,seed,accuracy,pulses", "0,0.0,6,1,0.9,6",
      ])
    #expect(lines[12] == "6,0.1,6,1,0.89,24" && lines.count == 24)
    #expect(try SweepResults(path: folder.file()).text == text)
  }

  @Test("Threads have no influence", arguments: [1, 3, 4])
  func threads(_ count: Int) throws {
    let folder = try Folder()
    #expect(try run(folder, threads: count).text == run(folder, "other.csv", threads: 2).text)
  }

  @Test("Cut off at any byte, a sweep ends with the same file and repeats no finished point")
  func truncation() throws {
    let folder = try Folder()
    // A journal in an order of its own.
    let head = Self.plan.head(.whole)
    let order = [3, 17, 0, 9, 4, 12, 1]
    let rows = order.map { Self.plan.row($0, Self.cells(Self.plan.point($0))) }
    let journal = Array((head + rows.joined()).utf8)
    let whole = try run(folder).text
    for length in 0...journal.count {
      try OutputFile.write(Array(journal[..<length]), to: folder.file())
      let (text, done) = try run(folder)
      #expect(text == whole)
      let finished = journal[..<length].count { $0 == UInt8(ascii: "\n") } - 6
      let kept = Set(order.prefix(max(finished, 0)))
      #expect(done == (0..<18).filter { !kept.contains($0) }, "cut at \(length)")
    }
  }

  @Test("Points done before a failure are kept")
  func failure() throws {
    let folder = try Folder()
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try Sweep.run(Self.plan, threads: 1, resultsFile: folder.file()) { point in
        if point.number == 5 { throw Failure() }
        return Self.cells(point)
      }
    }
    let (text, done) = try run(folder)
    #expect(done == Array(5..<18))
    #expect(try text == run(folder, "other.csv").text)
  }

  @Test("Shards merge to the bytes of the whole, in any order")
  func shards() throws {
    let folder = try Folder()
    for index in 0..<3 {
      let done = try run(folder, "\(index).csv", shard: SweepShard(index, of: 3)).done
      #expect(done == Array(stride(from: index, to: 18, by: 3)))
      #expect(done.count == SweepShard(index, of: 3).count(of: 18))
    }
    let merged = try SweepResults(merging: ["2.csv", "0.csv", "1.csv"].map(folder.file))
    #expect(try merged.text == run(folder).text)
    #expect(try SweepResults(merging: [folder.file(), folder.file("1.csv")]).text == folder.text())
  }

  @Test("Merging says what is missing, what differs and what is foreign")
  func mergeProblems() throws {
    let folder = try Folder()
    for index in 0..<3 { _ = try run(folder, "\(index).csv", shard: SweepShard(index, of: 3)) }
    func merge(_ names: String...) -> String {
      problem({ _ = try SweepResults(merging: names.map(folder.file)) }, folder)
    }
    #expect(
      merge("0.csv", "2.csv")
        == "merge: point 1 (variation=0.0, adc-bits=6, seed=2) is in no file; 6 are missing")
    try folder.write(try folder.text("1.csv").replacing("4,0.0,12,2,0.9,24", with: "4,0.0,12,2,0.9,25"), "x.csv")
    #expect(merge("1.csv", "x.csv") == "x.csv: point 4 has another result here than in a file before")
    let other = SweepPlan("test of 8 things", axes: Self.plan.axes, seeds: [1, 2, 5], columns: Self.plan.columns)
    _ = try run(folder, "y.csv", plan: other)
    #expect(
      merge("0.csv", "y.csv")
        == "y.csv: is of another sweep than \(folder.file("0.csv")): it has 'subject test of 8 things', not 'subject test of 7 things'"
        .replacing(folder.path + "/", with: ""))
    #expect(merge("none.csv") == "none.csv: cannot be read: No such file or directory; expected the results of a sweep")
  }

  @Test("Points that are more than memory holds are too many for a plan, and counting them does not overflow")
  func count() {
    func axes(_ counts: Int...) -> [SweepPlan.Axis] {
      counts.map { count in SweepPlan.Axis("a", (0..<count).map(String.init)) }
    }
    #expect(SweepPlan.count(of: axes(1000, 1000), seeds: 10) == SweepPlan.mostPoints)
    #expect(SweepPlan.count(of: axes(1000, 1000), seeds: 11) == nil)
    #expect(SweepPlan.count(of: Array(repeating: axes(1000)[0], count: 7), seeds: 1) == nil)
  }

  @Test("A file of another sweep, or of none, is not touched")
  func foreign() throws {
    let folder = try Folder()
    func resume(_ shard: SweepShard = .whole) -> String { problem({ _ = try run(folder, shard: shard) }, folder) }
    let text = try run(folder).text
    for (old, new, message) in [
      ("seeds 1,2,5", "seeds 1,2", "r.csv: has a damaged head"),
      ("# subject ", "# subject \u{b}", "r.csv: has a damaged head"),
      ("sweep 2", "sweep 1", "r.csv: is of version 1, this program reads version 2"),
      ("# mblstm", "# nblstm", "r.csv: is not the results of a sweep, expected it to begin with '# mblstm sweep'"),
      ("\n6,0.1,6,1,", "\n6,0.1,6,2,", "r.csv:13: '6,0.1,6,2,0.89,24' is no row of this sweep"),
      ("\n6,0.1,6,1,0.89,24", "\n5,0.0,12,5,0.9,26", "r.csv:13: point 5 is there twice with different results"),
      ("\n6,0.1,6,1,0.89,24", "\n\n", "r.csv:13: '' is no row of this sweep"),
    ] {
      let edited = text.replacing(old, with: new)
      try folder.write(edited)
      #expect(resume() == message)
      #expect(try folder.text() == edited)
    }
    let other = SweepPlan("test of 7 things", axes: Self.plan.axes, seeds: [1], columns: Self.plan.columns)
    _ = try { try FileManager.default.removeItem(atPath: folder.file()) }()
    _ = try run(folder, plan: other)
    #expect(
      resume()
        == "r.csv: holds another sweep: it has 'seeds 1', not 'seeds 1,2,5'; name another file or remove this one")
    try folder.write(text)
    #expect(resume(SweepShard(1, of: 2)) == "r.csv: holds shard 0/1, this is shard 1/2; name another file")
    let directory = problem({ _ = try run(folder, "") }, folder)
    #expect(directory.hasSuffix("Is a directory"))
  }

  @Test("Random files are refused or read, and never trap")
  func fuzz() throws {
    let folder = try Folder()
    let text = Array(try run(folder).text.utf8)
    var random = SeededRandom(9)
    for _ in 0..<3000 {
      var bytes = text
      for _ in 0...random.next() % 3 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = Array("0123456789,=/# \n-x".utf8).randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        default: bytes.removeSubrange(place..<min(place + 30, bytes.count))
        }
      }
      guard let read = try? SweepResults(bytes, named: "f") else { continue }
      #expect(read.plan == Self.plan)
    }
  }

  @Test("Two sweeps do not write one file")
  func lock() throws {
    let folder = try Folder()
    let journal = try SweepJournal(path: folder.file(), Self.plan, .whole)
    #expect(problem({ _ = try run(folder) }, folder) == "r.csv: another sweep is writing it")
    withExtendedLifetime(journal) {}
  }

  @Test("Means and standard deviations over the seeds")
  func summary() throws {
    var results = SweepResults(
      SweepPlan("s", axes: [.init("adc-bits", ["6", "8"])], seeds: [1, 2, 3], columns: ["accuracy"]))
    for (number, cell) in ["0.1", "0.2", "0.6", "1", "1"].enumerated() { results.set(number, [cell]) }
    let settings = SweepSummary(results, of: "accuracy").settings
    #expect(settings.map(\.points) == [3, 2])
    #expect(abs(settings[0].mean - 0.3) < 1e-12 && abs(settings[0].deviation - 0.07.squareRoot()) < 1e-12)
    #expect(settings[1].mean == 1 && settings[1].deviation == 0)
    let plot = SweepSummary.plot(results, of: "accuracy", scale: 100, titled: "y", title: "t")
    #expect(plot.series.count == 1 && plot.series[0].points[1] == .init(8, 100))
  }

  @Test("A shard of any size is counted without an overflow")
  func largeShards() throws {
    for text in ["0/9223372036854775807", "9223372036854775806/9223372036854775807", "17/18", "3/4"] {
      let shard = try #require(SweepShard(text))
      #expect(SweepResults(Self.plan, shard).numbers == (0..<18).filter(shard.contains), "\(text)")
      #expect(shard.count(of: 18) == (0..<18).count(where: shard.contains))
    }
  }

  @Test("A property that is added later and is off changes no identity")
  func identity() throws {
    let task = try TaskCatalog().task("digits")
    let run = ClassificationRun(
      model: try Model(json: try #require(task.model)), test: try SequenceSet(csv: task.test), activation: .hard,
      chip: ChipConfiguration(tiles: []))
    let later = ChipConfiguration.properties.adding([
      ChipProperty("wire-resistance", \.mismatch.dacOffset, in: 0...10, .ohms, "Of a wire")
    ])
    let subject = try ClassificationSweep.subject(run, files: [task.test])
    #expect(try ClassificationSweep.subject(run, files: [task.test], later) == subject)
    var other = run
    other.chip.mismatch.dacOffset = 3
    #expect(try ClassificationSweep.subject(other, files: [task.test], later).hasSuffix(" wire-resistance-ohms=3"))
  }

  @Test("A point of a classification sweep is the run of its settings")
  func classification() throws {
    let task = try TaskCatalog().task("digits")
    let path = try #require(task.model)
    let model = try Model(json: path)
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(3))
    let run = ClassificationRun(model: model, test: test, activation: .hard, chip: ChipConfiguration(tiles: []))
    func sweep(_ seeds: [UInt64], _ change: (inout ClassificationRun) -> Void = { _ in }) throws -> ClassificationSweep
    {
      var run = run
      change(&run)
      return try ClassificationSweep(
        run, axes: [.init("variation", ["0.0", "0.2"])], seeds: seeds, files: [task.test, path])
    }
    let base = try sweep([1, 2])
    #expect(try base(base.plan.point(3)) == base(base.plan.point(3)))
    #expect(try base(base.plan.point(3)) != base(base.plan.point(2)))
    #expect(try sweep([1, 2]) { $0.chip.seed = 9 }.plan == base.plan)
    #expect(try sweep([1, 2]) { $0.chip.readNoiseShare = 0.1 }.plan.hash != base.plan.hash)
    #expect(try sweep([1, 2]) { $0.test.sequences.removeLast() }.plan.hash != base.plan.hash)
  }
}
