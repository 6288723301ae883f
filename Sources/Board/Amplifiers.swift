import Crossbar

/// Transimpedance amplifiers of one pole, as far as they come in the time that they have.
///
/// An amplifier with a gain–bandwidth product GBW behind a line with the conductance G and a feedback R has the noise gain
/// NG = 1 + R·G, and a time t after its input stepped 1 − e^(−2π·GBW·t/NG) of its output. Lines themselves take no time.
package struct Amplifiers: Sendable {
  /// Gain–bandwidth product; 0 for amplifiers that settle at once.
  let kilohertz: Int

  /// With a gain–bandwidth product of 0 … 10⁷ kHz, 0 for amplifiers that settle at once.
  package init(kilohertz: Int) { self.kilohertz = kilohertz }

  package var isIdeal: Bool { kilohertz == 0 }

  private static let shareBits = 30
  private static let fullTurn = 0x1.921fb54442d18p+2  // 2π
  private static let ohmPicosiemens = 1e12  // that make 1

  /// The current whose settled output is what an amplifier has come to.
  /// - `attoamperes`: the current into it, of either sign.
  /// - `picosiemens`: all that hangs on its input.
  /// - `cycles`: from its input's step to its sampling, 1 … 255.
  func settled(_ attoamperes: Int64, picosiemens: Int64, ohms: Int64, cycles: Int64) -> Int64 {
    // 10 ns a cycle and kilohertz: 10⁻⁵ of a period.
    let periods = Double(Int64(kilohertz) * cycles * 10_000_000)
    let missing = Exponential.exp(-(Self.fullTurn * periods / Self.noiseGain(ohms, picosiemens)))
    let scale = Int64(1) << Int64(Self.shareBits)
    let share = UInt64(scale - Int64((missing * Double(scale)).rounded()))
    let magnitude = Int64((UInt128(attoamperes.magnitude) * UInt128(share)) >> UInt128(Self.shareBits))
    return attoamperes < 0 ? -magnitude : magnitude
  }

  /// The first cycle at which no output misses more than half a step of an ADC of some bits, sign included:
  /// (bits + 1)·ln 2·NG/(2π·GBW). Not of ideal amplifiers.
  package func settlingCycles(bits: Int, picosiemens: Int64, ohms: Int64) -> Int {
    precondition(!isIdeal, "ideal amplifiers settle at once")
    let halvings = Double(bits + 1) * Exponential.logarithm(2)
    return Int((halvings * Self.noiseGain(ohms, picosiemens) / (Self.fullTurn * Double(kilohertz) * 1e7)).rounded(.up))
  }

  /// Times 10¹².
  private static func noiseGain(_ ohms: Int64, _ picosiemens: Int64) -> Double {
    ohmPicosiemens + Double(ohms) * Double(picosiemens)
  }
}
