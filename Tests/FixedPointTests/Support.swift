import FixedPoint
import TestSupport

extension SeededRandom {
  /// All magnitudes equally often, both signs, and the extremes now and then.
  mutating func int64() -> Int64 {
    switch next() % 16 {
    case 0: return .min + Int64(next() % 3)
    case 1: return .max - Int64(next() % 3)
    default: return Int64(bitPattern: next()) >> Int64(next() % 64)
    }
  }
}

/// ⌊numerator / denominator⌋, for a positive denominator.
func floorDivide(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  let quotient = numerator / denominator
  return quotient * denominator > numerator ? quotient - 1 : quotient
}

/// `numerator / denominator` rounded, from the definition of each rule.
func rounded(_ numerator: Int128, over denominator: Int128, _ rule: Rounding) -> Int128 {
  let floor = floorDivide(numerator, denominator)
  let rest = numerator - floor * denominator
  guard rest != 0 else { return floor }
  let nearer = 2 * rest < denominator ? floor : floor + 1
  let isTie = 2 * rest == denominator
  return switch rule {
  case .down: floor
  case .towardZero: numerator < 0 ? floor + 1 : floor
  case .halfUp: isTie ? floor + 1 : nearer
  case .halfToEven: isTie ? (floor % 2 == 0 ? floor : floor + 1) : nearer
  case .halfAwayFromZero: isTie ? (numerator < 0 ? floor : floor + 1) : nearer
  }
}

func clamped(_ value: Int128, _ low: Int128, _ high: Int128) -> Int128 { min(max(value, low), high) }
