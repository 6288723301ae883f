import Board
import Registers
import Trace

/// The memory map as a C header for firmware: `HOST_DATA` is a register, `MBX_TILE_DRIVE(n, i)` one of an array of tile
/// `n`, `MBX_TILE_START_ROW(x)` a value at a field's place, `MBX_TILE_START_ROW_OF(word)` a field's value.
enum HeaderMap {
  /// - Parameter chip: whose own reset values are to be in it.
  static func text(of chip: ChipConfiguration? = nil) -> String {
    ([head] + BlockMap.board(tiles: 1).map(block) + [operations, circuits] + resets(chip?.maps ?? []) + [tail]).joined(
      separator: "\n\n")
      + "\n"
  }

  /// `MBX0_GEOMETRY_RESET` of every register that this chip resets to a value of its own.
  private static func resets(_ blocks: [BlockMap]) -> [String] {
    let lines = blocks.flatMap { block in
      block.entries.flatMap { entry in
        block.resets(of: entry).enumerated().compactMap { index, reset -> String? in
          guard reset != entry.register.reset else { return nil }
          let element = entry.register.count > 1 ? "_\(index)" : ""
          return "#define \(block.fullName)_\(entry.register.name)\(element)_RESET \(hex(reset))u"
        }
      }
    }
    return lines.isEmpty ? [] : [(["// What this chip has after reset."] + lines).joined(separator: "\n")]
  }

  private static let head = """
    // Registers of the MbLSTM board. Printed by `mblstm map --header`; see firmware/REGISTERS.md.

    #ifndef MBLSTM_REGISTERS_H
    #define MBLSTM_REGISTERS_H

    #include <stdint.h>

    #define MBLSTM_WORD(address) (*(volatile uint32_t *)(uintptr_t)(address))
    #define MBLSTM_BYTE(address) (*(volatile uint8_t *)(uintptr_t)(address))
    """

  private static let tail = "#endif"

  private static var operations: String {
    let lines = Operation.allCases.map { "#define MBX_OPERATION_\($0.name) \($0.rawValue)u" }
    let key = "#define MBX_TILE_UNLOCK_KEY \(hex(TileRegister.unlockKey))u"
    let flash =
      FlashOperation.allCases.map { "#define FLASH_OPERATION_\($0.name) \($0.rawValue)u" }
      + ["#define FLASH_UNLOCK_KEY \(hex(FlashRegister.unlockKey))u"]
    return
      (["// Operations of a tile, and what unlocks its programming."] + lines + [key]
      + ["// The same of the flash."] + flash).joined(separator: "\n")
  }

  private static var circuits: String {
    (["// Circuits behind the columns: two bits each in MBX_TILE_ACTIVATION."]
      + Circuit.allCases.map { "#define MBX_CIRCUIT_\($0.name) \($0.rawValue)u" }).joined(separator: "\n")
  }

  static func block(_ block: BlockMap) -> String {
    let isTile = block.number != nil
    let name = isTile ? "MBX_TILE" : "\(block.name)"
    let base =
      isTile
      ? "(\(hex(block.base))u + (n) * \(hex(MemoryMap.tileStride, 5))u)" : "\(hex(block.base))u"
    let head = "#define \(name)_BASE\(isTile ? "(n)" : "") \(base)"
    return ([head] + block.entries.map { register($0, name, isTile, block) }).joined(separator: "\n")
  }

  private static func register(_ entry: BlockMap.Entry, _ block: String, _ isTile: Bool, _ map: BlockMap) -> String {
    let register = entry.register
    let name = "\(block)_\(register.name)"
    let parameters = (isTile ? ["n"] : []) + (register.count > 1 ? ["i"] : [])
    let element = register.count > 1 ? " + (i) * \(map.registerBytes)u" : ""
    let kind = map.registerBytes == 1 ? "BYTE" : "WORD"
    let list = parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))"
    let place = "\(block)_BASE\(isTile ? "(n)" : "") + \(hex(entry.offset, 4))u\(element)"
    let head =
      "// \(register.accessText): \(register.text)\n#define \(name)\(list) MBLSTM_\(kind)(\(place))"
    return ([head] + register.fields.map { field($0, name, access: register.ownAccess(of: $0)) }).joined(
      separator: "\n")
  }

  private static func field(_ field: Field, _ register: String, access: String?) -> String {
    let comment = access.map { "// \($0): \(field.text)\n" } ?? ""
    let name = "\(register)_\(field.name)"
    let value =
      field.isSigned
      ? "((int32_t)((uint32_t)(word) << \(32 - field.lowBit - field.width)) >> \(32 - field.width))"
      : "(((uint32_t)(word) & \(hex(field.mask))u) >> \(field.lowBit))"
    return comment
      + "#define \(name)(x) (((uint32_t)(x) << \(field.lowBit)) & \(hex(field.mask))u)\n#define \(name)_OF(word) \(value)"
  }
}
