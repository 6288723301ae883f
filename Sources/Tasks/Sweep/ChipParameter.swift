import Board

/// A property of a chip that a sweep can vary: a line of the table below.
public struct ChipParameter: Sendable {
  /// As after `--axis`.
  public let name: String
  /// As the title of an axis.
  public let title: String
  /// What multiplies a value for a plot.
  public let scale: Double
  /// What its values are, for messages.
  public let expected: String
  private let read: @Sendable (String) -> Double?
  private let isWhole: Bool
  private let set: @Sendable (inout ChipOptions, Double) -> Void

  /// Every axis that there is.
  public static let all = [
    share("variation", \.variation),
    share("d2d", \.deviceToDevice),
    share("c2c", \.cycleToCycle),
    share("threshold-spread", \.thresholdSpread),
    share("bounds-spread", \.boundsSpread),
    share("device-noise", \.deviceNoise),
    share("program-error", \.programError),
    share("stuck-lrs", \.stuckLRS),
    share("stuck-hrs", \.stuckHRS),
    share("read-noise", \.readNoise),
    integer("adc-bits", in: ChipConfiguration.adcBitsRange, \.adcBits),
    integer("dac-bits", in: ChipConfiguration.dacBitsRange, \.dacBits),
    share("tolerance", \.tolerance),
    integer("rounds", in: 1...10_000, \.rounds),
  ]

  public static func named(_ name: String) -> ChipParameter? { all.first { $0.name == name } }

  /// A share from 0 to 1, also written as a percentage.
  private static func share(_ name: String, _ path: WritableKeyPath<ChipOptions, Double> & Sendable) -> ChipParameter {
    ChipParameter(
      name: name, title: "\(name) (%)", scale: 100, expected: "a share from 0 to 1 such as 0.05 or 5%",
      read: { text in
        let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        return number.flatMap { (0...1).contains($0) ? $0 : nil }
      }, isWhole: false, set: { $0[keyPath: path] = $1 })
  }

  private static func integer(
    _ name: String, in range: ClosedRange<Int>, _ path: WritableKeyPath<ChipOptions, Int> & Sendable
  ) -> ChipParameter {
    ChipParameter(
      name: name, title: name, scale: 1, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      read: { text in Int(text).flatMap { range.contains($0) ? Double($0) : nil } }, isWhole: true,
      set: { $0[keyPath: path] = Int($1) })
  }

  /// The one way of writing a value that the user gave; nil where it is none.
  public func value(_ text: String) -> String? { read(text).map { isWhole ? "\(Int($0))" : "\($0 == 0 ? 0 : $0)" } }

  /// Applies a value.
  /// - Precondition: it is one.
  public func apply(_ value: String, to options: inout ChipOptions) {
    guard let number = read(value) else { preconditionFailure("\(name) cannot be \(value)") }
    set(&options, number)
  }

  /// For a legend: `variation 5 %`.
  func label(_ value: String) -> String {
    guard !isWhole, let number = read(value) else { return "\(name) \(value)" }
    return "\(name) \(DecimalText.shortest(number * 100, decimals: 4)) %"
  }
}
