import Testing

@testable import Crossbar

@Suite("VTEAM")
struct VTEAMTests {
  let model = VTEAM.analog

  @Test("The default device has 10 to 100 µS")
  func range() {
    #expect(model.conductanceRange == 10_000_000...100_000_000)
    #expect(Device.vteam(model).conductanceRange == model.conductanceRange)
  }

  @Test("Resistances from 500 Ω to 100 GΩ, the lower one first, are a device's; what lies beyond is refused")
  func resistances() {
    func problem(_ on: Double, _ off: Double) -> String? {
      var model = model
      (model.onResistance, model.offResistance) = (on, off)
      return model.problem
    }
    #expect(problem(500, 1e11) == nil && problem(500, 500.1) == nil)
    for (on, off) in [(499.9, 1e11), (500, 1.0001e11), (500, 500), (600, 500)] {
      #expect(problem(on, off)?.contains("\(on) and \(off) ohms") == true, "\(on), \(off)")
    }
  }

  @Test("No dose at or below the threshold, a positive one above it", arguments: [Polarity.set, .reset])
  func threshold(polarity: Polarity) {
    for millivolts in [0, 1, 350, 600, 699.9, 700] { #expect(model.rate(polarity, millivolts: millivolts) == 0) }
    #expect(model.rate(polarity, millivolts: 700.1) > 0)
    #expect(model.rate(polarity, millivolts: 1200) < model.rate(polarity, millivolts: 1201))
  }

  @Test("The rate at twice the threshold is k/D of the range per nanosecond, and grows with the exponent")
  func rates() {
    let perNanosecond = 90_000 * 6.43e-5 / 3
    for polarity in [Polarity.set, .reset] {
      #expect(abs(model.rate(polarity, millivolts: 1400) / perNanosecond - 1) < 1e-12)
      // v/v_th − 1 = 5/7
      #expect(abs(model.rate(polarity, millivolts: 1200) / perNanosecond * 343 / 125 - 1) < 1e-12)
      #expect(abs(model.rate(polarity, millivolts: 2100) / perNanosecond / 8 - 1) < 1e-12)
    }
  }

  @Test("SET and RESET have parameters of their own")
  func polarities() {
    let uneven = VTEAM(
      onResistance: 10_000, offResistance: 20_000, setThreshold: 0.5, resetThreshold: 1, setSpeed: 1e-5,
      resetSpeed: 3e-5, setExponent: 1, resetExponent: 2)
    #expect(abs(uneven.rate(.set, millivolts: 1500) - 10_000 * 1e-5 * 2) < 1e-12)
    #expect(abs(uneven.rate(.reset, millivolts: 1500) - 10_000 * 3e-5 * 0.25) < 1e-12)
    #expect(uneven.rate(.set, millivolts: 800) > 0 && uneven.rate(.reset, millivolts: 800) == 0)
  }

  /// Conductances after each of `count` pulses of 1 µs at 1.2 V.
  func staircase(_ polarity: Polarity, from start: Int32, count: Int) -> [Int32] {
    let dose = model.rate(polarity, millivolts: 1200) * 1000
    var steps = [start]
    for _ in 0..<count { steps.append(model.conductance(steps[steps.count - 1], after: dose, polarity)) }
    return steps
  }

  @Test("128 SET pulses of 1 µs at 1.2 V cover the range in steps of 0.071 to 6.57 µS, 93 : 1")
  func setStaircase() {
    let steps = staircase(.set, from: 10_000_000, count: 129)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 || $1 == 100_000_000 })
    #expect(steps[127] < 97_000_000 && steps[128] > 99_700_000 && steps[129] == 100_000_000)
    #expect(abs(Int(steps[1] - steps[0]) - 71_000) < 500)
    let last = model.conductance(100_000_000, after: model.rate(.reset, millivolts: 1200) * 1000, .reset)
    #expect(abs(Int(100_000_000 - last) - 6_570_000) < 5_000)
    #expect(abs(Double(100_000_000 - last) / Double(steps[1] - steps[0]) - 93) < 0.5)
  }

  @Test("128 RESET pulses of 1 µs at 1.2 V cover the range downwards")
  func resetStaircase() {
    let steps = staircase(.reset, from: 100_000_000, count: 129)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 || $1 == 10_000_000 })
    #expect(steps[127] > 10_060_000 && steps[128] < 10_010_000 && steps[129] == 10_000_000)
  }

  @Test("The resistance moves by the dose: down in SET, up in RESET, rounded to a picosiemens")
  func linearInResistance() {
    for before: Int32 in [10_000_000, 20_000_000, 50_000_000, 99_000_000] {
      let resistance = 1e12 / Double(before)
      #expect(model.conductance(before, after: 50, .set) == Int32((1e12 / max(resistance - 50, 10_000)).rounded()))
      #expect(model.conductance(before, after: 50, .reset) == Int32((1e12 / min(resistance + 50, 100_000)).rounded()))
      #expect(
        model.conductance(before, after: 0, .set) == before && model.conductance(before, after: 0, .reset) == before)
    }
  }

  @Test("SET at the top and RESET at the bottom stay, however long")
  func limits() {
    for dose in [1e-3, 1.0, 1e3, 1e9] {
      #expect(model.conductance(100_000_000, after: dose, .set) == 100_000_000)
      #expect(model.conductance(10_000_000, after: dose, .reset) == 10_000_000)
      #expect(model.conductance(60_000_000, after: dose, .set) <= 100_000_000)
      #expect(model.conductance(60_000_000, after: dose, .reset) >= 10_000_000)
    }
    #expect(model.conductance(60_000_000, after: 1e9, .set) == 100_000_000)
    #expect(model.conductance(60_000_000, after: 1e9, .reset) == 10_000_000)
  }

  @Test("A RESET after an equal SET returns within a picosiemens of rounding")
  func roundTrip() {
    for before in stride(from: Int32(10_000_000), through: 60_000_000, by: 1_234_567) {
      let up = model.conductance(before, after: 700, .set)
      #expect(up > before && abs(model.conductance(up, after: 700, .reset) - before) <= 1)
    }
  }

  @Test("Two pulses of half the width move as one of the whole, within rounding")
  func additive() {
    for before: Int32 in [11_000_000, 30_000_000, 70_000_000] {
      let twice = model.conductance(model.conductance(before, after: 300, .set), after: 300, .set)
      #expect(abs(twice - model.conductance(before, after: 600, .set)) <= 2)
    }
  }
}
