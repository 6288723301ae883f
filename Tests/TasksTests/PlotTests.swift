import Crossbar
import Files
import Foundation
import TestSupport
import Testing

@testable import Tasks

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plots")
struct PlotTests {
  /// Values of a function of 0, 1, 2 …
  private static func values(_ count: Int, _ function: (Double) -> Double) -> [Double] {
    (0..<count).map { function(Double($0)) }
  }

  static let learning = [
    LinePlot(
      "In situ training of digits", subtitle: "LSTM 8-16-10, hard circuits, seed 1", x: "epoch", y: "loss (nats)",
      series: [
        .init("training", values(20) { 2.3 / (1 + 0.5 * $0) + 0.01 * Double(Int($0) % 3) }),
        .init("test", values(20) { 2.35 / (1 + 0.42 * $0) + 0.02 * Double(Int($0) % 4) }),
      ]),
    LinePlot(
      "", x: "epoch", y: "accuracy (%)",
      series: [
        .init("on the chip", values(20) { 100 - 90 / (1 + 0.9 * $0) }, style: .marked),
        .init("in floating point", values(20) { _ in 95.5 }, style: .dashed),
      ]),
  ]

  private static func season(_ month: Double, _ period: Int, _ height: Double) -> Double {
    300 + 3.1 * month + Double(Int(month * month) % period) * height
  }

  static let airline = LinePlot(
    "Airline passengers, next month", x: "month (1 = January 1949)", y: "passengers (thousands)",
    series: [
      .init("measured", values(48) { season($0, 12, 11) }, from: 97),
      .init("predicted on the chip", values(48) { season($0, 11, 9) }, from: 97),
      .init("persistence (last month's value)", values(48) { season($0, 12, 11) }, from: 98, style: .dotted),
    ])

  /// More names than a line has room for, all styles, a gap, a point alone, and one without a name.
  static let legend = LinePlot(
    "Legend", subtitle: "rows of names", x: "x", y: "y",
    series: (0..<9).map { number in
      let style = [LinePlot.Style.line, .dashed, .dotted, .marked][number % 4]
      let name = number == 7 ? "" : "a series with the number \(number * 1001)"
      return .init(
        name,
        values(6) { x in number == 2 && x == 3 ? .nan : Double(number) * 1.5 - x }, from: Double(number), style: style)
    } + [.init("one point", [LinePlot.Point(4, 4, deviation: 1.5)], style: .line)], yRange: -4...10)

  private static func accuracy(_ variation: Double, _ bits: Double) -> LinePlot.Point {
    .init(variation, 95.5 - variation * 0.15 - 60 / (bits * bits), deviation: 0.2 + variation * 0.07)
  }

  static let sweep = LinePlot(
    "Accuracy against variation", subtitle: "digits, mean ± standard deviation over 5 seeds", x: "variation (%)",
    y: "accuracy (%)",
    series: [6, 8, 10, 12].map { bits in
      .init("adc-bits = \(bits)", [0, 5, 10, 20].map { accuracy($0, Double(bits)) })
    })

  static func array(_ wordLines: Int, _ bitLines: Int, seed: UInt64) -> CrossbarArray {
    var array = CrossbarArray(
      wordLines: wordLines, bitLines: bitLines, synapse: .reference, device: .vteam(.analog), seed: 1)
    var random = SeededRandom(seed)
    for line in 0..<wordLines {
      for bitLine in 0..<bitLines {
        let middle: Int32 = seed == 0 ? 55_000_000 : 30_000_000 + Int32((line * 7 + bitLine * 3) % 17) * 3_000_000
        array.setConductance(
          middle + Int32.random(in: -15_000_000...15_000_000, using: &random), wordLine: line, bitLine: bitLine)
      }
    }
    return array
  }

  static let lstm = HeatMap("LSTM tile", before: array(25, 64, seed: 0), after: array(25, 64, seed: 1))

  static var all: [(name: String, text: String)] {
    [
      ("learning", LinePlot.stacked(learning)), ("airline", airline.svg), ("sweep", sweep.svg), ("lstm", lstm.svg),
      ("dense", HeatMap("dense tile", before: array(17, 10, seed: 0), after: array(17, 10, seed: 1)).svg),
      ("large", HeatMap("", before: array(1024, 300, seed: 0), after: array(1024, 300, seed: 3)).svg),
      ("empty", LinePlot("nothing", x: "x", y: "y").svg),
      ("legend", legend.svg),
      (
        "energies",
        LinePlot(
          "R&D <energy> \"per\" inference", x: "sequences", y: "energy (J)",
          series: [.init("", [1.2e-9, 8.1e-9, .nan, 4e-9, 5.5e-9], style: .marked), .init("big", [0], from: 20_000)]
        ).svg
      ),
    ]
  }

  /// Set MBLSTM_PLOTS to a folder to look at the plots.
  @Test("Are sound XML")
  func wellFormed() throws {
    for (name, text) in Self.all {
      #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name)")
      #expect(!text.contains("nan") && !text.contains("inf\""), "\(name)")
      if let folder = ProcessInfo.processInfo.environment["MBLSTM_PLOTS"] {
        try OutputFile.write(text, to: "\(folder)/\(name).svg")
      }
    }
  }

  @Test(
    "Are drawn as they were; MBLSTM_RECORD=1 draws them anew, to be looked at before they are kept",
    arguments: ["learning", "sweep", "tile", "airline", "energies", "legend"])
  func golden(_ name: String) throws {
    let small = HeatMap("A tile", before: Self.array(4, 6, seed: 0), after: Self.array(4, 6, seed: 1)).svg
    let text = try #require(name == "tile" ? small : Self.all.first { $0.name == name }?.text)
    let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../vectors/plots").standardized.path
    if ProcessInfo.processInfo.environment["MBLSTM_RECORD"] != nil {
      try OutputFile.write(text, to: "\(folder)/\(name).svg")
    } else {
      #expect(try String(contentsOfFile: "\(folder)/\(name).svg", encoding: .utf8) == text)
    }
  }

  @Test(
    "Ticks are round numbers within the axis",
    arguments: [
      (0.0, 1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (-3, 4, ["\u{2212}4", "\u{2212}2", "0", "2", "4"]),
      (94.1, 95.2, ["94.0", "94.5", "95.0", "95.5"]),
      (0, 31_000, ["0", "10\u{2009}000", "20\u{2009}000", "30\u{2009}000", "40\u{2009}000"]),
      (7, 7, ["6.0", "6.5", "7.0", "7.5", "8.0"]),
      (0, 4.2e-9, ["0", "1", "2", "3", "4", "5"]),
    ])
  func ticks(_ low: Double, _ high: Double, _ labels: [String]) {
    let axis = AxisScale([low, high], isWidened: true)
    #expect(axis.ticks.map(axis.label) == labels)
    #expect(axis.ticks.first == axis.range.lowerBound && axis.range.contains(low) && axis.range.contains(high))
  }

  @Test("Random axes have 2 to 12 ticks, all inside, evenly apart")
  func randomTicks() {
    var random = SeededRandom(1)
    for _ in 0..<500 {
      let scale = Double.random(in: 1e-12...1e12, using: &random)
      let low = Double.random(in: -1...1, using: &random) * scale
      let axis = AxisScale(
        [low, low + Double.random(in: 1e-3...1, using: &random) * scale], isWidened: random.next() % 2 == 0)
      let room = (axis.range.upperBound - axis.range.lowerBound) * 1e-9
      #expect((2...12).contains(axis.ticks.count))
      #expect(axis.ticks.allSatisfy { (axis.range.lowerBound - room...axis.range.upperBound + room).contains($0) })
      #expect(Set(axis.ticks.map(axis.label)).count == axis.ticks.count)
    }
  }

  @Test("An axis of one number has room at both sides: a tenth of it, or 1 about 0", arguments: [0.0, 5, -200])
  func constantAxis(_ value: Double) {
    let room = value == 0 ? 1 : value.magnitude / 10
    let axis = AxisScale([value, value], isWidened: false)
    #expect(abs(axis.range.lowerBound - (value - 1.06 * room)) < 1e-9 * room)
    #expect(abs(axis.range.upperBound - (value + 1.06 * room)) < 1e-9 * room)
  }

  @Test("Text is as XML has it: marks by name, white space a space, other controls left out")
  func escapedText() {
    #expect(SVG.escaped("a<b>&\"c\"\t\n\r\u{1}\u{ffff}d") == "a&lt;b&gt;&amp;&quot;c&quot;   d")
  }

  @Test("A power of ten goes before the unit")
  func exponents() {
    #expect(AxisScale([0, 4e-9], isWidened: true).title("energy (J)") == "energy (10⁻⁹ J)")
    #expect(AxisScale([0, 4e6], isWidened: true).title("pulses") == "pulses (10⁶)")
    #expect(AxisScale([0, 4e5], isWidened: true).title("pulses") == "pulses")
  }

  @Test("Labels leave out a power of a thousand from a million on and below a thousandth; five digits are grouped")
  func labels() {
    for (largest, exponent) in [
      (999_999, 0), (1e6, 6), (999e6, 6), (1e9, 9), (3e14, 12), (1e-3, 0), (0.9e-3, -6), (1e-6, -6), (0.9e-6, -9),
      (4e-12, -12),
    ] as [(Double, Int)] {
      for sign in [1.0, -1] {
        let axis = AxisScale(
          [0, sign * largest], isWidened: false, within: min(0, sign * largest)...max(0, sign * largest))
        #expect(axis.exponent == exponent, "\(largest)")
      }
    }
    #expect(AxisScale([0, 5e-12], isWidened: true).title("charge (C)") == "charge (10⁻¹² C)")
    #expect(AxisScale([0, 5e13], isWidened: true).title("count (all)") == "count (10¹² all)")
    #expect(AxisScale([0, 5e7], isWidened: true).title("count") == "count (10⁶)")
    #expect(AxisScale([0, 5e-7], isWidened: true).title("count") == "count (10⁻⁹)")
    let small = AxisScale([0, 9999], isWidened: false, within: 0...9999)
    #expect(small.label(4000) == "4000" && small.label(-4000) == "\u{2212}4000")
    let large = AxisScale([0, 10_000], isWidened: false, within: 0...10_000)
    #expect(
      large.label(4000) == "4\u{2009}000" && large.label(400) == "400" && large.label(-1234) == "\u{2212}1\u{2009}234")
    // What a sum of steps may be beyond one is let pass, up to 10⁻⁹ of it.
    for (least, nice) in [
      (1, 1), (1.1, 2), (2, 2), (2.1, 5), (5, 5), (5.1, 10), (0.03, 0.05), (700, 1000), (2.000_000_001_9, 2),
      (2.000_000_002_1, 5), (5.000_000_004_9, 5), (5.000_000_005_1, 10),
    ] as [(Double, Double)] {
      #expect(abs(AxisScale.niceStep(least) - nice) < 1e-12 * nice, "\(least)")
    }
    var axis = AxisScale([2, 4], isWidened: false, within: 2...4)
    axis.pixels = (100, 20)
    #expect(axis.pixel(2) == 100 && axis.pixel(3) == 60 && axis.pixel(4) == 20 && axis.pixel(5) == -20)
  }

  @Test("Numbers are rounded and written the same everywhere")
  func numbers() {
    #expect(DecimalText.fixed(-0.05, decimals: 1) == "-0.1")
    #expect(DecimalText.fixed(-0.04, decimals: 1) == "0.0")
    #expect(DecimalText.fixed(2.675e3, decimals: 2) == "2675.00")
    #expect(DecimalText.shortest(1.5, decimals: 3) == "1.5")
    #expect(DecimalText.shortest(20, decimals: 2) == "20")
    #expect(DecimalText.shortest(-0.001, decimals: 2) == "0")
  }

  @Test("Large maps are drawn as means, and small ones cell by cell")
  func merging() {
    let map = HeatMap.Map("m", rows: 300, columns: 2, values: (0..<600).map { Double($0 / 2 % 3) })
    #expect(map.merge == 3)
    #expect(map.merged.rows == 100 && map.merged.columns == 1)
    #expect(map.merged.values == Array(repeating: 1, count: 100))
    let edge = HeatMap.Map("m", rows: 1, columns: 129, values: (0..<129).map { Double($0) }).merged
    #expect(edge.columns == 65 && edge.values[0] == 0.5 && edge.values[64] == 128)
    #expect(HeatMap.Map("m", rows: 128, columns: 1, values: Array(repeating: 0, count: 128)).merge == 1)
    #expect(HeatMap("", maps: [map]).svg.contains(">m, means of 3 × 3 cells<"))
  }

  @Test("A full tile stays a file of reasonable size")
  func size() {
    var random = SeededRandom(2)
    let values = (0..<1 << 20).map { _ in Double(random.next() >> 40) }
    let map = HeatMap.Map("", rows: 1024, columns: 1024, values: values)
    let large = HeatMap("", range: 7e6...10e6, maps: [map, map]).svg
    #expect(large.utf8.count < 600_000)
  }

  @Test("The colours run from dark to light without a step back")
  func ramp() {
    func lightness(_ level: Int) -> Double {
      let word = UInt32(ColourRamp.colour(level).dropFirst(), radix: 16) ?? 0
      return 0.2126 * Double(word >> 16) + 0.7152 * Double(word >> 8 & 255) + 0.0722 * Double(word & 255)
    }
    let values = (0..<ColourRamp.levels).map(lightness)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ColourRamp.colour(0) == "#440154" && ColourRamp.colour(63) == "#fde725")
    #expect(ColourRamp.level(-1) == 0 && ColourRamp.level(2) == 63)
  }
}
