extension Activation {
  /// Five segments with the rails: tanh has slope 1 to |z| = 0.56, then 0.35 up to the rail.
  ///
  /// Largest error on |z| ≤ 8: sigmoid 0.026, tanh 0.052.
  public static var fiveSegment: Activation {
    Activation(
      sigmoid: PiecewiseLinear(lowRail: 0, highRail: .max, count: 3) { k in
        // slope 0.35/4; offset ½ ± 0.364/2; knees at ±1.12
        switch k {
        case 0: .init(slope: 1434, offset: 10420)
        case 1: .init(from: -4587, slope: 4096, offset: 16384)
        default: .init(from: 4588, slope: 1434, offset: 22348)
        }
      },
      tanh: PiecewiseLinear(lowRail: .min, highRail: .max, count: 3) { k in
        // slope 0.35; offset ±0.364; knees at ±0.56
        switch k {
        case 0: .init(slope: 5734, offset: -11928)
        case 1: .init(from: -2293, slope: 16384, offset: 0)
        default: .init(from: 2294, slope: 5734, offset: 11928)
        }
      })
  }
}
