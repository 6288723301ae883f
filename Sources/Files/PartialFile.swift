import Glibc

/// Files beside one that is written, which stand in for it until it is whole: `F.csv.4711-0.partial`.
///
/// Who writes one holds its lock, which ends with the process, on whichever computer that is: one without a lock is what a
/// run left that was killed. (Where a file system has no locks nothing is told apart, and nothing is collected.)
enum PartialFile {
  /// Tries names until one is not taken.
  static func named(beside path: String, _ make: (String) -> Int32) -> (path: String, result: Int32) {
    var attempt = 0
    while true {
      let name = "\(path).\(getpid())-\(attempt)\(suffix)"
      let result = make(name)
      guard result < 0, errno == EEXIST, attempt < 1000 else { return (name, result) }
      attempt += 1
    }
  }

  /// A new one, locked; -1 with the reason in `errno` where it cannot be.
  static func open(beside path: String) -> (path: String, descriptor: Int32) {
    while true {
      let (name, descriptor) = named(beside: path) { Glibc.open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      guard descriptor >= 0 else { return (name, -1) }
      lock(descriptor)
      // Before it was locked it may have been taken for one that was left.
      if FileStatus(name)?.identity == FileStatus(descriptor: descriptor)?.identity { return (name, descriptor) }
      close(descriptor)
    }
  }

  /// Marks a file as one that is being written.
  static func lock(_ descriptor: Int32) { _ = flock(descriptor, LOCK_EX | LOCK_NB) }

  /// Removes what killed runs left beside a file.
  static func collect(beside path: String) {
    let folder = FilePath.folder(of: path)
    guard let names = try? FilePath.entries(of: folder) else { return }
    let file = FilePath.name(of: path)
    for name in names where isPartial(name, of: file) { removeIfLeft("\(folder)/\(name)") }
  }

  private static let suffix = ".partial"

  private static func isPartial(_ name: String, of file: String) -> Bool {
    guard name.hasPrefix(file + "."), name.hasSuffix(suffix) else { return false }
    let numbers = name.dropFirst(file.count + 1).dropLast(suffix.count)
      .split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } }
  }

  private static func removeIfLeft(_ path: String) {
    let descriptor = Glibc.open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard let status = FileStatus(descriptor: descriptor), status.isRegular,
      flock(descriptor, LOCK_EX | LOCK_NB) == 0, FileStatus(path)?.identity == status.identity
    else { return }
    unlink(path)
  }
}
