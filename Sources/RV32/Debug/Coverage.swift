extension Core {
  /// Straight runs of code that were entered since the core was made; a branch may have left them before their ends.
  /// Those that a `recorder` saw are not among them.
  public var enteredCode: [Range<UInt32>] { cache.enteredCode.sorted { $0.lowerBound < $1.lowerBound } }
}

extension BlockCache {
  /// A block gets its length when it is first entered, and keeps it.
  var enteredCode: [Range<UInt32>] {
    blocks.compactMap { block in
      let (pc, length) = (block.pointee.pc, block.pointee.length)
      return length > 0 && pc &- base < size && length <= size - (pc &- base) ? pc..<pc + length : nil
    }
  }
}
