import Board
import Registers
import Trace

/// The blocks of a board, and what their registers have after reset: of any chip, or of one.
struct FreshMap {
  let blocks: [BlockMap]
  /// A fresh machine of the chip described, whose values are those after reset; nil for any chip.
  private let machine: Machine<NoLog>?

  /// Of any chip: what the map leaves to the chip has no value after reset.
  init(_ blocks: [BlockMap]) {
    self.blocks = blocks
    machine = nil
  }

  /// Of one chip: with its tiles, the lengths of their arrays, and what its registers have after reset.
  init(of chip: ChipConfiguration) throws(ConfigurationProblem) {
    let machine = try Machine(chip, log: NoLog(), ramBytes: 0)
    blocks = machine.maps
    self.machine = machine
  }

  /// Elements of a register's array that there are; 1 of a single register.
  func elements(of entry: BlockMap.Entry, in block: BlockMap) -> Int {
    guard let machine, let tile = block.number else { return Int(entry.register.count) }
    return machine.chip.tiles[tile].elements(of: entry.register)
  }

  /// The value after reset, and the bits of it that a fresh chip is sure to have.
  func reset(of entry: BlockMap.Entry, in block: BlockMap) -> (value: UInt32, mask: UInt32) {
    let register = entry.register
    guard register.resetOrigin != .outside else { return (0, 0) }
    guard let machine else {
      return register.resetOrigin == .chip ? (0, 0) : (register.reset, register.masks.readable)
    }
    let words = (0..<elements(of: entry, in: block)).map { index in
      machine.peek(block.base + entry.offset + UInt32(index) * block.registerBytes) ?? 0
    }
    // An array has one value in a file: the bits in which all of its elements agree.
    let agreed = words.reduce(UInt32.max) { $0 & ~($1 ^ words[0]) }
    let mask = register.masks.readable & agreed
    return (words[0] & mask, mask)
  }
}
