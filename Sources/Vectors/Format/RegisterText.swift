import Registers
import Trace

/// Accesses in the words of a vector: `W MBX0.START 0x00000001`, and of a message: `write MBX0.START = 0x00000001`.
package struct RegisterText: Sendable {
  private struct Block {
    let map: BlockMap
    /// By name.
    let entries: [String: BlockMap.Entry]
  }

  private let names: RegisterNames
  private let blocks: [String: Block]
  private let maps: [BlockMap]

  /// Of a board with all the tiles there can be.
  package init() {
    maps = BlockMap.board(tiles: MemoryMap.maximumTiles)
    names = RegisterNames(maps)
    var blocks: [String: Block] = [:]
    for map in maps {
      let entries = map.entries.map { ("\($0.register.name)", $0) }
      blocks[map.fullName] = Block(map: map, entries: Dictionary(uniqueKeysWithValues: entries))
    }
    self.blocks = blocks
  }

  /// `MBX0.DRIVE[3]`, or `0x40019999` where there is no register.
  package func name(of address: UInt32) -> String { names.name(of: address) ?? Self.hex(address, digits: 8) }

  /// The address of a name; nil for what is none.
  package func address(of name: some StringProtocol) -> UInt32? {
    if name.hasPrefix("0x") { return Self.word(name) }
    let plus = name.split(separator: "+", omittingEmptySubsequences: false)
    let parts = plus[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard plus.count <= 2, parts.count == 2, let block = blocks[String(parts[0])] else { return nil }
    let bracket = parts[1].firstIndex(of: "[") ?? parts[1].endIndex
    guard let entry = block.entries[String(parts[1][..<bracket])] else { return nil }
    var index: UInt32 = 0
    if bracket < parts[1].endIndex {
      guard parts[1].hasSuffix("]"), let number = UInt32(parts[1][bracket...].dropFirst().dropLast()) else {
        return nil
      }
      index = number
    } else if entry.register.count > 1 {
      return nil
    }
    guard index < entry.register.count else { return nil }
    var beyond: UInt32 = 0
    if plus.count == 2 {
      guard let number = UInt32(plus[1]), 1..<block.map.registerBytes ~= number else { return nil }
      beyond = number
    }
    return block.map.base + entry.offset + index * block.map.registerBytes + beyond
  }

  /// Eight hexadecimal digits behind `0x`.
  static func word(_ text: some StringProtocol) -> UInt32? {
    let digits = text.utf8.dropFirst(2)
    guard text.hasPrefix("0x"), digits.count == 8, digits.first != UInt8(ascii: "+") else { return nil }
    return UInt32(text.dropFirst(2), radix: 16)
  }

  static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// As a vector has it.
  package func line(_ transaction: Transaction) -> String {
    (transaction.kind == .read ? "R " : "W ") + name(of: transaction.address) + " "
      + Self.hex(transaction.value, digits: 8)
  }

  /// `write MBX0.PULSE[3] = 0x0012`, as many digits as the register has.
  package func words(_ transaction: Transaction) -> String {
    "\(transaction.kind == .read ? "read" : "write") \(name(of: transaction.address)) = "
      + value(transaction.value, at: transaction.address)
  }

  /// A value in the digits of its register.
  package func value(_ value: UInt32, at address: UInt32) -> String {
    let mask = entry(at: address)?.register.mask ?? .max
    return Self.hex(value, digits: mask | value <= 0xffff ? 4 : 8)
  }

  private func entry(at address: UInt32) -> BlockMap.Entry? {
    maps.lazy.compactMap { $0.find(address &- $0.base)?.entry }.first
  }

  /// What was expected and what came: `expected write MBX0.PULSE[3] = 0x0012, got 0x0013`.
  package func words(expected: Transaction, got: Transaction) -> String {
    guard expected.kind == got.kind, expected.address == got.address else {
      return "expected \(words(expected)), got \(words(got))"
    }
    let fields = entry(at: got.address)?.register.fields ?? []
    func show(_ field: Field, _ word: UInt32) -> String {
      field.isSigned ? "\(field.decodeSigned(word))" : "\(field.decode(word))"
    }
    let differing = fields.count < 2 ? [] : fields.filter { $0.decode(expected.value) != $0.decode(got.value) }
    let detail = differing.map { "\($0.name) \(show($0, expected.value)), got \(show($0, got.value))" }
    return "expected \(words(expected)), got \(value(got.value, at: got.address))"
      + (detail.isEmpty ? "" : " (\(detail.joined(separator: "; ")))")
  }
}
