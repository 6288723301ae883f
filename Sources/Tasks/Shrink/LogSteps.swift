import Board
import Files
import Registers
import Trace

/// A log as steps that can be left out: all that the chip is given from outside. What it answers and does follows.
///
/// A log of some steps is again a log: the chip of the head makes them, at their cycles where it can, and what it answers
/// and does is written. Where the whole log has another value read than the chip, that value is kept: it may be the
/// failure that is looked for. All steps of a log that replays are that log again, but for its comments.
package struct LogSteps: Sendable {
  fileprivate struct Step: Sendable {
    enum Cause: Sendable {
      case access(Transaction, AccessSize, pc: UInt32?)
      case failure(SupplyFailure)
      /// Time passes.
      case nothing
    }
    let cause: Cause
    let cycle: UInt64
    /// What the board refuses of an access outside the chip, which the chip notes.
    var refusal: ChipError?
    /// The log's value, where the chip's is another.
    var keptValue: UInt32?
    /// Whether the load returned while the tile that it waited for was busy, as one that gives up does.
    var returnsBusy = false
  }

  private let description: String
  private let origin: LogOrigin
  private let start: Replay
  private var steps: [Step] = []
  /// What a binary's instructions are called, by their pc; nil where none ran.
  private var symbols: [UInt32: String]?

  /// - Parameter start: how the log's chip begins.
  /// - Throws: what is wrong with the log.
  package init(_ log: LogReader, from start: Replay) throws(InputError) {
    self.start = start
    description = log.description
    origin = log.origin
    symbols = log.hasProgram ? [:] : nil
    try read(log)
    var replay = start
    for place in steps.indices {
      // As it is in the log: a load that waited returns when it did there.
      steps[place].returnsBusy = true
      note(replay.remake(steps[place]), at: place)
    }
  }

  private mutating func read(_ log: LogReader) throws(InputError) {
    var log = log
    var latest: UInt64 = 0
    while let line = try log.next() {
      latest = line.cycle
      switch line.body {
      case .access(let access, _):
        let program = try log.place()
        if let program { symbols?[program.pc] = program.symbol }
        steps.append(Step(cause: .access(access, line.size, pc: program?.pc), cycle: line.cycle))
      case .event(let text): read(ChipEvent(text), at: line.cycle)
      }
    }
    // The chip went on behind the last of all.
    if steps.last.map({ $0.cycle < latest }) ?? (latest > 0) { steps.append(Step(cause: .nothing, cycle: latest)) }
  }

  private mutating func read(_ event: ChipEvent?, at cycle: UInt64) {
    if let failure = SupplyFailure(event) {
      steps.append(Step(cause: .failure(failure), cycle: cycle))
    } else if case .chipError(let error)? = event, let last = steps.last, last.cycle == cycle,
      case .access(let access, _, _) = last.cause, !MemoryMap.isOfChip(access.address)
    {
      steps[steps.count - 1].refusal = error
    }
  }

  /// Keeps of a step of the whole log what its chip does not do again without the others.
  private mutating func note(_ entries: [LogEntry], at place: Int) {
    steps[place].returnsBusy = false
    guard case .access(let logged, _, _) = steps[place].cause else { return }
    for entry in entries {
      switch entry.body {
      case .access(let made) where made.kind == .read && made.value != logged.value:
        steps[place].keptValue = logged.value
      case .event(.tileError(_, .wait)): steps[place].returnsBusy = true
      default: break
      }
    }
  }

  package var count: Int { steps.count }

  private var programSymbols: ProgramSymbols? {
    guard let symbols else { return nil }
    return { symbols[$0] }
  }

  /// The log of some steps, in their order.
  package func log(of places: [Int]) -> [UInt8] {
    var replay = start
    var log = CSVLog(
      to: MemoryOutput(), description: description, names: RegisterNames(replay.machine.maps),
      symbols: programSymbols, origin: origin)
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
  /// Has a step of a log happen, at its cycle or at the first one after.
  /// - Returns: the access as it went, and what the chip did up to it and with it.
  fileprivate mutating func remake(_ step: LogSteps.Step) -> [LogEntry] {
    guard machine.powerLoss == nil else { return [] }
    switch step.cause {
    case .access(let access, let size, let pc):
      if MemoryMap.isOfChip(access.address) {
        machine.make(access, size, returningAt: step.cycle, busy: step.returnsBusy)
      } else {
        makeOutside(access, size, refusal: step.refusal, at: step.cycle)
      }
      return taken().map { entry in
        guard case .access = entry.body else { return entry }
        return LogEntry(cycle: entry.cycle, entry.body, pc: pc, size: entry.size)
      }
    case .failure(let failure): machine.make(failure, at: step.cycle)
    case .nothing: machine.finishOperations(by: step.cycle)
    }
    return taken()
  }

  /// Writes an access that the chip is not concerned in, and has the chip note what was refused of it.
  private mutating func makeOutside(_ access: Transaction, _ size: AccessSize, refusal: ChipError?, at cycle: UInt64) {
    machine.advance(to: max(cycle, machine.cycle))
    machine.log.append(LogEntry(cycle: machine.cycle, .access(access), size: size))
    if let refusal { machine.note(refusal, of: access) }
  }

  private mutating func taken() -> [LogEntry] {
    defer { machine.log.entries.removeAll(keepingCapacity: true) }
    return machine.log.entries
  }
}
