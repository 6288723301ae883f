import Files
import FixedPoint

/// Suite `fixed`: rounding, narrowing, saturation, the requantizer.
struct FixedVector: ValueVector {
  private enum Operation {
    case round(Int64, shift: Int, Rounding)
    case convert(any NumberFormat.Type, Int64, fraction: Int, Rounding)
    case add(any NumberFormat.Type, Int64, Int64)
    case subtract(any NumberFormat.Type, Int64, Int64)
    case multiply(any NumberFormat.Type, any NumberFormat.Type, any NumberFormat.Type, Int64, Int64, Rounding)
    case requantise(numerator: Int64, denominator: Int64, Int32, multiplier: Int32, shift: Int32)
  }

  private let operation: Operation
  private let expected: Int64

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    let name = try given.take("op")
    switch try name.string() {
    case "round":
      operation = .round(
        try given.take("value").integer(), shift: try given.take("shift").integer(in: 0...63),
        try given.takeRounding())
    case "convert":
      let format = try given.take("format").numberFormat()
      operation = .convert(
        format, try given.take("value").integer(),
        fraction: try given.take("fraction").integer(in: 0...63), try given.takeRounding())
    case "add":
      let format = try given.take("format").numberFormat()
      operation = .add(format, try given.takeRaw("a", format), try given.takeRaw("b", format))
    case "subtract":
      let format = try given.take("format").numberFormat()
      operation = .subtract(format, try given.takeRaw("a", format), try given.takeRaw("b", format))
    case "multiply":
      let formats = try given.take("formats").elements(count: 2)
      let (first, second) = (try formats[0].numberFormat(), try formats[1].numberFormat())
      operation = .multiply(
        first, second, try given.take("result").numberFormat(), try given.takeRaw("a", first),
        try given.takeRaw("b", second), try given.takeRounding())
    case "requantise": operation = try Self.requantise(&given, &expect)
    default: throw name.error("expected round, convert, add, subtract, multiply or requantise")
    }
    expected = try expect.take("value").integer()
  }

  private static func requantise(_ given: inout Members, _ expect: inout Members) throws(InputError) -> Operation {
    let largest = Int64(1) << 62 - 1
    let numerator: Int64 = try given.take("numerator").integer(in: 1...largest)
    let node = try given.take("denominator")
    let denominator: Int64 = try node.integer(in: 1...largest)
    // The multiplier, rounded, is below 2^31 and its shift 0 to 62.
    guard Int128(numerator) << 32 >= Int128(denominator),
      Int128(numerator) << 1 < Int128(denominator) * Int128(UInt32.max)
    else { throw node.error("the ratio is outside 2^-32 to 2^31") }
    return .requantise(
      numerator: numerator, denominator: denominator, try given.take("value").integer(),
      multiplier: try expect.take("multiplier").integer(in: 1 << 30...Int32.max),
      shift: try expect.take("shift").integer(in: 0...62))
  }

  func difference() -> String? {
    let got: Int64
    switch operation {
    case .round(let value, let shift, let rounding): got = value.shifted(rightBy: shift, rounding: rounding)
    case .convert(let format, let value, let fraction, let rounding):
      got = format.converted(value, fraction: fraction, rounding)
    case .add(let format, let a, let b): got = format.sum(a, b)
    case .subtract(let format, let a, let b): got = format.difference(a, b)
    case .multiply(let first, let second, let result, let a, let b, let rounding):
      got = first.product(a, second, b, result, rounding)
    case .requantise(let numerator, let denominator, let value, let multiplier, let shift):
      let scale = Requantizer(numerator: numerator, denominator: denominator)
      guard scale.multiplier == multiplier else {
        return "multiplier: expected \(multiplier), got \(scale.multiplier)"
      }
      guard scale.shift == shift else { return "shift: expected \(shift), got \(scale.shift)" }
      got = Int64(scale(value))
    }
    return got == expected ? nil : "value: expected \(expected), got \(got)"
  }
}

extension Members {
  fileprivate mutating func takeRounding() throws(InputError) -> Rounding {
    let node = try take("mode")
    let name = try node.string()
    guard let rounding = Rounding.allCases.first(where: { "\($0)" == name }) else {
      throw node.error("expected one of \(Rounding.allCases.map { "\($0)" }.joined(separator: ", "))")
    }
    return rounding
  }

  fileprivate mutating func takeRaw(
    _ name: String, _ format: any NumberFormat.Type
  ) throws(InputError) -> Int64 {
    try take(name).integer(in: format.rawRange)
  }
}

extension Node {
  fileprivate func numberFormat() throws(InputError) -> any NumberFormat.Type {
    switch try string() {
    case "Q3.12": return Q3_12.self
    case "Q0.15": return Q0_15.self
    case "Q0.7": return Q0_7.self
    case "Q1.14": return Q1_14.self
    default: throw error("expected Q3.12, Q0.15, Q0.7 or Q1.14")
    }
  }
}
