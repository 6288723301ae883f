import Board
import Crossbar
import Testing

@testable import Tasks

@Suite("Axes of a sweep")
struct SweepAxisTests {
  @Test("Axis values have one way of writing")
  func parameters() throws {
    let variation = try #require(SweepSetting.inference.named("variation"))
    func written(_ text: String, _ property: Property<SweepSetting>) -> String? {
      (try? property.value(of: text)).map { "\($0)" }
    }
    #expect(
      ["5%", "0.05", "5e-2", "0", "-0", "100%"].map { written($0, variation) } == [
        "0.05", "0.05", "0.05", "0.0", "0.0", "1.0",
      ])
    #expect(["101%", "-1%", "x", "", "nan", "5 %"].allSatisfy { written($0, variation) == nil })
    let bits = try #require(SweepSetting.inference.named("adc-bits"))
    #expect(written("012", bits) == "12" && written("4", bits) == nil && written("8.5", bits) == nil)
    #expect(variation.title == "variation (%)" && bits.title == "adc-bits")
  }

  @Test("Every axis of a sweep gets into the setting, the device before what is relative to it")
  func settings() throws {
    typealias Setting = SweepSetting
    for table in [Setting.inference, Setting.training, Setting.updates, Setting.costs, Setting.every] {
      for property in table.properties {
        let values = Self.ends(of: property).map { "\($0)" }.filter { property.name != "levels" || $0 != "" }
        let plan = SweepPlan("s", axes: [.init(property.name, values)], seeds: [7], columns: ["c"])
        for (number, value) in values.enumerated() {
          var setting = SweepSetting()
          setting.apply(plan.point(number), of: plan)
          #expect("\(property[setting])" == value && setting.chip.seed == 7)
        }
      }
    }
    let plan = SweepPlan(
      "s", axes: [.init("read-noise", ["0.25"]), .init("device", ["umass"])], seeds: [1], columns: ["c"])
    var setting = SweepSetting()
    setting.apply(plan.point(0), of: plan)
    #expect(setting.chip.variation.readNoise == 69_200_000)
  }

  @Test("A device with tables is a value of an axis, ';' between the points that ',' would part")
  func tables() throws {
    let measured = try Device("measured:set-table=2900000/325000/100000,9000000/250000/100000,18000000/250000/100000")
    let word = measured.description.replacing(",", with: ";")
    let plan = SweepPlan("s", axes: [.init("device", ["vteam", word])], seeds: [1], columns: ["c"])
    var setting = SweepSetting()
    setting.apply(plan.point(1), of: plan)
    #expect(setting.chip.device == measured && word.contains(";"))
    var results = SweepResults(plan)
    results.set(1, ["0.5"])
    #expect(try SweepResults(Array(results.text.utf8), named: "r") == results)
  }

  private static func ends(of property: Property<SweepSetting>) -> [PropertyValue] {
    switch property.range {
    case .whole(let range): [.whole(range.lowerBound), .whole(range.upperBound)]
    case .real(let range): [.real(range.lowerBound), .real(range.upperBound)]
    case .names(let names), .words(let names): names.map { .name($0) }
    }
  }

  @Test("Axes behind the second are pooled, and the plot says so")
  func pooled() throws {
    let axes = [
      SweepPlan.Axis("device", ["vteam", "umass"]), .init("variation", ["0.0", "0.1"]), .init("rounds", ["1", "2"]),
    ]
    var results = SweepResults(SweepPlan("s", axes: axes, seeds: [1, 2], columns: ["accuracy"]))
    for number in 0..<16 { results.set(number, ["\(number)"]) }
    #expect(SweepSummary(results, of: "accuracy").settings.map(\.points) == Array(repeating: 2, count: 8))
    let settings = SweepSummary(results, of: "accuracy", axes: 2).settings
    #expect(settings.map(\.mean) == [1.5, 5.5, 9.5, 13.5] && settings.map(\.points) == [4, 4, 4, 4])
    let plot = SweepSummary.plot(results, of: "accuracy", scale: 1, titled: "y", title: "t")
    #expect(plot.series.map(\.name) == ["variation 0 %", "variation 10 %"])
    #expect(plot.series[1].points.map(\.y) == [5.5, 13.5])
    #expect(plot.svg.contains("mean ± standard deviation over 2 seeds, pooled over rounds (1, 2)"))
  }
}
