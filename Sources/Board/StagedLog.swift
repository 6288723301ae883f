import Registers
import Trace

/// A log that holds a part of a run, and so is told where the run is and how the board is where it begins.
public protocol StagedLog: LogSink {
  /// The first cycle that it holds; nil where no cycle decides.
  var firstCycle: UInt64? { get }
  /// A sequence is about to be sent to the controller.
  /// - Returns: whether the log begins with it.
  mutating func beginSequence() -> Bool
  /// The log begins.
  /// - Parameter state: the board before the first entry.
  mutating func begin(on state: MachineSnapshot)
}

extension PairLog: StagedLog where First: StagedLog {
  public var firstCycle: UInt64? { first.firstCycle }
  public mutating func beginSequence() -> Bool { first.beginSequence() }
  public mutating func begin(on state: MachineSnapshot) { first.begin(on: state) }
}

// Once a run, or once a sequence: not on the way of accesses, so that a log may be asked for what it is.
extension Machine {
  /// As the machine is made.
  mutating func stageLog() {
    guard let staged = log as? any StagedLog else { return }
    isStaged = true
    if let first = staged.firstCycle { chip.firstLogged = first }
  }

  /// Tells a log that holds a part of a run that a sequence is about to be sent to the controller.
  package mutating func noteSequence() {
    guard isStaged, powerLoss == nil, var staged = log as? any StagedLog else { return }
    let begins = staged.beginSequence()
    if begins { staged.begin(on: snapshot) }
    take(staged)
  }

  /// Hands the state over that the board has before the first cycle logged, and lets time pass up to there.
  /// - Returns: whether there still is power.
  mutating func beginLog() -> Bool {
    let first = chip.firstLogged
    chip.firstLogged = .max
    guard first == 0 || pass(by: first - 1) else { return false }
    guard var staged = log as? any StagedLog else { return true }
    var state = snapshot
    // An access that is under way has taken its cycle, and what waits all that it waits for.
    if first > 0 { state.cycle = min(state.cycle, first - 1) }
    staged.begin(on: state)
    take(staged)
    return true
  }

  /// Hands over the state of a board that goes on behind the first cycle that its log holds: what its owner does before
  /// time passes is in the log.
  mutating func beginLogAtOnce() {
    chip.firstLogged = .max
    guard var staged = log as? any StagedLog else { return }
    staged.begin(on: snapshot)
    take(staged)
  }

  private mutating func take(_ staged: any StagedLog) {
    guard let log = staged as? Log else { preconditionFailure("a log stays what it is") }
    self.log = log
  }

  /// Makes an access again that returned at a cycle: what it waited for has passed. At the next cycle, where that is later.
  /// - Parameter busy: whether a load of `WAIT` returns then though its tile is busy, as one that gives up does; or else
  ///   it stalls on.
  package mutating func make(
    _ transaction: Transaction, _ size: AccessSize, returningAt cycle: UInt64, busy: Bool = true
  ) {
    let cycle = max(cycle, self.cycle + 1)
    advance(to: cycle - 1)
    if size != .own {
      refuse(transaction, size: size)
    } else if transaction.kind == .write {
      write(transaction.address, transaction.value)
    } else if busy, let tile = tile(at: transaction.address) {
      self.cycle = cycle
      if pass(by: cycle) { _ = read(transaction.address, of: tile) }
    } else {
      _ = read(transaction.address)
    }
  }
}
