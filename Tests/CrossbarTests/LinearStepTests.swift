import Testing

@testable import Crossbar

@Suite("Linear steps and soft bounds")
struct LinearStepTests {
  static let models: [LinearStep] = [.linearStep, .softBounds, .constantStep, .reRamSB, .ecRam]

  /// The source's update of a weight by one pulse.
  static func stepped(_ weight: Double, _ preset: LinearStep, _ polarity: Polarity) -> Double {
    let (low, high) = (preset.lowestWeight, preset.highestWeight)
    return polarity == .set
      ? min(weight + preset.step * (1 - preset.setSlope * weight / high), high)
      : max(weight - preset.step * (1 - preset.resetSlope * weight / low), low)
  }

  @Test("Pulse by pulse the weight is the source's, from end to end", arguments: models)
  func pulses(model: LinearStep) {
    let (low, high) = (model.lowestWeight, model.highestWeight)
    let range = model.conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    for polarity in [Polarity.set, .reset] {
      let start = polarity == .set ? range.lowerBound : range.upperBound
      var weight = polarity == .set ? low : high
      var conductance = start
      for pulse in 1...3000 {
        weight = Self.stepped(weight, model, polarity)
        conductance = model.conductance(conductance, after: 1, polarity)
        let expected = Double(range.lowerBound) + (weight - low) / (high - low) * span
        // Half a picosiemens of rounding a pulse, when it comes one by one; none in one long pulse.
        #expect(abs(Double(conductance) - expected) <= 0.6 * Double(pulse) + 1)
        let atOnce = model.conductance(start, after: Double(pulse), polarity)
        // The limit in the source's last step is the only difference.
        #expect(abs(Double(atOnce) - expected) <= 1)
      }
    }
  }

  @Test("Soft bounds halve the way in 44 pulses; the linear step takes 105; a constant step 1250")
  func counts() {
    func place(_ model: LinearStep, _ pulses: Double) -> Double {
      Double(model.conductance(10_000_000, after: pulses, .set) - 10_000_000) / 90_000_000
    }
    #expect(place(.softBounds, 44) < 0.5 && place(.softBounds, 45) > 0.5)
    #expect(place(.linearStep, 104) < 1 && place(.linearStep, 105) == 1)
    #expect(place(.constantStep, 1249) < 1 && place(.constantStep, 1250) == 1)
    #expect(abs(place(.constantStep, 625) - 0.5) < 1e-7)
  }

  @Test("A pulse of the nominal amplitude and length is one pulse; an amplitude error weighs as on VTEAM")
  func nominal() {
    let model = LinearStep.reRamSB
    #expect(abs(model.rate(.set, millivolts: 1200) * 100 - 1) < 1e-12)
    let share = VTEAM.analog.rate(.set, millivolts: 1260) / VTEAM.analog.rate(.set, millivolts: 1200)
    #expect(abs(model.rate(.set, millivolts: 1260) / model.rate(.set, millivolts: 1200) / share - 1) < 1e-12)
  }
}
