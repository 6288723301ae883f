import Registers

/// A variable that follows the accesses to a register: a write does to it what the map says, a read tells its value.
struct VCDFlag: Sendable {
  let name: String
  let register: Register
  /// From the base of the block.
  let offset: UInt32
  /// Bits of the register that the variable shows, from `lowBit` on.
  let bits: UInt32
  let lowBit: UInt32
  /// Whether the events of a log tell when the hardware changes it; if not, reads do.
  let isTold: Bool

  var width: Int { Int(UInt32.bitWidth - (bits >> lowBit).leadingZeroBitCount) }

  /// A whole register under its name.
  init<Block: RegisterBlock>(_ block: Block, isTold: Bool) {
    register = block.register
    name = "\(register.name)"
    offset = block.rawValue
    bits = register.mask
    lowBit = 0
    self.isTold = isTold
  }

  private init<Block: RegisterBlock>(_ block: Block, _ field: Field) {
    register = block.register
    name = "\(register.name)_\(field.name)"
    offset = block.rawValue
    bits = field.mask
    lowBit = field.lowBit
    isTold = false
  }

  /// The flags of a block beside those that events tell of: registers and fields that stay until software clears or
  /// reads them.
  static func others<Block: RegisterBlock>(of _: Block.Type, beside told: [Block]) -> [VCDFlag] {
    Block.allCases.filter { !told.contains($0) && $0.register.count == 1 }.flatMap { block -> [VCDFlag] in
      let register = block.register
      guard register.masks.latched != 0 else { return [] }
      guard register.masks.latched != register.mask else { return [VCDFlag(block, isTold: false)] }
      return register.fields.filter { register.masks.latched & $0.mask != 0 }.map { VCDFlag(block, $0) }
    }
  }

  /// The variable's value after a write; a write with a 1 outside the fields does nothing.
  func written(_ word: UInt32, over value: UInt64) -> UInt64 {
    guard word & register.masks.reserved == 0 else { return value }
    return show(register.masks.written(word, over: UInt32(truncatingIfNeeded: value) << lowBit))
  }

  /// The variable's value after a read that returned `word`.
  func read(_ word: UInt32) -> UInt64 { show(register.masks.afterRead(word)) }

  private func show(_ word: UInt32) -> UInt64 { UInt64((word & bits) >> lowBit) }
}
