import Glibc

/// The lines of a text, one at a time, so that a file takes no more memory than a line does: UTF-8, ended by LF or CR LF,
/// the last one or not, a byte order mark before the first.
public struct LineReader {
  /// What errors call the file.
  public let path: String
  /// Of the line that was read last, from 1; 0 before the first.
  public private(set) var number = 0
  private let input: InputFile?
  private var bytes: [UInt8]
  private var position = 0

  /// Longer than any line of the product's, and than a sequence of a million values.
  private static var mostBytes: Int { 1 << 24 }

  /// - `kind`: what should be there; of a file that is read by lines, only its name and its beginning count.
  public init(_ path: String, expecting kind: FileKind) throws(InputError) {
    let input = try InputFile(path, expecting: kind)
    self.init(try input.head(), input, named: path)
  }

  /// The whole of a file.
  /// - `path`: what errors call the file.
  public init(_ bytes: [UInt8], named path: String) {
    self.init(bytes, nil, named: path)
  }

  private init(_ bytes: [UInt8], _ input: InputFile?, named path: String) {
    self.path = path
    self.bytes = bytes
    self.input = input
    if bytes.starts(with: TextFile.byteOrderMark) { position = TextFile.byteOrderMark.count }
  }

  /// The next line without its end, or nil after the last.
  public mutating func next() throws(InputError) -> String? {
    number += 1
    var searched = position
    while true {
      if let end = lineFeed(from: searched) {
        let line = bytes[position..<end]
        position = end + 1
        return try text(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
      let length = bytes.count - position
      guard length <= Self.mostBytes else {
        throw error("is longer than \(Self.mostBytes >> 20) MiB, expected a shorter line")
      }
      guard let more = try input?.next(), !more.isEmpty else {
        guard length > 0 else { return nil }
        defer { position = bytes.count }
        let line = bytes[position...]
        return try text(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
      bytes.removeFirst(position)
      (position, searched) = (0, length)
      bytes += more
    }
  }

  private func lineFeed(from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      guard start < all.count, let base = all.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), all.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private func text(_ line: ArraySlice<UInt8>) throws(InputError) -> String {
    guard let text = String(validating: line, as: UTF8.self) else { throw error("is not UTF-8 text") }
    return text
  }

  /// An error at the line that was read last.
  public func error(_ message: String) -> InputError { InputError(path, line: number, message) }
}
