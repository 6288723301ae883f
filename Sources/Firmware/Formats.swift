import FixedPoint

// The controller's formats beside `Q3_12`, `Q0_15` and `Q1_14`.

/// A weight as a share of the window, or a distance of two: ±1 is the window.
public typealias Share = Fixed<Int32, 15>
/// The weight that full conductance stands for: UQ8.8.
public typealias Window = Fixed<UInt32, 8>
/// An update not yet made, as a share of the window.
public typealias Residual = Fixed<Int32, 27>
/// The learning rate.
public typealias Rate = Fixed<UInt32, 24>
/// Σ DAC code · δ.
public typealias Gradient = Fixed<Int32, 14>
/// The loss of a sequence.
public typealias Cost = Fixed<UInt32, 16>
/// A time in steps of a pulse width, to a sixteenth.
public typealias PulseTime = Fixed<Int32, 4>
/// A gain as `TRIM` holds it: UQ1.15.
typealias Gain = Fixed<UInt16, 15>

/// An error on its way back, δ.
typealias Delta = Fixed<Int32, 24>
/// Sums of errors, before they are narrowed.
typealias WideDelta = Fixed<Int64, 24>

extension Fixed where Raw == Int32 {
  /// Limited to ±1.
  @inline(__always)
  var limitedToOne: Self { min(max(self, .zero - .one), .one) }
}
