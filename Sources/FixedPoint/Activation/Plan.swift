extension Activation {
  /// PLAN (Amin, Curtis, Hayes-Gill 1997): all slopes are powers of two.
  ///
  /// |z| < 1: z/4 + ½; < 2.375: z/8 + 0.625; < 5: z/32 + 0.84375; else 1; negative z by 1 − y.
  /// Largest error on |z| ≤ 8: sigmoid 0.0189 at ±1, tanh 0.0379 at ±½.
  public static var plan: Activation {
    Activation(
      sigmoid: PiecewiseLinear(lowRail: 0, highRail: .max, count: 5) { k in
        switch k {
        case 0: .init(slope: 512, offset: 5120)
        case 1: .init(from: -9727, slope: 2048, offset: 12288)
        case 2: .init(from: -4095, slope: 4096, offset: 16384)
        case 3: .init(from: 4096, slope: 2048, offset: 20480)
        default: .init(from: 9728, slope: 512, offset: 27648)
        }
      },
      tanh: PiecewiseLinear(lowRail: .min, highRail: .max, count: 5) { k in
        switch k {
        case 0: .init(slope: 2048, offset: -22528)
        case 1: .init(from: -4863, slope: 8192, offset: -8192)
        case 2: .init(from: -2047, slope: 16384, offset: 0)
        case 3: .init(from: 2048, slope: 8192, offset: 8192)
        default: .init(from: 4864, slope: 2048, offset: 22528)
        }
      })
  }
}
