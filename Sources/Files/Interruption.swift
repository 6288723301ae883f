import Glibc
import Synchronization

/// The end of a run that SIGINT or SIGTERM asks for.
///
/// Nobody asks for one where `watch` was not called: as in a client of the library, whose signals are its own.
package enum Interruption {
  /// The number of the signal that came, or nil. Work that takes long looks here between two pieces.
  package static var signal: Int32? {
    let signal = received.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// `SIGINT`.
  package static func name(_ signal: Int32) -> String { signal == SIGTERM ? "SIGTERM" : "SIGINT" }

  /// From now on the first signal asks for the end of the run; the second is the end at once.
  package static func watch() {
    received.store(0, ordering: .relaxed)
    for signal in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { received.store($0, ordering: .relaxed) }
      // Without SA_RESTART: a call that waits comes back.
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(signal, &action, nil)
    }
    // Whoever started the program may have had them blocked, as a worker thread has.
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGINT)
    sigaddset(&both, SIGTERM)
    sigprocmask(SIG_UNBLOCK, &both, nil)
  }

  /// - Throws: when the end was asked for.
  package static func check() throws(Interrupted) {
    if let signal { throw Interrupted(signal: signal) }
  }
}

/// A run that did not come to its end.
package struct Interrupted: Error, Sendable, Equatable, CustomStringConvertible {
  package let signal: Int32

  package init(signal: Int32) { self.signal = signal }

  package var description: String { "interrupted by \(Interruption.name(signal))" }
}

/// The one thing that a signal's handler can reach.
private let received = Atomic<Int32>(0)
