import Registers
import Trace

/// What a difference of a log is of.
public enum DifferenceSubject: Sendable, Equatable {
  /// An access; with the fields of its register that differ, where it is another value and nothing else.
  case access(address: UInt32, fields: [String])
  /// What a block did or refused: `MBX0`.
  case event(block: String)
  /// The logs as wholes.
  case head
}

extension DifferenceSubject {
  /// Of an access whose value differs in some bits. A register that is one number has no fields.
  package init(_ access: Transaction, bits: UInt32, in maps: [BlockMap]) {
    let fields = Self.fields(at: access.address, in: maps).filter { $0.mask & bits != 0 }
    self = .access(address: access.address, fields: fields.map { "\($0.name)" })
  }

  static func fields(at address: UInt32, in maps: [BlockMap]) -> [Field] {
    maps.lazy.compactMap { $0.find(address &- $0.base)?.entry.register.fields }.first ?? []
  }
}

extension EntryText {
  /// Without what tells that a converted line left its range: of two dies near a limit one may.
  package var withoutSaturation: EntryText {
    let suffix = " saturated"
    guard detail.hasSuffix(suffix) else { return self }
    return EntryText(register: register, detail: String(detail.dropLast(suffix.count)))
  }
}
