/// How the network stood after an epoch, and what the epoch cost.
public struct EpochReport: Sendable, Equatable, Codable {
  /// From 1; 0 before any training.
  public var epoch: Int
  /// Mean loss of the training sequences as they were trained on.
  public var loss: Double
  /// Shares of sequences right; nil for regression.
  public var trainAccuracy: Double?
  public var testAccuracy: Double?
  /// Root of the mean squared error on the test set, in the data's unit; nil for classification.
  public var testError: Double?
  /// Since the beginning of the run, both tiles.
  public var pulses: UInt64
  public var phases: UInt64
  /// Seconds of chip time.
  public var chipSeconds: Double
  /// Seconds of row-parallel pulsing, and what it would take one cell at a time.
  public var pulseSeconds: Double
  public var cellSerialSeconds: Double
  /// Dissipated in the arrays by programming and by reading.
  public var programEnergyJoules: Double
  public var readEnergyJoules: Double
}
