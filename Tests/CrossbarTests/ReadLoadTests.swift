import TestSupport
import Testing

@testable import Crossbar

@Suite("What a read takes from its drivers")
struct ReadLoadTests {
  /// An array whose cells have been set at random.
  private static func array(_ synapse: Synapse, _ random: inout SeededRandom) -> CrossbarArray {
    var array = CrossbarArray(wordLines: 5, bitLines: 6, synapse: synapse, device: .vteam(.analog))
    for wordLine in 0..<5 {
      for bitLine in 0..<6 {
        array.setConductance(
          Int32.random(in: 10_000_000...100_000_000, using: &random), wordLine: wordLine, bitLine: bitLine)
      }
    }
    return array
  }

  /// Conductance on a driven line, steps of a code: its cells, and in a forward read a reference beside each.
  private func codes(_ array: CrossbarArray, line: Int, _ direction: ReadDirection) -> Int {
    func code(_ wordLine: Int, _ bitLine: Int) -> Int { Int(array.code(array.conductance[wordLine * 6 + bitLine])) }
    let references = array.synapse == .reference ? Int(array.referenceCode) : 0
    switch direction {
    case .forward: return (0..<6).reduce(references * array.columns) { $0 + code(line, $1) }
    case .transposed:
      let pair = array.synapse.bitLinesPerColumn
      return (0..<5).reduce(references * 5) { sum, wordLine in
        (line * pair..<(line + 1) * pair).reduce(sum) { $0 + code(wordLine, $1) }
      }
    }
  }

  @Test("Charge is Σ |v|·G·t and energy Σ v²·G·t over driven lines", arguments: Synapse.allCases)
  func load(_ synapse: Synapse) {
    var random = SeededRandom(3)
    let array = Self.array(synapse, &random)
    for direction in [ReadDirection.forward, .transposed] {
      let count = direction == .forward ? 5 : array.columns
      let drive = (0..<count).map { $0 == 1 ? 0 : Int16.random(in: -127...127, using: &random) }
      var charge: Int128 = 0
      var energy: Int128 = 0
      for (line, code) in drive.enumerated() {
        let volts = Int128(abs(Int(code)) * 1575)
        let conductance = Int128(codes(array, line: line, direction)) * Int128(array.conductanceStep)
        charge += volts * conductance * 300
        energy += volts * volts * conductance * 300
      }
      let load = array.load(ofRead: .codes(drive, microvoltsPerCode: 1575), direction, nanoseconds: 300)
      #expect(load.charge == UInt128(charge) && load.energy.raw == UInt128(energy) && charge > 0)
      let volts = drive.map { Int32($0) * 1575 }
      #expect(array.load(ofRead: .microvolts(volts), direction, nanoseconds: 300) == load)
    }
  }

  @Test(
    "All lines together are loaded with all cells and all references, also after pulses", arguments: Synapse.allCases)
  func total(_ synapse: Synapse) {
    var random = SeededRandom(4)
    var array = Self.array(synapse, &random)
    func expected(_ array: CrossbarArray) -> UInt64 {
      UInt64((0..<5).reduce(0) { $0 + codes(array, line: $1, .forward) } * Int(array.conductanceStep))
    }
    #expect(array.loadPicosiemens == expected(array))
    let before = array.loadPicosiemens
    _ = array.apply(
      RowPhase(
        wordLine: 2, polarity: .set, millivolts: 1200, widths: Array(repeating: Nanoseconds(20_000), count: 6),
        operation: 1))
    #expect(array.loadPicosiemens == expected(array) && array.loadPicosiemens > before)
  }
}
