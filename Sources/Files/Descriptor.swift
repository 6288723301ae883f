import Glibc

/// What the system's calls need around them, said once.
package enum Descriptor {
  /// Writes all of the bytes.
  /// - Returns: `errno` of what went wrong, or 0.
  package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Int32 {
    let done: Int32? = bytes.withContiguousStorageIfAvailable { write($0, to: descriptor) }
    return done ?? Array(bytes).withUnsafeBufferPointer { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count >= 0 { written += count } else if errno != EINTR { return errno }
    }
    return 0
  }
}
