/// What text files have in common.
enum TextFile {
  /// U+FEFF in UTF-8, which some programs put before a text.
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}
