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
    /// `MBX0.DRIVE`.
    let name: TextRange
    let isArray: Bool
    /// Place of element 0 in the block.
    let first: UInt32
    /// In `fields`.
    let firstField: UInt32
    let endOfFields: UInt32
  }

  private struct FieldText {
    /// `EVEN=`, with a space before it if it is not the first.
    let name: TextRange
    /// Shifts that bring the field to the top of the word and down again.
    let up: UInt8
    let down: UInt8
    let isSigned: Bool
  }

  private var blocks: [Block] = []
  /// Number of the entry at each register-sized place of each block, or `nowhere`.
  private var places: [UInt16] = []
  private var entries: [Entry] = []
  private var fields: [FieldText] = []
  private var pool = TextPool()
  /// The most bytes that the name and fields of an access can take.
  private(set) var longest = 1

  private static let nowhere = UInt16.max

  /// The names of a board's blocks: `Machine.maps`, or `BlockMap.board(tiles:)`.
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
    let name = pool.store("\(map.fullName).\(entry.register.name)")
    let firstField = UInt32(fields.count)
    // A name, "[1023]", "+3" and a comma; then, for each field, its name and "-2147483648".
    var length = Int(name.count) + 16
    for field in entry.register.fields {
      let text = pool.store((UInt32(fields.count) > firstField ? " " : "") + "\(field.name)=")
      fields.append(
        FieldText(
          name: text, up: UInt8(32 - field.lowBit - field.width), down: UInt8(32 - field.width),
          isSigned: field.isSigned))
      length += Int(text.count) + 11
    }
    longest = max(longest, length)
    entries.append(
      Entry(
        name: name, isArray: entry.register.count > 1, first: entry.offset / map.registerBytes,
        firstField: firstField, endOfFields: UInt32(fields.count)))
  }

  /// `MBX0.DRIVE[3]`, with `+1` behind it for an address one byte into the register; nil where there is no register.
  public func name(of address: UInt32) -> String? {
    find(address).map { place in string { appendName(of: place, to: &$0) } }
  }

  /// `EVEN=52 ODD=-3`; empty for a register without fields and for an address without or inside a register.
  public func fields(of value: UInt32, at address: UInt32) -> String {
    find(address).map { place in string { appendFields(of: value, at: place, to: &$0) } } ?? ""
  }

  private func string(_ write: (inout TextCursor) -> Void) -> String {
    var text = ByteText()
    text.extend(by: longest, write)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// Appends name and fields of an access, a comma between them: at most `longest` bytes.
  @inline(__always)
  func append(_ transaction: Transaction, to text: inout TextCursor) {
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

  @inline(__always)
  private func find(_ address: UInt32) -> Place? {
    for block in blocks where address &- block.base < block.bytes {
      let offset = address &- block.base
      let place = offset &>> block.shift
      let number = places[block.firstPlace + Int(place)]
      guard number != Self.nowhere else { return nil }
      let entry = entries[Int(number)]
      return Place(entry: entry, index: place &- entry.first, excess: offset & (1 &<< block.shift &- 1))
    }
    return nil
  }

  @inline(__always)
  private func appendName(of place: Place, to text: inout TextCursor) {
    append(place.entry.name, to: &text)
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

  @inline(__always)
  private func appendFields(of value: UInt32, at place: Place, to text: inout TextCursor) {
    guard place.excess == 0 else { return }
    for number in Int(place.entry.firstField)..<Int(place.entry.endOfFields) {
      let field = fields[number]
      append(field.name, to: &text)
      let top = value &<< UInt32(field.up)
      if field.isSigned {
        text.append(decimal: Int(Int32(bitPattern: top) &>> Int32(field.down)))
      } else {
        text.append(decimal: UInt64(top &>> UInt32(field.down)))
      }
    }
  }

  @inline(__always)
  private func append(_ part: TextRange, to text: inout TextCursor) {
    pool.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("a pool is never empty") }
      text.append(base, part)
    }
  }
}
