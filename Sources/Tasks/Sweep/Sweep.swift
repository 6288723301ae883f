import Dispatch
import Files
import FoundationEssentials
import Synchronization

/// Runs the points of a plan on several cores, and goes on where an earlier run stopped.
package enum Sweep {
  /// The cores of this computer.
  package static var allThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Runs what is missing in the results file, so that it holds every point of the shard, in order.
  ///
  /// Which thread does a point and when has no influence: a point knows nothing but its settings and its seed. The
  /// process may be killed at any time and run again: finished points are neither lost nor repeated, and the file ends
  /// with the same bytes.
  /// - Parameters:
  ///   - threads: at most so many, and not more than there are cores.
  ///   - progress: told how many points are there, of how many.
  ///   - point: results in a cell for each of the plan's columns; called on several threads at once.
  /// - Throws: what `point` threw first (the points done are kept), what is wrong with the file, or its write error.
  package static func run(
    _ plan: SweepPlan, shard: SweepShard = .whole, threads: Int = allThreads, resultsFile path: String,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
    point: @Sendable (SweepPlan.Point) throws -> [String]
  ) throws -> SweepResults {
    let work = Work(try SweepJournal(path: path, plan, shard), progress)
    let workers = min(max(threads, 1), max(work.isToDo, 1))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let number = work.next() {
        do {
          work.finish(number, try point(plan.point(number)))
        } catch {
          work.fail(error)
        }
      }
    }
    return try work.end()
  }

  /// What the threads share.
  private final class Work: Sendable {
    private struct State: ~Copyable {
      var journal: SweepJournal
      var missing: ArraySlice<Int>
      var failure: (any Error)?
      /// Nothing may follow a row that could not be written.
      var isBroken = false
    }

    private let state: Mutex<State>
    private let total: Int
    private let progress: @Sendable (Int, Int) -> Void

    init(_ journal: sending SweepJournal, _ progress: @escaping @Sendable (Int, Int) -> Void) {
      let missing = journal.results.missing[...]
      let done = journal.results.cells.count
      state = Mutex(State(journal: journal, missing: missing, failure: nil))
      total = done + missing.count
      self.progress = progress
      progress(done, total)
    }

    var isToDo: Int { state.withLock { $0.missing.count } }

    /// The next point to do, unless something failed or the end was asked for.
    func next() -> Int? {
      state.withLock { state in
        if state.failure == nil, let signal = Interruption.signal { state.failure = Interrupted(signal: signal) }
        return state.failure == nil ? state.missing.popFirst() : nil
      }
    }

    /// Keeps a result, also when another point has failed.
    func finish(_ number: Int, _ cells: [String]) {
      state.withLock { state in
        guard !state.isBroken else { return }
        do {
          try state.journal.append(number, cells)
          progress(state.journal.results.cells.count, total)
        } catch {
          state.isBroken = true
          if state.failure == nil { state.failure = error }
        }
      }
    }

    func fail(_ error: any Error) {
      state.withLock { if $0.failure == nil { $0.failure = error } }
    }

    func end() throws -> SweepResults {
      try state.withLock { state in
        if let failure = state.failure { throw failure }
        try state.journal.finish()
        return state.journal.results
      }
    }
  }
}
