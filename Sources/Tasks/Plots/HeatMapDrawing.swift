/// Heat maps on paper.
struct HeatMapDrawing {
  private static let longest = 440.0
  /// Narrower maps are stretched.
  private static let shortest = 120.0
  private static let left = 24.0
  private static let gap = 36.0
  private static let bar = 16.0

  private let heatMap: HeatMap
  private let drawn: [HeatMap.Map]
  /// Pixels of each map.
  private let sizes: [(width: Double, height: Double)]
  /// Pixels from the left of each map to the right of it or of its title.
  private let slots: [Double]
  private let range: ClosedRange<Double>
  private let top: Double
  /// Room for the numbers of the rows, left of each map.
  private let labels: Double

  init(_ heatMap: HeatMap) {
    self.heatMap = heatMap
    drawn = heatMap.maps.map(\.merged)
    let side = drawn.map { Self.longest / Double(max($0.rows, $0.columns)) }.min() ?? 1
    sizes = drawn.map {
      (max(Double($0.columns) * side, Self.shortest), max(Double($0.rows) * side, Self.shortest))
    }
    slots = zip(sizes, heatMap.maps).map { max($0.width, SVG.width(of: Self.title($1), size: 13)) }
    let values = drawn.flatMap(\.values).filter(\.isFinite)
    let own = (values.min() ?? 0)...(values.max() ?? 1)
    range = heatMap.range ?? (own.lowerBound < own.upperBound ? own : own.lowerBound...own.lowerBound + 1)
    top = 40 + (heatMap.title.isEmpty ? 0 : 32) + (heatMap.subtitle.isEmpty ? 0 : 20)
    labels = 26 + SVG.width(of: "\(heatMap.maps.map(\.rows).max() ?? 0)", size: 11)
  }

  var svg: String {
    let height = sizes.map(\.height).max() ?? 0
    let mapsWidth = max(
      slots.reduce(Self.left) { $0 + labels + $1 + Self.gap }, Self.left + SVG.width(of: heatMap.subtitle, size: 13))
    let scale = AxisScale([range.lowerBound, range.upperBound], isWidened: false, within: range)
    var svg = SVG(width: mapsWidth + Self.bar + scale.labelWidth + 52, height: top + height + 60)
    if !heatMap.title.isEmpty { svg.text(heatMap.title, Self.left, 28, size: 16, isBold: true) }
    if !heatMap.subtitle.isEmpty {
      svg.text(heatMap.subtitle, Self.left, heatMap.title.isEmpty ? 20 : 48, colour: SVG.quiet)
    }
    var x = Self.left
    for number in drawn.indices {
      x += labels
      draw(number, on: &svg, x)
      x += slots[number] + Self.gap
    }
    drawBar(scale, on: &svg, x, height: height)
    return svg.document(heatMap.title.isEmpty ? heatMap.maps.map(\.title).joined(separator: "; ") : heatMap.title)
  }

  private static func title(_ map: HeatMap.Map) -> String {
    guard map.merge > 1 else { return map.title }
    return map.title + (map.title.isEmpty ? "" : ", ") + "means of \(map.merge) × \(map.merge) cells"
  }

  private func draw(_ number: Int, on svg: inout SVG, _ x: Double) {
    let map = heatMap.maps[number]
    let (width, height) = sizes[number]
    svg.text(Self.title(map), x, top - 10, size: 13)
    drawCells(drawn[number], on: &svg, x, width, height)
    svg.frame(x, top, width, height, SVG.quiet)
    for line in Self.lines(map.rows, over: height) {
      let y = top + (Double(line) + 0.5) / Double(map.rows) * height
      svg.line(x - 4, y, x, y, SVG.quiet)
      svg.text("\(line)", x - 7, y + 4, size: 11, .end, colour: SVG.quiet)
    }
    for line in Self.lines(map.columns, over: width) {
      let middle = x + (Double(line) + 0.5) / Double(map.columns) * width
      svg.line(middle, top + height, middle, top + height + 4, SVG.quiet)
      svg.text("\(line)", middle, top + height + 17, size: 11, .middle, colour: SVG.quiet)
    }
    svg.text(heatMap.columnTitle, x + width / 2, top + height + 38, .middle)
    svg.text(heatMap.rowTitle, x - labels + 10, top + height / 2, .middle, isVertical: true)
  }

  /// Numbers of lines to label: 0 and multiples of a round number.
  private static func lines(_ count: Int, over pixels: Double) -> StrideTo<Int> {
    let least = Double(count) / max(pixels / 40, 1)
    var step = max(Int(AxisScale.niceStep(max(least, 1))), 1)
    if [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].contains(count) {
      step = 1
      while Double(step) < least { step *= 2 }
    }
    return stride(from: 0, to: count, by: step)
  }

  /// One path for each colour, with neighbours in a row as one bar. Cells are drawn as units and then scaled.
  private func drawCells(_ map: HeatMap.Map, on svg: inout SVG, _ x: Double, _ width: Double, _ height: Double) {
    var paths = [String](repeating: "", count: ColourRamp.levels)
    for row in 0..<map.rows {
      var column = 0
      while column < map.columns {
        let level = level(map.values[row * map.columns + column])
        var end = column + 1
        while end < map.columns, self.level(map.values[row * map.columns + end]) == level { end += 1 }
        if let level { paths[level] += "M\(column) \(row)h\(end - column)v1H\(column)z" }
        column = end
      }
    }
    let (scaleX, scaleY) = (width / Double(map.columns), height / Double(map.rows))
    func exact(_ value: Double) -> String { DecimalText.shortest(value, decimals: 5) }
    let transform =
      "shape-rendering=\"crispEdges\""
      + " transform=\"translate(\(SVG.text(x)) \(SVG.text(top))) scale(\(exact(scaleX)) \(exact(scaleY)))\""
    for (level, path) in paths.enumerated() where !path.isEmpty {
      svg.path(path, fill: ColourRamp.colour(level), attributes: transform)
    }
  }

  /// nil, and no colour, for what is not a number.
  private func level(_ value: Double) -> Int? {
    guard value.isFinite else { return nil }
    return ColourRamp.level((value - range.lowerBound) / (range.upperBound - range.lowerBound))
  }

  private func drawBar(_ scale: AxisScale, on svg: inout SVG, _ x: Double, height: Double) {
    let step = height / Double(ColourRamp.levels)
    for level in 0..<ColourRamp.levels {
      let y = top + height - Double(level + 1) * step
      svg.path(
        "M\(SVG.text(x)) \(SVG.text(y))h\(SVG.text(Self.bar))v\(SVG.text(step))h\(SVG.text(-Self.bar))z",
        fill: ColourRamp.colour(level), attributes: "shape-rendering=\"crispEdges\"")
    }
    svg.frame(x, top, Self.bar, height, SVG.quiet)
    var scale = scale
    scale.pixels = (top + height, top)
    for tick in scale.ticks {
      let y = scale.pixel(tick)
      svg.line(x + Self.bar, y, x + Self.bar + 4, y, SVG.quiet)
      svg.text(scale.label(tick), x + Self.bar + 8, y + 4, size: 11, colour: SVG.quiet)
    }
    svg.text(
      scale.title(heatMap.unit), x + Self.bar + scale.labelWidth + 26, top + height / 2, .middle, isVertical: true)
  }
}
