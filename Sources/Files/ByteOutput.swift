/// Where a writer's bytes go: a file, or memory.
public protocol ByteOutput {
  /// Takes bytes. A failure is kept for `close`.
  mutating func append(_ bytes: ArraySlice<UInt8>)
  /// Makes everything appended final.
  /// - Throws: the first thing that went wrong since the output was made.
  mutating func close() throws(OutputError)
}

/// Bytes kept in memory.
public struct MemoryOutput: ByteOutput, Sendable {
  /// All that was appended.
  public private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  public init() {}

  /// The bytes as UTF-8, U+FFFD for what is none.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func append(_ bytes: ArraySlice<UInt8>) { self.bytes.append(contentsOf: bytes) }
  public mutating func close() {}
}
