import Crossbar
import Registers
import Testing
import Trace

@testable import Board

@Suite("Ends of the blocks on the bus")
struct BlockEndTests {
  struct Block: Sendable, CustomTestStringConvertible {
    let name: String
    let first: UInt32
    let behind: UInt32
    var registerBytes: UInt32 = 4

    var testDescription: String { name }
  }

  private static let blocks = [
    Block(name: "FINISHER", first: 0x0010_0000, behind: 0x0010_1000),
    Block(name: "CLINT", first: 0x0200_0000, behind: 0x0201_0000),
    Block(name: "UART", first: 0x1000_0000, behind: 0x1000_0100, registerBytes: 1),
    Block(name: "HOST", first: 0x4010_0000, behind: 0x4010_1000),
    Block(name: "FLASH", first: 0x4011_0000, behind: 0x4011_1000),
    Block(name: "RAM of 64 bytes", first: 0x8000_0000, behind: 0x8000_0040),
  ]

  @Test("The first and the last register of a block are of the block", arguments: blocks)
  func inside(_ block: Block) throws {
    var machine = try Bench.small()
    for address in [block.first, block.behind - block.registerBytes] {
      #expect(machine.registerBytes(at: address) == block.registerBytes)
      #expect(machine.readRegister(address).isError == false)
      #expect(machine.writeRegister(address, 0) == false)
    }
  }

  @Test("The addresses next to a block are nobody's", arguments: blocks)
  func outside(_ block: Block) throws {
    var machine = try Bench.small()
    for address in [block.first - block.registerBytes, block.behind] {
      #expect(machine.registerBytes(at: address) == nil)
      #expect(machine.peek(address) == nil)
      #expect(machine.readRegister(address).isError == true)
      #expect(machine.writeRegister(address, 0) == true)
    }
  }

  @Test("A cell unit has 4096 bytes on a chip that has one, and none on a chip without")
  func cellUnit() throws {
    var configuration = ChipConfiguration.small()
    let without = try Bench.small(configuration)
    configuration.features = .cell
    let with = try Bench.small(configuration)
    for address: UInt32 in [0x4012_0000, 0x4012_0ffc] {
      #expect(with.registerBytes(at: address) == 4)
      #expect(without.registerBytes(at: address) == nil)
    }
    for address: UInt32 in [0x4011_fffc, 0x4012_1000] { #expect(with.registerBytes(at: address) == nil) }
  }

  @Test("MBX ends where the first tile begins, and the last tile where a third would begin")
  func tiles() throws {
    let machine = try Bench.small()
    for address: UInt32 in [0x4000_0000, 0x4000_fffc, 0x4001_0000, 0x4002_fffc] {
      #expect(machine.registerBytes(at: address) == 4)
    }
    for address: UInt32 in [0x3fff_fffc, 0x4003_0000] { #expect(machine.registerBytes(at: address) == nil) }
  }

  @Test("A word of the RAM has its number, and an address within a word or behind the last has none")
  func ramPlaces() throws {
    let machine = try Bench.small()
    #expect(machine.ramPlace(of: 0x8000_0000) == 0)
    #expect(machine.ramPlace(of: 0x8000_003c) == 15)
    for address: UInt32 in [0x7fff_fffc, 0x8000_0001, 0x8000_0002, 0x8000_003d, 0x8000_0040] {
      #expect(machine.ramPlace(of: address) == nil)
    }
  }
}
