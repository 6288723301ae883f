extension Activation {
  /// The most even use of a bank of 16: fifteen segments, odd-symmetric, continuous, minimax.
  ///
  /// For z ≥ 0, with ripple e: the first line passes through the origin; every knot k lies e above tanh; between two
  /// knots tanh rises e above the line at most; the last line meets the rail where tanh = 1 − e. This fixes
  /// e = 0.0026168 and the knots 0.320840, 0.568151, 0.802027, 1.049743, 1.335062, 1.695989, 2.223794.
  /// Knots and slopes are rounded; each offset is that of the line before, continued through the rounded knot:
  /// o[k] = round(o[k−1] + (s[k−1] − s[k])·knot / 2¹¹), so that the circuits stay continuous and never fall.
  /// Largest error with this rounding: tanh 0.0027, sigmoid 0.0014.
  public static var equalRipple: Activation {
    Activation(
      sigmoid: PiecewiseLinear(lowRail: 0, highRail: .max, count: 15) { k in
        half(k - 7, knots: (2628, 4654, 6570, 8599, 10937, 13894, 18217), middle: 16384) { magnitude in
          switch magnitude {
          case 0: (3994, 0)
          case 1: (3374, 796)
          case 2: (2647, 2448)
          case 3: (1927, 4758)
          case 4: (1274, 7500)
          case 5: (731, 10400)
          case 6: (326, 13148)
          default: (77, 15363)
          }
        }
      },
      tanh: PiecewiseLinear(lowRail: .min, highRail: .max, count: 15) { k in
        half(k - 7, knots: (1314, 2327, 3285, 4300, 5468, 6947, 9109), middle: 0) { magnitude in
          switch magnitude {
          case 0: (15978, 0)
          case 1: (13497, 1592)
          case 2: (10590, 4895)
          case 3: (7708, 9518)
          case 4: (5098, 14998)
          case 5: (2925, 20800)
          case 6: (1302, 26305)
          default: (307, 30731)
          }
        }
      })
  }

  /// Segment `position` (−7 … 7) of an odd-symmetric circuit from its positive half.
  private static func half(
    _ position: Int, knots: (Int16, Int16, Int16, Int16, Int16, Int16, Int16), middle: Int16,
    line: (Int) -> (slope: Int16, offset: Int16)
  ) -> PiecewiseLinear.Segment {
    let knots: InlineArray<7, Int16> = [knots.0, knots.1, knots.2, knots.3, knots.4, knots.5, knots.6]
    let (slope, offset) = line(abs(position))
    guard position > -7 else { return .init(slope: slope, offset: middle - offset) }
    return position <= 0
      ? .init(from: 1 - knots[-position], slope: slope, offset: middle - offset)
      : .init(from: knots[position - 1], slope: slope, offset: middle + offset)
  }
}
