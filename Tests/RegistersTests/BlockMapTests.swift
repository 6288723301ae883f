import Registers
import Testing

@Suite("Block map")
struct BlockMapTests {
  @Test("The board has its blocks in order of address, without overlap and inside the windows of its decoder")
  func blocks() {
    let maps = BlockMap.full
    #expect(
      maps.map(\.label) == ["FINISHER", "CLINT", "UART", "MBX"] + (0..<8).map { "MBX\($0)" } + [
        "HOST", "FLASH", "CELL",
      ])
    for (map, next) in zip(maps, maps.dropFirst()) { #expect(map.base + map.bytes <= next.base, "\(map.label)") }
    for map in maps where map.base >= MemoryMap.chip && map.base < MemoryMap.host {
      #expect(map.bytes <= MemoryMap.tileStride)
    }
    #expect(maps.allSatisfy { $0.base + $0.bytes <= MemoryMap.ram })
    for tiles in 1...8 {
      #expect(BlockMap.board(tiles: tiles, features: []).count == 6 + tiles)
      #expect(BlockMap.board(tiles: tiles, features: .windows).count == 6 + tiles)
      #expect(BlockMap.board(tiles: tiles).count == 7 + tiles)
    }
  }

  @Test("Lines to the hart are of the blocks that have some, and MBX has one for all its tiles")
  func lines() {
    let lines = BlockMap.full.filter { !$0.interrupts.isEmpty }.map { ($0.label, $0.interrupts) }
    #expect(lines.map(\.0) == ["CLINT", "UART", "MBX", "HOST", "FLASH"])
    #expect(lines.map(\.1) == [[.software, .timer], [.external], [.external], [.external], [.external]])
  }

  @Test("Bases are those of QEMU's virt machine, tiles follow the chip at one stride")
  func bases() {
    #expect(MemoryMap.finisher == 0x10_0000 && MemoryMap.timer == 0x200_0000 && MemoryMap.uart == 0x1000_0000)
    #expect(MemoryMap.ram == 0x8000_0000)
    #expect((0..<8).map { MemoryMap.tile($0) } == (1...8).map { MemoryMap.chip + UInt32($0) * 0x1_0000 })
    #expect(MemoryMap.tile(7) + MemoryMap.tileStride <= MemoryMap.host)
  }

  @Test("Every register of a block has addresses of its own")
  func uniqueAddresses() {
    for map in BlockMap.full {
      let addresses = map.entries.flatMap { entry in
        (0..<entry.register.count).map { entry.offset + $0 * map.registerBytes }
      }
      #expect(Set(addresses).count == addresses.count, "\(map.label)")
      #expect(addresses.allSatisfy { $0 % map.registerBytes == 0 })
    }
  }

  @Test("Every place of a block finds its register and index, every gap nothing")
  func places() {
    for map in BlockMap.full {
      var expected: [UInt32: (name: String, index: Int)] = [:]
      for entry in map.entries {
        for index in 0..<Int(entry.register.count) {
          expected[entry.offset + UInt32(index) * map.registerBytes] = (entry.register.name.description, index)
        }
      }
      var wrong: [UInt32] = []
      for offset in stride(from: 0, to: map.bytes + 64, by: Int(map.registerBytes)) {
        let found = map.find(offset)
        if found?.entry.register.name.description != expected[offset]?.name || found?.index != expected[offset]?.index {
          wrong.append(offset)
        }
      }
      #expect(wrong.isEmpty, "\(map.label) \(wrong.prefix(3))")
      #expect(map.find(.max) == nil && map.find(map.bytes) == nil)
    }
  }

  @Test("Fields are inside the register, apart from each other, and make up its mask")
  func fields() {
    for map in BlockMap.full {
      let limit: UInt32 = map.registerBytes == 1 ? 0xff : .max
      for entry in map.entries {
        var seen: UInt32 = 0
        for field in entry.register.fields {
          #expect(field.width >= 1 && field.lowBit + field.width <= 32)
          #expect(seen & field.mask == 0 && field.mask & ~limit == 0, "\(entry.register.name).\(field.name)")
          seen |= field.mask
        }
        #expect(entry.register.mask == (entry.register.fields.isEmpty ? .max : seen))
        #expect(entry.masks.readable | entry.masks.writable == entry.register.mask)
        #expect(entry.register.reset & ~entry.register.mask == 0)
      }
    }
  }

  @Test("Readable and writable bits are those that the access allows")
  func access() {
    for map in BlockMap.full {
      for entry in map.entries {
        func bits(_ accesses: [Access]) -> UInt32 {
          guard !entry.register.fields.isEmpty else {
            return entry.register.access.map(accesses.contains) == true ? .max : 0
          }
          return entry.register.fields.filter { accesses.contains($0.access) }.reduce(0) { $0 | $1.mask }
        }
        let masks = entry.masks
        #expect(masks.readable == bits([.readOnly, .readWrite, .writeOneToClear, .writeOneToSet, .readToClear, .port]))
        #expect(masks.writable == bits([.readWrite, .writeOnly, .writeOneToClear, .writeOneToSet, .port]))
        #expect(masks.replaced == bits([.readWrite]) && masks.clearedByRead == bits([.readToClear]))
        #expect(masks.clearedByOnes == bits([.writeOneToClear]) && masks.setByOnes == bits([.writeOneToSet]))
      }
    }
    #expect(Access.allCases.filter { !$0.isReadPure } == [.readToClear, .port])
    #expect(Set(Access.allCases.map { $0.abbreviation.description }).count == Access.allCases.count)
  }

  @Test("Registers, fields, operations and errors have names of their own and a sentence each")
  func names() {
    for map in BlockMap.full {
      let names = map.entries.map { $0.register.name.description }
      #expect(Set(names).count == names.count && !names.contains(""), "\(map.label)")
      for entry in map.entries {
        let register = entry.register
        #expect(register.meaning.description.hasSuffix("."), "\(map.label).\(register.name)")
        let fields = register.fields.map { $0.name.description }
        #expect(Set(fields).count == fields.count && !fields.contains(""))
        for field in register.fields {
          #expect(field.meaning.description.hasSuffix("."), "\(register.name).\(field.name)")
        }
      }
    }
    #expect(Set(Operation.allCases.map { $0.name.description }).count == Operation.allCases.count)
    #expect(Operation.allCases.allSatisfy { $0.meaning.description.hasSuffix(".") })
  }

  @Test("Each error has one bit of its own in the error register")
  func errorBits() {
    let tile = TileError.allCases.map(\.field)
    #expect(tile.allSatisfy { $0.width == 1 } && Set(tile.map(\.mask)).count == 14)
    #expect(tile.reduce(0) { $0 | $1.mask } == TileRegister.error.register.mask)
    let chip = ChipError.allCases.map(\.field)
    #expect(chip.allSatisfy { $0.width == 1 } && Set(chip.map(\.mask)).count == 5)
    #expect(chip.reduce(0) { $0 | $1.mask } == ChipRegister.error.register.mask)
    let flash = FlashError.allCases.map(\.field)
    #expect(flash.allSatisfy { $0.width == 1 } && Set(flash.map(\.mask)).count == 6)
    #expect(flash.reduce(0) { $0 | $1.mask } == FlashRegister.error.register.mask)
  }

  @Test("Every operation fits the OPERATION fields, and a row, a code, a trim and a width fit theirs")
  func fieldSizes() {
    for operation in Operation.allCases {
      #expect(
        TileRegister.Start.operation.decode(TileRegister.Start.operation.encode(operation.rawValue))
          == operation.rawValue)
      #expect(
        TileRegister.Status.operation.decode(TileRegister.Status.operation.encode(operation.rawValue))
          == operation.rawValue)
    }
    let lines = UInt32(MemoryMap.maximumLines)
    #expect(TileRegister.Start.row.decode(TileRegister.Start.row.encode(lines - 1)) == lines - 1)
    #expect(TileRegister.Geometry.wordLines.decode(TileRegister.Geometry.wordLines.encode(lines)) == lines)
    #expect(TileRegister.Geometry.bitLines.decode(TileRegister.Geometry.bitLines.encode(lines)) == lines)
    #expect(TileRegister.drive.register.count == lines / 2 && TileRegister.sense.register.count == lines / 2)
    #expect(TileRegister.pulse.register.count == lines && TileRegister.trim.register.count == lines)
    #expect(TileRegister.activation.register.count * 16 == lines && TileRegister.saturated.register.count * 32 == lines)
    #expect(TileRegister.Activation.columnsPerWord == 16)
  }

  @Test("Keys and codes spell what they say")
  func keys() {
    func word(_ text: String) -> UInt32 { text.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
    #expect(TileRegister.unlockKey == word("PROG") && ChipRegister.identityWord == word("MBX1"))
    #expect(FinisherRegister.pass == 0x5555 && FinisherRegister.fail == 0x3333)
  }

  @Test("An array's element has the offset of its register plus one word each")
  func offsets() {
    #expect(TileRegister.drive.offset() == 0x1000 && TileRegister.drive.offset(511) == 0x17fc)
    for map in BlockMap.full where map.number == 0 {
      let found = map.find(TileRegister.pulse.offset(1023))
      #expect(found?.entry.register.name.description == "PULSE" && found?.index == 1023)
    }
  }
}
