import Testing

@testable import Crossbar

@Suite("UMass 1T1R")
struct UMassTests {
  let model = UMass1T1R.airline

  @Test("The range is 188.6 to 276.8 µS")
  func range() { #expect(model.conductanceRange == 188_600_000...276_800_000) }

  @Test("SET from the bottom leads to 98 µS/V · V_g + 120 µS at every gate voltage, and stays outside them")
  func law() {
    for millivolts in 0...2000 {
      let expected = 120_000_000 + 98_000 * Int32(min(max(millivolts, 700), 1600))
      let reached = model.conductance(188_600_000, after: Double(millivolts), .set)
      #expect(reached == (millivolts == 0 ? 188_600_000 : expected))
    }
    // A millivolt is 20 ns.
    #expect(model.rate(.set, millivolts: 1200) * 20 == 1)
  }

  @Test("SET never leads down, RESET erases however short")
  func twoPulses() {
    for before: Int32 in [188_600_000, 200_000_000, 250_000_000, 276_800_000] {
      for millivolts in stride(from: 100.0, through: 1700, by: 50) {
        let alone = model.conductance(188_600_000, after: millivolts, .set)
        #expect(model.conductance(before, after: millivolts, .set) == max(before, alone))
      }
      #expect(model.conductance(before, after: 0.05, .reset) == 188_600_000)
    }
  }

  @Test("Below 1 V no transistor opens; above, the amplitude does not matter")
  func amplitude() {
    #expect(model.rate(.set, millivolts: 1000) == 0 && model.rate(.reset, millivolts: 600) == 0)
    #expect(model.rate(.set, millivolts: 1001) == model.rate(.set, millivolts: 2000))
  }

  @Test("A pulse leaves a normal error of 4 µS")
  func noise() {
    let random = CounterRandom(seed: 9)
    let errors = (0..<20_000).map { index in
      let draw = Double(random.gaussian(.setNoise, tile: 0, operation: 1, index: index))
      let noise = draw / Double(CounterRandom.gaussianScale)
      return Double(model.conductance(188_600_000, after: 1150, .set, noise: noise)) - 232_700_000
    }
    let moments = Moments(errors)
    #expect(abs(moments.mean) < 4 * 4e6 / 20_000.0.squareRoot() && abs(moments.deviation / 4e6 - 1) < 0.02)
  }

  @Test("Its conductances end below 2 mS")
  func highest() {
    for (slope, gate, isFine) in [
      (1000.0, 1999, true), (1000, 2000, false), (1000, 3999, false), (199.9, 10_000, true), (200, 10_000, false),
    ] {
      var model = UMass1T1R()
      (model.slope, model.offset, model.highestGate) = (slope, 0, gate)
      #expect((model.problem == nil) == isFine, "\(slope) \(gate)")
      if isFine { #expect(model.conductanceRange.upperBound == Int32((slope * 1000 * Double(gate)).rounded())) }
    }
  }
}
