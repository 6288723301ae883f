/// A line plot on paper.
struct LinePlotDrawing {
  static let width = 720.0
  private static let right = 24.0
  private static let plotHeight = 300.0
  private static let legendRow = 20.0
  /// Distinct also to the colour-blind (Okabe and Ito, 2008), the darker ones first.
  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#4d4d4d"]

  private let plot: LinePlot
  private var xAxis: AxisScale
  private var yAxis: AxisScale
  /// Series numbers, row by row.
  private let legend: [[Int]]
  private let left: Double
  /// From the top of the drawing to that of the plot.
  private let above: Double

  init(_ plot: LinePlot) {
    self.plot = plot
    let points = plot.series.flatMap(\.points)
    xAxis = AxisScale(points.map(\.x), count: 8, isWidened: false)
    yAxis = AxisScale(
      points.flatMap { [$0.y - $0.deviation, $0.y + $0.deviation] }, isWidened: true, within: plot.yRange)
    left = 48 + yAxis.labelWidth
    legend = Self.rows(plot.series, width: Self.width - left - Self.right)
    let titles = (plot.title.isEmpty ? 0 : 28.0) + (plot.subtitle.isEmpty ? 0 : 20)
    above = 16 + titles + Double(legend.count) * Self.legendRow
    xAxis.pixels = (left, Self.width - Self.right)
    yAxis.pixels = (above + Self.plotHeight, above)
  }

  var height: Double { above + Self.plotHeight + 60 }

  func draw(on svg: inout SVG, top: Double) {
    var drawing = self
    drawing.yAxis.pixels = (top + above + Self.plotHeight, top + above)
    if !plot.title.isEmpty { svg.text(plot.title, left, top + 28, size: 16, isBold: true) }
    if !plot.subtitle.isEmpty {
      svg.text(plot.subtitle, left, top + (plot.title.isEmpty ? 20 : 48), colour: SVG.quiet)
    }
    drawing.drawAxes(on: &svg)
    drawing.drawLegend(on: &svg, top: top + above - Double(legend.count) * Self.legendRow)
    for number in plot.series.indices { drawing.drawSeries(number, on: &svg) }
  }

  private func drawAxes(on svg: inout SVG) {
    let bottom = yAxis.pixels.from
    let right = xAxis.pixels.to
    for tick in yAxis.ticks {
      let y = yAxis.pixel(tick)
      svg.line(left, y, right, y, SVG.grid)
      svg.text(yAxis.label(tick), left - 8, y + 4, .end, colour: SVG.quiet)
    }
    svg.line(left, bottom, right, bottom, SVG.quiet)
    for tick in xAxis.ticks {
      let x = xAxis.pixel(tick)
      svg.line(x, bottom, x, bottom + 5, SVG.quiet)
      svg.text(xAxis.label(tick), x, bottom + 20, .middle, colour: SVG.quiet)
    }
    svg.text(xAxis.title(plot.xTitle), (left + right) / 2, bottom + 42, size: 13, .middle)
    svg.text(yAxis.title(plot.yTitle), 22, (yAxis.pixels.to + bottom) / 2, size: 13, .middle, isVertical: true)
  }

  // MARK: Legend

  private static let sample = 26.0

  private static func entryWidth(_ series: LinePlot.Series) -> Double { sample + 8 + SVG.width(of: series.name) + 22 }

  private static func rows(_ series: [LinePlot.Series], width: Double) -> [[Int]] {
    var rows: [[Int]] = []
    var used = Double.infinity
    for (number, one) in series.enumerated() where !one.name.isEmpty {
      if used + entryWidth(one) > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(number)
      used += entryWidth(one)
    }
    return rows
  }

  private func drawLegend(on svg: inout SVG, top: Double) {
    for (row, numbers) in legend.enumerated() {
      var x = left
      let y = top + Double(row) * Self.legendRow
      for number in numbers {
        let series = plot.series[number]
        stroke([(x, y), (x + Self.sample, y)], number, on: &svg)
        if series.style == .marked { mark(x + Self.sample / 2, y, number, on: &svg) }
        svg.text(series.name, x + Self.sample + 8, y + 4)
        x += Self.entryWidth(series)
      }
    }
  }

  // MARK: Series

  private func colour(_ number: Int) -> String { Self.colours[number % Self.colours.count] }

  private func stroke(_ points: [(x: Double, y: Double)], _ number: Int, on svg: inout SVG) {
    let dash: SVG.Dash =
      switch plot.series[number].style {
      case .line, .marked: .none
      case .dashed: .dashed
      case .dotted: .dotted
      }
    svg.polyline(points, colour(number), dash)
  }

  private func drawSeries(_ number: Int, on svg: inout SVG) {
    let series = plot.series[number]
    for run in series.points.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
      for point in run where point.deviation > 0 && point.deviation.isFinite { bar(point, number, on: &svg) }
      let places = run.map { (x: xAxis.pixel($0.x) + shift(number), y: pixel($0.y)) }
      stroke(places, number, on: &svg)
      guard series.style == .marked || places.count == 1 else { continue }
      for place in places { mark(place.x, place.y, number, on: &svg) }
    }
  }

  /// Pixels to the right, so that error bars of several series at one place stay apart.
  private func shift(_ number: Int) -> Double {
    func hasBars(_ series: LinePlot.Series) -> Bool { series.points.contains { $0.deviation > 0 } }
    let barred = plot.series.indices.filter { hasBars(plot.series[$0]) }
    guard let place = barred.firstIndex(of: number) else { return 0 }
    return (Double(place) - Double(barred.count - 1) / 2) * min(5, 24 / Double(barred.count))
  }

  /// Kept inside the plot.
  private func pixel(_ y: Double) -> Double {
    yAxis.pixel(min(max(y, yAxis.range.lowerBound), yAxis.range.upperBound))
  }

  private func bar(_ point: LinePlot.Point, _ number: Int, on svg: inout SVG) {
    let x = xAxis.pixel(point.x) + shift(number)
    let low = pixel(point.y - point.deviation)
    let high = pixel(point.y + point.deviation)
    svg.line(x, low, x, high, colour(number), width: 1.25)
    for end in [low, high] { svg.line(x - 3, end, x + 3, end, colour(number), width: 1.25) }
  }

  /// Circle, square, triangle, diamond in turn.
  private func mark(_ x: Double, _ y: Double, _ number: Int, on svg: inout SVG) {
    let (x, y) = ((x * 100).rounded() / 100, (y * 100).rounded() / 100)
    func at(_ dx: Double, _ dy: Double) -> String { "M\(SVG.text(x + dx)) \(SVG.text(y + dy))" }
    let data =
      switch number % 4 {
      case 0: at(-4, 0) + "a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
      case 1: at(-3.5, -3.5) + "h7v7h-7z"
      case 2: at(0, -4.75) + "l4.5 8h-9z"
      default: at(0, -5) + "l5 5l-5 5l-5 -5z"
      }
    svg.path(data, fill: colour(number), attributes: "stroke=\"#ffffff\" stroke-width=\"1.25\"")
  }
}
