/// What results depend on beside what a file says: how they are computed.
public enum ResultsVersion {
  /// Raised only when the same chip, data and options give other results.
  public static let current = 3
}
