/// A program ready to be placed in memory.
public struct Image: Equatable, Sendable {
  /// Bytes that belong at an address.
  public struct Segment: Equatable, Sendable {
    /// Of the first byte.
    public var address: UInt32
    /// As they are in the file.
    public var bytes: [UInt8]
    /// Zeros after the bytes, as for `.bss`.
    public var zeroCount: UInt32 = 0

    /// Bytes at an address, and as many zeros behind them.
    public init(address: UInt32, bytes: [UInt8], zeroCount: UInt32 = 0) {
      self.address = address
      self.bytes = bytes
      self.zeroCount = zeroCount
    }

    /// One past its last address.
    var end: UInt64 { UInt64(address) + UInt64(bytes.count) + UInt64(zeroCount) }
  }

  /// By ascending address, none overlapping, none empty.
  public private(set) var segments: [Segment]
  /// Where execution begins.
  public var entry: UInt32
  /// Names in the program; empty where the format has none.
  public var symbols = SymbolTable()
  /// Lines of the sources; empty where the file has none.
  public internal(set) var lines = LineTable()

  /// Sorts the segments and refuses those that overlap or run past the end of the address space.
  public init(segments: [Segment], entry: UInt32) throws(ImageError) {
    let sorted = segments.filter { !$0.bytes.isEmpty || $0.zeroCount > 0 }.sorted { $0.address < $1.address }
    for (segment, following) in zip(sorted, sorted.dropFirst()) where segment.end > UInt64(following.address) {
      throw ImageError(.address(following.address), "overlaps the part that starts at \(hex(segment.address))")
    }
    if let last = sorted.last, last.end > 1 << 32 {
      throw ImageError(.address(last.address), "runs past the end of the 32-bit address space")
    }
    self.segments = sorted
    self.entry = entry
  }

  /// A raw binary, executed from its first byte.
  public init(raw bytes: [UInt8], at address: UInt32) throws(ImageError) {
    if bytes.isEmpty { throw ImageError(.offset(0), "the file is empty") }
    try self.init(segments: [Segment(address: address, bytes: bytes)], entry: address)
  }

  /// An ELF or Intel HEX file by its first bytes.
  /// - `rawAddress`: where anything else goes, as a raw binary; nil where it is refused.
  public init(anyFormat bytes: [UInt8], rawAddress: UInt32?) throws(ImageError) {
    if bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
      try self.init(elf: bytes)
    } else if bytes.first == UInt8(ascii: ":") {
      try self.init(intelHex: bytes)
    } else if let rawAddress {
      try self.init(raw: bytes, at: rawAddress)
    } else {
      throw ImageError(.offset(0), Self.unknownForm)
    }
  }

  /// How the files begin that say their own addresses: ELF and Intel HEX.
  package static let signatures = ["\u{7f}ELF", ":"]
  /// As many program headers as an ELF file can have.
  static let mostSegments = 1 << 16
  package static let unknownForm = "is neither ELF nor Intel HEX; a raw binary needs an address (--at)"
}

/// What is wrong with a file, where, and what was expected.
public struct ImageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where in a file.
  public enum Place: Equatable, Sendable {
    /// A byte of the file.
    case offset(Int)
    /// A line of a text file, from 1.
    case line(Int)
    /// An address of the target.
    case address(UInt32)
  }

  /// Where.
  public var place: Place
  /// What is there, and what was expected.
  public var problem: String

  init(_ place: Place, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  public var description: String {
    switch place {
    case .offset(let offset): "at byte \(offset) of the file: \(problem)"
    case .line(let line): "line \(line): \(problem)"
    case .address(let address): "at address \(hex(address)): \(problem)"
    }
  }
}

extension Core {
  /// Places an image in RAM, points `pc` at its entry, and takes the words of HTIF from its symbols. Refuses an
  /// image that does not fit, with nothing changed.
  public mutating func load(_ image: Image) throws(ImageError) {
    let start = UInt64(configuration.ramBase)
    let end = start + UInt64(configuration.ramSize)
    for segment in image.segments where UInt64(segment.address) < start || segment.end > end {
      let size = segment.bytes.count + Int(segment.zeroCount)
      throw ImageError(
        .address(segment.address),
        "\(size) bytes do not fit in RAM, which is \(hex(configuration.ramBase))...\(hex(UInt32(end - 1)))")
    }
    let entry = UInt64(image.entry)
    if entry < start || entry >= end || entry % 2 == 1 {
      throw ImageError(.address(image.entry), "expected an even entry address in RAM")
    }
    for segment in image.segments {
      setBytes(segment.bytes, at: segment.address)
      clear(segment.address &+ UInt32(segment.bytes.count), count: Int(segment.zeroCount))
    }
    state.pc = image.entry
    host.find(in: image.symbols)
  }
}
