/// Random numbers that depend on what they are for, not on when they are drawn.
///
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11): the key is the
/// seed, the counter names the draw, so a draw does not depend on the order of execution.
///
/// | counter word | holds                             |
/// |--------------|-----------------------------------|
/// | 0            | the cell or line                  |
/// | 1, 2         | the operation number, low, high   |
/// | 3            | tile + 256 · purpose              |
public struct CounterRandom: Sendable, Equatable {
  /// What a draw is for; purposes do not share draws.
  public enum Purpose: UInt32, Sendable {
    /// Noise on the current of a sensed line.
    case readNoise = 1
    /// A cell's own rate under SET.
    case setRate
    /// A cell's own rate under RESET.
    case resetRate
    /// Dose of a SET pulse on a selected cell.
    case setPulse
    /// Dose of a RESET pulse on a selected cell.
    case resetPulse
    /// Offset of an ADC.
    case converterOffset
    /// Gain of an ADC.
    case converterGain
    /// Dose of half a SET voltage on a half-selected cell.
    case setDisturb
    /// Dose of half a RESET voltage on a half-selected cell.
    case resetDisturb
    /// The device model's noise of a SET pulse on a selected cell.
    case setNoise
    /// The device model's noise of a RESET pulse on a selected cell.
    case resetNoise
    /// The device model's noise of half a SET voltage on a half-selected cell.
    case setDisturbNoise
    /// The device model's noise of half a RESET voltage on a half-selected cell.
    case resetDisturbNoise
    /// Amplitude of a SET phase.
    case setVoltage
    /// Amplitude of a RESET phase.
    case resetVoltage
    /// A cell's own SET threshold.
    case setThreshold
    /// A cell's own RESET threshold.
    case resetThreshold
    /// A cell's own lowest conductance.
    case lowBound
    /// A cell's own highest conductance.
    case highBound
    /// Whether a cell is stuck, and in which state.
    case stuck
    /// What tells one die from another.
    case die
    /// A weight before training. Drawn by the host, not by the chip.
    case initialWeight = 64
    /// The order of the sequences in an epoch. Drawn by the host, not by the chip.
    case order
    /// Which cells a disturbance has moved. Drawn by the host, not by the chip.
    case upset
    /// Whether a word line fires in a slot of a stochastic pulse train. Drawn by the host, not by the chip.
    case wordLineTrain
    /// Whether a column does. Drawn by the host, not by the chip.
    case columnTrain
  }

  /// The key: equal seeds give equal draws.
  public let seed: UInt64

  /// All draws that belong to a seed.
  public init(seed: UInt64) { self.seed = seed }

  /// 128 random bits for one draw.
  public func bits(_ purpose: Purpose, tile: Int, operation: UInt64, index: Int) -> SIMD4<UInt32> {
    Self.philox(
      counter: [
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: operation),
        UInt32(truncatingIfNeeded: operation >> 32), UInt32(truncatingIfNeeded: tile) | purpose.rawValue << 8,
      ],
      key: [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)])
  }

  /// A normal draw in units of 1 / `gaussianScale` standard deviations.
  ///
  /// Of 128 bits, the population count of 96 is binomial with variance 24; the other two 16-bit halves add a
  /// triangular dither between its steps. Mean exactly 0, variance 24 + 1/6 (in units of 2³²), excess kurtosis −0.02,
  /// reach ±9.9 standard deviations; integers only.
  public func gaussian(_ purpose: Purpose, tile: Int, operation: UInt64, index: Int) -> Int64 {
    Self.gaussian(bits(purpose, tile: tile, operation: operation, index: index))
  }

  /// √(2³² · (24 + 1/6)), rounded.
  public static let gaussianScale: Int64 = 322_172

  package static func gaussian(_ bits: SIMD4<UInt32>) -> Int64 {
    let ones = bits[0].nonzeroBitCount + bits[1].nonzeroBitCount + bits[2].nonzeroBitCount
    let dither = Int64(bits[3] & 0xffff) + Int64(bits[3] >> 16) - 65_535
    return Int64(ones - 48) << 16 + dither
  }

  package static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let first = UInt64(counter[0]) &* 0xd251_1f53
      let second = UInt64(counter[2]) &* 0xcd9e_8d57
      counter = [
        UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0], UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1], UInt32(truncatingIfNeeded: first),
      ]
      key = key &+ [0x9e37_79b9, 0xbb67_ae85]
    }
    return counter
  }
}
