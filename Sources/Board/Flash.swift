import Registers

/// A word of `FLASH.START`, decoded.
struct FlashCommand: Sendable, Equatable {
  var operation: FlashOperation
  var page: Int

  init?(_ word: UInt32) {
    guard let operation = FlashOperation(rawValue: FlashRegister.Start.operation.decode(word)) else { return nil }
    self.operation = operation
    page = Int(FlashRegister.Start.page.decode(word))
  }

  /// The word that starts it.
  var word: UInt32 {
    FlashRegister.Start.operation.encode(operation.rawValue) | FlashRegister.Start.page.encode(UInt32(page))
  }
}

/// `FLASH`: pages that stay without power.
///
/// An operation has no effect before its end. What ends early, as power goes or by a reset, has changed as many bits as it
/// had time for: word after word, each from bit 0 up.
public struct Flash: Sendable {
  /// A page.
  public struct Page: Sendable, Equatable {
    /// Erases that it has had.
    public var cycles: UInt32 = 0
    /// `FlashRegister.pageWords` of them.
    public var words = Array(repeating: UInt32.max, count: FlashRegister.pageWords)

    /// As new: all ones.
    public init() {}
  }

  var registers: RegisterFile<FlashRegister>
  /// `FlashRegister.pages` of them.
  public internal(set) var pages = Array(repeating: Page(), count: FlashRegister.pages)
  var underWay: FlashCommand?
  /// The cycle at which the operation under way ends; never, if there is none.
  var endCycle = UInt64.max

  init(_ map: BlockMap) { registers = RegisterFile(map) }

  var isBusy: Bool { underWay != nil }

  /// Whether it pulls the external interrupt line.
  var interrupts: Bool {
    let enabled = registers[.interruptEnable]
    guard enabled != 0 else { return false }
    return FlashRegister.InterruptEnable.idle.decode(enabled) == 1 && !isBusy
      || FlashRegister.InterruptEnable.error.decode(enabled) == 1 && registers[.error] != 0
  }

  /// What is under way, and the cycle it ends: `ERASE page=3 until cycle 5120`.
  package var operationUnderWay: String? {
    underWay.map { "\($0.operation.name) page=\($0.page) until cycle \(endCycle)" }
  }

  // MARK: Software access

  /// Carries out a write that the decoder let through, or says why not.
  mutating func write(_ value: UInt32, at place: RegisterFile<FlashRegister>.Place, cycle: UInt64) -> FlashError? {
    if isBusy && !registers.map.entries[place.entry].register.isWritableWhileBusy { return raise(.busy) }
    registers.write(value, at: place)
    switch place.register {
    case .start: return start(value, cycle: cycle).map { raise($0) }
    case .unlock: setStatus(FlashRegister.Status.locked, value == FlashRegister.unlockKey ? 0 : 1)
    case .error: setStatus(FlashRegister.Status.error, registers[.error] == 0 ? 0 : 1)
    case .geometry, .timing, .status, .wait, .interruptEnable, .endurance, .cycles, .buffer: break
    }
    return nil
  }

  private mutating func raise(_ error: FlashError) -> FlashError {
    registers[.error] |= error.field.mask
    setStatus(FlashRegister.Status.error, 1)
    return error
  }

  /// `WAIT` shows the same.
  private mutating func setStatus(_ field: Field, _ value: UInt32) {
    registers.set(field, of: .status, to: value)
    registers[.wait] = registers[.status]
  }

  // MARK: Operations

  private mutating func start(_ word: UInt32, cycle: UInt64) -> FlashError? {
    guard let command = FlashCommand(word) else { return .operation }
    let isLocked = FlashRegister.Status.locked.decode(registers[.status]) == 1
    guard command.operation == .read || !isLocked else { return .locked }
    guard command.page < pages.count else { return .index }
    guard command.operation != .program || canProgram(command.page) else { return .ones }
    if command.operation == .erase, pages[command.page].cycles < .max { pages[command.page].cycles += 1 }
    registers[.cycles] = pages[command.page].cycles
    setStatus(FlashRegister.Status.operation, command.operation.rawValue)
    setStatus(FlashRegister.Status.busy, 1)
    underWay = command
    endCycle = cycle + duration(of: command)
    return nil
  }

  private func canProgram(_ page: Int) -> Bool {
    pages[page].words.indices.allSatisfy { place in
      let word = registers[.buffer, place]
      return word == .max || word & ~pages[page].words[place] == 0
    }
  }

  /// Places of the words that an operation changes, in its order.
  private func places(of command: FlashCommand) -> [Int] {
    switch command.operation {
    case .read: []
    case .program: (0..<FlashRegister.pageWords).filter { registers[.buffer, $0] != .max }
    case .erase: Array(0..<FlashRegister.pageWords)
    }
  }

  /// Cycles of an operation that nothing ends early.
  func duration(of command: FlashCommand) -> UInt64 {
    guard let bit = command.operation.cyclesPerBit else { return UInt64(FlashRegister.pageWords) }
    return UInt64(places(of: command).count * UInt32.bitWidth * bit)
  }

  /// Ends what is under way with its whole effect.
  /// - Returns: the operation, and what it could not do.
  mutating func finish() -> (FlashOperation, FlashError?) {
    guard let command = underWay else { preconditionFailure("nothing is under way") }
    change(command, after: duration(of: command))
    if command.operation == .read {
      for (place, word) in pages[command.page].words.enumerated() { registers[.buffer, place] = word }
    }
    settle()
    return (command.operation, command.operation == .erase && isWorn(command.page) ? raise(.worn) : nil)
  }

  /// Ends what is under way at a cycle before its end, with the effect that it has had.
  /// - Returns: nil when nothing is.
  mutating func endEarly(at cycle: UInt64) -> FlashOperation? {
    guard let command = underWay else { return nil }
    change(command, after: duration(of: command) - (endCycle - cycle))
    settle()
    return command.operation
  }

  /// As after power-up, but for the pages.
  mutating func reset() { registers = RegisterFile(registers.map) }

  private mutating func settle() {
    underWay = nil
    endCycle = .max
    setStatus(FlashRegister.Status.busy, 0)
  }

  private func isWorn(_ page: Int) -> Bool { pages[page].cycles > registers[.endurance] }

  /// What so many cycles of an operation do to its page.
  private mutating func change(_ command: FlashCommand, after cycles: UInt64) {
    guard let bit = command.operation.cyclesPerBit, command.operation != .erase || !isWorn(command.page) else { return }
    var bits = Int(cycles) / bit
    for place in places(of: command) where bits > 0 {
      let changed = UInt32.max >> UInt32(UInt32.bitWidth - min(bits, UInt32.bitWidth))
      if command.operation == .erase {
        pages[command.page].words[place] |= changed
      } else {
        pages[command.page].words[place] &= registers[.buffer, place] | ~changed
      }
      bits -= UInt32.bitWidth
    }
  }
}

extension FlashOperation {
  /// Nil for one that changes no page.
  fileprivate var cyclesPerBit: Int? {
    switch self {
    case .read: nil
    case .program: FlashRegister.programCyclesPerBit
    case .erase: FlashRegister.eraseCyclesPerBit
    }
  }
}
