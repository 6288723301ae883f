/// The operations of the I and M extensions on register values, each written once.
enum ALU {
  @inline(always) static func add(_ a: UInt32, _ b: UInt32) -> UInt32 { a &+ b }
  @inline(always) static func sub(_ a: UInt32, _ b: UInt32) -> UInt32 { a &- b }
  @inline(always) static func sll(_ a: UInt32, _ b: UInt32) -> UInt32 { a &<< b }
  @inline(always) static func srl(_ a: UInt32, _ b: UInt32) -> UInt32 { a &>> b }
  @inline(always) static func xor(_ a: UInt32, _ b: UInt32) -> UInt32 { a ^ b }
  @inline(always) static func or(_ a: UInt32, _ b: UInt32) -> UInt32 { a | b }
  @inline(always) static func and(_ a: UInt32, _ b: UInt32) -> UInt32 { a & b }
  @inline(always) static func mul(_ a: UInt32, _ b: UInt32) -> UInt32 { a &* b }
  @inline(always) static func sltu(_ a: UInt32, _ b: UInt32) -> UInt32 { a < b ? 1 : 0 }

  @inline(always) static func sra(_ a: UInt32, _ b: UInt32) -> UInt32 {
    UInt32(bitPattern: Int32(bitPattern: a) &>> Int32(bitPattern: b))
  }

  @inline(always) static func slt(_ a: UInt32, _ b: UInt32) -> UInt32 {
    Int32(bitPattern: a) < Int32(bitPattern: b) ? 1 : 0
  }

  @inline(always) static func mulh(_ a: UInt32, _ b: UInt32) -> UInt32 {
    high(Int64(Int32(bitPattern: a)) &* Int64(Int32(bitPattern: b)))
  }

  @inline(always) static func mulhsu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    high(Int64(Int32(bitPattern: a)) &* Int64(b))
  }

  @inline(always) static func mulhu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: (UInt64(a) &* UInt64(b)) &>> 32)
  }

  @inline(always) private static func high(_ product: Int64) -> UInt32 { UInt32(truncatingIfNeeded: product &>> 32) }

  // Division by zero gives all ones and leaves the dividend; the one signed overflow wraps (M extension, table 11).

  static func div(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if b == 0 { return .max }
    return UInt32(bitPattern: Int32(bitPattern: a).dividedReportingOverflow(by: Int32(bitPattern: b)).partialValue)
  }

  static func divu(_ a: UInt32, _ b: UInt32) -> UInt32 { b == 0 ? .max : a / b }

  static func rem(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if b == 0 { return a }
    return UInt32(
      bitPattern: Int32(bitPattern: a).remainderReportingOverflow(dividingBy: Int32(bitPattern: b)).partialValue)
  }

  static func remu(_ a: UInt32, _ b: UInt32) -> UInt32 { b == 0 ? a : a % b }
}
