import Board
import Files
import Registers
import Trace

/// A log as steps that can be left out: an access and what the chip did by then and before the next.
///
/// A log of some steps is again a log: the chip of the head makes them, at their cycles where it can, and what it answers
/// and does is written. Where the whole log has another value read than the chip, that value is kept: it may be the
/// failure that is looked for.
package struct LogSteps: Sendable {
  fileprivate struct Step: Sendable {
    let access: Transaction
    let size: AccessSize
    let cycle: UInt64
    /// Behind the access and before the next, with their cycles.
    var events: [(text: EntryText, cycle: UInt64)] = []
    /// The log's value, where the chip's is another.
    var keptValue: UInt32?
  }

  private let description: String
  private let origin: LogOrigin
  private let start: Replay
  private var steps: [Step] = []

  /// - Parameter start: how the log's chip begins.
  /// - Throws: what is wrong with the log.
  package init(_ log: LogReader, from start: Replay) throws(InputError) {
    self.start = start
    var log = log
    description = log.description
    origin = log.origin
    while let line = try log.next() {
      switch line.body {
      case .access(let access, _): steps.append(Step(access: access, size: line.size, cycle: line.cycle))
      case .event(let text): if !steps.isEmpty { steps[steps.count - 1].events.append((text, line.cycle)) }
      }
    }
    var replay = start
    for place in steps.indices {
      for entry in replay.remake(steps[place]) {
        guard case .access(let made) = entry.body, made.kind == .read, made.value != steps[place].access.value else {
          continue
        }
        steps[place].keptValue = steps[place].access.value
      }
    }
  }

  package var count: Int { steps.count }

  /// The log of some steps, in their order.
  package func log(of places: [Int]) -> [UInt8] {
    var replay = start
    var log = CSVLog(
      to: MemoryOutput(), description: description, names: RegisterNames(replay.machine.maps), origin: origin)
    var latest: UInt64 = 0
    for place in places {
      let step = steps[place]
      for var entry in replay.remake(step) {
        if case .access(let access) = entry.body, let kept = step.keptValue {
          entry.body = .access(Transaction(access.kind, access.address, kept))
        }
        latest = max(latest, entry.cycle)
        entry.cycle = latest
        log.append(entry)
      }
    }
    return log.output.bytes
  }
}

extension Replay {
  /// Makes an access of a log, at its cycle or at the first one after.
  /// - Returns: the access as it went, and what the chip did up to it and with it.
  fileprivate mutating func remake(_ step: LogSteps.Step) -> [LogEntry] {
    var entries: [LogEntry] = []
    if MemoryMap.isOfChip(step.access.address) {
      machine.make(step.access, step.size, returningAt: step.cycle)
    } else {
      if step.cycle > machine.cycle { machine.advance(to: step.cycle) }
      entries = taken()
      entries.append(LogEntry(cycle: max(step.cycle, machine.cycle), .access(step.access), size: step.size))
      if let event = step.events.first, case .chipError(let error)? = ChipEvent(event.text) {
        machine.note(error, of: step.access)
      }
    }
    for event in step.events where event.cycle >= machine.cycle {
      if event.text == EntryText(.powerOff) { machine.schedule(.init(powerCut: event.cycle)) }
      if event.text == EntryText(.brownOut) { machine.schedule(.init(brownOut: event.cycle)) }
    }
    return entries + taken()
  }

  private mutating func taken() -> [LogEntry] {
    defer { machine.log.entries.removeAll(keepingCapacity: true) }
    return machine.log.entries
  }
}
