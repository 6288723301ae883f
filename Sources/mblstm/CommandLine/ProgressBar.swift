import Glibc

/// A live line on a terminal, nothing elsewhere.
struct ProgressBar {
  private let total: Int
  private let what: String
  private let terminal: Terminal?
  private var shownShare = -1

  init(_ what: String, total: Int) {
    self.what = what
    self.total = max(total, 1)
    terminal = Terminal(STDERR_FILENO)
  }

  mutating func update(_ done: Int, note: () -> String = { "" }) {
    guard let terminal, done * 100 / total != shownShare else { return }
    shownShare = done * 100 / total
    let line = ProgressLine(what: what, done: done, total: total, note: note())
    Console.tell("\r" + line.text(columns: terminal.columns, isUnicode: terminal.isUnicode) + "\u{1b}[K")
  }

  /// Removes the line.
  func end() { if terminal != nil { Console.tell("\r\u{1b}[K") } }
}

/// What a bar says at a moment.
struct ProgressLine {
  let what: String
  let done: Int
  let total: Int
  let note: String

  /// In one column less than there are: a line that is full makes some terminals wrap.
  func text(columns: Int, isUnicode: Bool) -> String {
    let room = max(columns - 1, 0)
    let (name, note) = (shown(what, isUnicode), shown(note, isUnicode))
    let count = "\(done)/\(total)"
    let length = min(30, room - name.columns - count.count - 2)
    guard length >= 5 else { return "\(name) \(count)".prefix(columns: room) }
    let filled = min(max(done, 0), total) * length / total
    let bar =
      String(repeating: isUnicode ? "█" : "#", count: filled)
      + String(repeating: isUnicode ? "░" : "-", count: length - filled)
    return "\(name) \(bar) \(count) \(note)".prefix(columns: room).trimmingEnd
  }

  /// Without what would move the cursor, or what the terminal cannot show.
  private func shown(_ text: String, _ isUnicode: Bool) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (0x20..<0x7f).contains(scalar.value) || isUnicode && scalar.value >= 0xa0 ? scalar : "?"
        }))
  }
}

extension StringProtocol {
  /// Columns on a terminal: two for East Asian scripts and emoji, one for others.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// As much as fits.
  fileprivate func prefix(columns most: Int) -> String {
    var used = 0
    return String(
      prefix { character in
        used += character.columns
        return used <= most
      })
  }

  fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}

extension Character {
  fileprivate var columns: Int {
    let isWide = unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe0f, 0xfe30...0xfe6f, 0xff00...0xff60,
        0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
        true
      default: false
      }
    }
    return isWide ? 2 : 1
  }
}
