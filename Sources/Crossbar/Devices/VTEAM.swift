/// Voltage-threshold adaptive memristor (Kvatinsky et al., IEEE TCAS-II 62(8), 2015), resistance linear in the state.
///
/// dx/dt = k·(v/v_th − 1)^α beyond a threshold and 0 inside; R = R_on + (R_off − R_on)·x/D, here with a rectangular
/// window. Written in R, a pulse adds ∓(R_off − R_on)·(k/D)·(v/v_th − 1)^α·t ohms, so the step in *conductance* grows
/// as G²: 93 : 1 over the default range.
///
/// Valid for amplitudes up to a few volts and any pulse length. Not modelled: window functions other than the
/// rectangle, non-linear I–V, retention.
public struct VTEAM: DeviceModel {
  /// R_on, the lowest resistance, ohms: 500 or more.
  public var onResistance: Double
  /// R_off, the highest resistance, ohms: above R_on, up to 10¹¹.
  public var offResistance: Double
  /// v_th of SET, volts.
  public var setThreshold: Double
  /// v_th of RESET, volts, as a magnitude.
  public var resetThreshold: Double
  /// Share of the whole state range that one nanosecond of SET moves at twice the threshold: k/D.
  public var setSpeed: Double
  /// Share of the whole state range that one nanosecond of RESET moves at twice the threshold: k/D.
  public var resetSpeed: Double
  /// α of SET, the exponent of the overdrive.
  public var setExponent: Int
  /// α of RESET, the exponent of the overdrive.
  public var resetExponent: Int

  /// The analog parameter set of the default chip: 10–100 kΩ, ±0.7 V, k = 6.43·10⁻⁵ m/s, D = 3 nm, α = 3.
  ///
  /// At ±1.2 V 128 pulses of 1 µs take 99.98 % of the resistance range; half of 1.2 V stays below the threshold, so that half-selected
  /// cells do not move. Values chosen to fit the threshold devices of the paper's family; not taken from the paper.
  public static let analog = VTEAM(
    onResistance: 10_000, offResistance: 100_000, setThreshold: 0.7, resetThreshold: 0.7,
    setSpeed: 6.43e-5 / 3, resetSpeed: 6.43e-5 / 3, setExponent: 3, resetExponent: 3)

  public var conductanceRange: ClosedRange<Int32> {
    ClosedRange(
      uncheckedBounds: (Int32((1e12 / offResistance).rounded()), Int32((1e12 / onResistance).rounded())))
  }

  public var problem: String? {
    guard onResistance >= 500, onResistance < offResistance, offResistance <= 1e11 else {
      return
        "VTEAM resistances are \(onResistance) and \(offResistance) ohms, expected 500 or more, rising, up to 10^11"
    }
    return nil
  }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    let isSet = polarity == .set
    let overdrive = millivolts / ((isSet ? setThreshold : resetThreshold) * 1000) - 1
    guard overdrive > 0 else { return 0 }
    var power = 1.0
    for _ in 0..<(isSet ? setExponent : resetExponent) { power *= overdrive }
    return (offResistance - onResistance) * (isSet ? setSpeed : resetSpeed) * power
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    let resistance = 1e12 / Double(before)
    let moved = polarity == .set ? resistance - dose : resistance + dose
    return Int32((1e12 / min(max(moved, onResistance), offResistance)).rounded())
  }
}

extension VTEAM {
  public static let kind = Device.Kind.vteam
  public var device: Device { .vteam(self) }

  public static let summary = "Voltage-threshold adaptive memristor, resistance linear in the state."
  public static let leavesOut = "Windows other than the rectangle, non-linear I–V, retention."
  public static let hasThreshold = true

  public static let published = [
    PublishedParameters(
      name: "vteam",
      source: "Kvatinsky et al., IEEE TCAS-II 62(8), 2015; values chosen to fit analog threshold devices",
      standing: .assumed("chosen to fit analog threshold devices; the law is Kvatinsky's"), model: analog)
  ]

  public static let parameters: [Property<VTEAM>] = [
    Property("on-resistance", \.onResistance, in: 500...1e10, .ohms, "Lowest resistance, R_on"),
    Property("off-resistance", \.offResistance, in: 500...1e11, .ohms, "Highest resistance, R_off"),
    Property("set-threshold", \.setThreshold, in: 0.05...5, .volts, "Voltage beyond which SET moves the state"),
    Property("reset-threshold", \.resetThreshold, in: 0.05...5, .volts, "The same for RESET, as a magnitude"),
    Property(
      "set-speed", \.setSpeed, in: 1e-12...1, .perNanosecond,
      "Share of the range that a nanosecond moves at twice the threshold, k/D"),
    Property("reset-speed", \.resetSpeed, in: 1e-12...1, .perNanosecond, "The same for RESET"),
    Property("set-exponent", \.setExponent, in: 0...16, .none, "Exponent α of the overdrive"),
    Property("reset-exponent", \.resetExponent, in: 0...16, .none, "The same for RESET"),
  ]

  /// Pulses of 1 µs.
  public var staircaseWidths: (first: Double, last: Double) { (1000, 1000) }
}
