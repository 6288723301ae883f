import Board
import Crossbar
import Firmware
import Foundation
import Testing

@testable import Tasks

@Suite("Energy as stacked bars")
struct EnergyPlotTests {
  private static let chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4)])

  private static func account(_ technology: Technology = .nm65) -> EnergyAccount {
    let board = BoardActivity(tiles: [TileActivity()], scalarEvaluations: 0, formedCells: 0, accesses: 0)
    return EnergyAccount(board, time: TimeParts(controllerCycles: 1000), on: chip, in: technology)
  }

  private static func report(_ shares: [(EnergyPart, Estimate)], software: Double? = nil) -> SystemReport {
    var report = SystemReport(training: account(), on: chip, in: .nm65)
    report.energy = shares.map { EnergyShare(part: $0.0, joules: $0.1) }
    report.software = software.map { SystemReport.Software(cycles: 1, joules: Estimate($0 / 2, $0, 2 * $0)) }
    return report
  }

  private static func nanojoules(_ low: Double, _ nominal: Double, _ high: Double) -> Estimate {
    Estimate(low * 1e-9, nominal * 1e-9, high * 1e-9)
  }

  private static let usual = report(
    [(.arrayReads, nanojoules(1, 2, 3)), (.bus, nanojoules(0, 1, 2))], software: 4e-9)

  /// 5 nJ are the 514 pixels from 110 to 624: 102.8 a nanojoule.
  @Test("A bar begins at the left with its parts side by side, each as wide as its energy; nothing is drawn of nothing")
  func bars() {
    let svg = EnergyPlot(Self.usual, title: "Budget").svg
    let parts = [
      "M110 86h102.8v34h-102.8z\" fill=\"#0072b2\"", "M110 138h205.6v34h-205.6z\" fill=\"#0072b2\"",
      "M315.6 138h102.8v34h-102.8z\" fill=\"#8fbf9f\"", "M110 190h308.4v34h-308.4z\" fill=\"#0072b2\"",
      "M418.4 190h205.6v34h-205.6z\" fill=\"#8fbf9f\"", "M110 242h411.2v34h-411.2z\" fill=\"#b0b7be\"",
    ]
    for part in parts { #expect(svg.contains("<path d=\"\(part)"), "\(part)") }
    // With two of the legend.
    #expect(svg.components(separatedBy: "z\" fill=").count - 1 == parts.count + 2)
  }

  @Test("Bars are named, and each has its sum behind its end")
  func sums() {
    let svg = EnergyPlot(Self.usual, title: "Budget").svg
    for (name, y) in [("low", 107), ("nominal", 159), ("high", 211), ("software", 263)] {
      #expect(
        svg.contains("<text x=\"100\" y=\"\(y)\" font-size=\"12\"") && svg.contains("text-anchor=\"end\">\(name)<"))
    }
    for (text, x, y) in [
      ("1.00 nJ", "218.8", 107), ("3.00 nJ", "424.4", 159), ("5.00 nJ", "630", 211), ("4.00 nJ", "527.2", 263),
    ] {
      #expect(svg.contains("<text x=\"\(x)\" y=\"\(y)\" font-size=\"12\" fill=\"#59636e\">\(text)<"), "\(text)")
    }
    #expect(!EnergyPlot(Self.report([(.bus, Estimate(1))]), title: "").svg.contains(">software<"))
  }

  @Test("The axis has a line for each tick, the title and the subtitle stand above, and the whole ends below the axis")
  func axis() {
    let svg = EnergyPlot(Self.usual, title: "Budget").svg
    #expect(svg.contains("viewBox=\"0 0 720 350\"") && svg.contains("<title>Budget</title>"))
    for (tick, x) in [("0", "110"), ("1", "212.8"), ("2", "315.6"), ("3", "418.4"), ("4", "521.2"), ("5", "624")] {
      #expect(svg.contains("<path d=\"M\(x) 80L\(x) 294\" stroke=\"#e4e8ec\""), "\(tick)")
      #expect(
        svg.contains("<text x=\"\(x)\" y=\"312\" font-size=\"12\" fill=\"#59636e\" text-anchor=\"middle\">\(tick)<"))
    }
    #expect(svg.contains("<text x=\"367\" y=\"336\" font-size=\"13\"") && svg.contains(">energy (10⁻⁹ J)<"))
    #expect(svg.contains("<text x=\"110\" y=\"28\" font-size=\"16\"") && svg.contains("font-weight=\"600\">Budget<"))
    #expect(svg.contains("<text x=\"110\" y=\"48\"") && svg.contains(">energy of one training sequence, 65nm<"))
  }

  @Test("The legend has two parts a row, each with its colour and its name, and makes room for itself")
  func legend() {
    let all = EnergyPart.allCases.map { ($0, Self.nanojoules(1, 1, 1)) }
    let svg = EnergyPlot(Self.report(all), title: "").svg
    let colours = [
      "0072b2", "56b4e9", "a6d8f5", "d55e00", "009e73", "e69f00", "f0c987", "cc79a7", "7a3b69", "f0e442", "8fbf9f",
      "4d4d4d",
    ]
    for (number, (part, colour)) in zip(EnergyPart.allCases, colours).enumerated() {
      let (x, y) = (number % 2 == 0 ? 110 : 370, 60 + 20 * (number / 2))
      #expect(svg.contains("M\(x) \(y)h14v12h-14z\" fill=\"#\(colour)\""), "\(part)")
      #expect(svg.contains("<text x=\"\(x + 20)\" y=\"\(y + 10)\" font-size=\"12\" fill=\"#1f2328\">\(part.title)<"))
    }
    // Six rows of legend and three bars.
    #expect(svg.contains("viewBox=\"0 0 720 398\"") && svg.contains("M110 186h"))
    #expect(EnergyPlot(Self.report(Array(all.prefix(3))), title: "").svg.contains("viewBox=\"0 0 720 318\""))
  }

  @Test(
    "Sums have three digits and the unit that fits, from joules to femtojoules",
    arguments: [
      (12.0, "12.0 J"), (1, "1.00 J"), (0.999, "999 mJ"), (9.994e-3, "9.99 mJ"), (12.34e-6, "12.3 µJ"),
      (0.5e-6, "500 nJ"), (123.4e-12, "123 pJ"), (1.5e-12, "1.50 pJ"), (0.25e-12, "250 fJ"), (2.5e-15, "2.50 fJ"),
      (0.5e-15, "0.50 fJ"),
    ])
  func units(_ joules: Double, _ text: String) {
    #expect(EnergyPlot(Self.report([(.bus, Estimate(joules))]), title: "").svg.contains(">\(text)<"))
  }
}

@Suite("A system held against others")
struct SystemReportTests {
  private static let chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4)])

  /// 1000 cycles of 25 pJ, of a third to twice.
  private static let report: SystemReport = {
    let board = BoardActivity(tiles: [TileActivity()], scalarEvaluations: 0, formedCells: 0, accesses: 0)
    let account = EnergyAccount(board, time: TimeParts(controllerCycles: 1000), on: chip, in: .nm65)
    let software = SoftwareNetwork(NetworkShape(inputs: 1, hidden: 1, outputs: 1), steps: 2)
    return SystemReport(inference: account, multiplications: 50, software: software, on: chip, in: .nm65)
  }()

  private static func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-9 * abs(expected)
  }

  @Test(
    "Energy a multiplication is the total over their number; two operations each, the most efficient at the low end")
  func perMultiplication() throws {
    let report = Self.report
    #expect(report.technology == "65nm" && report.of == "inference" && report.multiplications == 50)
    #expect(Self.isNear(report.totalJoules.nominal, 25e-9) && Self.isNear(report.totalJoules.high, 50e-9))
    let energy = try #require(report.femtojoulesPerMAC)
    #expect(Self.isNear(energy.nominal, 500_000) && Self.isNear(energy.high, 1e6))
    #expect(Self.isNear(energy.low, 500_000.0 / 3))
    let efficiency = try #require(report.teraopsPerWatt)
    #expect(Self.isNear(efficiency.nominal, 0.004) && Self.isNear(efficiency.low, 0.002))
    #expect(Self.isNear(efficiency.high, 0.012))
    let software = try #require(report.software)
    // Four columns of three rows, a cell, a step; two rows of the dense layer at the end.
    let cycles = 2 * (4 * (36.8 + 3 * 11.9) + 33 + 117.7) + 36.8 + 2 * 11.9
    #expect(Self.isNear(software.cycles, cycles) && Self.isNear(software.joules.nominal, cycles * 25e-12))
  }

  @Test("Published chips have their sources' figures, and the nominal total over each of them")
  func published() throws {
    let published = try #require(Self.report.published)
    let figures: [[Double]] = [
      [65, 500], [42, 280], [160, 290], [190, 1000], [52, 125], [15, 60], [800, 1800], [25e-6],
    ]
    #expect(published.map(\.figures) == figures)
    for (chip, figures) in zip(published, figures) {
      let own = figures.count == 2 ? 500_000 : 25e-9
      #expect(chip.unit == (figures.count == 2 ? "fJ a multiplication" : "J an answer"), "\(chip.chip)")
      #expect(zip(chip.ratios, figures).allSatisfy { Self.isNear($0, own / $1) }, "\(chip.chip)")
      #expect(chip.ratios.count == figures.count && chip.isAbstractOnly == (chip.chip != "NeuRRAM core"))
    }
  }

  @Test("A training has no multiplications, no software and no published chips beside it, but its area")
  func training() {
    let board = BoardActivity(tiles: [TileActivity()], scalarEvaluations: 0, formedCells: 0, accesses: 0)
    let account = EnergyAccount(board, time: TimeParts(busCycles: 1), on: Self.chip, in: .nm22)
    let report = SystemReport(training: account, on: Self.chip, in: .nm22)
    #expect(report.of == "training sequence" && report.technology == "22nm")
    #expect(report.multiplications == nil && report.femtojoulesPerMAC == nil && report.teraopsPerWatt == nil)
    #expect(report.software == nil && report.published == nil && report.area.map(\.part) == AreaPart.allCases)
  }

  @Test("The area of all tiles is that of each, and scales with node and bits as its parts do")
  func area() {
    func part(_ part: AreaPart, _ chip: ChipConfiguration, _ technology: Technology) -> Estimate {
      AreaAccount(chip, in: technology).shares.first { $0.part == part }?.squareMicrometres ?? .zero
    }
    var double = Self.chip
    double.tiles += Self.chip.tiles
    var narrow = Self.chip
    narrow.dacBits = 4
    for each in AreaPart.allCases {
      let (one, two) = (part(each, Self.chip, .nm130), part(each, double, .nm130))
      #expect(Self.isNear(two.low, 2 * one.low) && Self.isNear(two.high, 2 * one.high), "\(each)")
    }
    let drivers = part(.drivers, Self.chip, .nm65)
    #expect(Self.isNear(drivers.low, 3 * 146 * 65 / 40) && Self.isNear(drivers.high, 3 * 1314 * 65 / 40))
    #expect(Self.isNear(part(.drivers, narrow, .nm65).nominal, 3 * 219 * 65 / 40))
    #expect(Self.isNear(part(.transposedDrivers, Self.chip, .nm65).nominal, 4 * 438 * 65 / 40))
    let amplifiers = part(.amplifiers, Self.chip, .nm65)
    #expect(Self.isNear(amplifiers.low, 4 * 175) && Self.isNear(amplifiers.high, 4 * 700))
    #expect(Self.isNear(part(.transposedAmplifiers, Self.chip, .nm65).nominal, 3 * 175))
    // 24 cells with their references, of 4 to 125.7 F² of 22 nm.
    let cells = part(.cells, Self.chip, .nm22)
    #expect(Self.isNear(cells.low, 24 * 4 * 0.000484) && Self.isNear(cells.high, 24 * 125.7 * 0.000484))
    #expect(Self.isNear(part(.residualMemory, Self.chip, .nm22).high, 32 * 12 * 310 * 0.000484))
  }
}
