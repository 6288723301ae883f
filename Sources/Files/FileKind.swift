/// What a file should be: enough to refuse another one before it is read.
public struct FileKind: Sendable, ExpressibleByStringLiteral {
  /// For messages: `a chip file`.
  public let name: String
  /// Bytes of the longest one that is read whole.
  public let mostBytes: Int
  /// What each begins with, behind a byte order mark: one of these; anything where there are none.
  private let signatures: [[UInt8]]
  /// What is wrong with a file that begins otherwise.
  package let refusal: String

  /// - `mostBytes`: more than any that the product writes or can use.
  /// - `signatures`: what each begins with: one of these, or anything where there are none.
  /// - `refusal`: what is wrong with a file that begins otherwise; nil for the first signature in words.
  public init(_ name: String, mostBytes: Int, signatures: [String] = [], refusal: String? = nil) {
    self.name = name
    self.mostBytes = mostBytes
    self.signatures = signatures.map { Array($0.utf8) }
    self.refusal = refusal ?? "is not \(name), expected it to begin with '\(signatures.first ?? "")'"
  }

  /// A text such as people write, of 4 MiB at most.
  public init(stringLiteral name: String) { self.init(name, mostBytes: 4 << 20) }

  /// What is wrong with the first bytes of a file. One may be shorter than its signature, which whoever reads it sees.
  func problem(ofHead bytes: [UInt8]) -> String? {
    let mark = bytes.starts(with: TextFile.byteOrderMark) ? TextFile.byteOrderMark.count : 0
    let head = bytes.dropFirst(mark)
    let isOne = signatures.isEmpty || signatures.contains { head.prefix($0.count).elementsEqual($0.prefix(head.count)) }
    return isOne ? nil : refusal
  }

  func tooLong(_ path: String, hasBytes count: Int64? = nil) -> InputError {
    let most = "expected \(name), of \(mostBytes >> 10) KiB at most"
    return InputError(path, count.map { "has \($0) bytes; \(most)" } ?? "is too long; \(most)")
  }
}
