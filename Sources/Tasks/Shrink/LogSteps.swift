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
  private struct Step: Sendable {
    let access: Transaction
    let cycle: UInt64
    /// Behind the access and before the next, with their cycles.
    var events: [(text: EntryText, cycle: UInt64)] = []
    /// The log's value, where the chip's is another.
    var keptValue: UInt32?
  }

  private let description: String
  private let start: Replay
  private var steps: [Step] = []

  /// - Parameter start: how the log's chip begins.
  /// - Throws: what is wrong with the log.
  package init(_ log: LogReader, from start: Replay) throws(InputError) {
    self.start = start
    var log = log
    description = log.description
    while let line = try log.next() {
      switch line.body {
      case .access(let access, _): steps.append(Step(access: access, cycle: line.cycle))
      case .event(let text): if !steps.isEmpty { steps[steps.count - 1].events.append((text, line.cycle)) }
      }
    }
    var replay = start
    for place in steps.indices {
      for entry in replay.remake(steps[place].access, at: steps[place].cycle, steps[place].events) {
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
      to: MemoryOutput(), description: description, names: RegisterNames(replay.machine.maps), symbols: nil)
    var latest: UInt64 = 0
    for place in places {
      let step = steps[place]
      for var entry in replay.remake(step.access, at: step.cycle, step.events) {
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
  /// - Parameter events: what the log says behind it.
  /// - Returns: the access as it went, and what the chip did up to it and with it.
  mutating func remake(
    _ access: Transaction, at cycle: UInt64, _ events: [(text: EntryText, cycle: UInt64)]
  ) -> [LogEntry] {
    var entries: [LogEntry] = []
    if MemoryMap.isOfChip(access.address) {
      machine.advance(to: max(cycle, machine.cycle + 1) - 1)
      make(access, before: events.first?.text)
    } else {
      if cycle > machine.cycle { machine.advance(to: cycle) }
      entries = taken()
      entries.append(LogEntry(cycle: max(cycle, machine.cycle), .access(access)))
      if let event = events.first, case .chipError(let error)? = ChipEvent(event.text) {
        machine.note(error, of: access)
      }
    }
    for event in events where event.cycle >= machine.cycle {
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
