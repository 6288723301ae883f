import Foundation

/// Why a log file could not be written.
public struct LogFileError: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// In the operating system's words.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "cannot write \(path): \(reason)" }
}

/// A file being written, which appears under its name only when it is complete.
///
/// Bytes go to a temporary file beside it, renamed by `close`; a file that is dropped before leaves nothing behind.
/// What is no regular file (a pipe, `/dev/null`) is written to directly.
public final class LogFile: ByteOutput {
  public let path: String
  /// `path` with links resolved, so that a link stays one.
  private let target: String
  /// nil where the bytes go to `target` directly.
  private let temporary: String?
  /// -1 once closed.
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: LogFileError?

  private static let bufferBytes = 1 << 18

  /// - Throws: when a file cannot be written there.
  public init(path: String) throws(LogFileError) {
    self.path = path
    var information = stat()
    let exists = stat(path, &information) == 0
    let kind = information.st_mode & S_IFMT
    guard !exists || kind != S_IFDIR else { throw LogFileError(path: path, reason: Self.reason(EISDIR)) }
    if exists && kind != S_IFREG {
      target = path
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let resolved = exists ? Self.resolved(path) : path
      target = resolved
      (descriptor, temporary) = Self.makeTemporary(beside: resolved)
    }
    guard descriptor >= 0 else { throw LogFileError(path: path, reason: Self.reason(errno)) }
    buffer.reserveCapacity(Self.bufferBytes + 4096)
  }

  deinit {
    guard descriptor >= 0 else { return }
    Foundation.close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// - Precondition: the file is not closed.
  public func append(_ bytes: ArraySlice<UInt8>) {
    precondition(descriptor >= 0, "the log file is closed")
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { flush() }
  }

  /// Writes what is left and gives the file its name; on failure removes it. Further calls do nothing.
  public func close() throws(LogFileError) {
    guard descriptor >= 0 else { return }
    flush()
    if Foundation.close(descriptor) != 0 { note(errno) }
    descriptor = -1
    if failure == nil, let temporary, rename(temporary, target) != 0 { note(errno) }
    guard let failure else { return }
    if let temporary { unlink(temporary) }
    throw failure
  }

  private func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    var written = 0
    while failure == nil && written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        note(errno)
      }
    }
  }

  private func note(_ code: Int32) {
    if failure == nil { failure = LogFileError(path: path, reason: Self.reason(code)) }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A new file in the same directory, or a descriptor of -1 with the reason in `errno`.
  private static func makeTemporary(beside path: String) -> (Int32, String) {
    var attempt = 0
    while true {
      let name = "\(path).\(getpid())-\(attempt).partial"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor < 0 && errno == EEXIST && attempt < 1000 else { return (descriptor, name) }
      attempt += 1
    }
  }
}
