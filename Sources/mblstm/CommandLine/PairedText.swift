import Tasks

/// Two ways of classifying the same sequences, for people.
enum PairedText {
  /// `only the chip right 3, only floating point right 2: p = 1.00 (McNemar, exact)`.
  static func line(_ one: (name: String, alone: Int), _ other: (name: String, alone: Int), p: Double) -> String {
    "only \(one.name) right \(grouped(one.alone)), only \(other.name) right \(grouped(other.alone)): "
      + "\(probability(p)) (McNemar, exact)"
  }

  /// `p = 0.02`, with four digits below a hundredth.
  private static func probability(_ p: Double) -> String {
    p < 0.0001 ? "p < 0.0001" : "p = \(decimal(p, p < 0.01 ? 4 : 2))"
  }
}
