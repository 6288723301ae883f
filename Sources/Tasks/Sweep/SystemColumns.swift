/// What a sweep with a technology has beside its own columns. Points run natively: the controller's computing is an account.
enum SystemColumns {
  /// Of the line that says what is done at every point.
  static func subject(_ technology: Technology?) -> String { technology.map { " technology=\($0.rawValue)" } ?? "" }

  static func names(_ technology: Technology?) -> [String] { technology == nil ? [] : columns.map(\.name) }

  static func cells(_ report: SystemReport) -> [String] { columns.map { "\($0.value(report))" } }

  private static let columns: [(name: String, value: @Sendable (SystemReport) -> Double)] = [
    ("chip_joules_low", { $0.totalJoules.low }), ("chip_joules", { $0.totalJoules.nominal }),
    ("chip_joules_high", { $0.totalJoules.high }),
    ("chip_square_micrometres", { $0.area.reduce(0) { $0 + $1.squareMicrometres.nominal } }),
  ]
}
