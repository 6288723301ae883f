/// Lowest and highest conductance of a device, picosiemens.
public struct ConductanceBounds: Sendable, Equatable {
  /// Lowest conductance, picosiemens: above 0.
  public var low: Int32
  /// Highest conductance, picosiemens: above `low`, up to 2 mS.
  public var high: Int32

  /// Bounds of so many picosiemens, the lowest first.
  public init(_ low: Int32, _ high: Int32) {
    self.low = low
    self.high = high
  }

  /// Both as a range, picosiemens.
  public var range: ClosedRange<Int32> { ClosedRange(uncheckedBounds: (low, high)) }

  /// What makes the bounds unusable, or nil.
  var problem: String? {
    low > 0 && low < high && high <= 2_000_000_000
      ? nil : "conductances are \(low) to \(high) pS, expected more than 0, rising, up to 2 mS"
  }
}

/// A model whose range of conductances is two of its parameters.
public protocol BoundedModel: DeviceModel {
  /// The two parameters.
  var bounds: ConductanceBounds { get set }
}

extension BoundedModel {
  public var conductanceRange: ClosedRange<Int32> { bounds.range }

  /// Microsiemens, to a picosiemens.
  var lowestConductance: Double {
    get { Double(bounds.low) / 1e6 }
    set { bounds.low = Int32((newValue * 1e6).rounded()) }
  }
  var highestConductance: Double {
    get { Double(bounds.high) / 1e6 }
    set { bounds.high = Int32((newValue * 1e6).rounded()) }
  }

  static var boundsParameters: [Property<Self>] {
    [
      Property(
        "lowest-conductance", \Self.lowestConductance, in: 1e-6...2000, .microsiemens,
        "Lowest conductance, to a picosiemens"),
      Property(
        "highest-conductance", \Self.highestConductance, in: 1e-6...2000, .microsiemens,
        "Highest conductance, to a picosiemens"),
    ]
  }
}
