import Foundation
import Testing

@testable import Crossbar

@Suite("NeuroSim")
struct NeuroSimTests {
  static let models: [NeuroSim] = [.agASi, .taOxTiO2, .taOxHfOx, .pcmo, .alOxHfO2, .epiRAM]

  /// The published formulas, picosiemens after `pulses` from the end where they start.
  static func formula(_ model: NeuroSim, _ polarity: Polarity, _ pulses: Double) -> Double {
    let (low, high) = (Double(model.conductanceRange.lowerBound), Double(model.conductanceRange.upperBound))
    let most = Double(polarity == .set ? model.setPulses : model.resetPulses)
    let a = (polarity == .set ? model.setCurvature : model.resetCurvature) * most
    if polarity == .set { return low + (high - low) / (1 - exp(-most / a)) * (1 - exp(-pulses / a)) }
    // P falls from P_max, with a negative A: B and the exponent change their signs.
    let b = (high - low) / (1 - exp(most / a))
    return low + b * (1 - exp((most - pulses) / a))
  }

  @Test("The curve is the published one, from G_min to G_max in the published pulses", arguments: models)
  func curve(model: NeuroSim) {
    let range = model.conductanceRange
    for polarity in [Polarity.set, .reset] {
      let most = polarity == .set ? model.setPulses : model.resetPulses
      let start = polarity == .set ? range.lowerBound : range.upperBound
      let end = polarity == .set ? range.upperBound : range.lowerBound
      var conductance = start
      for pulse in 1...most {
        let expected = Self.formula(model, polarity, Double(pulse))
        #expect(abs(Double(model.conductance(start, after: Double(pulse), polarity)) - expected) <= 0.6)
        conductance = model.conductance(conductance, after: 1, polarity)
        #expect(abs(Double(conductance) - expected) <= 0.6 * Double(pulse) + 0.6)
        if pulse <= most / 2 { #expect(model.conductance(start, after: Double(pulse), polarity) != end) }
      }
      #expect(model.conductance(start, after: Double(most), polarity) == end)
    }
  }

  @Test("The published numbers of states, ranges and on/off ratios")
  func published() {
    #expect(Self.models.map(\.setPulses) == [97, 102, 128, 50, 40, 64])
    #expect(Self.models.map(\.resetPulses) == [100, 102, 128, 50, 40, 64])
    let ratios = Self.models.map { Double($0.conductanceRange.upperBound) / Double($0.conductanceRange.lowerBound) }
    #expect(zip(ratios, [12.5, 2, 10, 6.84, 4.43, 50.2]).allSatisfy { abs($0 / $1 - 1) < 1e-3 })
    let ohms = Self.models.map { 1e12 / Double($0.conductanceRange.upperBound) }
    #expect(zip(ohms, [26e6, 5e6, 100e3, 23e6, 16.9e3, 81e3]).allSatisfy { abs($0 / $1 - 1) < 1e-3 })
  }

  @Test("Curvatures are 0.01 or more, each by itself")
  func leastCurvature() {
    for (set, reset, isFine) in [
      (0.01, 0.01, true), (0.01, 2, true), (2, 0.01, true), (0.0099, 2, false), (2, 0.0099, false),
    ] {
      var model = NeuroSim.taOxHfOx
      (model.setCurvature, model.resetCurvature) = (set, reset)
      #expect((model.problem == nil) == isFine, "\(set) \(reset)")
    }
  }

  @Test("Noise has σ of the range times the root of the pulses, with mean 0", arguments: [0.25, 1.0, 4])
  func noise(pulses: Double) {
    let model = NeuroSim.taOxHfOx
    let random = CounterRandom(seed: 4)
    let start: Int32 = 5_000_000
    let still = Double(model.conductance(start, after: pulses, .set))
    let errors = (0..<20_000).map { index in
      let draw = Double(random.gaussian(.setNoise, tile: 0, operation: 1, index: index))
      let noise = draw / Double(CounterRandom.gaussianScale)
      return Double(model.conductance(start, after: pulses, .set, noise: noise)) - still
    }
    let sigma = 0.037 * 9_000_000 * pulses.squareRoot()
    let moments = Moments(errors)
    #expect(abs(moments.mean) < 4 * sigma / 20_000.0.squareRoot() && abs(moments.deviation / sigma - 1) < 0.02)
  }
}
