import Files
import Glibc
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
      throw OutputError(path, "the results of a sweep need a regular file")
    }
    // Where there are no locks the sweep goes without.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      throw InputError(path, "another sweep is writing it")
    }
    try takeOver(try InputFile.bytes(of: path, expecting: SweepResults.kind))
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

  func append(_ number: Int, _ cells: [String]) throws(OutputError) {
    results.set(number, cells)
    try write(Array(results.plan.row(number, cells).utf8))
  }

  /// Puts the rows in order.
  func finish() throws(OutputError) {
    let text = results.text
    if let written = try? InputFile.bytes(of: path, expecting: SweepResults.kind), written.elementsEqual(text.utf8) {
      return
    }
    try OutputFile.write(text, to: path)
  }

  private func truncate(to count: Int) throws(OutputError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.error(path) }
  }

  private func write(_ bytes: [UInt8]) throws(OutputError) {
    let failure = Descriptor.write(bytes, to: descriptor)
    guard failure == 0 else { throw OutputError(path, code: failure) }
    guard fsync(descriptor) == 0 else { throw Self.error(path) }
  }

  private static func error(_ path: String) -> OutputError {
    OutputError(path, code: errno)
  }
}
