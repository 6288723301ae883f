import Glibc

/// A terminal that a live line can be drawn on.
struct Terminal {
  private let descriptor: Int32
  /// Whether its text is UTF-8, by the locale.
  let isUnicode: Bool

  /// Nil where there is none, or one that cannot move its cursor.
  init?(_ descriptor: Int32) {
    guard isatty(descriptor) == 1, Self.variable("TERM") != "dumb" else { return nil }
    self.descriptor = descriptor
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(Self.variable).first ?? ""
    isUnicode = ["utf-8", "utf8"].contains {
      locale.lowercased().hasSuffix($0) || locale.lowercased().contains($0 + "@")
    }
  }

  /// Now: it may be made wider or narrower at any time.
  var columns: Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return Self.variable("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
  }

  /// Of the environment; nil also where it is empty.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
