import Crossbar

/// A sweep's results with the seeds taken together.
package struct SweepSummary: Sendable, Equatable {
  /// Mean and spread over the points at one setting of the first axes: over the seeds, and what else is pooled.
  package struct Setting: Sendable, Equatable {
    /// One for each axis.
    package var values: [String]
    package var mean: Double
    /// Standard deviation (n − 1), 0 for one point.
    package var deviation: Double
    package var points: Int
  }

  package let column: String
  /// First axis slowest.
  package let settings: [Setting]

  /// - Parameter axes: how many tell settings apart, the first ones; all if not said.
  /// - Precondition: the plan has the column.
  package init(_ results: SweepResults, of column: String, axes: Int = .max) {
    guard let place = results.plan.columns.firstIndex(of: column) else {
      preconditionFailure("the sweep has no column \(column)")
    }
    self.column = column
    let plan = results.plan
    // Points of a setting follow each other: the first axis is the slowest.
    let pooled = plan.axes.dropFirst(axes).reduce(plan.seeds.count) { $0 * $1.values.count }
    settings = stride(from: 0, to: plan.count, by: pooled).compactMap { first in
      let numbers = (first..<first + pooled).compactMap { results.cells[$0].flatMap { Double($0[place]) } }
      guard !numbers.isEmpty else { return nil }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Setting(
        values: Array(plan.point(first).values.prefix(axes)), mean: mean,
        deviation: numbers.count > 1 ? (squares / Double(numbers.count - 1)).squareRoot() : 0, points: numbers.count)
    }
  }

  /// A column over the first axis, a line for each value of the second.
  /// - Parameters:
  ///   - scale: multiplies the column, 100 for per cent.
  ///   - baseline: a column to compare with, drawn as its mean over everything, with its name in the legend.
  package static func plot(
    _ results: SweepResults, of column: String, scale: Double, titled yTitle: String, title: String,
    baseline: (column: String, name: String)? = nil
  ) -> LinePlot {
    let axes = results.plan.axes
    let settings = SweepSummary(results, of: column, axes: 2).settings
    let axis = SweepSetting.every.named(axes[0].name)
    func points(_ settings: [Setting]) -> [LinePlot.Point] {
      settings.compactMap { setting in
        place(setting.values[0], on: axis).map {
          LinePlot.Point($0, setting.mean * scale, deviation: setting.deviation * scale)
        }
      }.sorted { $0.x < $1.x }
    }
    var plot = LinePlot(
      title, subtitle: "\(subtitle(results.plan)); \(FigureScope.model)", x: axis?.title ?? axes[0].name, y: yTitle)
    if axes.count > 1 {
      let second = SweepSetting.every.named(axes[1].name)
      plot.series = axes[1].values.map { value in
        LinePlot.Series(label(value, second, axes[1].name), points(settings.filter { $0.values[1] == value }))
      }
    } else {
      plot.series = [LinePlot.Series(baseline == nil ? "" : "on the chip", points(settings))]
    }
    guard let baseline else { return plot }
    let means = SweepSummary(results, of: baseline.column).settings.map(\.mean)
    let mean = means.reduce(0, +) / Double(max(means.count, 1)) * scale
    let places = plot.series.flatMap(\.points).map(\.x)
    if let first = places.min(), let last = places.max() {
      plot.series.append(LinePlot.Series(baseline.name, [.init(first, mean), .init(last, mean)], style: .dashed))
    }
    return plot
  }

  private static func place(_ text: String, on axis: Property<SweepSetting>?) -> Double? {
    guard let axis else { return Double(text) }
    return (try? axis.value(of: text)).flatMap { axis.place(of: $0) }
  }

  /// For a legend: `variation 5 %`.
  private static func label(_ text: String, _ axis: Property<SweepSetting>?, _ name: String) -> String {
    "\(name) \(axis.flatMap { axis in (try? axis.value(of: text)).map(axis.described) } ?? text)"
  }

  /// What a mark is the mean of.
  private static func subtitle(_ plan: SweepPlan) -> String {
    let pooled = plan.axes.dropFirst(2).map { "\($0.name) (\($0.values.joined(separator: ", ")))" }
    let seeds = plan.seeds.count
    guard !pooled.isEmpty else {
      return seeds > 1 ? "mean ± standard deviation over \(seeds) seeds" : "seed \(plan.seeds[0])"
    }
    return "mean ± standard deviation over \(seeds > 1 ? "\(seeds) seeds" : "seed \(plan.seeds[0])"), pooled over "
      + pooled.joined(separator: " and ")
  }
}
