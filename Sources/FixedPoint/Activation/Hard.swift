extension Activation {
  /// One saturating amplifier each: `clip(z/4 + ½, 0, 1)` and `clip(z, −1, 1)`, the true slopes at zero.
  ///
  /// Largest error on |z| ≤ 8: sigmoid 0.1192 at ±2, tanh 0.2384 at ±1.
  public static var hard: Activation {
    Activation(
      sigmoid: PiecewiseLinear(lowRail: 0, highRail: .max, count: 1) { _ in .init(slope: 4096, offset: 16384) },
      tanh: PiecewiseLinear(lowRail: .min, highRail: .max, count: 1) { _ in .init(slope: 16384, offset: 0) })
  }
}
