extension Image {
  /// The image as an ELF32 executable: its segments and its entry, without symbols and lines.
  public var elf: [UInt8] {
    var file = ELFText()
    let headerBytes: UInt32 = 52
    let programHeaderBytes: UInt32 = 32
    file.bytes = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
    file.halves(2, 243)  // an executable, for RISC-V
    file.words(1, entry, headerBytes, 0, 0)
    file.halves(UInt16(headerBytes), UInt16(programHeaderBytes), UInt16(segments.count), 40, 0, 0)
    var offset = headerBytes + programHeaderBytes * UInt32(segments.count)
    for segment in segments {
      let loadable: UInt32 = 1
      let readWriteExecute: UInt32 = 7
      let size = UInt32(segment.bytes.count)
      file.words(
        loadable, offset, segment.address, segment.address, size, size + segment.zeroCount, readWriteExecute, 1)
      offset += size
    }
    for segment in segments { file.bytes += segment.bytes }
    return file.bytes
  }
}

/// Bytes of a file with little-endian numbers.
private struct ELFText {
  var bytes: [UInt8] = []

  mutating func halves(_ values: UInt16...) {
    for value in values { bytes += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
  }

  mutating func words(_ values: UInt32...) {
    for value in values { bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
  }
}
