/// How far real devices are from their model; `none` means ideal ones with the noise of their source.
///
/// Every axis is independent of the others and drawn with purposes of its own, so that one does not change another's
/// draws.
public struct Variation: Sendable, Equatable {
  /// Relative standard deviation of a cell's rate, drawn once per cell, for SET and for RESET.
  public var deviceToDevice: Double
  /// Relative standard deviation of a cell's threshold voltages, drawn once per cell, for SET and for RESET.
  public var thresholdSpread: Double
  /// Relative standard deviation of a cell's lowest and of its highest conductance, drawn once per cell.
  public var boundsSpread: Double
  /// Relative standard deviation of a pulse's dose, drawn for every pulse.
  public var cycleToCycle: Double
  /// Share of the device model's own noise from pulse to pulse.
  public var deviceNoise: Double
  /// Relative standard deviation of the programming voltage, drawn for every row phase.
  public var programError: Double
  /// Share of the cells that stay in their low-resistance state.
  public var stuckLRS: Double
  /// Share of the cells that stay in their high-resistance state.
  public var stuckHRS: Double
  /// Standard deviation of a cell's conductance in a read, picosiemens.
  public var readNoise: Int64

  /// Ideal devices with the noise of their source, but for what is given.
  public init(
    deviceToDevice: Double = 0, thresholdSpread: Double = 0, boundsSpread: Double = 0, cycleToCycle: Double = 0,
    deviceNoise: Double = 1, programError: Double = 0, stuckLRS: Double = 0, stuckHRS: Double = 0, readNoise: Int64 = 0
  ) {
    self.deviceToDevice = deviceToDevice
    self.thresholdSpread = thresholdSpread
    self.boundsSpread = boundsSpread
    self.cycleToCycle = cycleToCycle
    self.deviceNoise = deviceNoise
    self.programError = programError
    self.stuckLRS = stuckLRS
    self.stuckHRS = stuckHRS
    self.readNoise = readNoise
  }

  /// Ideal devices with the noise of their source.
  public static let none = Variation()
}

extension Variation {
  /// `1 + σ·ξ`, not below a twentieth: no pulse acts backwards.
  static func factor(_ draw: Int64, deviation: Double) -> Double {
    max(0.05, 1 + deviation * Double(draw) / Double(CounterRandom.gaussianScale))
  }

  /// What the dose of every pulse on a cell is multiplied by.
  package func rateFactor(_ polarity: Polarity, _ random: CounterRandom, tile: Int, cell: Int) -> Double {
    let purpose: CounterRandom.Purpose = polarity == .set ? .setRate : .resetRate
    return Self.factor(
      random.gaussian(purpose, tile: tile, operation: 0, index: cell), deviation: deviceToDevice)
  }

  /// What the dose of one pulse is multiplied by; a cell has a draw for its own pulse, and one for the half of every
  /// row phase of the operation.
  /// - Parameter index: the cell; of a disturbed one, pulsed word line · cells of the array + cell.
  package func pulseFactor(
    _ polarity: Polarity, isDisturb: Bool, _ random: CounterRandom, tile: Int, operation: UInt64, index: Int
  ) -> Double {
    let purpose: CounterRandom.Purpose =
      switch (polarity, isDisturb) {
      case (.set, false): .setPulse
      case (.reset, false): .resetPulse
      case (.set, true): .setDisturb
      case (.reset, true): .resetDisturb
      }
    return Self.factor(
      random.gaussian(purpose, tile: tile, operation: operation, index: index), deviation: cycleToCycle)
  }
}
