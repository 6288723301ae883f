import Files
import Glibc

/// A live line on a terminal, nothing elsewhere.
struct ProgressBar {
  private let total: Int
  private let what: String
  private let isShown = isatty(STDERR_FILENO) == 1
  private var shownShare = -1

  init(_ what: String, total: Int) {
    self.what = what
    self.total = max(total, 1)
  }

  mutating func update(_ done: Int, note: () -> String = { "" }) {
    guard isShown, done * 100 / total != shownShare else { return }
    shownShare = done * 100 / total
    let filled = shownShare * 30 / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    Console.tell("\r\(what) \(bar) \(done)/\(total) \(note())\u{1b}[K")
  }

  /// Removes the line.
  func end() { if isShown { Console.tell("\r\u{1b}[K") } }
}
