/// Lines over a common axis: a learning curve, a prediction, a sweep.
package struct LinePlot: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    package var x: Double
    package var y: Double
    /// Half the length of the error bar, 0 for none.
    package var deviation: Double

    package init(_ x: Double, _ y: Double, deviation: Double = 0) {
      self.x = x
      self.y = y
      self.deviation = deviation
    }
  }

  /// How a series is drawn.
  package enum Style: Sendable, Equatable {
    case line, dashed, dotted
    /// A line with a mark at every point.
    case marked
  }

  package struct Series: Sendable, Equatable {
    /// In the legend; none when it is empty.
    package var name: String
    /// A point that is not finite interrupts the line.
    package var points: [Point]
    package var style: Style

    package init(_ name: String, _ points: [Point], style: Style = .marked) {
      self.name = name
      self.points = points
      self.style = style
    }

    /// Values at 0, 1, 2 …
    package init(_ name: String, _ values: some Sequence<Double>, from first: Double = 0, style: Style = .line) {
      self.init(name, values.enumerated().map { Point(first + Double($0.offset), $0.element) }, style: style)
    }
  }

  package var title: String
  /// One line under the title.
  package var subtitle: String
  /// With units.
  package var xTitle: String
  package var yTitle: String
  package var series: [Series]
  /// What the vertical axis covers; nil for what the data need.
  package var yRange: ClosedRange<Double>?

  package init(
    _ title: String, subtitle: String = "", x xTitle: String, y yTitle: String, series: [Series] = [],
    yRange: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
    self.yRange = yRange
  }

  /// The plot as a document.
  package var svg: String { Self.stacked([self]) }

  /// Several plots under one another, as loss and accuracy over the same epochs.
  package static func stacked(_ plots: [LinePlot]) -> String {
    let drawings = plots.map { LinePlotDrawing($0) }
    var svg = SVG(width: LinePlotDrawing.width, height: drawings.reduce(0) { $0 + $1.height })
    var top = 0.0
    for drawing in drawings {
      drawing.draw(on: &svg, top: top)
      top += drawing.height
    }
    return svg.document(plots.map(\.title).joined(separator: "; "))
  }
}
