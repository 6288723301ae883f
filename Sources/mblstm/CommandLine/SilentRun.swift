import Glibc

/// Says on a terminal how far a program is that has printed nothing for a while; nothing elsewhere.
struct SilentRun {
  private let terminal: Terminal?
  private var latest: ContinuousClock.Instant
  private var isShown = false

  /// Silence after which it speaks, and time from one line to the next.
  private static let patience = Duration.seconds(1)

  init(_ start: ContinuousClock.Instant) {
    terminal = Terminal(STDERR_FILENO)
    latest = start
  }

  mutating func goOn(instructions: UInt64) {
    guard let terminal else { return }
    let now = ContinuousClock().now
    guard now - latest >= Self.patience else { return }
    latest = now
    isShown = true
    let text = "running: \(grouped(instructions)) instructions"
    Console.tell("\r" + text.prefix(max(terminal.columns - 1, 0)) + "\u{1b}[K")
  }

  /// Removes the line, as something else is to be said.
  mutating func end() {
    latest = ContinuousClock().now
    if isShown { Console.tell("\r\u{1b}[K") }
    isShown = false
  }
}
