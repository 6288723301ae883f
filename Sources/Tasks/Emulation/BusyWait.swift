import Board
import RV32
import Trace

/// A loop that a program goes round without a change: the same instructions read and write the same values.
///
/// What it does next depends on the devices that it reads alone, and on interrupts.
struct BusyWait {
  /// The instructions of one turn.
  let turn: [Retired]

  /// Instructions among which a loop is looked for.
  static var window: Int { 4096 }

  /// - Parameter last: instructions in the order in which they retired.
  /// - Returns: nil unless they end in at least two turns of one loop.
  init?(_ last: [Retired]) {
    guard let end = last.last else { return nil }
    let others = last.dropLast()
    guard let before = others.lastIndex(where: { $0 == end }) else { return nil }
    let length = others.endIndex - before
    // The last instruction may stand in a turn more than once.
    let lengths = [length] + others.indices.reversed().lazy.filter { others[$0] == end }.map { others.endIndex - $0 }
    for length in lengths.prefix(32) where 2 * length <= last.count {
      let turn = last.suffix(length)
      if turn.elementsEqual(last.dropLast(length).suffix(length)) {
        self.turn = Array(turn)
        return
      }
    }
    return nil
  }

  /// The first register of a device that it reads, not in RAM.
  func firstDevice(outside ram: Range<UInt32>) -> UInt32? {
    turn.lazy.compactMap(\.memory).first { $0.isLoaded && !ram.contains($0.address) }?.address
  }
}

extension EmulatedController {
  private var ram: Range<UInt32> {
    core.configuration.ramBase..<core.configuration.ramBase + core.configuration.ramSize
  }

  /// A loop that nothing will end: no operation is under way and no timer set that could change what it reads or
  /// interrupt it.
  mutating func endlessWait() -> BusyWait? {
    core.recorder = Recorder(capacity: BusyWait.window)
    defer { core.recorder = nil }
    guard core.run(on: &machine, instructions: UInt64(BusyWait.window)) == .instructionLimit,
      let wait = core.recorder.flatMap({ BusyWait($0.entries) })
    else { return nil }
    let readsDevices = wait.firstDevice(outside: ram) != nil
    let somethingHappens = machine.eventToCome(after: core.cycle) != nil
    return somethingHappens && (readsDevices || core.hart.canBeInterrupted) ? nil : wait
  }

  func description(of wait: BusyWait) -> String {
    let names = RegisterNames(machine.maps)
    let what =
      wait.firstDevice(outside: ram).map { address in
        let name = names.name(of: address) ?? "0x" + String(address, radix: 16)
        return "it reads \(name) again and again, and no operation is under way, no timer set and no word to come that"
          + " would change it"
      } ?? "it reads no register, and no interrupt is enabled that could come"
    return "a busy wait that nothing ends at \(program.describe(core.pc)): \(what); start what it waits for before it,"
      + " read WAIT for the end of an operation, and answer a request before waiting for the next"
  }
}
