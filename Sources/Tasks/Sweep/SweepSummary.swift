/// A sweep's results with the seeds taken together.
public struct SweepSummary: Sendable, Equatable {
  /// Mean and spread over the seeds at one setting.
  public struct Setting: Sendable, Equatable {
    /// One for each axis.
    public var values: [String]
    public var mean: Double
    /// Standard deviation over the seeds (n − 1), 0 for one seed.
    public var deviation: Double
    public var seeds: Int
  }

  public let column: String
  /// First axis slowest.
  public let settings: [Setting]

  /// - Precondition: the plan has the column.
  public init(_ results: SweepResults, of column: String) {
    guard let place = results.plan.columns.firstIndex(of: column) else {
      preconditionFailure("the sweep has no column \(column)")
    }
    self.column = column
    let seeds = results.plan.seeds.count
    settings = (0..<results.plan.count / seeds).compactMap { setting in
      let first = setting * seeds
      let numbers = (first..<first + seeds).compactMap { results.cells[$0].flatMap { Double($0[place]) } }
      guard !numbers.isEmpty else { return nil }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Setting(
        values: results.plan.point(first).values, mean: mean,
        deviation: numbers.count > 1 ? (squares / Double(numbers.count - 1)).squareRoot() : 0, seeds: numbers.count)
    }
  }

  /// A column over the first axis, a line for each value of the second.
  /// - Parameters:
  ///   - scale: multiplies the column, 100 for per cent.
  ///   - baseline: a column to compare with, drawn as its mean over everything, with its name in the legend.
  public static func plot(
    _ results: SweepResults, of column: String, scale: Double, titled yTitle: String, title: String,
    baseline: (column: String, name: String)? = nil
  ) -> LinePlot {
    let axes = results.plan.axes
    let settings = SweepSummary(results, of: column).settings
    let axis = ChipParameter.named(axes[0].name)
    func points(_ settings: [Setting]) -> [LinePlot.Point] {
      settings.compactMap { setting in
        Double(setting.values[0]).map {
          LinePlot.Point($0 * (axis?.scale ?? 1), setting.mean * scale, deviation: setting.deviation * scale)
        }
      }.sorted { $0.x < $1.x }
    }
    let seeds = results.plan.seeds.count
    var plot = LinePlot(
      title, subtitle: seeds > 1 ? "mean ± standard deviation over \(seeds) seeds" : "seed \(results.plan.seeds[0])",
      x: axis?.title ?? axes[0].name, y: yTitle)
    if axes.count > 1 {
      let second = ChipParameter.named(axes[1].name)
      plot.series = axes[1].values.map { value in
        LinePlot.Series(
          second?.label(value) ?? "\(axes[1].name) \(value)", points(settings.filter { $0.values[1] == value }))
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
}
