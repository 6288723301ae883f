import Files
import Glibc

/// A command of the user's, run by the shell on files.
struct ShellCommand {
  private let text: String

  /// - Parameter text: with `{}` where the file goes, else it goes behind.
  init(_ text: String) { self.text = text }

  private func line(_ path: String) -> String {
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    return text.contains("{}") ? text.replacing("{}", with: quoted) : "\(text) \(quoted)"
  }

  /// Runs it, with what it prints thrown away.
  /// - Returns: its status, as the shell tells it.
  /// - Throws: when there is no shell.
  func status(on path: String) throws(UsageError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for descriptor: Int32 in 1...2 { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0) }
    let words: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", line(path)].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", &actions, nil, words, environ) == 0 else {
      throw UsageError("/bin/sh cannot be run: \(SystemReason.latest)")
    }
    var state: Int32 = 0
    while waitpid(process, &state, 0) < 0 {
      guard errno == EINTR else { throw UsageError("/bin/sh cannot be waited for: \(SystemReason.latest)") }
    }
    return state & 0x7f == 0 ? state >> 8 & 0xff : 128 + state & 0x7f
  }
}
