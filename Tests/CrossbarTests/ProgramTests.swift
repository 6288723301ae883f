import TestSupport
import Testing

@testable import Crossbar

@Suite("Programming")
struct ProgramTests {
  static let model = VTEAM.analog

  static func phase(
    _ wordLine: Int, _ polarity: Polarity, _ widths: [Nanoseconds], millivolts: Int = 1200, operation: UInt64 = 1
  ) -> RowPhase {
    RowPhase(wordLine: wordLine, polarity: polarity, millivolts: millivolts, widths: widths, operation: operation)
  }

  /// Conductances after a phase by the documented scheme: V on the pulsed cells, V/2 on the rest of both lines.
  static func expected(_ array: CrossbarArray, _ phase: RowPhase) -> [Int32] {
    var result = array.conductance
    let full = model.rate(phase.polarity, millivolts: Double(phase.millivolts))
    let half = model.rate(phase.polarity, millivolts: Double(phase.millivolts) / 2)
    let strobe = phase.widths.max() ?? 0
    for wordLine in 0..<array.wordLines {
      for bitLine in 0..<array.bitLines {
        let width = phase.widths[bitLine]
        // The pulse first, then half the voltage for the rest of the longest one.
        let isSelected = wordLine == phase.wordLine
        let cell = wordLine * array.bitLines + bitLine
        for dose in isSelected
          ? [full * Double(width.count), half * Double((strobe - width).count)] : [half * Double(width.count)]
        where dose > 0 {
          result[cell] = model.conductance(result[cell], after: dose, phase.polarity)
        }
      }
    }
    return result
  }

  @Test("At 1.2 V the pulsed cells move by their own widths and nothing else moves", arguments: [Polarity.set, .reset])
  func selectedOnly(polarity: Polarity) {
    var array = CrossbarArray.random(5, 6)
    let before = array
    let phase = Self.phase(2, polarity, [100, 0, 2000, 20, 0, 40])
    _ = array.apply(phase)
    #expect(array.conductance == Self.expected(before, phase))
    for wordLine in 0..<5 {
      for bitLine in 0..<6 {
        let change = array.conductance(wordLine, bitLine) - before.conductance(wordLine, bitLine)
        if wordLine != 2 || phase.widths[bitLine] == 0 { #expect(change == 0) }
        if wordLine == 2 && bitLine == 2 { #expect(polarity == .set ? change > 0 : change < 0) }
      }
    }
  }

  @Test("At 1.6 V exactly half the voltage disturbs both lines, and nobody else", arguments: [Polarity.set, .reset])
  func halfSelect(polarity: Polarity) {
    var array = CrossbarArray.random(4, 5)
    let before = array
    let phase = Self.phase(1, polarity, [0, 20_000, 0, 40_000, 0], millivolts: 1600)
    _ = array.apply(phase)
    #expect(array.conductance == Self.expected(before, phase))
    for wordLine in [0, 2, 3] {
      for bitLine in [0, 2, 4] {
        #expect(array.conductance(wordLine, bitLine) == before.conductance(wordLine, bitLine))
      }
    }
    let moved = zip(array.conductance, before.conductance).filter { $0 != $1 }
    #expect(moved.count >= 9, "the other cells of the word line and of two bit lines move, but for those at a limit")
  }

  @Test("Half of 1.4 V is the threshold and disturbs nobody; half of 1.402 V does")
  func halfSelectThreshold() {
    for (millivolts, isDisturbed) in [(1400, false), (1402, true)] {
      var array = CrossbarArray(wordLines: 2, bitLines: 2, synapse: .reference, device: .vteam(.analog))
      for cell in 0..<4 { array.setConductance(50_000_000, wordLine: cell / 2, bitLine: cell % 2) }
      _ = array.apply(Self.phase(0, .set, [2_000_000_000, 0], millivolts: millivolts))
      #expect(array.conductance(0, 0) == 100_000_000 && array.conductance(1, 1) == 50_000_000)
      #expect((array.conductance(0, 1) > 50_000_000) == isDisturbed)
      #expect((array.conductance(1, 0) > 50_000_000) == isDisturbed)
    }
  }

  @Test("No pulse at or below the threshold moves anything")
  func belowThreshold() {
    for polarity in [Polarity.set, .reset] {
      var array = CrossbarArray.random(3, 3)
      let before = array.conductance
      _ = array.apply(Self.phase(0, polarity, [1_000_000, 1_000_000, 1_000_000], millivolts: 700))
      _ = array.apply(Self.phase(0, polarity, [0, 0, 0], millivolts: 4000))
      #expect(array.conductance == before)
    }
  }

  @Test(
    "A voltage that does not move a noisy device leaves no noise in it either, whole or halved",
    arguments: [Polarity.set, .reset])
  func noNoiseWithoutMove(polarity: Polarity) {
    for (millivolts, isPulsed) in [(1000, false), (1001, true), (2000, true)] {
      var array = CrossbarArray(wordLines: 2, bitLines: 2, synapse: .reference, device: .umass(.airline))
      for cell in 0..<4 { array.setConductance(230_000_000, wordLine: cell / 2, bitLine: cell % 2) }
      _ = array.apply(Self.phase(0, polarity, [20_000, 0], millivolts: millivolts))
      #expect((array.conductance(0, 0) != 230_000_000) == isPulsed)
      #expect(
        [array.conductance(0, 1), array.conductance(1, 0), array.conductance(1, 1)].allSatisfy { $0 == 230_000_000 })
    }
  }

  @Test("After many rows the derived weights and loads are those of a rebuilt array", arguments: Synapse.allCases)
  func derivedState(synapse: Synapse) {
    var array = CrossbarArray.random(9, 14, synapse, variation: Variation(deviceToDevice: 0.1, cycleToCycle: 0.1))
    var random = SeededRandom(4)
    for operation in 0..<40 {
      let widths = (0..<14).map { _ in Int32.random(in: -3000...6000, using: &random) }.map { Nanoseconds(max($0, 0)) }
      let phase = Self.phase(
        Int.random(in: 0..<9, using: &random), operation % 2 == 0 ? .set : .reset, widths,
        millivolts: [1200, 1700].randomElement(using: &random) ?? 0, operation: UInt64(operation))
      _ = array.apply(phase)
    }
    #expect(array.hasSameDerivedState(as: array.rebuilt))
    array.erase(millivolts: 1300, width: 3000, operation: 99)
    #expect(array.hasSameDerivedState(as: array.rebuilt))
    #expect(
      (0..<9).map { row in (0..<14).reduce(0) { $0 + array.steps(row, $1) } } == array.wordLineLoad.map { Int128($0) })
    #expect(
      (0..<14).map { line in (0..<9).reduce(0) { $0 + array.steps($1, line) } } == array.bitLineLoad.map { Int128($0) })
  }

  @Test("Long RESET phases of all word lines leave the lowest conductance")
  func erase() {
    for millivolts in [1200, 1700] {
      var array = CrossbarArray.random(4, 3)
      array.erase(millivolts: millivolts, width: 200_000, operation: 2)
      #expect(array.conductance == Array(repeating: 10_000_000, count: 12))
    }
  }

  @Test("An erase of a fully SET array has an energy that fits")
  func largeErase() async {
    await #expect(processExitsWith: .success) {
      // 288² cells of 100 µS for 65 535 steps of 20 ns: 1.09e19 pS·ns, more than 63 bits.
      var array = CrossbarArray(wordLines: 288, bitLines: 288, synapse: .reference, device: .vteam(.analog))
      for cell in 0..<288 * 288 { array.setConductance(100_000_000, wordLine: cell / 288, bitLine: cell % 288) }
      array.erase(millivolts: 1200, width: 1_310_700, operation: 1)
    }
  }

  /// Doses that a phase of equal widths gave to every cell, over the nominal one.
  static func doses(_ variation: Variation, seed: UInt64, _ polarity: Polarity, operation: UInt64) -> [Double] {
    var array = CrossbarArray(
      wordLines: 40, bitLines: 50, synapse: .reference, device: .vteam(.analog), variation: variation, seed: seed)
    for cell in 0..<2000 { array.setConductance(20_000_000, wordLine: cell / 50, bitLine: cell % 50) }
    let widths = [Nanoseconds](repeating: 2000, count: 50)
    for row in 0..<40 { _ = array.apply(phase(row, polarity, widths, operation: operation)) }
    let nominal = model.rate(polarity, millivolts: 1200) * 2000
    return array.conductance.map { abs(50_000 - 1e12 / Double($0)) / nominal }
  }

  @Test("Without variation every dose is the nominal one, whatever the seed")
  func noVariation() {
    let doses = Self.doses(.none, seed: 1, .set, operation: 1)
    #expect(doses.allSatisfy { abs($0 - 1) < 1e-5 } && Set(doses).count == 1)
    #expect(doses == Self.doses(.none, seed: 2, .set, operation: 7))
  }

  @Test(
    "Device-to-device variation has its σ, belongs to the cell and the polarity, and repeats", arguments: [0.02, 0.1])
  func deviceToDevice(sigma: Double) {
    let variation = Variation(deviceToDevice: sigma)
    let set = Self.doses(variation, seed: 5, .set, operation: 1)
    let moments = Moments(set)
    // σ of σ is σ/√(2n), 1.6 %.
    #expect(abs(moments.mean - 1) < 4 * sigma / 2000.0.squareRoot() && abs(moments.deviation / sigma - 1) < 0.065)
    #expect(set == Self.doses(variation, seed: 5, .set, operation: 2), "the same for every pulse of a cell")
    let reset = Self.doses(variation, seed: 5, .reset, operation: 1)
    #expect(abs(Moments(reset).deviation / sigma - 1) < 0.065)
    #expect(abs(correlation(set, reset)) < 0.1)
    #expect(abs(correlation(set, Self.doses(variation, seed: 6, .set, operation: 1))) < 0.1)
  }

  @Test("Cycle-to-cycle variation has its σ and is drawn for every pulse", arguments: [0.02, 0.1])
  func cycleToCycle(sigma: Double) {
    let variation = Variation(cycleToCycle: sigma)
    let first = Self.doses(variation, seed: 5, .set, operation: 1)
    let moments = Moments(first)
    #expect(abs(moments.mean - 1) < 4 * sigma / 2000.0.squareRoot() && abs(moments.deviation / sigma - 1) < 0.065)
    #expect(first == Self.doses(variation, seed: 5, .set, operation: 1))
    for other in [
      Self.doses(variation, seed: 5, .set, operation: 2), Self.doses(variation, seed: 5, .reset, operation: 1),
      Self.doses(variation, seed: 6, .set, operation: 1),
    ] { #expect(abs(correlation(first, other)) < 0.1) }
  }

  @Test("Both variations multiply, and no dose falls below a twentieth")
  func factors() {
    let both = Self.doses(Variation(deviceToDevice: 0.1, cycleToCycle: 0.1), seed: 5, .set, operation: 1)
    let device = Self.doses(Variation(deviceToDevice: 0.1), seed: 5, .set, operation: 1)
    let cycle = Self.doses(Variation(cycleToCycle: 0.1), seed: 5, .set, operation: 1)
    #expect(zip(both, zip(device, cycle)).allSatisfy { abs($0 - $1.0 * $1.1) < 1e-4 })
    let wild = Self.doses(Variation(cycleToCycle: 1), seed: 5, .set, operation: 1)
    #expect(wild.allSatisfy { $0 > 0.0499 } && wild.contains { abs($0 - 0.05) < 1e-4 })
    #expect(Variation.factor(-10 * CounterRandom.gaussianScale, deviation: 0.5) == 0.05)
    #expect(Variation.factor(CounterRandom.gaussianScale, deviation: 0.5) == 1.5)
  }
}
