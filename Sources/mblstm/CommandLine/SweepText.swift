import Crossbar
import Tasks

/// The results of a sweep, for people.
enum SweepText {
  static func text(_ results: SweepResults) -> String {
    let plan = results.plan
    let rows = SweepSummary(results, of: plan.quality).settings.map { setting in
      zip(plan.axes, setting.values).map { name($1, of: $0) } + [
        show(setting.mean, plan), show(setting.deviation, plan),
        plan.interval(at: setting).map { interval($0, plan) } ?? "–", "\(setting.points)",
      ]
    }
    let of = results.shard == .whole ? "" : ", shard \(results.shard)"
    let head = plan.axes.map(\.name) + ["mean", "deviation", "95 % interval", "seeds"]
    let holds = plan.isOfShares ? "chips and test sequences are samples" : "chips are a sample"
    let quality = plan.qualityName + (plan.isOfShares ? " on the chip" : "")
    return "\(quality) at \(grouped(results.cells.count)) points\(of)\n" + table([head] + rows)
      + "\ninterval of the mean: \(holds)"
  }

  private static func show(_ value: Double, _ plan: SweepPlan) -> String {
    plan.isOfShares ? percent(value) : plan.isOfSeconds ? quantity(value, "s") : decimal(value, 2)
  }

  /// `95.2 ± 0.6 %`.
  static func mean(_ setting: SweepSummary.Setting, _ plan: SweepPlan, digits: Int) -> String {
    if plan.isOfSeconds { return "\(quantity(setting.mean, "s")) ± \(quantity(setting.deviation, "s"))" }
    let (scale, unit) = scale(plan)
    return "\(decimal(setting.mean * scale, digits)) ± \(decimal(setting.deviation * scale, digits))\(unit)"
  }

  /// `93.95–95.62 %`.
  static func interval(_ interval: MeanInterval, _ plan: SweepPlan, digits: Int = 2) -> String {
    if plan.isOfSeconds { return "\(quantity(interval.lower, "s"))–\(quantity(interval.upper, "s"))" }
    let (scale, unit) = scale(plan)
    return "\(decimal(interval.lower * scale, digits))–\(decimal(interval.upper * scale, digits))\(unit)"
  }

  private static func scale(_ plan: SweepPlan) -> (scale: Double, unit: String) {
    plan.isOfShares ? (100, " %") : (1, "")
  }

  /// A value without the points of a device's tables.
  private static func name(_ value: String, of axis: SweepPlan.Axis) -> String {
    axis.name == "device" ? (try? Device(value))?.name ?? value : value
  }
}
