import Board
import Crossbar

/// A device in pictures: its staircases with their spread, and its current–voltage loop where it has a threshold.
package enum DevicePlots {
  package static func svg(_ report: DeviceReport) -> String {
    LinePlot.stacked([staircasePlot(report)] + (report.sweep.map { [loopPlot(report.chip, $0)] } ?? []))
  }

  /// The most error bars on a staircase.
  private static let mostBars = 24

  private static func staircasePlot(_ report: DeviceReport) -> LinePlot {
    let (chip, staircases) = (report.chip, [report.set, report.reset])
    let volts = staircases.map { DecimalText.shortest(Double($0.millivolts) / 1000, decimals: 3) }
    let (first, last) = report.set.widths
    let width = first == last ? time(first) : "\(time(first)) to \(time(last))"
    return LinePlot(
      "\(chip.device.name): conductance under pulses",
      subtitle: "SET \(volts[0]) V, RESET \(volts[1]) V, pulses of \(width); "
        + "mean ± σ of \(report.conditions)",
      x: "pulse number", y: "conductance (µS)",
      series: staircases.map { staircase in
        let every = (staircase.steps.count + mostBars - 1) / mostBars
        return LinePlot.Series(
          staircase.polarity == .set ? "SET" : "RESET",
          staircase.steps.map { step in
            LinePlot.Point(
              Double(step.pulse), step.mean / 1e6, deviation: step.pulse % every == 0 ? step.deviation / 1e6 : 0)
          }, style: .line)
      })
  }

  private static func loopPlot(_ chip: ChipConfiguration, _ sweep: VoltageSweep) -> LinePlot {
    LinePlot(
      "\(chip.device.name): current–voltage loop",
      subtitle: "one cell without noise or variation, a triangle of \(time(sweep.seconds * 1e9)) from the"
        + " high-resistance state; \(FigureScope.model)",
      x: "voltage (V)", y: "current (µA)",
      series: [LinePlot.Series("", sweep.points.map { LinePlot.Point($0.volts, $0.amperes * 1e6) }, style: .line)])
  }

  private static func time(_ nanoseconds: Double) -> String {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")]
    let (scale, unit) = units.first { nanoseconds >= $0.0 } ?? (1, "ns")
    return "\(DecimalText.shortest(nanoseconds / scale, decimals: 3)) \(unit)"
  }
}
