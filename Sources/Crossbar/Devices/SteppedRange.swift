import Registers

/// A step that is linear in how far a cell has come: what soft bounds, linear steps and the NeuroSim curve share.
///
/// With p from 0 where the pulses start to 1 where they lead, dp/dn = first + slope·p over n pulses. Its solution
/// p' = p + (first + slope·p)·n·(e^{slope·n} − 1)/(slope·n) holds for parts of a pulse and for many in one.
struct LinearLaw: Sendable, Equatable {
  /// Step per pulse at p = 0, share of the range.
  var first: Double
  /// What the step gains over the range; negative for saturation.
  var slope: Double

  /// No step at all.
  static let none = LinearLaw(first: 0, slope: 0)

  private init(first: Double, slope: Double) {
    self.first = first
    self.slope = slope
  }

  /// Pulses of p → p + start + (end − start)·p each.
  init(start: Double, end: Double) {
    let ratio = Exponential.logarithmRatio(end - start)
    first = start * ratio
    slope = (end - start) * ratio
  }

  /// The curve (1 − e^{−n/a})/(1 − e^{−1/a}) of `pulses` pulses through the range, n counted in ranges.
  init(curvature a: Double, pulses: Double) {
    slope = -1 / (a * pulses)
    first = -slope / (1 - Exponential.exp(-1 / a))
  }

  /// Where `pulses` lead from `progress`, at most 1.
  @inline(__always)
  func progress(from progress: Double, pulses: Double) -> Double {
    let step = first + slope * progress
    return step > 0 ? min(progress + step * pulses * Exponential.growth(slope * pulses), 1) : progress
  }
}

extension DeviceModel {
  /// Picosiemens after `pulses` of a linear law in the whole range of the device.
  @inline(__always)
  func conductance(_ before: Int32, after pulses: Double, _ polarity: Polarity, _ law: LinearLaw) -> Int32 {
    let range = conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    if polarity == .set {
      let progress = law.progress(from: Double(before - range.lowerBound) / span, pulses: pulses)
      return Int32((Double(range.lowerBound) + progress * span).rounded())
    }
    let progress = law.progress(from: Double(range.upperBound - before) / span, pulses: pulses)
    return Int32((Double(range.upperBound) - progress * span).rounded())
  }

  /// A conductance rounded and limited to the range of the device.
  @inline(__always)
  func limited(_ picosiemens: Double) -> Int32 {
    let range = conductanceRange
    return Int32(min(max(picosiemens, Double(range.lowerBound)), Double(range.upperBound)).rounded())
  }
}

/// The amplitude of devices that their source measured under one pulse only.
///
/// The chip's amplitude after reset (`Electrical.pulseMillivolts`) stands for the published one: the drivers are scaled
/// to the device, so published volts are in a model's description, and energies are those of this amplitude. Below and
/// above, the number of pulses that a pulse counts for follows the law of the default device, the cube of the overdrive
/// above a threshold of 0.7 V over that of the amplitude: no source says more, half-selected cells stay, and an error
/// of the voltage weighs alike on all devices.
enum NominalPulse {
  /// How long the published pulse is on this chip.
  static func parameter<Model: DeviceModel>(
    _ path: WritableKeyPath<Model, Double> & Sendable
  ) -> Property<Model> {
    Property(
      "pulse-time", path, in: 1...1e9, .nanoseconds,
      "Width that stands for one published pulse, at 1.2 V")
  }

  private static let thresholdMillivolts = 700.0

  static func pulses(atMillivolts millivolts: Double) -> Double {
    let overdrive = (millivolts - thresholdMillivolts) / (Double(Electrical.pulseMillivolts) - thresholdMillivolts)
    return overdrive > 0 ? overdrive * overdrive * overdrive : 0
  }
}
