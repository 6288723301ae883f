import Board
import Files
import Firmware
import RV32
import Registers
import Trace

/// A log held against both who made it: the firmware, which is given what the chip of the log answered, and the model of
/// the chip, which is given what the firmware of the log wrote. What differs is of one or of the other.
package struct Shadow {
  package enum Side: String, Sendable {
    case chip, firmware
  }

  /// What the firmware did otherwise.
  package private(set) var capture: Capture

  package init(_ capture: Capture) { self.capture = capture }

  /// Has the controller as native code make the accesses; one that sleeps where the log begins as one does.
  package mutating func runNative() throws(Interrupted) {
    let interrupts = Transaction(.write, MemoryMap.chip + ChipRegister.interruptEnable.offset(), 0)
    let sleeps = capture.next.map { $0.kind == .write && $0.address == interrupts.address } ?? false
    var controller = Controller()
    let base = CaptureBus(capture)
    guard sleeps else {
      var bus = base
      try serve(&controller, on: &bus, { $0.capture }, asleep: { _ in }, awake: { _ in })
      capture = bus.capture
      return
    }
    var bus = SleepingBus(base)
    bus.listenToHost()
    try serve(
      &controller, on: &bus, { $0.base.capture }, asleep: { $0.listenToHost() }, awake: { $0.ignoreHost() })
    capture = bus.base.capture
  }

  private func serve<Carrier: Bus>(
    _ controller: inout Controller, on bus: inout Carrier, _ capture: (Carrier) -> Capture,
    asleep: (inout Carrier) -> Void, awake: (inout Carrier) -> Void
  ) throws(Interrupted) {
    while !capture(bus).isOver {
      try Interruption.check()
      awake(&bus)
      guard controller.serve(on: &bus) else { return }
      asleep(&bus)
    }
  }

  /// Has a binary make the accesses.
  /// - Parameter patience: how many instructions it may take from one access to the next.
  /// - Throws: when it does not fit.
  package mutating func run(_ program: Program, patience: UInt64 = 100_000_000) throws {
    var core = try program.core(ramBytes: Machine<NoLog>.defaultRAMBytes)
    var devices = CaptureDevices(capture)
    while !devices.capture.isOver {
      try Interruption.check()
      let before = devices.capture.accesses
      let reason = core.run(on: &devices, instructions: patience)
      switch reason {
      case .deviceWaits, .waitingForever, .consoleWaits: break
      case .instructionLimit where devices.capture.accesses > before: break
      default: devices.capture.stop("does nothing more: \(program.describe(reason, core))")
      }
    }
    capture = devices.capture
  }

  /// Feeds a whole log to its chip.
  /// - Throws: what is wrong with the log.
  package static func differences(
    ofChipIn reader: inout LogReader, _ replay: inout Replay
  ) throws -> [Replay.Difference] {
    replay.findsAll = true
    var differences: [Replay.Difference] = []
    var last = 0
    while let line = try reader.next() {
      try replay.feed(line)
      differences += replay.takeDifferences()
      last = line.number
    }
    try replay.finish(afterLine: last)
    return differences + replay.takeDifferences()
  }

  /// The differences of both sides by their lines: the first is the cause, which the others may follow from. On one line
  /// the chip's are first, since the firmware is given what the log says.
  package static func ordered(
    chip: [Replay.Difference], firmware: [Replay.Difference]
  ) -> [(side: Side, difference: Replay.Difference)] {
    var firmware = firmware[...]
    var ordered: [(side: Side, difference: Replay.Difference)] = []
    for difference in chip {
      while let first = firmware.first, first.line < difference.line {
        ordered.append((.firmware, first))
        firmware.removeFirst()
      }
      ordered.append((.chip, difference))
    }
    return ordered + firmware.map { (.firmware, $0) }
  }
}
