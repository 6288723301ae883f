import Registers

/// The flash as the controller uses it: an operation at a time, waited for.
enum FlashDriver {
  static func read(_ register: FlashRegister, _ index: Int = 0, on bus: inout some Bus) -> UInt32 {
    bus.read(MemoryMap.flash + register.offset(index))
  }

  static func write(_ register: FlashRegister, _ index: Int = 0, _ value: UInt32, on bus: inout some Bus) {
    bus.write(MemoryMap.flash + register.offset(index), value)
  }

  @inline(never)
  static func perform(_ operation: FlashOperation, page: Int, on bus: inout some Bus) {
    let command =
      FlashRegister.Start.operation.encode(operation.rawValue)
      | FlashRegister.Start.page.encode(UInt32(truncatingIfNeeded: page))
    write(.start, 0, command, on: &bus)
    _ = read(.wait, on: &bus)
  }

  /// Allows or forbids programming and erasing.
  static func setUnlocked(_ isUnlocked: Bool, on bus: inout some Bus) {
    write(.unlock, 0, isUnlocked ? FlashRegister.unlockKey : 0, on: &bus)
  }
}
