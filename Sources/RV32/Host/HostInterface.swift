/// The ways a program can end itself, print or read.
public struct HostInterface: Equatable, Sendable {
  /// A place in RAM where program and host leave each other a word (HTIF).
  public struct Word: Equatable, Sendable {
    /// Of its first byte.
    public var address: UInt32
    /// 4 or 8.
    public var bytes: UInt32

    /// A double word, as HTIF has it, unless the program gives it 4 bytes.
    public init(address: UInt32, bytes: UInt32 = 8) {
      self.address = address
      self.bytes = bytes
    }

    /// Whether it shares a byte with `count` bytes at an address.
    func overlaps(_ other: UInt32, _ count: UInt32) -> Bool { other &- address < bytes || address &- other < count }
  }

  /// HTIF's word for the host, usually from the symbol table.
  public var tohost: Word?
  /// HTIF's word for the program, usually from the symbol table; without it nothing is answered.
  public var fromhost: Word?
  /// The address of a SiFive test finisher.
  public var finisher: UInt32? = 0x10_0000
  /// Whether the semihosting sequence calls the host, or traps as any `ebreak` does.
  public var semihosting = false
  /// Cycles in a second: what the clocks of semihosting count by.
  public var cyclesPerSecond: UInt64 = 100_000_000

  /// The finisher of QEMU's `virt` machine; no `tohost`, no semihosting.
  public init() {}

  /// Takes the words of HTIF from the symbols of a program. One has 4 bytes if its symbol says so, or the next begins there.
  mutating func find(in symbols: SymbolTable) {
    func word(_ name: String) -> Word? {
      guard let symbol = symbols[name] else { return nil }
      let isShort = symbol.size == 4 || symbols.begins(within: 4, of: symbol.address &+ 4)
      return Word(address: symbol.address, bytes: isShort ? 4 : 8)
    }
    tohost = word("tohost")
    fromhost = word("fromhost")
  }
}

extension Core {
  /// A write to the finisher. Returns whether it ends the run.
  mutating func finish(_ value: UInt32) -> Bool {
    switch value & 0xFFFF {
    case 0x5555: stop = .exited(.status(0))
    case 0x3333: stop = .exited(.status(value >> 16))
    case 0x7777: stop = .exited(.reset)
    default: break
    }
    return true
  }

  /// Bytes that one call prints or reads at most, so that no instruction keeps the host busy.
  static var mostBytesOfACall: UInt32 { 1 << 20 }

  /// Prints up to `count` bytes of RAM. Returns how many; nil where they are not all in RAM.
  mutating func printBytes<Bus: DeviceBus & ~Copyable>(
    from address: UInt32, count: UInt32, _ bus: inout Bus
  ) -> UInt32? {
    guard let first = ramOffset(address, Int(count)) else { return nil }
    let printed = min(count, Self.mostBytesOfACall)
    for offset in UInt32(first)..<UInt32(first) + printed { bus.print(UInt8(ramValue(offset, .byte))) }
    if bus.isConsoleFull { stop = stop ?? .consoleWaits }
    return printed
  }

  /// What a call that reads into RAM comes to.
  enum ReadOutcome {
    /// Bytes read; 0 at the end of the input.
    case read(UInt32)
    /// The bytes would not all lie in RAM.
    case noRAM
    /// There is more to come and nothing yet.
    case wait
  }

  /// Reads up to `count` bytes that were typed into RAM.
  mutating func readBytes<Bus: DeviceBus & ~Copyable>(
    to address: UInt32, count: UInt32, _ bus: inout Bus
  ) -> ReadOutcome {
    guard ramOffset(address, Int(count)) != nil else { return .noRAM }
    guard count > 0 else { return .read(0) }
    guard let typed = bus.takeTyped(Int(min(count, Self.mostBytesOfACall))) else {
      stop = .consoleWaits
      return .wait
    }
    setBytes(typed, at: address)
    return .read(UInt32(typed.count))
  }
}
