import Tasks

/// What a chip takes in a technology, for people.
enum SystemText {
  static func text(_ report: SystemReport) -> String {
    let parts = [
      energy(report), report.software.map { software($0, report) }, area(report),
      report.published.map { published($0) }, scope,
    ]
    return parts.compactMap(\.self).joined(separator: "\n\n")
  }

  private static let scope = """
    not in it: leakage and standby, clock tree, references at rest, links off the chip; low and high are sums of lows and of
    highs, no interval of confidence; 'mblstm fidelity' says what each constant stands on
    """

  private static func energy(_ report: SystemReport) -> String {
    func row(_ name: String, _ band: Estimate) -> [String] {
      [name, quantity(band.low, "J"), quantity(band.nominal, "J"), quantity(band.high, "J")]
    }
    let rows =
      [["", "low", "nominal", "high"]]
      + report.energy.filter { $0.joules.high > 0 }
      .map { row($0.part.title + ($0.part.isCounted ? " (counted)" : ""), $0.joules) }
      + [row("together", report.totalJoules)]
    return "energy of one \(report.of) in \(report.technology): the system\n" + table(rows) + perProduct(report)
  }

  private static func perProduct(_ report: SystemReport) -> String {
    guard let energy = report.femtojoulesPerMAC, let rate = report.teraopsPerWatt, let count = report.multiplications
    else { return "" }
    func band(_ band: Estimate, _ digits: Int) -> String {
      "\(decimal(band.nominal, digits)) (\(decimal(band.low, digits)) to \(decimal(band.high, digits)))"
    }
    return "\n  \(grouped(Int(count.rounded()))) multiplications: \(band(energy, 0)) fJ each, \(band(rate, 4)) TOPS/W"
  }

  private static func software(_ software: SystemReport.Software, _ report: SystemReport) -> String {
    let ratio = software.joules.nominal / report.totalJoules.nominal
    return """
      the same network in software alone on an RV32 core: \(grouped(Int(software.cycles.rounded()))) cycles, \
      \(quantity(software.joules.nominal, "J")) (\(quantity(software.joules.low, "J")) to \
      \(quantity(software.joules.high, "J"))), \(decimal(ratio, 2)) times the system
      """
  }

  private static func area(_ report: SystemReport) -> String {
    func row(_ name: String, _ band: Estimate, _ purpose: String = "") -> [String] {
      [name] + [band.low, band.nominal, band.high].map { decimal($0 / 1e6, 4) } + [purpose]
    }
    let total = report.area.reduce(Estimate.zero) { $0 + $1.squareMicrometres }
    let rows =
      [["", "low", "nominal", "high", "for"]]
      + report.area.map { row($0.part.title, $0.squareMicrometres, $0.part.purpose?.title ?? "inference") }
      + [row("together", total, "everything above")]
    return "area in mm², arrays and their periphery alone: no digital part, no routing, no pads\n" + table(rows)
  }

  private static func published(_ comparisons: [SystemReport.Comparison]) -> String {
    let rows = comparisons.map { one in
      [
        one.chip + (one.isAbstractOnly ? " *" : ""), one.process,
        one.figures.map { one.unit.hasPrefix("J") ? quantity($0, "J") : "\(decimal($0, 0)) fJ" }.joined(
          separator: " to "),
        one.ratios.map { decimal($0, $0 < 10 ? 2 : 0) }.joined(separator: " to "), one.scope,
      ]
    }
    return "published, a multiplication or an answer, and the system over it\n"
      + table([["", "process", "published", "ratio", "what is in it"]] + rows)
      + "\n  * only an abstract, a caption or a table page was readable"
  }
}
