import Testing

@testable import Crossbar

/// Each limit is tried where it is and where it is passed.
@Suite("Limits of devices")
struct DeviceLimitTests {
  private func linear(
    _ weights: ClosedRange<Double> = -1...1, step: Double = 0.01, set: Double = 0, reset: Double = 0
  ) -> String? {
    LinearStep(weights: weights, step: step, setSlope: set, resetSlope: reset, pulseTime: 100).problem
  }

  @Test("The largest step of a linear device, wherever it is, is at most half the range")
  func linearSteps() {
    #expect(linear(step: 1) == nil)
    #expect(linear(step: 1.01) == "a linear step is at most half the range")
    #expect(linear(-1...3, step: 2) == nil)
    #expect(linear(-1...3, step: 2.01) != nil)
    // One SET from w = −3 is δ·(1 + 3/1), of a range of 4.
    #expect(linear(-3...1, step: 0.5, set: 1) == nil)
    #expect(linear(-3...1, step: 0.51, set: 1) != nil)
    // One RESET from w = 3 is δ·(1 + 3/1).
    #expect(linear(-1...3, step: 0.5, reset: 1) == nil)
    #expect(linear(-1...3, step: 0.51, reset: 1) != nil)
  }

  @Test("Slopes of a linear device are 0 to 1, SET's and RESET's each")
  func linearSlopes() {
    for slope in [0, 1] as [Double] { #expect(linear(set: slope, reset: slope) == nil, "\(slope)") }
    for slope in [-0.01, 1.01] {
      #expect(linear(set: slope) == "linear-step slopes are 0 to 1", "\(slope)")
      #expect(linear(reset: slope) == "linear-step slopes are 0 to 1", "\(slope)")
    }
  }

  @Test("A NeuroSim device has pulses, curvatures of a hundredth, and noise of a whole range at most")
  func neuroSim() {
    func problem(_ change: (inout NeuroSim) -> Void) -> String? {
      var device = NeuroSim.epiRAM
      change(&device)
      return device.problem
    }
    #expect(problem { ($0.setPulses, $0.resetPulses) = (1, 1) } == nil)
    for change in [{ $0.setPulses = 0 }, { $0.resetPulses = 0 }, { $0.pulseTime = 0 }] as [(inout NeuroSim) -> Void] {
      #expect(problem(change) == "NeuroSim pulses are positive")
    }
    #expect(problem { ($0.setCurvature, $0.resetCurvature, $0.pulseTime) = (0.01, 0.01, 0.5) } == nil)
    #expect(problem { $0.setCurvature = 0.0099 } == "NeuroSim curvatures are 0.01 or more")
    #expect(problem { $0.resetCurvature = 0.0099 } == "NeuroSim curvatures are 0.01 or more")
    for (noise, isRefused) in [(0, false), (1, false), (-0.01, true), (1.01, true)] as [(Double, Bool)] {
      #expect((problem { $0.cycleToCycle = noise } != nil) == isRefused, "\(noise)")
      var device = NeuroSim.epiRAM
      device.cycleToCycle = noise
      #expect(device.isNoisy == (noise > 0), "\(noise)")
    }
  }

  @Test("A UMass device has rising gates above 0, a slope, an offset of 0 or more, and less than 2 mS")
  func umass() {
    func problem(_ change: (inout UMass1T1R) -> Void) -> String? {
      var device = UMass1T1R.airline
      change(&device)
      return device.problem
    }
    let gates = "UMass gate voltages and slope are positive, with a conductance below 2 mS"
    #expect(problem { ($0.lowestGate, $0.highestGate) = (1, 2) } == nil)
    #expect(problem { $0.lowestGate = 0 } == gates)
    #expect(problem { $0.highestGate = $0.lowestGate } == gates)
    #expect(problem { $0.slope = 0 } == gates)
    #expect(problem { $0.slope = 0.01 } == nil)
    #expect(problem { $0.offset = 0 } == nil)
    #expect(problem { $0.offset = -0.01 } == gates)
    // 1.6 V · 1250 µS/V = 2 mS.
    #expect(problem { ($0.offset, $0.slope) = (0, 1250) } == gates)
    #expect(problem { ($0.offset, $0.slope) = (0, 1249.9) } == nil)
    for (noise, isRefused) in [(0, false), (2000, false), (-0.01, true), (2000.1, true)] as [(Double, Bool)] {
      #expect((problem { $0.noise = noise } == "UMass noise is 0 to 2 mS") == isRefused, "\(noise)")
    }
  }

  @Test("A UMass device takes pulses above 1 V; a gate beyond its highest leaves its highest conductance")
  func umassPulses() {
    let device = UMass1T1R.airline
    for polarity in [Polarity.set, .reset] {
      #expect(device.rate(polarity, millivolts: 1000) == 0)
      #expect(device.rate(polarity, millivolts: 1001) > 0)
    }
    // 120 µS + 98 µS/V · V.
    #expect(device.conductanceRange == 188_600_000...276_800_000)
    #expect(device.conductance(188_600_000, after: 1000, .set) == 218_000_000)
    #expect(device.conductance(230_000_000, after: 1000, .set) == 230_000_000)
    #expect(device.conductance(188_600_000, after: 1601, .set) == 276_800_000)
    #expect(device.conductance(230_000_000, after: 0, .reset) == 230_000_000)
    #expect(device.conductance(230_000_000, after: 0.5, .reset) == 188_600_000)
  }

  @Test("VTEAM's resistances are 500 Ω to 100 GΩ, rising; a pulse at its threshold does nothing")
  func vteam() {
    func problem(_ low: Double, _ high: Double) -> String? {
      var device = VTEAM.analog
      (device.onResistance, device.offResistance) = (low, high)
      return device.problem
    }
    #expect(problem(500, 1e11) == nil)
    for (low, high) in [(499.9, 1e5), (500, 1.001e11), (1e4, 1e4)] {
      #expect(
        problem(low, high)
          == "VTEAM resistances are \(low) and \(high) ohms, expected 500 or more, rising, up to 10^11")
    }
    var device = VTEAM.analog
    (device.setThreshold, device.resetThreshold) = (0.5, 0.8)
    for (polarity, threshold) in [(Polarity.set, 500.0), (.reset, 800)] {
      #expect(device.rate(polarity, millivolts: threshold) == 0)
      #expect(device.rate(polarity, millivolts: threshold + 1) > 0)
    }
    // At twice the threshold the overdrive is 1, at three times it is 2.
    let speed = 90_000 * 6.43e-5 / 3
    #expect(abs(device.rate(.set, millivolts: 1000) - speed) < 1e-12)
    #expect(abs(device.rate(.set, millivolts: 1500) - 8 * speed) < 1e-12)
    device.setExponent = 0
    #expect(abs(device.rate(.set, millivolts: 1500) - speed) < 1e-12)
  }

  @Test("A step of conductance is the range and a quarter of it by 32 767, rounded up and not beyond")
  func steps() {
    for (highest, step) in [(1, 1), (131_068, 5), (131_069, 6), (26_213, 1), (26_214, 2), (100_000_000, 3815)]
      as [(Int64, Int64)]
    {
      #expect(ConductanceCode.step(highest: highest) == step, "\(highest)")
    }
  }

  @Test("A parameter that is changed later is that of a device made with it")
  func changedLater() {
    var pulses = NeuroSim.epiRAM
    (pulses.setPulses, pulses.resetPulses, pulses.setCurvature, pulses.resetCurvature) = (50, 80, 1.5, 0.7)
    let made = NeuroSim(
      bounds: pulses.bounds, setPulses: 50, resetPulses: 80, setCurvature: 1.5, resetCurvature: 0.7,
      cycleToCycle: pulses.cycleToCycle, pulseTime: pulses.pulseTime)
    #expect(pulses == made)
    for change in [
      { $0.setPulses = 51 }, { $0.resetPulses = 81 }, { $0.setCurvature = 1.6 }, { $0.resetCurvature = 0.8 },
    ] as [(inout NeuroSim) -> Void] {
      var other = made
      change(&other)
      let again = NeuroSim(
        bounds: other.bounds, setPulses: other.setPulses, resetPulses: other.resetPulses,
        setCurvature: other.setCurvature, resetCurvature: other.resetCurvature, cycleToCycle: other.cycleToCycle,
        pulseTime: other.pulseTime)
      #expect(other == again && other != made)
      let range = other.conductanceRange
      let middle = (range.lowerBound + range.upperBound) / 2
      for polarity in [Polarity.set, .reset] {
        #expect(other.conductance(middle, after: 3, polarity) == again.conductance(middle, after: 3, polarity))
      }
    }
    for change in [
      { $0.lowestWeight = -2 }, { $0.highestWeight = 3 }, { $0.step = 0.02 }, { $0.setSlope = 0.3 },
      { $0.resetSlope = 0.9 },
    ] as [(inout LinearStep) -> Void] {
      var other = LinearStep.linearStep
      change(&other)
      let again = LinearStep(
        weights: other.lowestWeight...other.highestWeight, step: other.step, setSlope: other.setSlope,
        resetSlope: other.resetSlope, pulseTime: other.pulseTime, bounds: other.bounds)
      #expect(other == again && other != LinearStep.linearStep)
    }
    var measured = MeasuredPulses.stellar
    let quiet = { (table: PulseTable) in
      PulseTable(table.points.map { .init($0.conductance, mean: $0.mean, deviation: 0) })
    }
    #expect(measured.isNoisy)
    measured.set = quiet(measured.set)
    #expect(measured.isNoisy)
    measured.reset = quiet(measured.reset)
    #expect(!measured.isNoisy)
    measured.set = MeasuredPulses.stellar.set
    #expect(measured.isNoisy)
  }
}
