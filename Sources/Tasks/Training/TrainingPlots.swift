import Board

/// What a training run shows in pictures, as SVG.
package enum TrainingPlots {
  /// Loss, accuracy (or test error) and chip time against the epoch, one above the other.
  package static func curve(_ reports: [EpochReport], on chip: ChipConfiguration) -> String {
    func points(_ value: (EpochReport) -> Double?) -> [LinePlot.Point] {
      reports.compactMap { report in value(report).map { LinePlot.Point(Double(report.epoch), $0) } }
    }
    let loss = LinePlot(
      "Loss", subtitle: FigureScope.caption(chip), x: "epoch", y: "mean loss",
      series: [.init("training", points(\.loss), style: .line)])
    let isRegression = reports.contains { $0.testError != nil }
    let quality =
      isRegression
      ? LinePlot(
        "Test error", x: "epoch", y: "root mean squared error",
        series: [.init("test", points(\.testError), style: .line)])
      : LinePlot(
        "Accuracy", x: "epoch", y: "sequences right, %",
        series: [
          .init("training", points { $0.trainAccuracy.map { $0 * 100 } }, style: .line),
          .init("test", points { $0.testAccuracy.map { $0 * 100 } }, style: .line),
        ])
    return LinePlot.stacked([loss, quality, time(points)])
  }

  /// All of it, and its parts.
  private static func time(_ points: ((EpochReport) -> Double?) -> [LinePlot.Point]) -> LinePlot {
    func seconds(_ part: KeyPath<TimeParts, Double>) -> [LinePlot.Point] {
      points { TimeParts.seconds($0.time[keyPath: part]) }
    }
    return LinePlot(
      "Chip time", x: "epoch", y: "since the beginning, s",
      series: [
        .init("all", seconds(\.totalCycles), style: .line), .init("arrays", seconds(\.arrayCycles), style: .line),
        .init("bus", seconds(\.busCycles), style: .line),
        .init("controller", seconds(\.controllerCycles), style: .line),
      ])
  }

  /// The test series, what the chip said a step before, and what saying "as the last" would have.
  package static func predictions(
    _ predictions: [Double], of test: SequenceSet, on chip: ChipConfiguration
  ) -> String {
    guard let sequence = test.sequences.first else { return "" }
    let steps = test.warmUp..<sequence.steps
    let measured = steps.map { test.level(at: $0).next + test.origin }
    let last = steps.map { test.level(at: $0).last + test.origin }
    let predicted = steps.map { predictions[$0] + test.origin }
    return LinePlot(
      "\(test.name): next value, predicted in situ", subtitle: FigureScope.caption(chip),
      x: "step of the test series", y: "value",
      series: [
        .init("measured", measured, from: 1), .init("chip", predicted, from: 1), .init("as the last", last, from: 1),
      ]
    ).svg
  }
}
