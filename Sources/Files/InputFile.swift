import Glibc

/// A file being read, a piece at a time; `-` is standard input.
///
/// Devices and FIFOs are read as they come.
public final class InputFile {
  /// As it was given; what errors call the file.
  public let path: String
  private let kind: FileKind
  private let descriptor: Int32
  private let pieceBytes: Int

  /// - `kind`: what should be there.
  /// - Throws: with the reason that the system gives, when there is no such file to be read.
  public init(_ path: String, expecting kind: FileKind, pieceBytes: Int = 1 << 20) throws(InputError) {
    self.path = path
    self.kind = kind
    self.pieceBytes = pieceBytes
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(errno) }
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// The next bytes: as many as a piece has but at the end; none after it.
  /// - Throws: when they cannot be read, or the user asks for the end of the run.
  public func next() throws(InputError) -> [UInt8] {
    if let signal = Interruption.signal { throw InputError(path, "\(Interrupted(signal: signal))") }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
      while count < pieceBytes {
        let got = read(descriptor, buffer.baseAddress?.advanced(by: count), pieceBytes - count)
        if got < 0, errno == EINTR, Interruption.signal == nil { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    guard failure == 0 else { throw problem(failure) }
    return bytes
  }

  /// What someone types, for a program that reads it as it comes: nothing where nothing is there yet, nil at the end.
  ///
  /// Only a terminal has nothing yet. All else is read a piece ahead, so that what a program gets depends on no clock.
  /// - Parameter waits: until there is something, at a terminal.
  package func typed(waits: Bool) throws(InputError) -> [UInt8]? {
    guard isatty(descriptor) == 1 else {
      let bytes = try next()
      return bytes.isEmpty ? nil : bytes
    }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, waits ? -1 : 0) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : count < 0 && errno == EINTR ? [] : nil
  }

  /// The whole content of a file, once its length and its first bytes are those of its kind.
  /// - Throws: for a file that is longer than any of its kind, before it is read, or that begins otherwise, before the
  ///   rest is.
  public static func bytes(of path: String, expecting kind: FileKind) throws(InputError) -> [UInt8] {
    let file = try InputFile(path, expecting: kind)
    let length = FileStatus(descriptor: file.descriptor).flatMap { $0.isRegular ? $0.byteCount : nil }
    if let length, length > kind.mostBytes { throw kind.tooLong(path, hasBytes: length) }
    var bytes = try file.head()
    if let length { bytes.reserveCapacity(Int(length)) }
    while true {
      let more = try file.next()
      guard !more.isEmpty else { break }
      guard bytes.count + more.count <= kind.mostBytes else { throw kind.tooLong(path) }
      bytes += more
    }
    guard bytes.count <= kind.mostBytes else { throw kind.tooLong(path) }
    return bytes
  }

  /// The first piece, looked at.
  func head() throws(InputError) -> [UInt8] {
    let bytes = try next()
    if let problem = kind.problem(ofHead: bytes) { throw InputError(path, problem) }
    return bytes
  }

  private func problem(_ code: Int32) -> InputError {
    InputError(path, "cannot be read: \(SystemReason.text(code)); expected \(kind.name)")
  }
}
