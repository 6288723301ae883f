import Board
import Registers
import Trace

/// The memory map as SystemRDL 2.0, for generators of RTL, register models and documents.
///
/// A block is an address map of its own, which `board` has at its base: what a digital side is made of. Software's side of a
/// field is its access; the hardware's is `HardwareSide`: `hw=w` is given by it, `we` and `stickybit` change what is
/// stored, `swmod` tells of a write, `external` registers answer themselves. What only some chips have says so by `needs`.
/// Signal `accepts`: whether the block takes the write at hand of a register that holds what is written, as it does not while
/// it is busy, locked or asked for what cannot be.
struct SystemRDLMap {
  /// Whose registers, and what they have after reset.
  let fresh: FreshMap

  var text: String {
    var types: [(name: String, body: String)] = []
    let instances = fresh.blocks.map { block in
      let body = body(of: block)
      let name = Self.type(of: block)
      if let same = types.first(where: { $0.body == body && $0.name.hasPrefix(name) }) {
        return place(block, same.name)
      }
      // Tiles of a chip differ in the lengths of their arrays.
      let isFirst = !types.contains { $0.name == name }
      types.append((isFirst ? name : "\(name)_\(block.number ?? 0)", body))
      return place(block, types[types.count - 1].name)
    }
    let maps = types.map { "addrmap \($0.name) {\n\($0.body)\n};" }
    let board = "addrmap board {\n  \(Self.text("desc", "The board of the chip MBX."))\n" + instances.joined() + "};"
    return ([Self.head] + enumerations + maps + [board]).joined(separator: "\n\n") + "\n"
  }

  private static let head = """
    // Registers of the MbLSTM board in SystemRDL 2.0. Printed by `mblstm map --systemrdl`; see firmware/REGISTERS.md.

    // What a chip has to have among its `features` for a register.
    property needs { component = reg; type = string; };
    """

  private static func type(of block: BlockMap) -> String {
    "\(block.name)".lowercased() + (block.number == nil ? "" : "_tile")
  }

  private func place(_ block: BlockMap, _ type: String) -> String {
    "  \(type) \(block.fullName) @ \(hex(block.base));\n"
  }

  // MARK: Registers

  private func body(of block: BlockMap) -> String {
    let bits = 8 * block.registerBytes
    let head = [
      "  " + Self.text("desc", block.number == nil ? "Block \(block.fullName)." : "A tile."),
      "  default regwidth = \(bits);", "  default accesswidth = \(bits);",
    ]
    let accepts = block.entries.contains { $0.hardwareSide != .answers && $0.masks.replaced != 0 }
    let signal = accepts ? ["  signal { \(Self.text("desc", "The write at hand is taken.")) } accepts;"] : []
    return (head + signal + block.entries.map { register($0, of: block) }).joined(separator: "\n")
  }

  private func register(_ entry: BlockMap.Entry, of block: BlockMap) -> String {
    let register = entry.register
    let elements = fresh.elements(of: entry, in: block)
    let array = register.count > 1 ? "[\(elements)]" : ""
    let step = register.count > 1 ? " += \(block.registerBytes)" : ""
    let kind = entry.hardwareSide == .answers ? "external reg" : "reg"
    let needs = entry.needs.isEmpty ? [] : ["    " + Self.text("needs", entry.needs.words)]
    let lines =
      ["    " + Self.text("desc", register.text)] + needs
      + fields(of: register).map { field($0, of: entry, reset: reset(of: entry, in: block)) }
    return
      "  \(kind) {\n\(lines.joined(separator: "\n"))\n  } \(register.name)\(array) @ \(hex(entry.offset, 4))\(step);"
  }

  /// What it has after reset, and which bits of it are known: those of a fresh chip, what cannot be read too. What a chip may
  /// have otherwise has here what chips usually have.
  private func reset(of entry: BlockMap.Entry, in block: BlockMap) -> (value: UInt32, mask: UInt32) {
    let register = entry.register
    guard register.resetOrigin != .outside else { return (0, 0) }
    let known = fresh.reset(of: entry, in: block)
    let isUsual = register.resetOrigin == .chip && known.mask == 0
    let stored = register.masks.writable & (isUsual ? .max : ~register.masks.readable)
    return (known.value | register.reset & stored, known.mask | stored)
  }

  /// A part of a register as SystemRDL needs it: a register that is one number has one, too.
  private struct Part {
    let name: String
    let meaning: String?
    let access: Access
    let lowBit: UInt32
    let width: UInt32
    let values: FieldValues?

    var mask: UInt32 { (UInt32.max >> (32 - width)) << lowBit }
  }

  private func fields(of register: Register) -> [Part] {
    if let packed = register.packed {
      return (0..<packed.count).map { number in
        Part(
          name: "\(packed.name)\(number)", meaning: "\(packed.meaning)", access: register.access ?? .readWrite,
          lowBit: number * packed.width, width: packed.width, values: packed.values)
      }
    }
    guard !register.fields.isEmpty else {
      return [
        Part(
          name: "VALUE", meaning: nil, access: register.access ?? .readWrite, lowBit: 0, width: 32,
          values: nil)
      ]
    }
    return register.fields.map {
      Part(
        name: "\($0.name)", meaning: $0.text + ($0.isSigned ? " Two's complement." : ""), access: $0.access,
        lowBit: $0.lowBit, width: $0.width,
        values: $0.values)
    }
  }

  private func field(_ part: Part, of entry: BlockMap.Entry, reset: (value: UInt32, mask: UInt32)) -> String {
    let isKnown = reset.mask & part.mask == part.mask
    var properties = Self.software(part.access) + Self.hardware(part.access, entry.hardwareSide, isKnown: isKnown)
    if isKnown { properties.append("reset = \(hex((reset.value & part.mask) >> part.lowBit));") }
    if let values = part.values, !values.names.isEmpty { properties.append("encode = \(Self.name(of: values));") }
    let about = part.meaning.map { Self.text("desc", $0) + " " } ?? ""
    return "    field { \(about)\(properties.joined(separator: " ")) } "
      + "\(part.name)[\(part.lowBit + part.width - 1):\(part.lowBit)];"
  }

  private static func software(_ access: Access) -> [String] {
    switch access {
    case .readOnly: ["sw = r;"]
    case .readWrite, .port: ["sw = rw;"]
    case .writeOnly: ["sw = w;"]
    case .writeOneToClear: ["sw = rw;", "onwrite = woclr;"]
    case .writeOneToSet: ["sw = rw;", "onwrite = woset;"]
    case .readToClear: ["sw = r;", "onread = rclr;"]
    }
  }

  /// Whose words are known when the chip is made is what it has after reset.
  private static func hardware(_ access: Access, _ side: HardwareSide, isKnown: Bool) -> [String] {
    if side == .answers { return ["hw = rw;"] }
    switch access {
    case .readOnly: return side == .fixed && isKnown ? ["hw = na;"] : ["hw = w;"]
    case .readWrite: return side == .writes ? ["hw = rw;", "we;", "swwe = accepts;"] : ["hw = r;", "swwe = accepts;"]
    case .writeOnly: return ["hw = r;", "swmod;"]
    case .writeOneToClear, .readToClear: return ["hw = rw;", "stickybit;"]
    case .writeOneToSet: return ["hw = rw;", "we;"]
    case .port: return ["hw = rw;"]
    }
  }

  // MARK: Texts and names

  private var enumerations: [String] {
    var seen: [String] = []
    let values = fresh.blocks.flatMap { block in block.entries.flatMap { fields(of: $0.register).compactMap(\.values) }
    }
    return values.compactMap { values in
      let name = Self.name(of: values)
      guard !values.names.isEmpty, !seen.contains(name) else { return nil }
      seen.append(name)
      let lines = values.names.map { "  \($0.name) = \(hex($0.value)) { \(Self.text("desc", "\($0.meaning)")) };" }
      return "enum \(name) {\n\(lines.joined(separator: "\n"))\n};"
    }
  }

  private static func name(of values: FieldValues) -> String { "\(values)_values" }

  private static func text(_ property: String, _ words: String) -> String {
    "\(property) = \"\(words.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\";"
  }
}
