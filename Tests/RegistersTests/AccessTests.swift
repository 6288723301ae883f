import Registers
import TestSupport
import Testing

/// Every access in one register.
enum MixedBlock: UInt32, RegisterBlock {
  case control = 0

  static let accesses: [Access] = [
    .readOnly, .readWrite, .writeOnly, .writeOneToClear, .writeOneToSet, .readToClear, .port,
  ]

  /// Three bits each, in the order of `accesses`, and the first gap above them.
  var hardwareSide: HardwareSide { .reads }
  var register: Register {
    let names: [StaticString] = ["RO", "RW", "WO", "W1C", "W1S", "RC", "PORT"]
    return Register(
      "CONTROL", "A test.",
      fields: zip(names, Self.accesses).enumerated().map { index, field in
        Field(field.0, field.1, bits: UInt32(4 * index)...UInt32(4 * index + 2), "A test.")
      })
  }
}

@Suite("Access by field")
struct AccessTests {
  @Test("Each bit of a mixed register does what its own field says, for any word and any value")
  func mixed() {
    let register = MixedBlock.control.register
    #expect(MixedBlock.accesses == Access.allCases.sorted { Self.order($0) < Self.order($1) })
    #expect(register.access == nil)
    var random = SeededRandom(1)
    var wrong: [String] = []
    for _ in 0..<2000 {
      let (word, value) = (random.word(), random.word())
      let written = register.masks.written(value, over: word)
      let after = register.masks.afterRead(word)
      for bit in UInt32(0)..<32 {
        let access = register.fields.first { $0.mask >> bit & 1 == 1 }?.access
        let (old, one) = (word >> bit & 1, value >> bit & 1)
        if written >> bit & 1 != Self.written(access, old, one) { wrong.append("bit \(bit) written") }
        if after >> bit & 1 != (access == .readToClear ? 0 : old) { wrong.append("bit \(bit) read") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  private static func order(_ access: Access) -> Int { MixedBlock.accesses.firstIndex(of: access) ?? .max }

  /// The truth table, written out.
  private static func written(_ access: Access?, _ old: UInt32, _ one: UInt32) -> UInt32 {
    switch access {
    case .readWrite: one
    case .writeOneToClear: one == 1 ? 0 : old
    case .writeOneToSet: one == 1 ? 1 : old
    case .readOnly, .writeOnly, .readToClear, .port, nil: old
    }
  }

  @Test("A register of one access has it, and a field seen read-only is the same bits")
  func uniform() {
    #expect(
      TileRegister.error.register.access == .writeOneToClear && TileRegister.watchdog.register.access == .readWrite)
    let field = TileRegister.Pulse.width
    #expect(field.readOnly.access == .readOnly && field.readOnly.mask == field.mask && field.readOnly.isSigned)
  }

  @Test("A tile has an element of an array for each of its lines")
  func extents() {
    func elements(_ extent: Extent) -> Int { extent.elements(wordLines: 33, bitLines: 20, columns: 10) }
    #expect(elements(.whole) == .max && elements(.lines(perElement: 1)) == 33 && elements(.lines(perElement: 32)) == 2)
    #expect(elements(.bitLines(perElement: 1)) == 20 && elements(.columns(perElement: 16)) == 1)
  }

  @Test("The scales are those of the data sheet")
  func scales() {
    #expect(Electrical.nanosecondsPerCycle == 10 && Electrical.nanosecondsPerPulseStep == 20)
    #expect(AnalogScale.unitMicrovolts == 102_400 && AnalogScale.referenceMicrovolts == 409_600)
    #expect(TileRegister.Trim.unit == 0x8000_0000 && TileRegister.amplitude.register.reset == 0x04b0_04b0)
  }
}
