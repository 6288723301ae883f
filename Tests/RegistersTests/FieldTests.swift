import Registers
import TestSupport
import Testing

@Suite("Field")
struct FieldTests {
  /// Every position of every width.
  static let all: [Field] = (UInt32(0)..<32).flatMap { low in
    (low..<32).map { Field("F", .readWrite, bits: low...$0, signed: true, "A test.") }
  }

  @Test("A field lies between its bits")
  func bits() {
    let field = Field("F", .readWrite, bits: 4...9, "A test.")
    #expect(field.lowBit == 4 && field.width == 6 && field.mask == 0x3f0 && !field.isSigned)
    let bit = Field("B", .readWrite, bit: 31, "A test.")
    #expect(bit.lowBit == 31 && bit.width == 1 && bit.mask == 0x8000_0000)
  }

  @Test("The mask of every field has its width in ones at its place")
  func masks() {
    for field in Self.all {
      #expect(field.mask.nonzeroBitCount == Int(field.width) && field.mask.trailingZeroBitCount == Int(field.lowBit))
    }
  }

  @Test("Encoding drops what does not fit, and decoding finds it among any other bits")
  func roundTrip() {
    var random = SeededRandom(1)
    var wrong: [String] = []
    for field in Self.all {
      for value in [0, 1, .max, UInt32(truncatingIfNeeded: random.next()), 1 << (field.width - 1)] {
        let others = UInt32(truncatingIfNeeded: random.next()) & ~field.mask
        let kept = field.width == 32 ? value : value % (1 << field.width)
        let word = field.encode(value)
        if word & ~field.mask != 0 || field.decode(word | others) != kept { wrong.append("\(field) \(value)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Signed values that fit come back, whatever the other bits")
  func signedRoundTrip() {
    var random = SeededRandom(2)
    var wrong: [String] = []
    for field in Self.all {
      let limit = Int64(1) << Int64(field.width - 1)
      for value in [-limit, -1, 0, limit - 1, Int64(truncatingIfNeeded: random.next()) >> Int64(64 - field.width)] {
        guard let value = Int32(exactly: value), Int64(value) >= -limit, Int64(value) < limit else {
          wrong.append("\(value) for \(field)")
          continue
        }
        let others = UInt32(truncatingIfNeeded: random.next()) & ~field.mask
        let word = field.encode(value)
        if word & ~field.mask != 0 || field.decodeSigned(word | others) != value { wrong.append("\(field) \(value)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Both lanes of the cell unit's words are signed signals")
  func cellLanes() {
    for register in [CellRegister.state, .output] {
      #expect(register.register.fields.map(\.isSigned) == [true, true], "\(register)")
    }
  }

  @Test("Every field of the board carries random values, signed ones with their sign")
  func boardFields() {
    var random = SeededRandom(3)
    var wrong: [String] = []
    for map in BlockMap.full {
      for (register, field) in map.allFields {
        for _ in 0..<20 {
          let others = UInt32(truncatingIfNeeded: random.next()) & ~field.mask
          let signed = Int32(truncatingIfNeeded: Int64(bitPattern: random.next()) >> Int64(64 - field.width))
          let unsigned = UInt32(truncatingIfNeeded: random.next() >> UInt64(64 - field.width))
          if field.decodeSigned(field.encode(signed) | others) != signed
            || field.decode(field.encode(unsigned) | others) != unsigned
          {
            wrong.append("\(map.label).\(register.name).\(field.name)")
          }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Two lanes keep every 16-bit number apart")
  func lanes() {
    #expect(Lanes.pack(0x1234, -2) == 0xfffe_1234)
    var wrong: [Int16] = []
    for even in Int16.min...Int16.max {
      let odd = even &* 31 &+ 7
      let word = Lanes.pack(even, odd)
      if Lanes.even(word) != even || Lanes.odd(word) != odd || word & 0xffff != UInt32(UInt16(bitPattern: even)) {
        wrong.append(even)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}
