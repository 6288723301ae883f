import Glibc

/// A file being written, which appears under its name only when it is complete.
///
/// The bytes go to a file without a name in the same folder, which `close` puts in the place of the old one: what is
/// dropped, fails or is killed before leaves the old file, or none, and nothing beside it. (A `.partial` beside it stands in
/// while it takes the old one's place, and all the time where the file system knows no files without a name. Only a process
/// that is killed leaves that, and the next that writes the same file collects it.)
///
/// Links are written through: what they lead to is replaced. So are devices and FIFOs, byte by byte as they come. `-`,
/// and what else leads to standard output, is standard output, which then holds the file alone: whatever is printed from
/// then on goes to standard error.
public final class OutputFile: ByteOutput {
  /// The name of standard output on a command line.
  public static var standardOutput: String { "-" }

  /// As it was given; what errors call the file.
  public let path: String
  private let place: Place
  /// -1 once closed.
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: OutputError?

  /// Where the bytes become a file.
  private enum Place {
    /// As they come.
    case direct
    /// In the place of `target`, from a file without a name.
    case unnamed(target: String)
    case named(temporary: String, target: String)
  }

  private static let bufferBytes = 1 << 18

  /// Whether a path leads to standard output or standard error, which a file there would have for itself.
  package static func isStandardStream(_ path: String) -> Bool { StandardStream(path) != nil }

  /// - Throws: when a file cannot be written there.
  public convenience init(_ path: String) throws(OutputError) { try self.init(path, hasUnnamed: true) }

  /// - `hasUnnamed`: whether the file system knows files without a name, if it does.
  init(_ path: String, hasUnnamed: Bool) throws(OutputError) {
    self.path = path
    if let stream = StandardStream(path) {
      place = .direct
      descriptor = stream.take()
    } else if let existing = FileStatus(path), !existing.isRegular {
      place = .direct
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      (descriptor, place) = Self.makeTemporary(for: FilePath.resolvingLinks(path), hasUnnamed)
    }
    guard descriptor >= 0 else { throw OutputError(path, code: errno) }
    buffer.reserveCapacity(Self.bufferBytes + 4096)
  }

  deinit {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    if case .named(let temporary, _) = place { unlink(temporary) }
  }

  /// - Precondition: the file is not closed.
  public func append(_ bytes: ArraySlice<UInt8>) {
    precondition(descriptor >= 0, "the file is closed")
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { flush() }
  }

  /// Appends a text in UTF-8.
  /// - Precondition: the file is not closed.
  public func append(_ text: String) { append(Array(text.utf8)[...]) }

  /// Writes what is left and gives the file its name; on failure the old file stays. Further calls do nothing.
  public func close() throws(OutputError) {
    guard descriptor >= 0 else { return }
    flush()
    if failure == nil { moveIntoPlace() }
    if Glibc.close(descriptor) != 0 { note(errno) }
    descriptor = -1
    guard let failure else { return }
    if case .named(let temporary, _) = place { unlink(temporary) }
    throw failure
  }

  private func flush() {
    if failure == nil { note(Descriptor.write(buffer, to: descriptor)) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func note(_ code: Int32) {
    if code != 0, failure == nil { failure = OutputError(path, code: code) }
  }

  private func moveIntoPlace() {
    switch place {
    case .direct: break
    case .named(let temporary, let target): if rename(temporary, target) != 0 { note(errno) }
    case .unnamed(let target):
      let own = Self.link(toUnnamed: descriptor)
      if linkat(AT_FDCWD, own, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return }
      // There is an old file: a name can be taken over by a rename alone.
      guard errno == EEXIST else { return note(errno) }
      let name = PartialFile.named(beside: target) { linkat(AT_FDCWD, own, AT_FDCWD, $0, AT_SYMLINK_FOLLOW) }
      if name.result != 0 || rename(name.path, target) != 0 {
        note(errno)
        unlink(name.path)
      }
    }
  }
}

// What the bytes go to until there is all of them.
extension OutputFile {
  /// A new file for the bytes of `target`, which is a regular file or none yet, or a descriptor of -1 with the reason in
  /// `errno`.
  private static func makeTemporary(for target: String, _ hasUnnamed: Bool) -> (Int32, Place) {
    let old = FileStatus(target)
    if old != nil {
      guard access(target, W_OK) == 0 else { return (-1, .direct) }
    } else if target.isEmpty || target.hasSuffix("/") {
      errno = target.isEmpty ? ENOENT : EISDIR
      return (-1, .direct)
    }
    PartialFile.collect(beside: target)
    let made = openTemporary(for: target, hasUnnamed)
    if made.0 >= 0, let old { fchmod(made.0, old.permissions) }
    return made
  }

  private static func openTemporary(for target: String, _ hasUnnamed: Bool) -> (Int32, Place) {
    let unnamed = hasUnnamed ? open(FilePath.folder(of: target), O_WRONLY | temporaryFlag | O_CLOEXEC, 0o666) : -1
    if unnamed >= 0 {
      PartialFile.lock(unnamed)
      if access(link(toUnnamed: unnamed), F_OK) == 0 { return (unnamed, .unnamed(target: target)) }
      Glibc.close(unnamed)
    }
    let (name, descriptor) = PartialFile.open(beside: target)
    return (descriptor, .named(temporary: name, target: target))
  }

  /// `O_TMPFILE` of Linux, which Swift does not import: `__O_TMPFILE | O_DIRECTORY`.
  private static var temporaryFlag: Int32 { 0o20_000_000 | O_DIRECTORY }

  private static func link(toUnnamed descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
}

// A whole file at once.
extension OutputFile {
  /// Writes a text in UTF-8 as a whole file.
  /// - Throws: when it cannot be written; an old file then stays.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes as a whole file.
  /// - Throws: when they cannot be written; an old file then stays.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let file = try OutputFile(path)
    try file.close(with: bytes)
  }

  /// Appends the last bytes and closes.
  public func close(with bytes: [UInt8]) throws(OutputError) {
    append(bytes[...])
    try close()
  }

  /// Appends a last text in UTF-8 and closes.
  public func close(with text: String) throws(OutputError) { try close(with: Array(text.utf8)) }
}
