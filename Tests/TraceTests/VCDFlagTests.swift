import Registers
import Testing

@testable import Trace

private enum FlagBlock: UInt32, RegisterBlock {
  case state = 0
  case done = 4
  case plain = 8
  case known = 12

  var hardwareSide: HardwareSide { .reads }
  var register: Register {
    switch self {
    case .state:
      Register(
        "STATE", "A test.",
        fields: [
          Field("BUSY", .readOnly, bit: 0, "A test."), Field("LATE", .writeOneToClear, bits: 4...5, "A test."),
          Field("SEEN", .readToClear, bit: 6, "A test."),
        ])
    case .done: Register("DONE", "A test.", fields: [Field("TILES", .writeOneToClear, bits: 0...7, "A test.")])
    case .plain: Register("PLAIN", .readWrite, "A test.")
    case .known: Register("KNOWN", .writeOneToClear, "A test.")
    }
  }
}

@Suite struct VCDFlagTests {
  private let flags = VCDFlag.others(of: FlagBlock.self, beside: [.known])

  @Test func aLatchedRegisterOrFieldIsAVariableByItself() {
    #expect(flags.map(\.name) == ["STATE_LATE", "STATE_SEEN", "DONE"])
    #expect(flags.map(\.width) == [2, 1, 8])
    #expect(flags.allSatisfy { !$0.isTold } && VCDFlag(FlagBlock.known, isTold: true).isTold)
  }

  @Test func aVariableFollowsWritesAndReadsAsTheMapSays() {
    let (late, seen, done) = (flags[0], flags[1], flags[2])
    #expect(late.read(0x71) == 3 && late.written(0x10, over: 3) == 2 && late.written(0x11, over: 3) == 2)
    #expect(seen.read(0x40) == 0 && done.written(0x81, over: 0xff) == 0x7e && done.written(0x101, over: 0xff) == 0xfe)
  }

  @Test func theMapHasNoFlagThatOnlyReadsTell() {
    #expect(VCDFlag.others(of: TileRegister.self, beside: [.error]).isEmpty)
    #expect(VCDFlag.others(of: ChipRegister.self, beside: [.error, .interruptPending, .resetCause]).isEmpty)
  }
}
