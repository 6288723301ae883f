import TestSupport
import Testing

@testable import Crossbar

/// One shape of array with one kind of synapse.
struct Shape: CustomTestStringConvertible, Sendable {
  let wordLines: Int
  let bitLines: Int
  let synapse: Synapse

  var testDescription: String { "\(wordLines)×\(bitLines) \(synapse)" }

  static let all: [Shape] = [
    (1, 1), (1, 2), (2, 1), (3, 5), (15, 17), (16, 16), (17, 32), (33, 31), (48, 100), (100, 48), (1, 1024), (1024, 1),
    (1024, 2), (2, 1024), (65, 130),
  ].flatMap { (wordLines, bitLines) in
    Synapse.allCases.compactMap { synapse in
      bitLines % synapse.bitLinesPerColumn == 0
        ? Shape(wordLines: wordLines, bitLines: bitLines, synapse: synapse) : nil
    }
  }
}

@Suite("Reads")
struct ReadTests {
  static func codes(_ count: Int, driven: Int, largest: Int16, _ random: inout SeededRandom) -> [Int16] {
    var codes = [Int16](repeating: 0, count: count)
    for line in (0..<count).shuffled(using: &random).prefix(driven) {
      codes[line] = Int16.random(in: 1...largest, using: &random) * (Bool.random(using: &random) ? 1 : -1)
    }
    return codes
  }

  @Test("Every current is the exact sum over its cells, forward and transposed", arguments: Shape.all)
  func exactSums(shape: Shape) {
    var random = SeededRandom(UInt64(shape.wordLines * 2048 + shape.bitLines))
    let array = CrossbarArray.random(shape.wordLines, shape.bitLines, shape.synapse)
    for direction in [ReadDirection.forward, .transposed] {
      let (drivenLines, sensedLines) =
        direction == .forward ? (array.wordLines, array.columns) : (array.columns, array.wordLines)
      for (driven, largest) in [(0, 1), (1, 2047), (2, 127), (3, 7), (drivenLines, 127), (drivenLines, 2047)] {
        guard driven <= drivenLines else { continue }
        let codes = Self.codes(drivenLines, driven: driven, largest: Int16(largest), &random)
        let expected = (0..<sensedLines).map {
          array.naiveCurrent(codes.map { Int128($0) * 1575 }, direction, sensed: $0)
        }
        let currents = array.currents(.codes(codes, microvoltsPerCode: 1575), direction)
        #expect(currents.map { Int128($0) } == expected, "\(driven) lines driven")
      }
    }
  }

  @Test(
    "The largest codes on the largest weights of one sign add up exactly, beyond 32 bits", arguments: Synapse.allCases)
  func largestSums(synapse: Synapse) {
    var array = CrossbarArray.random(200, 8, synapse)
    for cell in 0..<200 * 8 {
      array.setConductance(cell % 2 == 0 ? 100_000_000 : 10_000_000, wordLine: cell / 8, bitLine: cell % 8)
    }
    let codes = [Int16](repeating: 2047, count: 200)
    let expected = (0..<array.columns).map {
      array.naiveCurrent(codes.map { Int128($0) * 98 }, .forward, sensed: $0)
    }
    #expect(array.currents(.codes(codes, microvoltsPerCode: 98), .forward).map { Int128($0) } == expected)
  }

  @Test("An ideal DAC's codes and the same voltages give the same currents", arguments: Shape.all)
  func voltages(shape: Shape) {
    var random = SeededRandom(9)
    let array = CrossbarArray.random(shape.wordLines, shape.bitLines, shape.synapse)
    for direction in [ReadDirection.forward, .transposed] {
      let lines = direction == .forward ? array.wordLines : array.columns
      for driven in [0, 1, 2, 3, lines] where driven <= lines {
        let codes = Self.codes(lines, driven: driven, largest: 2047, &random)
        let microvolts = codes.map { Int32($0) * 98 }
        let currents = array.currents(.codes(codes, microvoltsPerCode: 98), direction)
        #expect(currents == array.currents(.microvolts(microvolts), direction))
      }
    }
  }

  @Test("Voltages of any size give the exact sum over the cells", arguments: Synapse.allCases)
  func anyVoltages(synapse: Synapse) {
    var random = SeededRandom(11)
    let array = CrossbarArray.random(19, 14, synapse)
    for direction in [ReadDirection.forward, .transposed] {
      let (drivenLines, sensedLines) =
        direction == .forward ? (array.wordLines, array.columns) : (array.columns, array.wordLines)
      let microvolts = (0..<drivenLines).map { _ in Int32.random(in: -212_345...212_345, using: &random) }
      let expected = (0..<sensedLines).map {
        array.naiveCurrent(microvolts.map { Int128($0) }, direction, sensed: $0)
      }
      #expect(array.currents(.microvolts(microvolts), direction).map { Int128($0) } == expected)
    }
  }

  @Test("One, two and many driven lines superpose: the sparse path is the dense one")
  func superposition() {
    let array = CrossbarArray.random(20, 18, .differential)
    for direction in [ReadDirection.forward, .transposed] {
      let lines = direction == .forward ? array.wordLines : array.columns
      let codes = (0..<lines).map { Int16(truncatingIfNeeded: 2047 - 401 * ($0 % 11)) }
      var sum = [Int64](repeating: 0, count: direction == .forward ? array.columns : array.wordLines)
      for line in 0..<lines {
        var single = [Int16](repeating: 0, count: lines)
        single[line] = codes[line]
        for (sensed, current) in array.currents(.codes(single, microvoltsPerCode: 98), direction).enumerated() {
          sum[sensed] += current
        }
      }
      #expect(array.currents(.codes(codes, microvoltsPerCode: 98), direction) == sum)
    }
  }

  @Test("Nothing of a former result is left over, whatever its length")
  func reusedStorage() {
    let array = CrossbarArray.random(6, 4)
    for codes in [[Int16](repeating: 0, count: 6), [0, 5, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6]] {
      for length in [0, 3, 4, 9] {
        var currents = [Int64](repeating: 77, count: length)
        array.read(.codes(codes, microvoltsPerCode: 100), .forward, into: &currents)
        #expect(currents == array.currents(.codes(codes, microvoltsPerCode: 100), .forward))
      }
    }
  }

  /// A 1024 × 1024 array with one word line and one column as heavy as a weight can be.
  static func heaviest(_ synapse: Synapse, sign: Int) -> CrossbarArray {
    let bitLines = 1024
    var array = CrossbarArray(wordLines: 1024, bitLines: bitLines, synapse: synapse, device: .vteam(.analog))
    let (plus, minus): (Int32, Int32) = sign > 0 ? (.max, 0) : (0, .max)
    func set(_ wordLine: Int, column: Int) {
      array.setConductance(plus, wordLine: wordLine, bitLine: column * synapse.bitLinesPerColumn)
      if synapse == .differential { array.setConductance(minus, wordLine: wordLine, bitLine: 2 * column + 1) }
    }
    for wordLine in 0..<array.wordLines { set(wordLine, column: array.columns - 1) }
    for column in 0..<array.columns { set(0, column: column) }
    return array
  }

  @Test(
    "No partial sum overflows with the largest weights and all codes at 2047 on 1024 × 1024",
    arguments: Synapse.allCases, [1, -1])
  func worstCase(synapse: Synapse, sign: Int) {
    let array = Self.heaviest(synapse, sign: sign)
    for (direction, drivenLines, heavy, sensedLines) in [
      (ReadDirection.forward, array.wordLines, array.columns - 1, array.columns),
      (.transposed, array.columns, 0, array.wordLines),
    ] {
      for code: Int16 in [2047, -2047] {
        let codes = [Int16](repeating: code, count: drivenLines)
        let currents = array.currents(.codes(codes, microvoltsPerCode: 98), direction)
        for sensed in [heavy, 1, sensedLines / 2, sensedLines - 1] {
          let exact = array.naiveCurrent(codes.map { Int128($0) * 98 }, direction, sensed: sensed)
          #expect(Int128(currents[sensed]) == exact)
        }
        // More than a 32-bit accumulator holds.
        #expect(currents[heavy].magnitude / UInt64(98 * array.conductanceStep) > UInt64(Int32.max))
      }
    }
  }

  @Test("The default device has the documented step and the reference in the middle of its range")
  func codes() {
    let array = CrossbarArray(wordLines: 1, bitLines: 1, synapse: .reference, device: .vteam(.analog))
    #expect(array.conductanceStep == 3815)
    // 55 µS / 3815 pS = 14 416.8
    #expect(array.referenceCode == 14_417)
    #expect(array.conductance == [10_000_000])
    // Full scale and a quarter fit in 15 bits.
    #expect((100_000_000 * 5 / 4 + array.conductanceStep - 1) / array.conductanceStep <= 32_767)
    // 10 µS / 3815 pS = 2621.2
    #expect(array.currents(.codes([1], microvoltsPerCode: 1), .forward) == [(2621 - 14_417) * 3815])
  }

  @Test("A conductance counts as its nearest step, a half as the step above")
  func nearestStep() {
    var array = CrossbarArray(wordLines: 1, bitLines: 2, synapse: .differential, device: .vteam(.analog))
    for (picosiemens, steps) in [(3815 * 4000 + 1907, 4000), (3815 * 4000 + 1908, 4001), (3815 * 4001, 4001)]
      as [(Int32, Int64)]
    {
      array.setConductance(picosiemens, wordLine: 0, bitLine: 0)
      array.setConductance(3815 * 1000, wordLine: 0, bitLine: 1)
      #expect(array.currents(.codes([1], microvoltsPerCode: 1), .forward) == [(steps - 1000) * 3815])
    }
  }
}
