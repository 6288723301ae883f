/// What makes a conductance a signed weight.
public enum Synapse: String, Sendable, CaseIterable {
  /// One memristor against a fixed resistor in the middle of its range; a column is one bit line.
  case reference
  /// A pair of memristors on neighbouring bit lines, even minus odd; a column is two bit lines.
  case differential

  /// 1 for `reference`, 2 for `differential`.
  public var bitLinesPerColumn: Int { self == .reference ? 1 : 2 }
}
