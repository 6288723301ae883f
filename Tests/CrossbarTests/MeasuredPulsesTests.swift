import Foundation
import TestSupport
import Testing

@testable import Crossbar

@Suite("Measured pulses")
struct MeasuredPulsesTests {
  let model = MeasuredPulses.stellar

  @Test("A pulse inside a bin moves by the mean of its bin", arguments: 0..<10)
  func means(bin: Int) {
    let middle = Int32(2_000_000 + 1_800_000 * bin + 900_000)
    #expect(model.conductance(middle, after: 1, .set) == middle + Int32(model.set.points[bin].mean))
    #expect(model.conductance(middle, after: 1, .reset) == middle - Int32(model.reset.points[bin].mean))
    #expect(model.conductance(middle, after: 0.5, .set) == middle + Int32((model.set.points[bin].mean / 2).rounded()))
  }

  @Test("358 mean SET pulses and 886.5 mean RESET pulses run through the range, bin by bin")
  func sweep() {
    func pulses(_ means: [Double]) -> Double { means.reduce(0) { $0 + 1_800_000 / $1 } }
    #expect(
      pulses(model.set.points.map(\.mean)).rounded() == 358 && abs(pulses(model.reset.points.map(\.mean)) - 886.5) < 0.1
    )
    for (polarity, means) in [
      (Polarity.set, model.set.points.map(\.mean)), (.reset, Array(model.reset.points.map(\.mean).reversed())),
    ] {
      let start: Int32 = polarity == .set ? 2_000_000 : 20_000_000
      var dose = 0.0
      for (bin, mean) in means.enumerated() {
        dose += 1_800_000 / mean
        let edge = Int32(1_800_000 * (bin + 1))
        let reached = model.conductance(start, after: dose, polarity)
        #expect(abs(reached - (polarity == .set ? start + edge : start - edge)) <= 1)
      }
    }
  }

  @Test("One long pulse is as far as its parts one after another, without noise")
  func additive() {
    var random = SeededRandom(3)
    for _ in 0..<500 {
      let start = Int32.random(in: 2_000_000...20_000_000, using: &random)
      let (first, second) = (Double.random(in: 0...50, using: &random), Double.random(in: 0...50, using: &random))
      for polarity in [Polarity.set, .reset] {
        let parts = model.conductance(model.conductance(start, after: first, polarity), after: second, polarity)
        // Rounding between the parts counts as much more as the steps of a later bin are larger.
        #expect(abs(parts - model.conductance(start, after: first + second, polarity)) <= 200, "seed 3")
      }
    }
  }

  @Test("Noise is normal with σ/√2, clipped at σ", arguments: [3, 5])
  func noise(bin: Int) {
    let random = CounterRandom(seed: 2)
    let start = Int32(2_000_000 + 1_800_000 * bin + 900_000)
    let sigma = model.set.points[bin].deviation
    let errors = (0..<20_000).map { index in
      let draw = Double(random.gaussian(.setNoise, tile: 0, operation: 1, index: index))
      let noise = draw / Double(CounterRandom.gaussianScale)
      return Double(model.conductance(start, after: 1, .set, noise: noise) - start) - model.set.points[bin].mean
    }
    #expect(errors.allSatisfy { abs($0) <= sigma + 1 } && errors.contains { abs($0) > sigma - 1 })
    // Variance of a unit normal clipped at c = √2: 1 − 2·(c·φ(c) + (1 − c²)·(1 − Φ(c))).
    let c = 2.0.squareRoot()
    let density = exp(-1) / (2 * Double.pi).squareRoot()
    let variance = 1 - 2 * (c * density + (1 - c * c) * 0.5 * erfc(1))
    let expected = sigma * (variance / 2).squareRoot()
    let moments = Moments(errors)
    #expect(abs(moments.mean) < 4 * expected / 20_000.0.squareRoot())
    #expect(abs(moments.deviation / expected - 1) < 0.02)
  }

  @Test("A gap of more than four mean distances is refused wherever it is, inside and at both ends of the range")
  func gaps() {
    func table(_ conductances: [Double]) -> PulseTable {
      PulseTable(conductances.map { .init($0, mean: 10, deviation: 1) })
    }
    let even = (1...11).map { Double($0 * 100) }
    #expect(table(even).problem(in: 100...1100) == nil)
    // Behind a point all others are farther: eleven points, ten distances, one of them d, the mean (900 + d)/10.
    for place in 1...10 {
      for (gap, isRefused) in [(500.0, false), (600.0, false), (601.0, true), (900, true)] {
        let points = even.enumerated().map { $0.offset >= place ? $0.element + gap - 100 : $0.element }
        let problem = table(points).problem(in: 100...Int32(1100 + gap - 100))
        #expect((problem != nil) == isRefused, "\(place) \(gap)")
        if isRefused { #expect(problem?.point == place && problem?.text.hasPrefix("a gap from ") == true) }
      }
    }
    for (room, isRefused) in [(400, false), (401, true)] as [(Int32, Bool)] {
      let low = table(even.map { $0 + Double(room) }).problem(in: 100...1100 + room)
      #expect((low?.text.hasPrefix("a gap from the lowest conductance") == true) == isRefused && low?.point ?? 0 == 0)
      let high = table(even).problem(in: 100...1100 + room)
      #expect((high?.text.hasPrefix("a gap from the last conductance") == true) == isRefused && high?.point ?? 10 == 10)
    }
  }
}
