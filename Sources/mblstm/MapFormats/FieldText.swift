import Board
import Registers

extension Field {
  /// What the field means, and what it counts.
  var text: String { unit.map { "\(meaning) In steps of \($0.step)." } ?? "\(meaning)" }
}

extension Register {
  /// `rw`, or `mixed` where its fields differ.
  var accessText: String { access.map { "\($0.abbreviation)" } ?? "mixed" }

  /// What the register means, and what it takes that others do not.
  var text: String {
    "\(meaning)" + (isWritableWhileBusy ? " Takes a write also while an operation is under way." : "")
      + (isGuarded ? " Takes a write only while programming is allowed." : "")
      + (needs.isEmpty ? "" : " Of chips with `\(needs.words)` among their `features`.")
  }

  /// `0x00000000`, as far as the map says it.
  var resetText: String {
    switch resetOrigin {
    case .map: "`\(hex(reset))`"
    case .chip: reset == 0 ? "the chip's" : "`\(hex(reset))` or the chip's"
    case .outside: "none"
    }
  }

  /// Access of a field where it is not that of all.
  func ownAccess(of field: Field) -> String? { access == nil ? "\(field.access.abbreviation)" : nil }
}

extension FieldUnit {
  fileprivate var step: String {
    switch self {
    case .pulseSteps: "\(Electrical.nanosecondsPerPulseStep) ns"
    case .analogSteps: "\(AnalogScale.microvoltsPerStep) µV"
    }
  }
}
