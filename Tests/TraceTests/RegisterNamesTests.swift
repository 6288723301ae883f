import Registers
import Testing
import Trace

@Suite struct RegisterNamesTests {
  let maps = BlockMap.board(tiles: 2)
  let names: RegisterNames

  init() { names = RegisterNames(maps) }

  @Test(
    arguments: [
      (0x0010_0000, 0x0007_3333, "FINISHER.FINISH", "CODE=13107 STATUS=7"),
      (0x0200_0000, 1, "CLINT.MSIP", "PENDING=1"),
      (0x0200_4004, 5, "CLINT.MTIMECMP[1]", ""),
      (0x0200_bff8, 9, "CLINT.MTIME[0]", ""),
      (0x1000_0000, 0x48, "UART.DATA", "BYTE=72"),
      (0x1000_0005, 0x60, "UART.LSR", "DR=0 THRE=1 TEMT=1"),
      (0x4000_0004, 0x0001_0002, "MBX.VERSION", "MINOR=2 MAJOR=1"),
      (0x4000_0010, 3, "MBX.ERROR", "UNMAPPED=1 MISALIGNED=1 ACCESS=0 RESERVED=0 CODE=0"),
      (0x4000_0188, 0x8000_ffff, "MBX.SIGMOID_LINE[2]", "SLOPE=-1 OFFSET=-32768"),
      (0x4001_0008, 0x0003_0023, "MBX0.START", "OPERATION=3 GAIN=0 LINEAR=1 ROW=3"),
      (0x4001_0018, 0x5052_4f47, "MBX0.UNLOCK", ""),
      (0x4001_100c, 0xfffd_0034, "MBX0.DRIVE[3]", "EVEN=52 ODD=-3"),
      (0x4001_3ffc, 0x0000_ffff, "MBX0.PULSE[1023]", "WIDTH=-1"),
      (0x4002_4000, 0x8000_0001, "MBX1.TRIM[0]", "OFFSET=1 GAIN=32768"),
      (0x4010_0000, 7, "HOST.DATA", ""),
    ] as [(UInt32, UInt32, String, String)])
  func aSampleOfEachBlockIsNamed(_ address: UInt32, _ value: UInt32, _ name: String, _ fields: String) {
    #expect(names.name(of: address) == name)
    #expect(names.fields(of: value, at: address) == fields)
  }

  @Test func everyElementOfEveryRegisterHasItsOwnName() {
    var seen: Set<String> = []
    for map in maps {
      for entry in map.entries {
        for index in 0..<entry.register.count {
          let name = names.name(of: map.base + entry.offset + index * map.registerBytes) ?? ""
          let number = map.number.map { "\($0)" } ?? ""
          let element = entry.register.count > 1 ? "[\(index)]" : ""
          #expect(name == "\(map.name)\(number).\(entry.register.name)\(element)")
          #expect(seen.insert(name).inserted)
        }
      }
    }
  }

  @Test func whatOnlySomeChipsHaveIsNamedOnThem() {
    let plain = RegisterNames(BlockMap.board(tiles: 1, features: []))
    for (address, name) in [(UInt32(0x4001_5000), "MBX0.DRIVE_SIGNALS[0]"), (0x4012_0300, "CELL.OUTPUT[0]")] {
      #expect(names.name(of: address) == name)
      #expect(plain.name(of: address) == nil)
    }
  }

  @Test func anAddressWithoutRegisterHasNoNameAndNoFields() {
    for address: UInt32 in [0, 0x000f_ffff, 0x1000_0008, 0x4001_0038, 0x4001_8000, 0x4003_0000, 0x8000_0000, .max] {
      #expect(names.name(of: address) == nil)
      #expect(names.fields(of: .max, at: address) == "")
    }
  }

  @Test func anAddressInsideARegisterSaysHowFarAndHasNoFields() {
    #expect(names.name(of: 0x4001_100e) == "MBX0.DRIVE[3]+2")
    #expect(names.fields(of: 1, at: 0x4001_100e) == "")
  }
}
