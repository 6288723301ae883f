typealias Bytes = UnsafeMutablePointer<UInt8>

/// Little-endian values at any address. Optimised, each is one access.
enum Memory {
  @inline(always) static func byte(_ p: Bytes) -> UInt32 { UInt32(p[0]) }

  @inline(always) static func half(_ p: Bytes) -> UInt32 { UInt32(p[0]) | UInt32(p[1]) &<< 8 }

  @inline(always) static func word(_ p: Bytes) -> UInt32 {
    UInt32(p[0]) | UInt32(p[1]) &<< 8 | UInt32(p[2]) &<< 16 | UInt32(p[3]) &<< 24
  }

  @inline(always) static func byteSigned(_ p: Bytes) -> UInt32 {
    UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: p[0])))
  }

  @inline(always) static func halfSigned(_ p: Bytes) -> UInt32 {
    UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: half(p))))
  }

  @inline(always) static func setByte(_ p: Bytes, _ value: UInt32) { p[0] = UInt8(truncatingIfNeeded: value) }

  @inline(always) static func setHalf(_ p: Bytes, _ value: UInt32) {
    p[0] = UInt8(truncatingIfNeeded: value)
    p[1] = UInt8(truncatingIfNeeded: value &>> 8)
  }

  @inline(always) static func setWord(_ p: Bytes, _ value: UInt32) {
    p[0] = UInt8(truncatingIfNeeded: value)
    p[1] = UInt8(truncatingIfNeeded: value &>> 8)
    p[2] = UInt8(truncatingIfNeeded: value &>> 16)
    p[3] = UInt8(truncatingIfNeeded: value &>> 24)
  }
}
