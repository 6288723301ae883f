import Registers

extension Field {
  /// What the field means, and what it counts.
  var text: String { unit.map { "\(meaning) In steps of \($0.step)." } ?? "\(meaning)" }
}

extension FieldUnit {
  fileprivate var step: String {
    switch self {
    case .pulseSteps: "\(Electrical.nanosecondsPerPulseStep) ns"
    case .analogSteps: "\(AnalogScale.microvoltsPerStep) µV"
    }
  }
}
