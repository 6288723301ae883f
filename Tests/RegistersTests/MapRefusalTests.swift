import Registers
import Testing

enum OverlappingBlock: UInt32, RegisterBlock {
  case array = 0
  case inside = 4
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", .readWrite, count: self == .array ? 2 : 1, "A test.") }
}

enum UnalignedBlock: UInt32, RegisterBlock {
  case only = 2
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", .readWrite, "A test.") }
}

enum CrossedFieldsBlock: UInt32, RegisterBlock {
  case only = 0
  var hardwareSide: HardwareSide { .reads }
  var register: Register {
    Register(
      "R", "A test.", fields: [Field("A", .readOnly, bits: 0...4, "A."), Field("B", .readWrite, bits: 4...5, "B.")])
  }
}

enum ResetOutsideBlock: UInt32, RegisterBlock {
  case only = 0
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", reset: 2, "A test.", fields: [Field("A", .readWrite, bit: 0, "A.")]) }
}

enum GappedBlock: UInt32, RegisterBlock {
  case first = 4
  case last = 12
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", .readWrite, count: self == .last ? 2 : 1, "A test.") }
}

enum WideByteBlock: UInt32, RegisterBlock {
  case only = 0
  static var registerBytes: UInt32 { 1 }
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", "A test.", fields: [Field("A", .readOnly, bits: 0...8, "A.")]) }
}

enum WholeByteBlock: UInt32, RegisterBlock {
  case only = 0
  static var registerBytes: UInt32 { 1 }
  var hardwareSide: HardwareSide { .reads }
  var register: Register { Register("R", .readOnly, "A test.") }
}

@Suite("A block map refuses")
struct MapRefusalTests {
  @Test("Two registers at one address")
  func overlap() async {
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: OverlappingBlock.self) }
  }

  @Test("A register that does not begin at a multiple of its size")
  func alignment() async {
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: UnalignedBlock.self) }
  }

  @Test("Overlapping fields")
  func fields() async {
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: CrossedFieldsBlock.self) }
  }

  @Test("A reset value outside the fields")
  func reset() async {
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: ResetOutsideBlock.self) }
  }

  @Test("A chip's own reset value where the map has one, or outside the fields")
  func chipReset() async {
    await #expect(processExitsWith: .failure) {
      var map = BlockMap("B", at: 0, of: TileRegister.self)
      map.setReset(TileRegister.watchdog, to: 1)
    }
    await #expect(processExitsWith: .failure) {
      var map = BlockMap("B", at: 0, of: TileRegister.self)
      map.setReset(TileRegister.amplitude, to: .max)
    }
  }

  @Test("Fields, or a whole register, beyond the register's size")
  func width() async {
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: WideByteBlock.self) }
    await #expect(processExitsWith: .failure) { _ = BlockMap("B", at: 0, of: WholeByteBlock.self) }
  }

  @Test("Nothing else: gaps before and between registers are gaps")
  func gaps() {
    let map = BlockMap("B", at: 0, of: GappedBlock.self)
    #expect((0..<6).map { map.find($0 * 4)?.entry.offset } == [nil, 4, nil, 12, 12, nil])
    #expect((0..<6).map { map.find($0 * 4)?.index } == [nil, 0, nil, 0, 1, nil])
  }
}
