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
