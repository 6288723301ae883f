import Registers

/// What addresses and values are called: `0x4001100c` is `MBX0.DRIVE[3]`, and its word reads `EVEN=52 ODD=-3`.
///
/// The maps are folded into flat tables once, so that naming an access takes a fraction of a microsecond.
public struct RegisterNames: Sendable {
  private struct Block {
    let base: UInt32
    /// Byte span up to the end of the last register.
    let bytes: UInt32
    /// A register's bytes are 1 shifted left by it.
    let shift: UInt32
    /// Where the block's part of `places` begins.
    let firstPlace: Int
  }

  private struct Entry {
    /// In `pool`: `MBX0.DRIVE`.
    let name: Range<Int>
    let isArray: Bool
    /// Place of element 0 in the block.
    let first: UInt32
    /// In `fields`.
    let fields: Range<Int>
  }

  private struct FieldText {
    /// In `pool`: `EVEN=`.
    let name: Range<Int>
    let field: Field
  }

  private var blocks: [Block] = []
  /// Number of the entry at each register-sized place of each block, or `nowhere`.
  private var places: [UInt16] = []
  private var entries: [Entry] = []
  private var fields: [FieldText] = []
  private var pool: [UInt8] = []

  private static let nowhere = UInt16.max

  public init(_ maps: [BlockMap]) {
    for map in maps {
      blocks.append(
        Block(
          base: map.base, bytes: UInt32(map.places.count) * map.registerBytes,
          shift: UInt32(map.registerBytes.trailingZeroBitCount), firstPlace: places.count))
      let firstEntry = entries.count
      places += map.places.map { $0 == BlockMap.nowhere ? Self.nowhere : UInt16(firstEntry + Int($0)) }
      for entry in map.entries { add(entry, of: map) }
    }
  }

  private mutating func add(_ entry: BlockMap.Entry, of map: BlockMap) {
    let number = map.number.map { "\($0)" } ?? ""
    let name = store("\(map.name)\(number).\(entry.register.name)")
    let firstField = fields.count
    for field in entry.register.fields {
      fields.append(FieldText(name: store("\(field.name)="), field: field))
    }
    entries.append(
      Entry(
        name: name, isArray: entry.register.count > 1, first: entry.offset / map.registerBytes,
        fields: firstField..<fields.count))
  }

  private mutating func store(_ text: String) -> Range<Int> {
    let start = pool.count
    pool += text.utf8
    return start..<pool.count
  }

  /// `MBX0.DRIVE[3]`, with `+1` behind it for an address one byte into the register; nil where there is no register.
  public func name(of address: UInt32) -> String? {
    guard let place = find(address) else { return nil }
    var text = ByteText()
    appendName(of: place, to: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// `EVEN=52 ODD=-3`; empty for a register without fields and for an address without or inside a register.
  public func fields(of value: UInt32, at address: UInt32) -> String {
    guard let place = find(address) else { return "" }
    var text = ByteText()
    appendFields(of: value, at: place, to: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// Appends name and fields of an access, a comma between them.
  func append(_ transaction: Transaction, to text: inout ByteText) {
    guard let place = find(transaction.address) else { return text.append(UInt8(ascii: ",")) }
    appendName(of: place, to: &text)
    text.append(UInt8(ascii: ","))
    appendFields(of: transaction.value, at: place, to: &text)
  }

  private struct Place {
    let entry: Entry
    let index: UInt32
    /// Bytes from the start of the register: not 0 for a misaligned address.
    let excess: UInt32
  }

  private func find(_ address: UInt32) -> Place? {
    for block in blocks where address &- block.base < block.bytes {
      let offset = address &- block.base
      let place = offset >> block.shift
      let number = places[block.firstPlace + Int(place)]
      guard number != Self.nowhere else { return nil }
      let entry = entries[Int(number)]
      return Place(entry: entry, index: place - entry.first, excess: offset & (1 << block.shift - 1))
    }
    return nil
  }

  private func appendName(of place: Place, to text: inout ByteText) {
    text.append(pool, place.entry.name)
    if place.entry.isArray {
      text.append(UInt8(ascii: "["))
      text.append(decimal: UInt64(place.index))
      text.append(UInt8(ascii: "]"))
    }
    if place.excess > 0 {
      text.append(UInt8(ascii: "+"))
      text.append(decimal: UInt64(place.excess))
    }
  }

  private func appendFields(of value: UInt32, at place: Place, to text: inout ByteText) {
    guard place.excess == 0 else { return }
    for number in place.entry.fields {
      if number > place.entry.fields.lowerBound { text.append(UInt8(ascii: " ")) }
      text.append(pool, fields[number].name)
      let field = fields[number].field
      text.append(decimal: field.isSigned ? Int(field.decodeSigned(value)) : Int(field.decode(value)))
    }
  }
}
