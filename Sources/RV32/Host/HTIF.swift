// The host-target interface (riscv-isa-sim, "fesvr"): a double word `tohost` that the program stores a command to, and
// one, `fromhost`, for the answer. The top byte of a command is a device, the next what it is to do.

/// What of the interface is under way.
struct HTIF: Sendable {
  struct Halves: OptionSet {
    let rawValue: UInt8
    static let low = Halves(rawValue: 1)
    static let high = Halves(rawValue: 2)
    static let both: Halves = [.low, .high]
  }

  /// Halves of `tohost` stored since the host took the last command.
  var stored: Halves = []
  /// The instruction that stored it.
  var pc: UInt32 = 0
  /// The count of retired instructions at which the host looks, if it is to.
  var due: UInt64?
  /// Answers for which `fromhost` was not free yet, oldest first.
  var answers: [UInt64] = []

  /// Instructions that the host leaves a program to store the other half. Programs store them in either order, or only one.
  static let patience: UInt64 = 32
  /// Answers that it keeps for a program that does not take them.
  static let mostAnswers = 64
}

extension Core {
  /// Whether a store touches a word of the interface.
  func isMailbox(_ address: UInt32, _ width: AccessWidth) -> Bool {
    let count = UInt32(width.rawValue)
    return host.tohost?.overlaps(address, count) ?? false || host.fromhost?.overlaps(address, count) ?? false
  }

  /// A store has touched a word of the interface: the host looks now, or a little later.
  mutating func storedToMailbox<Bus: DeviceBus & ~Copyable>(
    _ address: UInt32, _ width: AccessWidth, pc: UInt32, _ bus: inout Bus
  ) {
    guard let tohost = host.tohost else { return }
    let count = UInt32(width.rawValue)
    if HostInterface.Word(address: tohost.address, bytes: 4).overlaps(address, count) { htif.stored.insert(.low) }
    if HostInterface.Word(address: tohost.address &+ 4, bytes: 4).overlaps(address, count) {
      htif.stored.insert(.high)
    }
    htif.pc = pc
    if value(of: tohost) == 0 { htif.stored = [] }
    if htif.stored.isSuperset(of: tohost.bytes == 4 ? .low : .both) {
      attendMailbox(&bus)
    } else if !htif.stored.isEmpty || !htif.answers.isEmpty {
      htif.due = min(htif.due ?? .max, state.retired + HTIF.patience)
    }
  }

  /// The host looks at both words.
  mutating func attendMailbox<Bus: DeviceBus & ~Copyable>(_ bus: inout Bus) {
    htif.due = nil
    if !htif.stored.isEmpty, let tohost = host.tohost {
      guard serve(value(of: tohost), &bus) else {
        htif.due = state.retired
        return
      }
      htif.stored = []
      set(tohost, to: 0)
    }
    if let fromhost = host.fromhost, !htif.answers.isEmpty, value(of: fromhost) == 0 {
      set(fromhost, to: htif.answers.removeFirst())
    }
  }

  /// Does a command. False while it waits for input.
  private mutating func serve<Bus: DeviceBus & ~Copyable>(_ command: UInt64, _ bus: inout Bus) -> Bool {
    let (device, action) = (UInt8(command >> 56), UInt8(truncatingIfNeeded: command >> 48))
    let payload = command & 0xFFFF_FFFF_FFFF
    // An odd one is an exit status; a negative one comes with its sign in all the bits above.
    if command & 1 == 1 && (device == 0 && action == 0 || command >> 32 == 0xFFFF_FFFF) {
      stop = .exited(.status(UInt32(truncatingIfNeeded: payload) >> 1))
      return true
    }
    switch (device, action) {
    case (0, 0):
      guard systemCall(payload, &bus) else { return false }
      answer(command, 1)
    case (1, 0):
      guard let typed = bus.takeTyped(1) else {
        stop = .consoleWaits
        return false
      }
      // Nothing more will come: as Spike, it is not answered.
      if let byte = typed.first { answer(command, 0x100 | UInt64(byte)) }
    case (1, 1):
      bus.print(UInt8(truncatingIfNeeded: payload))
      if bus.isConsoleFull { stop = .consoleWaits }
    default:
      unservedCalls.note(.device(device, action), pc: htif.pc)
      answer(command, 0)
    }
    return true
  }

  private mutating func answer(_ command: UInt64, _ payload: UInt64) {
    guard htif.answers.count < HTIF.mostAnswers else { return }
    htif.answers.append(command & 0xFFFF_0000_0000_0000 | payload)
  }

  private func value(of word: HostInterface.Word) -> UInt64 {
    let low = UInt64(peekWord(word.address) ?? 0)
    return word.bytes == 4 ? low : low | UInt64(peekWord(word.address &+ 4) ?? 0) << 32
  }

  private mutating func set(_ word: HostInterface.Word, to value: UInt64) {
    pokeWord(UInt32(truncatingIfNeeded: value), word.address)
    if word.bytes > 4 { pokeWord(UInt32(value >> 32), word.address &+ 4) }
  }
}

/// Error numbers of Linux, which both interfaces use.
enum HostError {
  static let noFile: UInt32 = 2
  static let badDescriptor: UInt32 = 9
  static let badAddress: UInt32 = 14
  static let invalid: UInt32 = 22
  static let noSystemCall: UInt32 = 38
}

extension Core {
  /// A system call: eight double words, its number and its arguments; the first becomes the result. False while it waits.
  private mutating func systemCall<Bus: DeviceBus & ~Copyable>(_ payload: UInt64, _ bus: inout Bus) -> Bool {
    guard let block = UInt32(exactly: payload), let number = peekWord(block), bytes(at: block, count: 64) != nil else {
      unservedCalls.note(.misplaced(UInt32(truncatingIfNeeded: payload)), pc: htif.pc)
      return true
    }
    func argument(_ index: UInt32) -> UInt32 { peekWord(block &+ 8 &+ 8 &* index) ?? 0 }
    let (first, buffer, count) = (argument(0), argument(1), argument(2))
    var result: Int64
    switch number {
    case 63 where first == 0:
      switch readBytes(to: buffer, count: count, &bus) {
      case .read(let count): result = Int64(count)
      case .noRAM: result = -Int64(HostError.badAddress)
      case .wait: return false
      }
    case 64 where first == 1 || first == 2:
      result = printBytes(from: buffer, count: count, &bus).map { Int64($0) } ?? -Int64(HostError.badAddress)
    case 63, 64: result = -Int64(HostError.badDescriptor)
    case 93:
      stop = .exited(.status(first))
      result = 0
    default:
      unservedCalls.note(.systemCall(number), pc: htif.pc)
      result = -Int64(HostError.noSystemCall)
    }
    set(HostInterface.Word(address: block), to: UInt64(bitPattern: result))
    return true
  }
}
