import Files
import Registers

/// A log without the entries that were not asked for.
public struct SelectedLog<Base: ClosingLog>: ClosingLog {
  public static var isActive: Bool { true }

  /// What is given the entries that were asked for.
  public private(set) var base: Base
  private let patterns: PatternFilter?
  private var errors: ErrorFilter?

  /// - Parameters:
  ///   - base: what is given the entries that were asked for.
  ///   - selection: without its moments and sequences, which its owner looks at.
  ///   - maps: of the board.
  public init(_ base: Base, _ selection: LogSelection, _ maps: [BlockMap]) {
    self.base = base
    patterns = selection.only.map { PatternFilter($0, maps) }
    errors = selection.onlyErrors ? ErrorFilter() : nil
  }

  public mutating func append(_ entry: LogEntry) {
    guard errors != nil else { return pass(entry) }
    errors?.append(entry)
    while let decided = errors?.next() { pass(decided) }
  }

  private mutating func pass(_ entry: LogEntry) {
    if patterns?.takes(entry) ?? true { base.append(entry) }
  }

  public mutating func close() throws(OutputError) {
    errors?.end()
    while let decided = errors?.next() { pass(decided) }
    try base.close()
  }

  public mutating func comment(_ text: String) { base.comment(text) }
}

/// Holds entries back until it is known whether they are of something that was refused or that ended early.
struct ErrorFilter: Sendable {
  private enum Fate: Sendable, Equatable {
    case kept, dropped
    /// The start of an operation: it depends on how that ends.
    case waits(Unit)
  }
  /// What has one operation at a time.
  private enum Unit: Sendable, Equatable {
    case tile(Int)
    case flash
  }

  /// Oldest first.
  private var queue: [(entry: LogEntry, fate: Fate)] = []
  /// The latest access, of which nothing was said yet.
  private var access: LogEntry?

  mutating func append(_ entry: LogEntry) {
    let before = access
    access = nil
    switch entry.body {
    case .access: access = entry
    case .event(let event): append(entry, event, behind: before.flatMap { $0.cycle == entry.cycle ? $0 : nil })
    }
  }

  private mutating func append(_ entry: LogEntry, _ event: ChipEvent, behind access: LogEntry?) {
    func take(_ fate: Fate) {
      if let access { queue.append((access, fate)) }
      queue.append((entry, fate))
    }
    switch event {
    case .tileError, .chipError, .flash(.error), .cellError: take(.kept)
    case .started(let tile, _): take(.waits(.tile(tile)))
    case .flash(.started): take(.waits(.flash))
    case .finished(let tile, _): decide(.tile(tile), .dropped)
    case .flash(.finished): decide(.flash, .dropped)
    case .aborted(let tile, _):
      decide(.tile(tile), .kept)
      queue.append((entry, .kept))
    case .flash(.aborted):
      decide(.flash, .kept)
      queue.append((entry, .kept))
    case .brownOut, .powerOff: queue.append((entry, .kept))
    case .supply, .settled: break
    }
  }

  private mutating func decide(_ unit: Unit, _ fate: Fate) {
    for place in queue.indices where queue[place].fate == .waits(unit) { queue[place].fate = fate }
  }

  /// The run is over: what has not ended yet did not end early.
  mutating func end() {
    for place in queue.indices where queue[place].fate != .kept { queue[place].fate = .dropped }
  }

  /// The oldest entry that is kept, if everything before it is decided.
  mutating func next() -> LogEntry? {
    while let first = queue.first {
      if case .waits = first.fate { return nil }
      queue.removeFirst()
      if first.fate == .kept { return first.entry }
    }
    return nil
  }
}
