import Board
import Crossbar
import Foundation
import Registers
import Testing
import Trace

@testable import mblstm

/// The SystemRDL of the map, read line by line, as `SystemRDLMap` writes it. What compilers and generators make of it is seen
/// by `vectors/sv/lockstep/check.sh`.
@Suite("SystemRDL of the map")
struct SystemRDLTests {
  @Test("Every block, register and field of the map is there, at its place, with its access", arguments: [1, 3, 8])
  func structure(tiles: Int) throws {
    let blocks = BlockMap.board(tiles: tiles)
    let described = try RDLFile(SystemRDLMap(fresh: FreshMap(blocks)).text)
    #expect(described.places.map(\.name) == blocks.map(\.fullName))
    #expect(described.places.map(\.base) == blocks.map(\.base))
    // Tiles of any chip are alike.
    #expect(described.types.count == Set(blocks.map { "\($0.name) \($0.number == nil)" }).count)
    for (place, block) in zip(described.places, blocks) {
      let type = try #require(described.types[place.type])
      #expect(type.registerBits == 8 * block.registerBytes)
      #expect(type.registers.map(\.name) == block.entries.map { "\($0.register.name)" })
      for (register, entry) in zip(type.registers, block.entries) {
        #expect(register.offset == entry.offset && register.elements == Int(entry.register.count), "\(register.name)")
        #expect(register.step == (entry.register.count > 1 ? block.registerBytes : nil), "\(register.name)")
        #expect(register.isExternal == (entry.hardwareSide == .answers), "\(register.name)")
        #expect(register.needs == (entry.needs.isEmpty ? nil : entry.needs.words), "\(register.name)")
        // A register that is one number has one field, or all that it is packed of.
        let fields = entry.register.fields
        if fields.isEmpty {
          #expect(register.fields.reduce(0) { $0 | $1.mask } == .max, "\(register.name)")
          #expect(register.fields.count == Int(entry.register.packed?.count ?? 1))
        } else {
          #expect(register.fields.map(\.name) == fields.map { "\($0.name)" }, "\(register.name)")
          #expect(register.fields.map(\.mask) == fields.map(\.mask), "\(register.name)")
        }
        let accesses = fields.isEmpty ? register.fields.map { _ in entry.register.access } : fields.map(\.access)
        for (field, access) in zip(register.fields, accesses) {
          // The ends of a queue are an external register of both.
          #expect(field.access == (access == .port ? .readWrite : access), "\(register.name).\(field.name)")
        }
      }
    }
  }

  @Test("A register reads after reset as its fields say, of any chip and of all kinds of chips")
  func resets() throws {
    for chip in [nil, ChipConfiguration(tiles: [.init(wordLines: 2, bitLines: 2)])] + Self.chips {
      let fresh = try chip.map { try FreshMap(of: $0) } ?? FreshMap(BlockMap.board(tiles: 2))
      let described = try RDLFile(SystemRDLMap(fresh: fresh).text)
      for (place, block) in zip(described.places, fresh.blocks) {
        for (register, entry) in zip(try #require(described.types[place.type]).registers, block.entries) {
          #expect(register.elements == fresh.elements(of: entry, in: block), "\(place.name).\(register.name)")
          // What the map leaves to the chip has what chips usually have, where software can change it. Elements that differ
          // leave a field without a value.
          let isUsual = chip == nil && entry.register.resetOrigin == .chip && entry.masks.replaced != 0
          let readable = entry.masks.readable
          let (value, mask) =
            isUsual ? (entry.register.reset, readable & entry.masks.writable) : fresh.reset(of: entry, in: block)
          let known = register.fields.map(\.mask).filter { mask & $0 == $0 }.reduce(0, |)
          #expect(register.resetMask & readable == known, "\(place.name).\(register.name)")
          #expect(register.reset & readable == value & known, "\(place.name).\(register.name)")
        }
      }
    }
  }

  @Test("Tiles of one chip that differ are types of their own, and those that do not are one")
  func tilesOfAChip() throws {
    let described = try RDLFile(SystemRDLMap(fresh: FreshMap(of: Self.chips[0])).text)
    #expect(
      described.places.filter { $0.name.hasPrefix("MBX") }.map(\.type) == ["mbx", "mbx_tile", "mbx_tile", "mbx_tile_2"])
    #expect(described.types["mbx_tile_2"]?.registers.first { $0.name == "PULSE" }?.elements == 10)
  }

  @Test("Fields that mix accesses have each its own, and what is stored takes the writes that the block accepts")
  func mixed() {
    let text = SystemRDLMap(fresh: FreshMap([BlockMap("TEST", at: 0x5000_0000, of: MixedMapBlock.self)])).text
    #expect(
      text.contains("field { desc = \"Which.\"; sw = rw; hw = r; swwe = accepts; reset = 0x00000003; } MODE[3:0];"))
    #expect(
      text.contains(
        "field { desc = \"Then.\"; sw = rw; onwrite = woclr; hw = rw; stickybit; reset = 0x00000000; } DONE[5:5];"))
    #expect(
      text.contains(
        "field { desc = \"Please.\"; sw = rw; onwrite = woset; hw = rw; we; reset = 0x00000000; } REQUEST[8:8];"))
    #expect(
      text.contains(
        "field { desc = \"Once.\"; sw = r; onread = rclr; hw = rw; stickybit; reset = 0x00000000; } SEEN[10:10];"))
    #expect(text.contains("field { desc = \"Secret.\"; sw = w; hw = r; swmod; reset = 0x00000000; } KEY[23:16];"))
    #expect(
      text.contains(
        "field { desc = \"Next. In steps of 20 ns.\"; sw = rw; hw = rw; reset = 0x00000000; } QUEUE[31:24];"))
    #expect(text.contains("  test TEST @ 0x50000000;\n"))
  }

  @Test("What the hardware does with a register fits what software may do")
  func sides() {
    for block in BlockMap.board(tiles: 1) {
      for entry in block.entries {
        let accesses = entry.register.fields.isEmpty ? [entry.register.access] : entry.register.fields.map(\.access)
        switch entry.hardwareSide {
        case .fixed: #expect(accesses.allSatisfy { $0 == .readOnly }, "\(entry.register.name)")
        case .reads: #expect(accesses.allSatisfy { $0 == .readWrite || $0 == .writeOnly }, "\(entry.register.name)")
        case .writes: #expect(accesses.allSatisfy { $0 != .writeOnly && $0 != .port }, "\(entry.register.name)")
        case .answers: break
        }
        #expect(!accesses.contains(.port) || entry.hardwareSide == .answers, "\(entry.register.name)")
      }
    }
  }

  private static let chips: [ChipConfiguration] = [Synapse.reference, .differential].map { synapse in
    var chip = ChipConfiguration(
      tiles: [
        .init(wordLines: 25, bitLines: 64), .init(wordLines: 25, bitLines: 64), .init(wordLines: 3, bitLines: 10),
      ],
      synapse: synapse, adcBits: 9)
    chip.amplitudes.set = 1311
    chip.feedback = 12_345
    chip.timing.settle = 7
    return chip
  }
}

/// A file as `SystemRDLMap` writes it.
private struct RDLFile {
  struct Field {
    let name: String
    let lowBit: UInt32
    let width: UInt32
    let access: Access?
    let reset: UInt32?

    var mask: UInt32 { (UInt32.max >> (32 - width)) << lowBit }
  }
  struct Register {
    let name: String
    let isExternal: Bool
    let needs: String?
    let elements: Int
    let offset: UInt32
    let step: UInt32?
    let fields: [Field]

    /// Bits whose fields have a value after reset.
    var resetMask: UInt32 { fields.reduce(0) { $1.reset == nil ? $0 : $0 | $1.mask } }
    var reset: UInt32 { fields.reduce(0) { $0 | ($1.reset ?? 0) << $1.lowBit } }
  }
  struct Block {
    var registerBits: UInt32 = 0
    var registers: [Register] = []
  }

  private(set) var types: [String: Block] = [:]
  private(set) var places: [(type: String, name: String, base: UInt32)] = []

  struct Malformed: Error { let line: String }

  init(_ text: String) throws {
    var type = ""
    var isExternal = false
    var needs: String?
    var fields: [Field] = []
    for line in text.split(separator: "\n") {
      if let found = line.wholeMatch(of: /addrmap (\w+) \{/) {
        type = String(found.1)
        if type != "board" { types[type] = Block() }
      } else if let found = line.wholeMatch(of: #/  default regwidth = (\d+);/#) {
        types[type]?.registerBits = UInt32(found.1) ?? 0
      } else if let found = line.wholeMatch(of: #/  (external )?reg \{/#) {
        isExternal = found.1 != nil
        (needs, fields) = (nil, [])
      } else if let found = line.wholeMatch(of: #/    needs = "(.+)";/#) {
        needs = String(found.1)
      } else if line.hasPrefix("    field {") {
        fields.append(try Self.field(line))
      } else if let found = line.wholeMatch(of: #/  \} (\w+)(?:\[(\d+)\])? @ 0x(\w+)(?: \+= (\d+))?;/#) {
        types[type]?.registers.append(
          Register(
            name: String(found.1), isExternal: isExternal, needs: needs, elements: found.2.flatMap { Int($0) } ?? 1,
            offset: UInt32(found.3, radix: 16) ?? 0, step: found.4.flatMap { UInt32($0) }, fields: fields))
      } else if let found = line.wholeMatch(of: #/  (\w+) (\w+) @ 0x(\w+);/#) {
        places.append((String(found.1), String(found.2), UInt32(found.3, radix: 16) ?? 0))
      }
    }
  }

  /// `    field { desc = "…"; sw = r; … } NAME[high:low];`
  private static func field(_ line: Substring) throws -> Field {
    let parts = line.components(separatedBy: " } ")
    let place = parts[parts.count - 1].split(whereSeparator: "[:];".contains)
    let properties = (parts[0].components(separatedBy: "\"; ").last ?? "").replacing("    field { ", with: "")
    guard parts.count == 2, place.count == 3, let high = UInt32(place[1]), let low = UInt32(place[2]) else {
      throw Malformed(line: String(line))
    }
    let reset = properties.components(separatedBy: "reset = 0x").dropFirst().first?.prefix { $0 != ";" }
    return Field(
      name: String(place[0]), lowBit: low, width: high - low + 1, access: access(properties),
      reset: reset.flatMap { UInt32($0, radix: 16) })
  }

  private static func access(_ properties: String) -> Access? {
    if properties.contains("onwrite = woclr;") { return .writeOneToClear }
    if properties.contains("onwrite = woset;") { return .writeOneToSet }
    if properties.contains("onread = rclr;") { return .readToClear }
    if properties.hasPrefix("sw = r;") { return .readOnly }
    if properties.hasPrefix("sw = w;") { return .writeOnly }
    guard properties.hasPrefix("sw = rw;") else { return nil }
    return .readWrite
  }
}
