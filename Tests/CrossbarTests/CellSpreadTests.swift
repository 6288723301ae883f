import TestSupport
import Testing

@testable import Crossbar

/// What differs from cell to cell and from phase to phase.
@Suite("Spread of cells, stuck cells, voltage error")
struct CellSpreadTests {
  static func array(
    _ variation: Variation, device: Device = .vteam(.analog), seed: UInt64 = 5, synapse: Synapse = .reference
  ) -> CrossbarArray {
    CrossbarArray(wordLines: 40, bitLines: 50, synapse: synapse, device: device, variation: variation, seed: seed)
  }

  /// A random life: pulses of both polarities, half-selects included, and an erase.
  static func live(_ array: inout CrossbarArray, seed: UInt64, phases: Int = 60, check: (CrossbarArray) -> Void) {
    var random = SeededRandom(seed)
    for operation in 0..<phases {
      let widths = (0..<array.bitLines).map { _ in
        Bool.random(using: &random) ? Nanoseconds(Int32.random(in: 0...40_000, using: &random)) : 0
      }
      _ = array.apply(
        RowPhase(
          wordLine: Int.random(in: 0..<array.wordLines, using: &random),
          polarity: Bool.random(using: &random) ? .set : .reset,
          millivolts: [1200, 1250, 1900].randomElement(using: &random) ?? 0, widths: widths,
          operation: UInt64(operation)))
      check(array)
    }
    array.erase(millivolts: 1200, width: 60_000, operation: 1000)
    check(array)
  }

  @Test("Under every variation at once each cell stays within its bounds", arguments: Device.names)
  func bounds(name: String) throws {
    let device = try #require(Device(name: name))
    let variation = Variation(
      deviceToDevice: 0.2, thresholdSpread: 0.1, boundsSpread: 0.1, cycleToCycle: 0.2, programError: 0.05,
      stuckLRS: 0.03, stuckHRS: 0.05)
    var array = Self.array(variation, device: device)
    let ranges = (0..<2000).map { array.bounds(wordLine: $0 / 50, bitLine: $0 % 50) }
    #expect(zip(array.conductance, ranges).allSatisfy { $0 == $1.lowerBound })
    Self.live(&array, seed: 11, phases: Trials.count(5, long: 15)) { array in
      #expect(zip(array.conductance, ranges).allSatisfy { $1.contains($0) }, "seed 11")
    }
    #expect(array.hasSameDerivedState(as: array.rebuilt))
  }

  @Test("Stuck cells have their shares, never move, and read as stuck", arguments: Synapse.allCases)
  func stuck(synapse: Synapse) {
    var array = Self.array(Variation(stuckLRS: 0.0175, stuckHRS: 0.0904), synapse: synapse)
    let ranges = (0..<2000).map { array.bounds(wordLine: $0 / 50, bitLine: $0 % 50) }
    let low = ranges.indices.filter { ranges[$0] == 100_000_000...100_000_000 }
    let high = ranges.indices.filter { ranges[$0] == 10_000_000...10_000_000 }
    #expect(ranges.count { $0 == 10_000_000...100_000_000 } == 2000 - low.count - high.count)
    // 35 ± 5.9 and 181 ± 12.8.
    #expect(abs(low.count - 35) < 24 && abs(high.count - 181) < 52)
    for cell in low { array.setConductance(10_000_000, wordLine: cell / 50, bitLine: cell % 50) }
    for cell in high { array.setConductance(100_000_000, wordLine: cell / 50, bitLine: cell % 50) }
    Self.live(&array, seed: 3) { array in
      #expect(low.allSatisfy { array.conductance[$0] == 100_000_000 })
      #expect(high.allSatisfy { array.conductance[$0] == 10_000_000 })
    }
    // Each stuck cell alone on a driven line.
    for cell in low + high {
      var codes = [Int16](repeating: 0, count: 40)
      codes[cell / 50] = 100
      let currents = array.currents(.codes(codes, microvoltsPerCode: 1575), .forward)
      let column = cell % 50 / synapse.bitLinesPerColumn
      #expect(
        Int128(currents[column]) == 157_500 * Int128(array.conductanceStep) * array.naiveWeight(cell / 50, column))
    }
  }

  @Test("All cells stuck, and none")
  func allStuck() {
    let all = Self.array(Variation(stuckLRS: 1))
    #expect(all.conductance.allSatisfy { $0 == 100_000_000 })
    #expect(Self.array(Variation(stuckHRS: 1)).spread.bounds.allSatisfy { $0.isStuck && $0.low == 10_000_000 })
    #expect(Self.array(.none).spread.bounds.isEmpty)
    let half = Self.array(Variation(stuckLRS: 0.5, stuckHRS: 0.5))
    #expect(half.spread.bounds.allSatisfy { $0.isStuck })
  }

  @Test("The ends of the range spread with σ, apart, and within what a read can tell")
  func boundsSpread() {
    let array = Self.array(Variation(boundsSpread: 0.05))
    let low = array.spread.bounds.map { Double($0.low) / 10_000_000 }
    let high = array.spread.bounds.map { Double($0.high) / 100_000_000 }
    for sample in [low, high] {
      let moments = Moments(sample)
      #expect(abs(moments.mean - 1) < 4 * 0.05 / 2000.0.squareRoot() && abs(moments.deviation / 0.05 - 1) < 0.065)
    }
    #expect(abs(correlation(low, high)) < 0.1)
    let wild = Self.array(Variation(boundsSpread: 1))
    #expect(
      wild.spread.bounds.allSatisfy { $0.low >= 500_000 && $0.high <= 125_000_000 && $0.high - $0.low >= 8_999_999 })
  }

  @Test("A cell moves in its own bounds as the model does in the nominal ones")
  func affine() {
    let bounds = CellBounds(low: 11_000_000, high: 83_000_000)
    let range: ClosedRange<Int32> = 10_000_000...100_000_000
    #expect(bounds.nominal(11_000_000, in: range) == 10_000_000 && bounds.nominal(83_000_000, in: range) == 100_000_000)
    #expect(bounds.actual(10_000_000, in: range) == 11_000_000 && bounds.actual(100_000_000, in: range) == 83_000_000)
    #expect(bounds.actual(55_000_000, in: range) == 47_000_000 && bounds.nominal(47_000_000, in: range) == 55_000_000)
    let whole = CellBounds(low: 10_000_000, high: 100_000_000)
    for place: Int32 in [10_000_000, 33_333_333, 99_999_999] {
      #expect(whole.nominal(place, in: range) == place && whole.actual(place, in: range) == place)
    }
  }

  @Test("Thresholds spread with σ and weigh by the law of the device")
  func thresholds() {
    let variation = Variation(thresholdSpread: 0.02)
    let array = Self.array(variation)
    let moments = Moments(array.spread.setThreshold)
    #expect(abs(moments.mean - 1) < 4 * 0.02 / 2000.0.squareRoot() && abs(moments.deviation / 0.02 - 1) < 0.065)
    #expect(abs(correlation(array.spread.setThreshold, array.spread.resetThreshold)) < 0.1)
    let doses = ProgramTests.doses(variation, seed: 5, .set, operation: 1)
    for (dose, threshold) in zip(doses, array.spread.setThreshold) {
      let overdrive = 1.2 / 0.7 / threshold - 1
      #expect(abs(dose - overdrive * overdrive * overdrive * 343 / 125) < 1e-4)
    }
  }

  @Test("Cells of low threshold are disturbed at half the amplitude, and they only")
  func disturbed() {
    var array = Self.array(Variation(thresholdSpread: 0.1))
    for cell in 0..<2000 { array.setConductance(50_000_000, wordLine: cell / 50, bitLine: cell % 50) }
    var widths = [Nanoseconds](repeating: 0, count: 50)
    widths[7] = 200_000
    _ = array.apply(RowPhase(wordLine: 3, polarity: .set, millivolts: 1200, widths: widths, operation: 1))
    for cell in 0..<2000 where cell != 3 * 50 + 7 {
      let isHalfSelected = cell / 50 == 3 || cell % 50 == 7
      let isWeak = array.spread.setThreshold[cell] < 600.0 / 700
      #expect((array.conductance[cell] > 50_000_000) == (isHalfSelected && isWeak))
    }
  }

  @Test("The voltage error has its σ, is one for a row phase, and is in the energy")
  func programError() {
    let variation = Variation(programError: 0.02)
    let doses = ProgramTests.doses(variation, seed: 5, .set, operation: 1)
    for row in 0..<40 { #expect(Set(doses[row * 50..<row * 50 + 50]).count == 1) }
    #expect(Set(doses).count == 40)
    #expect(doses != ProgramTests.doses(variation, seed: 5, .set, operation: 2))
    #expect(doses != ProgramTests.doses(variation, seed: 5, .reset, operation: 1))
    // Each phase's voltage from its energy, one cell driven: E ∝ V².
    var ideal = CrossbarArray(wordLines: 1, bitLines: 1, synapse: .reference, device: .vteam(.analog))
    var real = CrossbarArray(
      wordLines: 1, bitLines: 1, synapse: .reference, device: .vteam(.analog), variation: variation, seed: 6)
    let errors = (UInt64(0)..<3000).map { operation in
      let phase = RowPhase(wordLine: 0, polarity: .reset, millivolts: 1200, widths: [100], operation: operation)
      let share = Double(real.apply(phase).raw) / Double(ideal.apply(phase).raw)
      return share.squareRoot() - 1
    }
    let moments = Moments(errors)
    #expect(abs(moments.mean) < 4 * 0.02 / 3000.0.squareRoot() && abs(moments.deviation / 0.02 - 1) < 0.055)
    // +2 % of the voltage is +15 % of the step.
    let nominal = VTEAM.analog.rate(.set, millivolts: 1200)
    #expect(abs(VTEAM.analog.rate(.set, millivolts: 1224) / nominal - 1.151) < 1e-3)
  }

  @Test("No axis changes the draws of another")
  func independent() {
    let one = Self.array(Variation(deviceToDevice: 0.1, thresholdSpread: 0.1, boundsSpread: 0.1))
    let many = Self.array(
      Variation(
        deviceToDevice: 0.1, thresholdSpread: 0.1, boundsSpread: 0.1, cycleToCycle: 0.3, programError: 0.2,
        stuckHRS: 0.1))
    #expect(one.spread.setRate == many.spread.setRate && one.spread.resetThreshold == many.spread.resetThreshold)
    #expect(zip(one.spread.bounds, many.spread.bounds).allSatisfy { $0 == $1 || $1.isStuck && $1.low == $0.low })
    let more = Self.array(Variation(stuckLRS: 0.05, stuckHRS: 0.2))
    let fewer = Self.array(Variation(stuckLRS: 0.05))
    #expect(
      zip(fewer.spread.bounds, more.spread.bounds).allSatisfy { !$0.isStuck || $0 == $1 }, "more faults, the same ones")
  }

  @Test("A device's own noise can be scaled, and scaled away")
  func deviceNoise() {
    func conductances(_ share: Double, operation: UInt64 = 1) -> [Double] {
      var array = Self.array(Variation(deviceNoise: share), device: .neuroSim(.taOxHfOx))
      for cell in 0..<2000 { array.setConductance(5_000_000, wordLine: cell / 50, bitLine: cell % 50) }
      for row in 0..<40 {
        _ = array.apply(
          RowPhase(
            wordLine: row, polarity: .set, millivolts: 1200, widths: Array(repeating: 50, count: 50),
            operation: operation))
      }
      return array.conductance.map(Double.init)
    }
    #expect(Set(conductances(0)).count == 1)
    let full = Moments(conductances(1))
    #expect(abs(full.deviation / (0.037 * 9e6) - 1) < 0.065)
    #expect(abs(Moments(conductances(0.5)).deviation / full.deviation - 0.5) < 0.001)
    #expect(abs(correlation(conductances(1), conductances(1, operation: 2))) < 0.1)
  }

  @Test("An array is of tile 0 and of seed 0 unless it is told")
  func usual() {
    func array(_ tile: Int?, _ seed: UInt64?) -> CrossbarArray {
      let variation = Variation(deviceToDevice: 0.2, boundsSpread: 0.2)
      return switch (tile, seed) {
      case (let tile?, let seed?):
        CrossbarArray(
          wordLines: 2, bitLines: 2, synapse: .reference, device: .vteam(.analog), variation: variation, tile: tile,
          seed: seed)
      default:
        CrossbarArray(
          wordLines: 2, bitLines: 2, synapse: .reference, device: .vteam(.analog), variation: variation)
      }
    }
    let bounds = array(nil, nil).spread.bounds
    #expect(bounds == array(0, 0).spread.bounds)
    #expect(bounds != array(0, 1).spread.bounds && bounds != array(1, 0).spread.bounds)
  }
}
