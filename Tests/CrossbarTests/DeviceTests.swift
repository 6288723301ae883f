import TestSupport
import Testing

@testable import Crossbar

/// What every device model promises, each under random doses.
@Suite("Every device")
struct DeviceTests {
  @Test("A name leads to its device and back")
  func names() {
    #expect(Set(Device.names).count == Device.names.count && Device.names.first == "vteam")
    for name in Device.names { #expect(Device(name: name)?.name == name) }
    #expect(Device(name: "custom") == nil && Device(name: "") == nil)
    var own = VTEAM.analog
    own.setExponent = 2
    #expect(Device.vteam(own).name == "vteam:set-exponent=2")
  }

  @Test("Published parameters have no problem and a range that reads can tell", arguments: Device.names)
  func ranges(name: String) throws {
    let device = try #require(Device(name: name))
    #expect(device.problem == nil)
    let array = CrossbarArray(wordLines: 1, bitLines: 1, synapse: .reference, device: device)
    let range = device.conductanceRange
    #expect(array.code(range.upperBound) - array.code(range.lowerBound) > 7_500)
    #expect(array.code(range.upperBound) * 5 / 4 <= 32_767 + 2)
  }

  @Test("No rate at half the amplitude, a rising one above the threshold", arguments: Device.names)
  func rates(name: String) throws {
    let model = try #require(Device(name: name)).model
    for polarity in [Polarity.set, .reset] {
      for millivolts in [0.0, 350, 600, 700] { #expect(model.rate(polarity, millivolts: millivolts) == 0) }
      #expect(model.rate(polarity, millivolts: 1200) > 0)
      #expect(model.rate(polarity, millivolts: 1300) >= model.rate(polarity, millivolts: 1200))
    }
  }

  @Test("Longer pulses lead further, higher cells end higher, and no bound is passed", arguments: Device.names)
  func monotone(name: String) throws {
    try check(name, seed: 7)
  }

  private func check(_ name: String, seed: UInt64) throws {
    let model = try #require(Device(name: name)).model
    let range = model.conductanceRange
    var random = SeededRandom(seed)
    for _ in 0..<3000 {
      let places = (0..<2).map { _ in Int32.random(in: range, using: &random) }.sorted()
      let unit = model.rate(.set, millivolts: 1200) * 20
      let doses = (0..<2).map { _ in unit * Double.random(in: 0...2000, using: &random) }.sorted()
      for polarity in [Polarity.set, .reset] {
        let sign: Int32 = polarity == .set ? 1 : -1
        let short = model.conductance(places[0], after: doses[0], polarity)
        let long = model.conductance(places[0], after: doses[1], polarity)
        let higher = model.conductance(places[1], after: doses[0], polarity)
        #expect(sign * short >= sign * places[0] && sign * long >= sign * short, "seed \(seed)")
        #expect(higher >= short, "seed \(seed)")
        #expect(range.contains(short) && range.contains(long) && range.contains(higher), "seed \(seed)")
        #expect(model.conductance(places[0], after: 0, polarity) == places[0])
        let noise = Double.random(in: -10...10, using: &random)
        #expect(range.contains(model.conductance(places[0], after: doses[0], polarity, noise: noise)), "seed \(seed)")
      }
    }
  }

  @Test("From one end to the other and no further in the time that the width registers have", arguments: Device.names)
  func ends(name: String) throws {
    let model = try #require(Device(name: name)).model
    let range = model.conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    for polarity in [Polarity.set, .reset] {
      let dose = model.rate(polarity, millivolts: 1200) * 655_340
      let end = model.conductance(polarity == .set ? range.lowerBound : range.upperBound, after: dose, polarity)
      let missing = Double(polarity == .set ? range.upperBound - end : end - range.lowerBound) / span
      #expect(missing < 1e-4)
      #expect(model.conductance(range.lowerBound, after: 1e12, .set) == range.upperBound)
      #expect(model.conductance(range.upperBound, after: 1e12, .reset) == range.lowerBound)
    }
  }

  @Test("Without noise of its own a device ignores the draw; with it, it does not", arguments: Device.names)
  func noise(name: String) throws {
    let model = try #require(Device(name: name)).model
    let range = model.conductanceRange
    let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    let dose = model is UMass1T1R ? 1100 : model.rate(.set, millivolts: 1200) * 1000
    let still = model.conductance(middle, after: dose, .set)
    #expect(model.conductance(middle, after: dose, .set, noise: 0) == still)
    #expect((model.conductance(middle, after: dose, .set, noise: -1) != still) == model.isNoisy)
  }

  @Test("Unusable parameters are named")
  func problems() {
    var neuroSim = NeuroSim.taOxHfOx
    neuroSim.cycleToCycle = 2
    #expect(neuroSim.problem == "NeuroSim cycle-to-cycle noise is a share from 0 to 1")
    var umass = UMass1T1R.airline
    umass.noise = -1
    #expect(umass.problem == "UMass noise is 0 to 2 mS")
    umass.lowestGate = 0
    umass.highestGate = 100
    #expect(umass.problem == "UMass gate voltages and slope are positive, with a conductance below 2 mS")
    func linear(_ weights: ClosedRange<Double>, step: Double, slope: Double) -> String? {
      LinearStep(weights: weights, step: step, setSlope: slope, resetSlope: 0.5, pulseTime: 100).problem
    }
    #expect(
      linear(0.5...1, step: 0.1, slope: 0) == "linear-step weights span zero, and steps and pulses are positive")
    for (weights, step) in [(-1.0...0.0, 0.1), (0.0...1.0, 0.1), (-1.0...1.0, 0)] {
      #expect(linear(weights, step: step, slope: 0)?.contains("span zero") == true, "\(weights) \(step)")
    }
    let timeless = LinearStep(weights: -1...1, step: 0.1, setSlope: 0, resetSlope: 0.5, pulseTime: 0)
    #expect(timeless.problem?.contains("pulses are positive") == true)
    #expect(linear(-1...1, step: 0.1, slope: 2) == "linear-step slopes are 0 to 1")
    #expect(linear(-1...1, step: 1.5, slope: 0.5) == "a linear step is at most half the range")
    var stellar = MeasuredPulses.stellar
    func problem(_ change: (inout [PulseTable.Point]) -> Void) -> String? {
      var points = stellar.set.points
      change(&points)
      var model = stellar
      model.set = PulseTable(points)
      return model.problem
    }
    #expect(problem { $0 = [] } == "the table of SET has at point 1 0 points, expected 1 to 256")
    #expect(
      problem { $0[2].mean = 0 }
        == "the table of SET has at point 3 a mean step of 0.0 pS, expected more than 0 and less than 2 mS")
    let most = 2e9.nextDown
    #expect(problem { ($0[2].mean, $0[2].deviation) = (most, most) } == nil)
    #expect(problem { $0[2].mean = 2e9 }?.contains("a mean step of 2000000000.0 pS") == true)
    #expect(problem { $0[2].deviation = 2e9 }?.contains("a deviation of 2000000000.0 pS") == true)
    #expect(
      problem { $0.swapAt(3, 4) }
        == "the table of SET has at point 5 conductance 8300000.0 pS after 10100000.0 pS, expected rising ones")
    for (time, isRefused) in [(0, true), (-1, true), (.nan, true), (0.5, false), (1, false)] as [(Double, Bool)] {
      var timed = stellar
      timed.pulseTime = time
      #expect((timed.problem == "a measured pulse takes more than 0 ns") == isRefused, "\(time)")
    }
    stellar.bounds = ConductanceBounds(0, 5)
    #expect(stellar.problem == "conductances are 0 to 5 pS, expected more than 0, rising, up to 2 mS")
    #expect(ConductanceBounds(1, 2_000_000_000).problem == nil)
    for (low, high) in [(1, 2_000_000_001), (5, 5), (0, 5)] as [(Int32, Int32)] {
      #expect(ConductanceBounds(low, high).problem != nil)
    }
  }
}
