import Foundation
import TestSupport
import Testing

@testable import mblstm

/// Of sweeps that tell something else than how good a network is.
@Suite("Tables of costs and of ways to write updates")
struct ReproduceKindTests {
  /// Of costs and of ways to write updates.
  private static let kinds = """
    {
      "format": 2,
      "sweeps": {
        "cost": "digits --hidden 2 --mode costs --sequences 4 --axis batch=1,4 --axis rule=linear,accumulate --seeds 2",
        "written": "digits --mode updates --limit 8 --epochs 2 --updates 2 --axis hidden=2,3 --axis device=vteam --seeds 1"
      },
      "tables": {
        "paid": {
          "heads": ["rule"],
          "columns": [
            {"head": "4", "at": {"batch": "4"}, "show": "sequence-time"}, {"head": "1", "at": {"batch": "1"}, "show": "mean"}
          ],
          "rows": [
            {"texts": ["l"], "sweep": "cost", "at": {"rule": "linear"}},
            {"texts": ["a"], "sweep": "cost", "at": {"rule": "accumulate"}}
          ]
        },
        "ways": {
          "heads": ["way"],
          "columns": [{"head": "3", "sweep": "written", "at": {"hidden": "3"}}],
          "rows": [
            {"texts": ["p"], "of": "lstm.row-parallel-all", "show": ["word-lines", "phases", "pulses"], "decimals": 1},
            {"texts": ["t"], "of": "lstm.row-parallel-all", "show": ["pulse-time", "rests", "chip-time", "missed"]},
            {"texts": ["s"], "of": "dense.stochastic", "show": ["operations", "programming-energy"], "decimals": 0},
            {"texts": ["c"], "of": "lstm.training", "show": "pulses"}
          ]
        }
      },
      "plots": {},
      "others": {}
    }

    """

  @Test("Costs and ways to write updates are kinds of sweep: a cell may show several quantities")
  func kinds() throws {
    let product = try ReproduceTests.Product(Self.kinds)
    let run = try product.run("-o out")
    #expect(run.status == 0 && run.output == "out/paid.md\nout/ways.md\n", "\(run)")
    let costs = try ReproduceTests.rows(of: product.text("out/cost.csv"))
    func seconds(_ rule: String, _ batch: String) throws -> [Double] {
      try costs.filter { $0["rule"] == rule && $0["batch"] == batch }.map {
        try #require(Double($0["sequence_seconds"] ?? ""))
      }
    }
    let paid = try product.text("out/paid.md").split(separator: "\n").dropFirst(2)
    for (line, (name, rule)) in zip(paid, [("l", "linear"), ("a", "accumulate")]) {
      let (four, one) = (try seconds(rule, "4"), try seconds(rule, "1"))
      let mean = quantity((one[0] + one[1]) / 2, "s")
      #expect(four.count == 2 && one.count == 2)
      #expect(line.hasPrefix("| \(name) | \(quantity((four[0] + four[1]) / 2, "s")) | \(mean) ± "), "\(line)")
    }
    let written = try #require(try ReproduceTests.rows(of: product.text("out/written.csv")).last)
    func number(_ column: String) throws -> Double { try #require(Double(written[column] ?? ""), "\(column)") }
    let all = "lstm.row-parallel-all"
    let counts = try ["word_lines", "pulse_phases", "pulses"].map { decimal(try number("\(all).\($0)"), 1) }
    let times = try [
      quantity(number("\(all).pulse_seconds"), "s"), percent(number("\(all).rest_share"), 0),
      quantity(number("\(all).chip_seconds"), "s"), percent(number("\(all).missed_share"), 0),
    ]
    let trains = try [
      grouped(Int(number("dense.stochastic.operations").rounded())),
      quantity(number("dense.stochastic.program_joules"), "J"),
    ]
    let ways = try product.text("out/ways.md").split(separator: "\n")
    #expect(written["hidden"] == "3" && ways[0] == "| way | 3 |")
    #expect(
      ways[2...4].map(String.init)
        == zip(["p", "t", "s"], [counts, times, trains]).map { "| \($0) | \($1.joined(separator: ", ")) |" })
    #expect(try ways[5].hasPrefix("| c | ") && number("lstm.training.pulses") > 0)
  }

  @Test("What a kind of sweep has not is told before anything runs")
  func kindsRefused() throws {
    for (old, new, message) in [
      ("--sequences 4", "--updates 4", "sweeps.cost: is no sweep: --updates goes with --mode updates"),
      ("--updates 2", "--core rv32", "sweeps.written: is no sweep: --core goes with --mode costs"),
      ("--axis device=vteam", "--axis core=native", "sweeps.written: is no sweep: --axis is 'core=native'"),
      ("--axis device=vteam", "--rule linear --axis device=vteam", "expected --rule error-feedback"),
      ("--axis device=vteam", "--axis device=umass", "tells nothing of 'operations' of 'dense.stochastic'"),
      ("lstm.training", "lstm.trainings", "the sweep 'written' tells nothing of 'pulses' of 'lstm.trainings'"),
      (#"["operations", "programming-energy"]"#, "[]", "show: expected one or more"),
      (#""programming-energy"]"#, #""energy"]"#, "show[1]: expected one of mean, interval"),
      ("--axis batch=1,4", "--firmware none.elf --axis batch=1,4", "is no sweep: --firmware needs --core rv32"),
      ("--axis batch=1,4", "--firmware none.elf --core rv32 --axis batch=1,4", "none.elf: cannot be read"),
      ("--axis batch=1,4", "--firmware none.elf --axis core=native,rv32 --axis batch=1,4", "'at' says no 'core'"),
    ] {
      let text = Self.kinds.replacing(old, with: new)
      #expect(text != Self.kinds, "\(old)")
      let product = try ReproduceTests.Product(text)
      let run = try product.run("-o out")
      #expect(run.status == 2 && run.error.contains(message), "\(new): \(run)")
      #expect(!FileManager.default.fileExists(atPath: product.place.path + "/out"))
    }
  }
}
