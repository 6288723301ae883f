/// Where energy goes, as bars of stacked parts: the low, the nominal and the high end, and software alone.
package struct EnergyPlot {
  private static let width = 720.0
  private static let left = 110.0
  private static let right = 96.0
  private static let barHeight = 34.0
  private static let pitch = 52.0
  private static let legendRow = 20.0
  private static let columns = 2
  /// Distinct also to the colour-blind (Okabe and Ito, 2008), light and dark in turn; software alone is grey.
  private static let colours = [
    "#0072b2", "#56b4e9", "#a6d8f5", "#d55e00", "#009e73", "#e69f00", "#f0c987", "#cc79a7", "#7a3b69", "#f0e442",
    "#8fbf9f", "#4d4d4d",
  ]
  private static let softwareColour = "#b0b7be"

  private let report: SystemReport
  private let title: String

  package init(_ report: SystemReport, title: String) {
    self.report = report
    self.title = title
  }

  private var bars: [(label: String, parts: [(colour: String, joules: Double)])] {
    func parts(_ end: (Estimate) -> Double) -> [(String, Double)] {
      report.energy.map { (Self.colour($0.part), end($0.joules)) }
    }
    let bars = [("low", parts(\.low)), ("nominal", parts(\.nominal)), ("high", parts(\.high))]
    let software = report.software.map { [("software", [(Self.softwareColour, $0.joules.nominal)])] } ?? []
    return (bars + software).map { (label: $0.0, parts: $0.1.map { (colour: $0.0, joules: $0.1) }) }
  }

  private static func colour(_ part: EnergyPart) -> String {
    guard let place = EnergyPart.allCases.firstIndex(of: part) else { preconditionFailure("a part of all") }
    return colours[place]
  }

  /// What the total is of, in words.
  private var subtitle: String {
    "energy of one \(report.of), \(report.technology)"
  }

  /// The plot as a document.
  package var svg: String {
    let rows = (report.energy.count + Self.columns - 1) / Self.columns
    let above = 66 + Double(rows) * Self.legendRow
    var svg = SVG(width: Self.width, height: above + Double(bars.count) * Self.pitch + 56)
    svg.text(title, Self.left, 28, size: 16, isBold: true)
    svg.text(subtitle, Self.left, 48, colour: SVG.quiet)
    drawLegend(on: &svg)
    let totals = bars.map { bar in bar.parts.reduce(0) { $0 + $1.joules } }
    var scale = AxisScale([0] + totals, isWidened: true)
    scale.pixels = (Self.left, Self.width - Self.right)
    let bottom = above + Double(bars.count) * Self.pitch
    for tick in scale.ticks {
      svg.line(scale.pixel(tick), above - 6, scale.pixel(tick), bottom, SVG.grid)
      svg.text(scale.label(tick), scale.pixel(tick), bottom + 18, .middle, colour: SVG.quiet)
    }
    svg.text(scale.title("energy (J)"), (Self.left + Self.width - Self.right) / 2, bottom + 42, size: 13, .middle)
    for (number, bar) in bars.enumerated() {
      draw(bar, top: above + Double(number) * Self.pitch, scale, on: &svg)
    }
    return svg.document(title)
  }

  private func drawLegend(on svg: inout SVG) {
    for (number, share) in report.energy.enumerated() {
      let x = Self.left + Double(number % Self.columns) * 260
      let y = 60 + Double(number / Self.columns) * Self.legendRow
      rectangle(x, y, 14, 12, Self.colour(share.part), on: &svg)
      svg.text(share.part.title, x + 20, y + 10)
    }
  }

  private func draw(
    _ bar: (label: String, parts: [(colour: String, joules: Double)]), top: Double, _ scale: AxisScale,
    on svg: inout SVG
  ) {
    svg.text(bar.label, Self.left - 10, top + Self.barHeight / 2 + 4, .end)
    var sum = 0.0
    for part in bar.parts where part.joules > 0 {
      let from = scale.pixel(sum)
      sum += part.joules
      rectangle(from, top, scale.pixel(sum) - from, Self.barHeight, part.colour, on: &svg)
    }
    svg.text(Self.text(sum), scale.pixel(sum) + 6, top + Self.barHeight / 2 + 4, colour: SVG.quiet)
  }

  /// Three digits with a unit.
  private static func text(_ joules: Double) -> String {
    let units = [("J", 1.0), ("mJ", 1e-3), ("µJ", 1e-6), ("nJ", 1e-9), ("pJ", 1e-12)]
    let (name, unit) = units.first { joules >= $0.1 } ?? ("fJ", 1e-15)
    let value = joules / unit
    return "\(DecimalText.fixed(value, decimals: value >= 100 ? 0 : value >= 10 ? 1 : 2)) \(name)"
  }

  private func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ colour: String, on svg: inout SVG
  ) {
    svg.path("M\(SVG.text(x)) \(SVG.text(y))h\(SVG.text(width))v\(SVG.text(height))h\(SVG.text(-width))z", fill: colour)
  }
}
