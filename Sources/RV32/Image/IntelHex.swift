// Intel HEX (Intel, "Hexadecimal Object File Format Specification", 1988): records of the 16-, 20- and 32-bit forms.

extension Image {
  /// Reads a whole file of records.
  /// - Throws: the first line that is no record, or contradicts one before it.
  public init(intelHex bytes: [UInt8]) throws(ImageError) {
    var reader = HexReader()
    var number = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      number += 1
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if text.isEmpty { continue }
      try reader.read(text, number)
    }
    if !reader.isComplete { throw ImageError(.line(number), "truncated: no end-of-file record") }
    guard let first = reader.segments.map(\.address).min() else { throw ImageError(.line(number), "no data record") }
    try self.init(segments: reader.segments, entry: reader.entry ?? first)
  }
}

private struct HexReader {
  var segments: [Image.Segment] = []
  var entry: UInt32?
  var isComplete = false
  private var base: UInt32 = 0

  mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) throws(ImageError) {
    func fail(_ problem: String) -> ImageError { ImageError(.line(number), problem) }
    if isComplete { throw fail("a record after the end-of-file record") }
    guard line.first == UInt8(ascii: ":") else { throw fail("expected a record that starts with ':'") }
    let record = try digits(line.dropFirst(), number)
    guard record.count >= 5 else { throw fail("truncated: \(record.count) bytes, a record has at least 5") }
    guard record.count == Int(record[0]) + 5 else {
      throw fail("\(record.count - 5) bytes of data, but the count says \(record[0])")
    }
    let sum = record.reduce(0 as UInt8, &+)
    let checksum = record[record.count - 1]
    guard sum == 0 else { throw fail("checksum \(byte(checksum)); expected \(byte(checksum &- sum))") }
    try interpret(Array(record[4..<(record.count - 1)]), type: record[3], word(record[1..<3]), fail)
  }

  private mutating func interpret(
    _ data: [UInt8], type: UInt8, _ offset: UInt32, _ fail: (String) -> ImageError
  ) throws(ImageError) {
    let expected: [UInt8: Int] = [1: 0, 2: 2, 3: 4, 4: 2, 5: 4]
    if let count = expected[type], data.count != count {
      throw fail("a record of type \(type) with \(data.count) bytes of data; expected \(count)")
    }
    switch type {
    case 0:
      append(data, at: base &+ offset)
      guard segments.count <= Image.mostSegments else { throw fail("more than \(Image.mostSegments) parts apart") }
    case 1: isComplete = true
    case 2: base = word(data[...]) << 4
    case 3: entry = word(data[..<2]) << 4 &+ word(data[2...])
    case 4: base = word(data[...]) << 16
    case 5: entry = word(data[...])
    default: throw fail("record type \(type); expected 0 to 5")
    }
  }

  /// Records that follow each other are one segment.
  private mutating func append(_ data: [UInt8], at address: UInt32) {
    if let last = segments.last, last.end == UInt64(address) {
      segments[segments.count - 1].bytes += data
    } else if !data.isEmpty {
      segments.append(Image.Segment(address: address, bytes: data))
    }
  }
}

private func digits(_ text: ArraySlice<UInt8>, _ line: Int) throws(ImageError) -> [UInt8] {
  var bytes: [UInt8] = []
  var high: UInt8?
  for character in text {
    guard let digit = Character(UnicodeScalar(character)).hexDigitValue else {
      throw ImageError(.line(line), "a character that is no hexadecimal digit, code \(character)")
    }
    if let upper = high {
      bytes.append(upper << 4 | UInt8(digit))
      high = nil
    } else {
      high = UInt8(digit)
    }
  }
  if high != nil { throw ImageError(.line(line), "an odd number of hexadecimal digits") }
  return bytes
}

private func word(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

private func byte(_ value: UInt8) -> String { (value < 16 ? "0x0" : "0x") + String(value, radix: 16) }
