// What the compiler calls and no library provides on bare metal: memory in bulk, 64-bit arithmetic, the heap.
// Compiled alone, with -disable-loop-idiom-all, or a loop here would become a call of itself. Nothing here may overflow,
// use Int64 division, or allocate.

// MARK: Memory

@c public func memset(_ start: UnsafeMutableRawPointer, _ byte: Int32, _ count: Int) -> UnsafeMutableRawPointer {
  let value = UInt8(truncatingIfNeeded: byte)
  let word = UInt32(value) &* 0x0101_0101
  var place = start
  var left = count
  while left > 0 && UInt(bitPattern: place) & 3 != 0 {
    place.storeBytes(of: value, as: UInt8.self)
    place += 1
    left &-= 1
  }
  while left >= 4 {
    place.assumingMemoryBound(to: UInt32.self).pointee = word
    place += 4
    left &-= 4
  }
  while left > 0 {
    place.storeBytes(of: value, as: UInt8.self)
    place += 1
    left &-= 1
  }
  return start
}

@c public func memcpy(
  _ destination: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: Int
) -> UnsafeMutableRawPointer {
  var to = destination
  var from = source
  var left = count
  if (UInt(bitPattern: to) | UInt(bitPattern: from)) & 3 == 0 {
    while left >= 4 {
      to.assumingMemoryBound(to: UInt32.self).pointee = from.assumingMemoryBound(to: UInt32.self).pointee
      to += 4
      from += 4
      left &-= 4
    }
  }
  while left > 0 {
    to.storeBytes(of: from.load(as: UInt8.self), as: UInt8.self)
    to += 1
    from += 1
    left &-= 1
  }
  return destination
}

@c public func memmove(
  _ destination: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: Int
) -> UnsafeMutableRawPointer {
  if UInt(bitPattern: destination) &- UInt(bitPattern: source) >= UInt(bitPattern: count) {
    return memcpy(destination, source, count)
  }
  var left = count
  while left > 0 {
    left &-= 1
    (destination + left).storeBytes(of: (source + left).load(as: UInt8.self), as: UInt8.self)
  }
  return destination
}

// MARK: 64-bit shifts, by 0 to 63

private func join(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }
private func low(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value) }
private func high(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value >> 32) }

@c public func __ashldi3(_ value: UInt64, _ count: Int32) -> UInt64 {
  let count = UInt32(bitPattern: count)
  if count >= 32 { return join(0, low(value) &<< (count &- 32)) }
  if count == 0 { return value }
  return join(low(value) &<< count, high(value) &<< count | low(value) &>> (32 &- count))
}

@c public func __lshrdi3(_ value: UInt64, _ count: Int32) -> UInt64 {
  let count = UInt32(bitPattern: count)
  if count >= 32 { return join(high(value) &>> (count &- 32), 0) }
  if count == 0 { return value }
  return join(low(value) &>> count | high(value) &<< (32 &- count), high(value) &>> count)
}

@c public func __ashrdi3(_ value: UInt64, _ count: Int32) -> UInt64 {
  let count = UInt32(bitPattern: count)
  let top = Int32(bitPattern: high(value))
  let sign = UInt32(bitPattern: top &>> 31)
  if count >= 32 { return join(UInt32(bitPattern: top &>> Int32(bitPattern: count &- 32)), sign) }
  if count == 0 { return value }
  return join(
    low(value) &>> count | high(value) &<< (32 &- count), UInt32(bitPattern: top &>> Int32(bitPattern: count)))
}

// MARK: 64-bit division; by zero as the RISC-V instructions: quotient all ones, remainder the dividend

private func divide(_ dividend: UInt64, _ divisor: UInt64) -> (quotient: UInt64, remainder: UInt64) {
  if divisor == 0 { return (.max, dividend) }
  return high(divisor) == 0 ? divide(dividend, by: low(divisor)) : divideByLong(dividend, divisor)
}

/// Digits of the quotient in base 2³², by the processor's own divisions.
private func divide(_ dividend: UInt64, by divisor: UInt32) -> (quotient: UInt64, remainder: UInt64) {
  let top = quotient(high(dividend), divisor)
  let rest = high(dividend) &- top &* divisor
  if rest == 0 {
    let bottom = quotient(low(dividend), divisor)
    return (join(bottom, top), UInt64(low(dividend) &- bottom &* divisor))
  }
  let (bottom, remainder) = divide(rest, low(dividend), divisor)
  return (join(bottom, top), UInt64(remainder))
}

/// (high · 2³² + low) / divisor where high < divisor, in two digits of base 2¹⁶: Knuth, "The Art of Computer Programming",
/// volume 2, section 4.3.1, algorithm D.
private func divide(_ high: UInt32, _ low: UInt32, _ divisor: UInt32) -> (quotient: UInt32, remainder: UInt32) {
  var shift: UInt32 = 0
  var norm = divisor
  while norm >> 31 == 0 {
    norm = norm &<< 1
    shift &+= 1
  }
  let top = shift == 0 ? high : high &<< shift | low &>> (32 &- shift)
  let bottom = low &<< shift
  let (first, rest) = digit(top, bottom &>> 16, norm)
  let (second, remainder) = digit(rest, bottom & 0xffff, norm)
  return (first &<< 16 | second, remainder &>> shift)
}

/// A digit of base 2¹⁶ of (high · 2¹⁶ + next) / divisor, whose highest bit is set; high < divisor.
private func digit(_ high: UInt32, _ next: UInt32, _ divisor: UInt32) -> (digit: UInt32, rest: UInt32) {
  let (divisorHigh, divisorLow) = (divisor &>> 16, divisor & 0xffff)
  var digit = quotient(high, divisorHigh)
  var rest = high &- digit &* divisorHigh
  // The digit is 2¹⁶ + 1 at most, so that the product does not overflow.
  while digit &* divisorLow > (rest &<< 16 | next) {
    digit &-= 1
    rest &+= divisorHigh
    if rest >> 16 != 0 { break }
  }
  return (digit, (high &<< 16 | next) &- digit &* divisor)
}

/// The divisor is not 0.
private func quotient(_ dividend: UInt32, _ divisor: UInt32) -> UInt32 {
  dividend.dividedReportingOverflow(by: divisor).partialValue
}

/// By one of 2³² or more, a bit at a time: the quotient has 32 at most.
private func divideByLong(_ dividend: UInt64, _ divisor: UInt64) -> (quotient: UInt64, remainder: UInt64) {
  var quotient: UInt32 = 0
  var remainder = UInt64(high(dividend))
  var rest = low(dividend)
  var bit = 0
  while bit < 32 {
    // Of 32 bits to begin with, one more each time: it never needs a 65th.
    remainder = remainder << 1 | UInt64(rest >> 31)
    rest = rest &<< 1
    quotient = quotient &<< 1
    if remainder >= divisor {
      remainder = remainder &- divisor
      quotient |= 1
    }
    bit &+= 1
  }
  return (UInt64(quotient), remainder)
}

private func magnitude(_ value: UInt64) -> UInt64 { value >> 63 == 0 ? value : 0 &- value }

@c public func runtime_divide_unsigned(
  _ dividend: UInt64, _ divisor: UInt64, _ remainder: UnsafeMutablePointer<UInt64>
) -> UInt64 {
  let result = divide(dividend, divisor)
  remainder.pointee = result.remainder
  return result.quotient
}

@c public func runtime_divide_signed(
  _ dividend: UInt64, _ divisor: UInt64, _ remainder: UnsafeMutablePointer<UInt64>
) -> UInt64 {
  let result = divide(magnitude(dividend), magnitude(divisor))
  remainder.pointee = dividend >> 63 == 0 ? result.remainder : 0 &- result.remainder
  return (dividend ^ divisor) >> 63 == 0 ? result.quotient : 0 &- result.quotient
}

@c public func __udivdi3(_ dividend: UInt64, _ divisor: UInt64) -> UInt64 { divide(dividend, divisor).quotient }
@c public func __umoddi3(_ dividend: UInt64, _ divisor: UInt64) -> UInt64 { divide(dividend, divisor).remainder }

@c public func __divdi3(_ dividend: UInt64, _ divisor: UInt64) -> UInt64 {
  let quotient = divide(magnitude(dividend), magnitude(divisor)).quotient
  return (dividend ^ divisor) >> 63 == 0 ? quotient : 0 &- quotient
}

@c public func __moddi3(_ dividend: UInt64, _ divisor: UInt64) -> UInt64 {
  let remainder = divide(magnitude(dividend), magnitude(divisor)).remainder
  return dividend >> 63 == 0 ? remainder : 0 &- remainder
}
