import Board
import Files
import Firmware
import Registers
import Trace

/// A log that answers the controller's accesses: what it says was read is read, what is written is compared with it.
///
/// The firmware is given what the chip of the log answered, so that it has to write what the firmware of the log wrote,
/// bit for bit. Only the data sheet in the chip's registers is that of the log's head: a log that has another there
/// differs from the chip, and a controller is not to compute with a geometry that no chip has. When a controller listens to
/// the mailbox, by `HOST.IRQ_ENABLE`, is its own affair: native code is called instead of woken.
package struct Capture {
  package let file: String
  private var reader: LogReader
  private let names: RegisterNames
  private let maps: [BlockMap]
  private var ahead: (access: Transaction, line: LogLine)?
  /// The log has nothing more, or the controller went a way of its own: nothing is compared any more.
  package private(set) var isOver = false
  /// What the controller did otherwise, in order; of another access than the log's the first only.
  package private(set) var differences: [Replay.Difference] = []
  /// Accesses that the controller made as the log has them.
  package private(set) var accesses = 0
  /// What is wrong with the log behind what was read of it.
  package private(set) var error: InputError?

  package init(_ reader: LogReader, file: String, of chip: ChipConfiguration) {
    self.reader = reader
    self.file = file
    maps = chip.maps
    names = RegisterNames(maps)
    advance()
  }

  /// The access that the controller is to make next; nil at the end.
  package var next: Transaction? { isOver ? nil : ahead?.access }

  private mutating func advance() {
    ahead = nil
    do throws(InputError) {
      while let line = try reader.next() {
        guard case .access(let access, _) = line.body else { continue }
        ahead = (access, line)
        return
      }
    } catch {
      self.error = error
    }
    isOver = true
  }

  /// Makes an access.
  /// - Returns: what a read gets; 0 once the log is over, with which a controller comes to rest.
  package mutating func access(_ kind: Transaction.Kind, _ address: UInt32, _ value: UInt32 = 0) -> UInt32 {
    if address == Self.listening, ahead?.access.address != address { return 0 }
    while ahead?.access.address == Self.listening, address != Self.listening { advance() }
    guard !isOver, let (access, line) = ahead else { return 0 }
    guard access.kind == kind, access.address == address else {
      let made = kind == .read ? "read \(name(address))" : words(Transaction(.write, address, value))
      leave(at: access, line, "the log has '\(words(access))', the firmware '\(made)'")
      return 0
    }
    if kind == .write, access.value != value, address != Self.listening { tell(access, line, value) }
    accesses += 1
    advance()
    return kind == .read ? fixed(address) ?? access.value : 0
  }

  /// Notes that the controller makes no access any more, in words.
  package mutating func stop(_ words: String) {
    guard !isOver, let (access, line) = ahead else { return }
    leave(at: access, line, "the log has '\(self.words(access))', the firmware \(words)")
  }

  private static let listening = MemoryMap.host + HostRegister.interruptEnable.offset()

  private mutating func leave(at access: Transaction, _ line: LogLine, _ message: String) {
    isOver = true
    differences.append(
      Replay.Difference(
        file: file, line: line.number, cycle: line.cycle, subject: .access(address: access.address, fields: []),
        message: message))
  }

  private mutating func tell(_ access: Transaction, _ line: LogLine, _ value: UInt32) {
    let subject = DifferenceSubject(access, bits: access.value ^ value, in: maps)
    let made = words(Transaction(.write, access.address, value))
    differences.append(
      Replay.Difference(
        file: file, line: line.number, cycle: line.cycle, subject: subject,
        message: "the log has '\(words(access))', the firmware '\(made)'"))
  }

  private func words(_ access: Transaction) -> String {
    let fields = names.fields(of: access.value, at: access.address)
    let value = "0x" + String(access.value, radix: 16)
    return (access.kind == .read ? "read " : "write ") + "\(name(access.address)) = \(value)"
      + (fields.isEmpty ? "" : " (\(fields))")
  }

  private func name(_ address: UInt32) -> String {
    names.name(of: address) ?? "address 0x" + String(address, radix: 16)
  }

  /// What a register of the data sheet has, which nothing changes.
  private func fixed(_ address: UInt32) -> UInt32? {
    for map in maps {
      guard let (entry, index) = map.find(address &- map.base) else { continue }
      guard entry.register.resetOrigin == .chip, entry.register.access == .readOnly else { return nil }
      return map.resets[Int(entry.offset / map.registerBytes) + index]
    }
    return nil
  }
}

/// The bus that a native controller has in a shadow.
package struct CaptureBus: WakingBus {
  package var capture: Capture

  package init(_ capture: Capture) { self.capture = capture }
  package mutating func read(_ address: UInt32) -> UInt32 { capture.access(.read, address) }
  package mutating func write(_ address: UInt32, _ value: UInt32) { _ = capture.access(.write, address, value) }
  /// The log says when something woke it: at once.
  package mutating func sleep() {}
}
