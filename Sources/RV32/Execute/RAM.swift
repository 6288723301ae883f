// RAM as bytes: for the slow path, the loader and the debugger.

extension Core {
  @inline(always)
  func contains(_ offset: UInt32, _ width: AccessWidth) -> Bool {
    offset <= configuration.ramSize - UInt32(width.rawValue)
  }

  func ramValue(_ offset: UInt32, _ width: AccessWidth) -> UInt32 {
    let bytes = ram.assumingMemoryBound(to: UInt8.self) + Int(offset)
    return switch width {
    case .byte: Memory.byte(bytes)
    case .half: Memory.half(bytes)
    case .word: Memory.word(bytes)
    }
  }

  func setRAM(_ value: UInt32, _ offset: UInt32, _ width: AccessWidth) {
    let bytes = ram.assumingMemoryBound(to: UInt8.self) + Int(offset)
    switch width {
    case .byte: Memory.setByte(bytes, value)
    case .half: Memory.setHalf(bytes, value)
    case .word: Memory.setWord(bytes, value)
    }
  }

  /// The offset of a range of addresses that lies in RAM.
  func ramOffset(_ address: UInt32, _ count: Int) -> Int? {
    let offset = Int(address &- configuration.ramBase)
    return count >= 0 && count <= Int(configuration.ramSize) - offset ? offset : nil
  }

  /// Bytes of RAM, or nil where the range leaves it.
  public func bytes(at address: UInt32, count: Int) -> [UInt8]? {
    guard let offset = ramOffset(address, count) else { return nil }
    return [UInt8](UnsafeRawBufferPointer(start: ram + offset, count: count))
  }

  /// Replaces bytes of RAM; false, and nothing done, where the range leaves it.
  @discardableResult
  public mutating func setBytes(_ bytes: [UInt8], at address: UInt32) -> Bool {
    guard let offset = ramOffset(address, bytes.count) else { return false }
    bytes.withUnsafeBytes {
      (ram + offset).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(ram), byteCount: $0.count)
    }
    cache.forgetAll()
    return true
  }

  /// Zeroes a range of RAM; false, and nothing done, where the range leaves it.
  @discardableResult
  public mutating func clear(_ address: UInt32, count: Int) -> Bool {
    guard let offset = ramOffset(address, count) else { return false }
    (ram + offset).initializeMemory(as: UInt8.self, repeating: 0, count: count)
    cache.forgetAll()
    return true
  }

  /// The word at an address of RAM, of any alignment; nil where there is no RAM.
  public func peekWord(_ address: UInt32) -> UInt32? {
    let offset = address &- configuration.ramBase
    return contains(offset, .word) ? ramValue(offset, .word) : nil
  }

  /// Writes a word of RAM, at any alignment; false, and nothing done, where there is no RAM.
  @discardableResult
  public mutating func pokeWord(_ value: UInt32, _ address: UInt32) -> Bool {
    let offset = address &- configuration.ramBase
    guard contains(offset, .word) else { return false }
    setRAM(value, offset, .word)
    _ = cache.forget(from: offset, count: 4)
    return true
  }

  /// A byte as a debugger sees it, without side effects.
  public func peek<Bus: DeviceBus & ~Copyable>(_ address: UInt32, on bus: borrowing Bus) -> UInt8? {
    let offset = address &- configuration.ramBase
    if offset < configuration.ramSize { return UInt8(ramValue(offset, .byte)) }
    // Device registers are words: the byte is taken out of the one it is in.
    if let word = bus.peek(address & ~3, .word) { return UInt8(truncatingIfNeeded: word >> (address & 3 * 8)) }
    return bus.peek(address, .byte).map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Marks what stores must look out for besides code.
  mutating func markWatched() {
    var ranges: [Range<UInt32>] = []
    func add(_ address: UInt32, _ count: UInt32) {
      let base = UInt64(configuration.ramBase)
      let first = max(UInt64(address), base)
      let end = min(UInt64(address) + UInt64(count), base + UInt64(configuration.ramSize))
      if first < end { ranges.append(UInt32(first - base)..<UInt32(end - base)) }
    }
    for word in [host.tohost, host.fromhost].compactMap(\.self) { add(word.address, word.bytes) }
    if let stackGuard { add(stackGuard.lowerBound, UInt32(stackGuard.count)) }
    for watchpoint in watchpoints where watchpoint.kind != .read { add(watchpoint.address, watchpoint.count) }
    cache.watch(ranges)
  }

  mutating func watchesChanged() {
    cache.forgetAll()
    markWatched()
  }
}
