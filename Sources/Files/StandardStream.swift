import Glibc

/// Standard output or standard error, where a path leads there: `-`, `/dev/stdout`, or the file that the shell has
/// opened for it. Terminals and `/dev/null` may be shared and count as devices.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  init?(_ path: String) {
    if path == OutputFile.standardOutput {
      self = .output
      return
    }
    guard let status = FileStatus(path), !status.isDevice else { return nil }
    if FileStatus(descriptor: STDOUT_FILENO)?.identity == status.identity {
      self = .output
    } else if FileStatus(descriptor: STDERR_FILENO)?.identity == status.identity {
      self = .error
    } else {
      return nil
    }
  }

  /// A descriptor of the stream for a file alone: what is printed later goes to standard error. -1 with `errno` where it
  /// is closed.
  func take() -> Int32 {
    let own = fcntl(rawValue, F_DUPFD_CLOEXEC, 3)
    if own >= 0, self == .output { dup2(STDERR_FILENO, STDOUT_FILENO) }
    return own
  }
}
