import Glibc

/// The right to write a file that is replaced again and again: a file beside it, `F.mbx.lock`, that one process at a time
/// has locked.
///
/// The lock ends with the process, however that ends. What a process that was killed leaves is an empty file without a
/// lock, which the next one takes over and removes. (Where a file system has no locks everybody goes without.)
public final class FileLock {
  private let path: String
  private let descriptor: Int32

  /// - Parameter target: the file to write, which need not be there.
  /// - Returns: nil where another process has it.
  /// - Throws: when nothing can be written there.
  public init?(of target: String) throws(OutputError) {
    path = FilePath.resolvingLinks(target) + ".lock"
    while true {
      let opened = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard opened >= 0 else { throw OutputError(target, code: errno) }
      if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(opened)
        return nil
      }
      // It may have been removed meanwhile by the process that had it.
      if FileStatus(path)?.identity == FileStatus(descriptor: opened)?.identity {
        descriptor = opened
        return
      }
      close(opened)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
