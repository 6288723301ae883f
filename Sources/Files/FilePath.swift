import Glibc

/// What there is under a path.
public struct FileStatus: Sendable {
  /// The same for all names of one file.
  public struct Identity: Sendable, Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// Which file it is, whatever its name.
  public let identity: Identity
  /// Length of a regular file.
  let byteCount: Int64
  private let mode: UInt32

  /// Links are followed; nil where there is nothing to be seen.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    byteCount = Int64(status.st_size)
    mode = status.st_mode
  }

  private func isOf(_ kind: mode_t) -> Bool { mode & S_IFMT == kind }
  /// Whether it is a regular file.
  public var isRegular: Bool { isOf(S_IFREG) }
  /// Whether it is a directory.
  public var isFolder: Bool { isOf(S_IFDIR) }
  /// A terminal, `/dev/null`: what any number may write to.
  public var isDevice: Bool { isOf(S_IFCHR) }
  var permissions: mode_t { mode & 0o777 }
}

/// Paths as texts.
public enum FilePath {
  /// All before the last name: `.` for a plain name, `/` for what is in the root.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let folder = path[..<slash]
    return folder.isEmpty ? "/" : String(folder)
  }

  /// The last name.
  public static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether there is a file of any kind; links are followed.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder, sorted.
  public static func entries(of folder: String) throws(InputError) -> [String] {
    guard let stream = opendir(folder) else {
      throw InputError(folder, "cannot be read: \(SystemReason.latest); expected a folder")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder and those above it that are missing.
  public static func makeFolder(_ path: String) throws(OutputError) {
    if FileStatus(path)?.isFolder == true { return }
    let above = folder(of: path)
    if above != path, above != "." { try makeFolder(above) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST && FileStatus(path)?.isFolder == true else {
      throw OutputError(path, code: errno)
    }
  }

  /// Where a path leads, through links whose end need not exist.
  public static func resolvingLinks(_ path: String) -> String {
    var path = path
    // As many as the system follows.
    for _ in 0..<40 {
      guard let link = target(ofLink: path) else { return path }
      path = link.hasPrefix("/") ? link : "\(folder(of: path))/\(link)"
    }
    return path
  }

  /// The folder that is the current one.
  public static var current: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// The program that runs.
  public static var program: String? { target(ofLink: "/proc/self/exe") }

  private static func target(ofLink path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
