import Foundation

/// A file being read, a piece at a time.
public final class LogInput {
  public let path: String
  private let descriptor: Int32
  private let pieceBytes: Int

  /// A log's head is within the first piece.
  public static var pieceBytes: Int { 1 << 20 }

  /// Nil when there is no such file to be read.
  public init?(path: String, pieceBytes: Int = pieceBytes) {
    self.path = path
    self.pieceBytes = pieceBytes
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { if descriptor >= 0 { Foundation.close(descriptor) } }

  /// The next bytes: as many as a piece has but at the end; none after it.
  func next() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
      while count < pieceBytes {
        let got = read(descriptor, buffer.baseAddress?.advanced(by: count), pieceBytes - count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { break }
        count += got
      }
    }
  }
}
