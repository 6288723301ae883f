/// How far real devices are from their model; all zero means ideal ones.
public struct Variation: Sendable, Equatable {
  /// Relative standard deviation of a cell's rate, drawn once per cell, for SET and for RESET.
  public var deviceToDevice: Double
  /// Relative standard deviation of a pulse's dose, drawn for every pulse.
  public var cycleToCycle: Double
  /// Standard deviation of a cell's conductance in a read, picosiemens.
  public var readNoise: Int64

  public init(deviceToDevice: Double = 0, cycleToCycle: Double = 0, readNoise: Int64 = 0) {
    self.deviceToDevice = deviceToDevice
    self.cycleToCycle = cycleToCycle
    self.readNoise = readNoise
  }

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
