import Files
import Foundation
import Trace

/// The file of a sweep that is running: each row is on the disk before the next is thought of as done.
///
/// A process killed while it writes leaves at most an unfinished last line, which the next one removes. A lock keeps
/// two processes from one file.
final class SweepJournal {
  private let path: String
  private let descriptor: Int32
  private(set) var results: SweepResults

  /// Opens or makes the file and takes over the rows in it.
  init(path: String, _ plan: SweepPlan, _ shard: SweepShard) throws {
    self.path = path
    results = SweepResults(plan, shard)
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.error(path) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw Self.error(path) }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw LogFileError(path: path, reason: "the results of a sweep need a regular file")
    }
    // Where there are no locks the sweep goes without.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      throw InputError(path, "another sweep is writing it")
    }
    guard let data = FileManager.default.contents(atPath: path) else { throw Self.error(path) }
    try takeOver(Array(data))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// What was there: nothing or a part of the head, so that all is to do, or rows of this sweep.
  private func takeOver(_ bytes: [UInt8]) throws {
    let head = Array(results.plan.head(results.shard).utf8)
    guard bytes.count >= head.count || !head.starts(with: bytes) else {
      try truncate(to: 0)
      try write(head)
      return
    }
    let before = try SweepResults(bytes, named: path)
    if let difference = before.plan.difference(from: results.plan) {
      throw InputError(path, "holds another sweep: \(difference); name another file or remove this one")
    }
    guard before.shard == results.shard else {
      throw InputError(path, "holds shard \(before.shard), this is shard \(results.shard); name another file")
    }
    results = before
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    if whole < bytes.count { try truncate(to: whole) }
  }

  func append(_ number: Int, _ cells: [String]) throws(LogFileError) {
    results.set(number, cells)
    try write(Array(results.plan.row(number, cells).utf8))
  }

  /// Puts the rows in order.
  func finish() throws(LogFileError) {
    let text = results.text
    guard FileManager.default.contents(atPath: path) != Data(text.utf8) else { return }
    try AtomicFile.write(text, to: path)
  }

  private func truncate(to count: Int) throws(LogFileError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.error(path) }
  }

  private func write(_ bytes: [UInt8]) throws(LogFileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw Self.error(path)
      }
    }
    guard fsync(descriptor) == 0 else { throw Self.error(path) }
  }

  private static func error(_ path: String) -> LogFileError {
    LogFileError(path: path, reason: String(cString: strerror(errno)))
  }
}
