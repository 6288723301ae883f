import Board
import Crossbar
import Files
import Testing

@testable import Tasks

/// The file of a sweep, and what is made of it.
@Suite("Results of a sweep")
struct SweepFileTests {
  private static let axes = [SweepPlan.Axis("variation", ["0.0", "0.1"]), .init("adc-bits", ["6", "8", "12"])]
  private static let plan = SweepPlan("of this test", axes: axes, seeds: [4, 7], columns: ["a", "b"])

  private static func results(_ change: (inout SweepResults) -> Void = { _ in }) -> SweepResults {
    var results = SweepResults(plan)
    for number in 0..<plan.count { results.set(number, ["\(number * number)", "\(number % 3).5"]) }
    change(&results)
    return results
  }

  @Test("A sweep's text is read again whole; an unfinished last line is passed over")
  func roundTrip() throws {
    let results = Self.results()
    #expect(try SweepResults(Array(results.text.utf8), named: "f") == results && results.missing.isEmpty)
    let cut = try SweepResults(Array(results.text.utf8.dropLast()), named: "f")
    #expect(cut.missing == [11] && cut.cells[10] == ["100", "1.5"])
    for (index, of) in [(0, 2), (1, 2), (2, 5), (4, 5)] {
      let shard = SweepShard(index, of: of)
      var part = SweepResults(Self.plan, shard)
      for number in part.numbers { part.set(number, ["1", "2"]) }
      #expect(part.numbers == (0..<12).filter { $0 % of == index })
      #expect(try SweepResults(Array(part.text.utf8), named: "f") == part)
    }
  }

  @Test(
    "What is no results file, of another version, damaged, or has rows that are none is refused with its line",
    arguments: [
      ("# mblstm sweep 2", "# mblstm sweep 1", "f: is of version 1, this program reads version 2"),
      ("# mblstm sweep 2", "# mblstm swoop 2", "f: is not the results of a sweep"),
      ("points=12", "points=13", "f: has a damaged head"), ("shard=0/1", "shard=1/1", "f: has a damaged head"),
      ("# subject of this test", "# subject of that test", "f: has a damaged head"),
      ("# seeds 4,7", "# seeds 4,4", "f: has a damaged head"), ("# seeds 4,7", "# seed 4,7", "f: has a damaged head"),
      ("variation=0.0,0.1", "variation=0.0,0.0", "f: has a damaged head"),
      ("point,variation", "punkt,variation", "f: has a damaged head"),
      ("seed,a,b", "seed,a,a", "f: has a damaged head"), ("seed,a,b", "seed,a,seed", "f: has a damaged head"),
      ("\n3,0.0,8,7,9,0.5", "\n3,0.0,8,4,9,0.5", "f:10: '3,0.0,8,4,9,0.5' is no row of this sweep"),
      ("\n3,0.0,8,7,9,0.5", "\n3,0.0,8,7,9", "f:10: '3,0.0,8,7,9' is no row of this sweep"),
      ("\n3,0.0,8,7,9,0.5", "\n3,0.0,8,7,9,x", "f:10: '3,0.0,8,7,9,x' is no row of this sweep"),
      ("\n3,0.0,8,7,9,0.5", "\n3,0.0,8,7,1e101,0.5", "f:10: '3,0.0,8,7,1e101,0.5' is no row of this sweep"),
      ("\n11,", "\n12,", "f:18: '12,0.1,12,7,121,2.5' is no row of this sweep"),
      ("\n11,", "\n-1,", "f:18: '-1,0.1,12,7,121,2.5' is no row of this sweep"),
      ("\n3,0.0,8,7,9,0.5", "\n2,0.0,8,4,9,0.5", "f:10: point 2 is there twice with different results"),
    ])
  func refusals(_ old: String, _ new: String, _ message: String) {
    let text = Self.results().text.replacing(old, with: new, maxReplacements: 1)
    do {
      _ = try SweepResults(Array(text.utf8), named: "f")
      Issue.record("no error")
    } catch { #expect(error.description.hasPrefix(message), "\(error)") }
  }

  @Test("A row is taken with results up to 10¹⁰⁰, twice with the same ones; one of another shard is refused")
  func rows() throws {
    let text = Self.results().text
    let large = text.replacing("\n3,0.0,8,7,9,0.5", with: "\n3,0.0,8,7,-1e100,1e100")
    #expect(try SweepResults(Array(large.utf8), named: "f").cells[3] == ["-1e100", "1e100"])
    let twice = text + "3,0.0,8,7,9,0.5\n"
    #expect(try SweepResults(Array(twice.utf8), named: "f") == Self.results())
    var part = SweepResults(Self.plan, SweepShard(1, of: 2))
    part.set(1, ["1", "2"])
    #expect(throws: InputError("f", line: 8, "point 2 does not belong to shard 1/2")) {
      try SweepResults(Array((part.text + "2,0.0,8,4,1,2\n").utf8), named: "f")
    }
  }

  @Test("Points run with the seed fastest and the first axis slowest; a plan has one text and one hash, by FNV-1a")
  func plans() {
    var number = 0
    for variation in Self.axes[0].values {
      for bits in Self.axes[1].values {
        for seed in Self.plan.seeds {
          #expect(Self.plan.point(number) == .init(number: number, values: [variation, bits], seed: seed))
          number += 1
        }
      }
    }
    #expect(Self.plan.count == 12 && SweepPlan.count(of: Self.axes, seeds: 2) == 12)
    let many = SweepPlan.Axis("x", (0..<1000).map(String.init))
    #expect(SweepPlan.count(of: [many], seeds: 10_000) == 10_000_000)
    #expect(
      SweepPlan.count(of: [many], seeds: 10_001) == nil && SweepPlan.count(of: [many, many, many], seeds: 1) == nil)
    let text = "subject of this test\naxis variation=0.0,0.1\naxis adc-bits=6,8,12\nseeds 4,7\na\nb"
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)).multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
    }
    let digits = String(hash, radix: 16)
    #expect(Self.plan.hash == String(repeating: "0", count: 16 - digits.count) + digits)
    for (cell, isOne) in [
      ("a", true), ("", false), ("a b", false), ("a,b", false), ("\"", false), ("#", false), ("-1.5", true),
    ] {
      #expect(SweepPlan.isCell(cell) == isOne, "\(cell)")
    }
  }

  @Test("Plans differ in the first line that is another")
  func differences() {
    func difference(
      _ subject: String = "of this test", _ axes: [SweepPlan.Axis] = Self.axes, _ seeds: [UInt64] = [4, 7],
      _ columns: [String] = ["a", "b"]
    ) -> String? {
      Self.plan.difference(from: SweepPlan(subject, axes: axes, seeds: seeds, columns: columns))
    }
    #expect(difference() == nil)
    #expect(difference("x") == "it has 'subject of this test', not 'subject x'")
    #expect(difference("of this test", [Self.axes[0]]) == "it has 'axis adc-bits=6,8,12', not 'seeds 4,7'")
    #expect(
      difference("of this test", [Self.axes[1], Self.axes[0]])
        == "it has 'axis variation=0.0,0.1', not 'axis adc-bits=6,8,12'")
    #expect(difference("of this test", Self.axes, [4]) == "it has 'seeds 4,7', not 'seeds 4'")
    #expect(difference("of this test", Self.axes, [4, 7], ["a"])?.hasPrefix("it has 'columns [") == true)
  }

  @Test("Shards are I/N with I below N; each point belongs to one, and they count as many as they have")
  func shards() {
    for (text, isShard) in [
      ("0/1", true), ("7/8", true), ("8/8", false), ("-1/8", false), ("1/0", false), ("1", false), ("1/2/3", false),
      ("/2", false), ("1/", false), ("a/2", false), ("", false),
    ] { #expect((SweepShard(text) != nil) == isShard, "\(text)") }
    for of in 1...7 {
      for points in 0...30 {
        let shards = (0..<of).map { SweepShard($0, of: of) }
        for shard in shards { #expect(shard.count(of: points) == (0..<points).count { shard.contains($0) }) }
        #expect(shards.reduce(0) { $0 + $1.count(of: points) } == points)
      }
    }
    #expect("\(SweepShard(2, of: 5))" == "2/5" && SweepShard("2/5") == SweepShard(2, of: 5))
  }

  @Test("A summary has mean and deviation of what is pooled, over the points that are there")
  func summaries() throws {
    let summary = SweepSummary(Self.results(), of: "a")
    #expect(
      summary.settings.map(\.values) == [
        ["0.0", "6"], ["0.0", "8"], ["0.0", "12"], ["0.1", "6"], ["0.1", "8"], ["0.1", "12"],
      ])
    for (number, setting) in summary.settings.enumerated() {
      let (one, other) = (Double(4 * number * number), Double((2 * number + 1) * (2 * number + 1)))
      #expect(setting.mean == (one + other) / 2 && setting.points == 2)
      #expect(abs(setting.deviation - (other - one) / 2.0.squareRoot()) < 1e-9)
    }
    let first = SweepSummary(Self.results(), of: "a", axes: 1).settings
    let squares = (0..<6).map { Double($0 * $0) }
    let mean = squares.reduce(0, +) / 6
    #expect(first.count == 2 && first[0].mean == mean && first[0].points == 6 && first[0].values == ["0.0"])
    #expect(abs(first[0].deviation - (squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()) < 1e-9)
    var some = SweepResults(Self.plan)
    some.set(3, ["8", "1"])
    let alone = SweepSummary(some, of: "a").settings
    #expect(alone.count == 1 && alone[0].mean == 8 && alone[0].deviation == 0 && alone[0].points == 1)
    let plot = SweepSummary.plot(
      Self.results(), of: "a", scale: 2, titled: "y", title: "t", baseline: (column: "b", name: "other"))
    #expect(plot.series.map(\.name) == ["adc-bits 6", "adc-bits 8", "adc-bits 12", "other"])
    #expect(plot.series[1].points.map(\.x) == [0, 10] && plot.series[1].points[0].y == 13)
    #expect(plot.series[3].points.map(\.x) == [0, 10] && plot.series[3].style == .dashed)
    #expect(plot.series[3].points.map(\.y) == [3, 3])
    #expect(plot.subtitle == "mean ± standard deviation over 2 seeds; ideal wires, no ageing")
  }
}
