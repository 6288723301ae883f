import TestSupport
import Testing

@testable import Crossbar

@Suite("Read noise and energy")
struct NoiseAndEnergyTests {
  @Test("The integer root is the largest one whose square is not above", arguments: [0, 1, 20])
  func roots(spread: UInt64) {
    var random = SeededRandom(spread)
    for _ in 0..<500 {
      let value = random.next() >> (random.next() % 64)
      let root = UInt128(CrossbarArray.squareRoot(value))
      #expect(root * root <= UInt128(value) && (root + 1) * (root + 1) > UInt128(value))
    }
    for root: UInt64 in [1, 2, 3, 94_906_265, 94_906_267, 3_037_000_499, 4_294_967_295] {
      #expect(CrossbarArray.squareRoot(root * root) == root && CrossbarArray.squareRoot(root * root - 1) == root - 1)
    }
    #expect(CrossbarArray.squareRoot(0) == 0 && CrossbarArray.squareRoot(.max) == 4_294_967_295)
  }

  @Test("A draw is scaled exactly, towards zero, whatever its size")
  func scaling() {
    var random = SeededRandom(2)
    for _ in 0..<1000 {
      let draw = Int64.random(in: -3_211_263...3_211_263, using: &random)
      let deviation = Int64.random(in: 0...900_000_000_000_000, using: &random) >> Int64(random.next() % 40)
      let exact = Int128(draw) * Int128(deviation) / Int128(CounterRandom.gaussianScale)
      #expect(Int128(CrossbarArray.scaled(draw, by: deviation)) == exact)
    }
  }

  /// Noise of `operations` reads of an array whose noiseless currents are 0.
  static func noise(
    _ synapse: Synapse, picosiemens: Int64, squares: UInt64, lines: Int, operations: Int, seed: UInt64 = 1
  ) -> [Double] {
    let array = CrossbarArray(
      wordLines: 1, bitLines: lines * synapse.bitLinesPerColumn, synapse: synapse, device: .vteam(.analog),
      variation: Variation(readNoise: picosiemens), seed: seed)
    return (1...operations).flatMap { operation in
      var currents = [Int64](repeating: 0, count: lines)
      array.addReadNoise(squares: squares, operation: UInt64(operation), to: &currents)
      return currents.map { Double($0) }
    }
  }

  @Test("The variance is σ² · Σv² · cells, √2 more in σ for pairs", arguments: [1_000, 1_000_000])
  func variance(picosiemens: Int64) {
    // Three lines at 30, 40 and 120 mV: √Σv² is 130 mV.
    let squares: UInt64 = 130_000 * 130_000
    let exact = Double(picosiemens) * 130_000
    let reference = Moments(
      Self.noise(.reference, picosiemens: picosiemens, squares: squares, lines: 100, operations: 150))
    let pairs = Moments(
      Self.noise(.differential, picosiemens: picosiemens, squares: squares, lines: 100, operations: 150))
    // σ of σ is 0.58 %, of the mean 0.82 %.
    #expect(abs(reference.deviation / exact - 1) < 0.024 && abs(reference.mean / exact) < 0.033)
    #expect(abs(pairs.deviation / exact / 2.0.squareRoot() - 1) < 0.024)
    #expect(abs(pairs.deviation / reference.deviation - 2.0.squareRoot()) < 0.001, "the same draws, scaled")
  }

  @Test("Noise repeats with the seed and the operation, and differs with either and from line to line")
  func draws() {
    let base = Self.noise(.reference, picosiemens: 1000, squares: 1_000_000, lines: 50, operations: 2)
    #expect(base == Self.noise(.reference, picosiemens: 1000, squares: 1_000_000, lines: 50, operations: 2))
    #expect(base != Self.noise(.reference, picosiemens: 1000, squares: 1_000_000, lines: 50, operations: 2, seed: 2))
    #expect(Array(base.prefix(50)) != Array(base.suffix(50)) && Set(base).count > 90)
  }

  @Test("Noise is added to the currents; none without σ and none without a driven line")
  func silence() {
    for (picosiemens, squares) in [(Int64(0), UInt64(1_000_000)), (1000, 0)] {
      #expect(
        Self.noise(.reference, picosiemens: picosiemens, squares: squares, lines: 5, operations: 2)
          .allSatisfy { $0 == 0 })
    }
    let array = CrossbarArray(
      wordLines: 1, bitLines: 1, synapse: .reference, device: .vteam(.analog), variation: Variation(readNoise: 1000))
    var (zero, offset): ([Int64], [Int64]) = ([0], [123_456])
    array.addReadNoise(squares: 1_000_000, operation: 3, to: &zero)
    array.addReadNoise(squares: 1_000_000, operation: 3, to: &offset)
    #expect(offset[0] == zero[0] + 123_456 && zero[0] != 0)
  }

  @Test("A read dissipates Σ v² · G · t over the driven lines, references included", arguments: Synapse.allCases)
  func readEnergy(synapse: Synapse) {
    let array = CrossbarArray.random(5, 8, synapse)
    for direction in [ReadDirection.forward, .transposed] {
      let lines = direction == .forward ? array.wordLines : array.columns
      let codes = (0..<lines).map { Int16([0, 127, -3, 64, -127, 1, 0, 9][$0]) }
      var load: UInt128 = 0
      for (line, code) in codes.enumerated() {
        for other in 0..<(direction == .forward ? array.columns : array.wordLines) {
          let (wordLine, column) = direction == .forward ? (line, other) : (other, line)
          let cells =
            synapse == .reference
            ? array.steps(wordLine, column) + Int128(array.referenceCode)
            : array.steps(wordLine, 2 * column) + array.steps(wordLine, 2 * column + 1)
          let microvolts = Int128(code) * 1575
          load += UInt128(microvolts * microvolts * cells)
        }
      }
      let exact = Energy(raw: load * UInt128(array.conductanceStep) * 300)
      let drive = LineDrive.codes(codes, microvoltsPerCode: 1575)
      #expect(array.dissipation(ofRead: drive, direction, nanoseconds: 300) == exact)
      let volts = LineDrive.microvolts(codes.map { Int32($0) * 1575 })
      #expect(array.dissipation(ofRead: volts, direction, nanoseconds: 300) == exact)
    }
  }

  @Test("A phase dissipates V² · G · t in pulsed cells and a quarter of V² · G · t in half-selected ones")
  func phaseEnergy() {
    var array = CrossbarArray.random(4, 5)
    // Whole steps, so that the account by steps and by picosiemens is the same.
    for cell in 0..<20 {
      array.setConductance(3815 * Int32(3000 + 1000 * cell), wordLine: cell / 5, bitLine: cell % 5)
    }
    for (polarity, millivolts) in [(Polarity.set, 1200), (.reset, 1501)] {
      let widths: [Nanoseconds] = [0, 400, 20, 0, 1000]
      let phase = RowPhase(wordLine: 2, polarity: polarity, millivolts: millivolts, widths: widths, operation: 1)
      let full = UInt128(millivolts) * 1000
      let half = UInt128(millivolts) * 500
      var exact: UInt128 = 0
      for wordLine in 0..<4 {
        for bitLine in 0..<5 {
          let conductance = UInt128(array.conductance(wordLine, bitLine))
          let width = UInt128(widths[bitLine].count)
          if wordLine == 2 {
            exact += full * full * conductance * width + half * half * conductance * (1000 - width)
          } else {
            exact += half * half * conductance * width
          }
        }
      }
      #expect(array.apply(phase).raw == exact)
      for cell in 0..<20 {
        array.setConductance(3815 * Int32(3000 + 1000 * cell), wordLine: cell / 5, bitLine: cell % 5)
      }
    }
  }

  @Test("A phase without pulses dissipates nothing")
  func idlePhase() {
    var array = CrossbarArray.random(3, 3)
    let phase = RowPhase(wordLine: 0, polarity: .set, millivolts: 1200, widths: [0, 0, 0], operation: 1)
    #expect(array.apply(phase) == .zero)
  }

  @Test("Energies add exactly and read as attojoules rounded down")
  func units() {
    // 1 V on 1 µS for 1 s: 1 µJ.
    #expect(Energy(microvolts: 1_000_000, load: 1_000_000 * 1_000_000_000).attojoules == 1_000_000_000_000)
    #expect(Energy(microvolts: -3, load: 5).raw == 45)
    #expect(Energy(raw: 1_999_999_999_999_999).attojoules == 1 && Energy(raw: 999_999_999_999_999).attojoules == 0)
    var sum = Energy(raw: UInt128(UInt64.max))
    sum += Energy(raw: 1)
    #expect(sum.raw == 1 << 64)
  }

  @Test("The root of a whole number is rounded down, up to the largest there is")
  func roots() {
    let edges =
      (0...64).map { $0 == 64 ? UInt64.max : 1 << $0 } + [94_906_265, 94_906_266, 4_294_967_295].map { $0 * $0 }
    for value in edges.flatMap({ [$0 &- 1, $0, $0 &+ 1] }) {
      let root = CrossbarArray.squareRoot(value)
      #expect(root.multipliedFullWidth(by: root) <= (0, value), "\(value)")
      #expect((root + 1).multipliedFullWidth(by: root + 1) > (0, value), "\(value)")
    }
  }
}
