/// Named bytes in a chip file: a part of the board, or whatever a program wants to find there again.
package struct BinarySection: Sendable, Equatable {
  /// Letters, digits, `-`, `.` and `_`.
  package let name: String
  package private(set) var bytes: [UInt8]

  /// - Precondition: the name is not empty and has only the characters that a name may have.
  package init(_ name: String, bytes: [UInt8] = []) {
    precondition(Self.isName(name), "'\(name)' cannot name a section")
    self.name = name
    self.bytes = bytes
  }

  /// Integers as little-endian bytes, one after another.
  package init(_ name: String, _ numbers: some Sequence<some FixedWidthInteger>) {
    self.init(name)
    for number in numbers { append(number) }
  }

  /// The bytes as integers again; nil when they are no whole number of them.
  package func integers<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> [Number]? {
    let size = MemoryLayout<Number>.size
    guard bytes.count % size == 0 else { return nil }
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: size).map {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Number.self))
      }
    }
  }

  package mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

/// Takes integers from the front of little-endian bytes.
struct SectionReader {
  private var rest: ArraySlice<UInt8>

  init(_ section: BinarySection) { rest = section.bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// nil when too few bytes are left.
  mutating func next<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
    let size = MemoryLayout<Number>.size
    guard rest.count >= size else { return nil }
    defer { rest = rest.dropFirst(size) }
    return rest.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(as: Number.self)) }
  }
}
