import FixedPoint
import Testing

@Suite("Whole square roots")
struct SquareRootTests {
  /// What defines it; the square of root + 1 may need 65 bits.
  private func isRoot(_ root: UInt32, of number: UInt64) -> Bool {
    let wide = UInt64(root)
    let next = (wide + 1).multipliedReportingOverflow(by: wide + 1)
    return wide * wide <= number && (next.overflow || next.partialValue > number)
  }

  @Test("The root of every number of 16 bits is the largest whole number whose square is not above it")
  func small() {
    for number in UInt64(0)...0xffff { #expect(isRoot(number.wholeSquareRoot, of: number), "\(number)") }
  }

  @Test("So it is on either side of squares of all sizes, and at the ends")
  func large() {
    for bit in 8..<32 {
      let power = UInt64(1) << UInt64(bit)
      for root: UInt64 in [power, power + power / 2, power | 0x5b] {
        let square = root * root
        #expect(square.wholeSquareRoot == root && (square - 1).wholeSquareRoot == root - 1)
        #expect((square + 2 * root).wholeSquareRoot == root)
      }
    }
    #expect(UInt64.max.wholeSquareRoot == UInt32.max)
    #expect((UInt64(UInt32.max) * UInt64(UInt32.max) - 1).wholeSquareRoot == UInt32.max - 1)
  }
}
