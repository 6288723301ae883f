import Registers
import Testing

@Suite("Classes of agreement")
struct AgreementTests {
  private static let map = AgreementMap()

  private static func masks(_ kind: Transaction.Kind, _ address: UInt32) -> AgreementMasks {
    map.masks(of: Transaction(kind, address, 0))
  }

  @Test("Every register's class is found at each of its addresses, of every tile")
  func places() {
    for tile in 0..<MemoryMap.maximumTiles {
      for register in TileRegister.allCases {
        for index in [0, Int(register.register.count) - 1] {
          let address = MemoryMap.tile(tile) + register.offset(index)
          #expect(Self.masks(.read, address) == register.agreement, "\(register) \(index)")
        }
      }
    }
    for register in ChipRegister.allCases {
      #expect(Self.masks(.read, MemoryMap.chip + register.offset()) == register.agreement)
    }
    #expect(Self.masks(.write, MemoryMap.flash + FlashRegister.buffer.offset(5)) == FlashRegister.buffer.agreement)
  }

  @Test("A code is converted, a bit of STATUS beside others, a counter counted; a request is exact, an answer derived")
  func classes() {
    let even = TileRegister.sense.register.fields[0]
    #expect(TileRegister.sense.agreement.agreement(of: even) == .converted)
    let status = TileRegister.status.agreement
    #expect(status.agreement(of: TileRegister.Status.saturated) == .converted)
    #expect(status.agreement(of: TileRegister.Status.busy) == .exact)
    #expect(Self.masks(.read, MemoryMap.tile(0) + TileRegister.energy.offset()).counted == .max)
    let host = MemoryMap.host + HostRegister.data.offset()
    #expect(Self.masks(.read, host) == .exact)
    #expect(Self.masks(.write, host).derived == .max)
    #expect(Self.masks(.read, 0) == .exact && Self.masks(.read, MemoryMap.ram) == .exact)
  }
}
