import Crossbar
import Registers

/// The DACs: signed codes in, microvolts out.
package struct LineDrivers: Sendable {
  package let microvoltsPerCode: Int64
  let largestCode: Int32
  /// Microvolts.
  let offset: Int64
  let nonlinearity: Int64

  package init(_ chip: ChipConfiguration) {
    microvoltsPerCode = chip.microvoltsPerCode
    largestCode = Int32(chip.largestDriveCode)
    offset = Int64(chip.mismatch.dacOffset)
    nonlinearity = Int64(chip.mismatch.dacNonlinearity)
  }

  /// Whether both lanes of a word are codes of this DAC.
  @inline(__always)
  func accepts(_ lanes: UInt32) -> Bool {
    abs(Int32(Lanes.even(lanes))) <= largestCode && abs(Int32(Lanes.odd(lanes))) <= largestCode
  }

  /// An ideal DAC hands its codes on; another one its voltages.
  package func drive(_ codes: [Int16]) -> LineDrive {
    guard offset != 0 || nonlinearity != 0 else { return .codes(codes, microvoltsPerCode: microvoltsPerCode) }
    return .microvolts(codes.map { Int32(microvolts($0)) })
  }

  /// What a code drives: code · LSB + offset + INL.
  ///
  /// The INL is a parabola through both ends and zero: peak · 4 · |c| · (c_max − |c|) / c_max², with the sign of c.
  func microvolts(_ code: Int16) -> Int64 {
    let largest = Int64(largestCode)
    let magnitude = Int64(code.magnitude)
    let bow = nonlinearity * 4 * magnitude * (largest - magnitude) / (largest * largest)
    return Int64(code) * microvoltsPerCode + offset + (code < 0 ? -bow : bow)
  }

  /// Σ v² over the lines, microvolts².
  static func squares(_ drive: LineDrive) -> UInt64 {
    switch drive {
    case .codes(let codes, let microvoltsPerCode):
      var sum: Int64 = 0
      for code in codes { sum += Int64(code) * Int64(code) }
      return UInt64(sum * microvoltsPerCode * microvoltsPerCode)
    case .microvolts(let voltages):
      return voltages.reduce(0) { $0 + UInt64(Int64($1) * Int64($1)) }
    }
  }
}
