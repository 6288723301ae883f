import Crossbar

/// Maps side by side in one colour scale: a tile's conductances before and after training.
package struct HeatMap: Sendable, Equatable {
  package struct Map: Sendable, Equatable {
    package var title: String
    package var rows: Int
    package var columns: Int
    /// Row by row, from the top.
    package var values: [Double]

    /// - Precondition: as many values as cells, one or more.
    package init(_ title: String, rows: Int, columns: Int, values: [Double]) {
      precondition(rows > 0 && columns > 0 && values.count == rows * columns, "a value for every cell")
      self.title = title
      self.rows = rows
      self.columns = columns
      self.values = values
    }

    /// An array's conductances, microsiemens: word lines down, bit lines across.
    package init(_ title: String, of array: CrossbarArray) {
      self.init(
        title, rows: array.wordLines, columns: array.bitLines, values: array.conductance.map { Double($0) / 1e6 })
    }

    /// Cells of a side that are drawn as one.
    var merge: Int { max((max(rows, columns) + HeatMap.mostCells - 1) / HeatMap.mostCells, 1) }

    /// The same map with squares of `merge` cells drawn as their mean.
    var merged: Map {
      let size = merge
      guard size > 1 else { return self }
      let (down, across) = ((rows + size - 1) / size, (columns + size - 1) / size)
      var sums = [Double](repeating: 0, count: down * across)
      var counts = sums
      for (cell, value) in values.enumerated() {
        let place = cell / columns / size * across + cell % columns / size
        sums[place] += value
        counts[place] += 1
      }
      return Map(title, rows: down, columns: across, values: zip(sums, counts).map { $0 / $1 })
    }
  }

  /// More cells of a side than this are merged.
  package static let mostCells = 128

  package var title: String
  /// One line under the title.
  package var subtitle: String
  /// Of the values; beside the colour bar.
  package var unit: String
  package var rowTitle: String
  package var columnTitle: String
  /// What the colours cover; nil for the values' own range.
  package var range: ClosedRange<Double>?
  package var maps: [Map]

  package init(
    _ title: String, subtitle: String = "", unit: String = "conductance (µS)", rows rowTitle: String = "word line",
    columns columnTitle: String = "bit line", range: ClosedRange<Double>? = nil, maps: [Map]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.range = range
    self.maps = maps
  }

  /// An array before and after something, in the range of its devices.
  package init(_ title: String, subtitle: String = "", before: CrossbarArray, after: CrossbarArray) {
    let range = before.device.conductanceRange
    self.init(
      title, subtitle: subtitle, range: Double(range.lowerBound) / 1e6...Double(range.upperBound) / 1e6,
      maps: [Map("before", of: before), Map("after", of: after)])
  }

  /// The maps as a document.
  package var svg: String { HeatMapDrawing(self).svg }
}
