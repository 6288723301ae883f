import Crossbar
import FixedPoint
import Registers
import Testing
import Trace

@testable import Board

@Suite("Operations")
struct OperationTests {
  /// The code of one sensed line, from the conductances alone.
  static func expected(
    _ machine: Bench, _ codes: [Int16], transposed: Bool, line: Int, ohms: Int128, circuit: PiecewiseLinear? = nil
  ) -> (code: Int16, isLimited: Bool) {
    let (array, chip) = (machine.chip.tiles[0].array, machine.chip.configuration)
    func steps(_ wordLine: Int, _ bitLine: Int) -> Int128 {
      halfUp(Int128(array.conductance[wordLine * array.bitLines + bitLine]), over: Int128(array.conductanceStep))
    }
    var sum: Int128 = 0
    for (driven, code) in codes.enumerated() {
      let (wordLine, column) = transposed ? (line, driven) : (driven, line)
      let weight =
        chip.synapse == .reference
        ? steps(wordLine, column) - Int128(array.referenceCode)
        : steps(wordLine, 2 * column) - steps(wordLine, 2 * column + 1)
      sum += Int128(code) * Int128(chip.microvoltsPerCode) * weight
    }
    let exact = halfUp(sum * Int128(array.conductanceStep) * ohms, over: 25_000_000_000_000)
    let z = clamped(exact, -32_768, 32_767)
    let output = circuit.map { Int128($0(Q3_12(raw: Int16(z))).value.raw) } ?? z
    let largest: Int128 = 1 << Int128(chip.adcBits - 1) - 1
    let code = clamped(halfUp(output, over: 1 << Int128(16 - chip.adcBits)), -largest - 1, largest)
    return (Int16(code), circuit == nil && z != exact)
  }

  @Test("READ and READ_T convert the exact product with either gain", arguments: Synapse.allCases, [8, 12])
  func products(synapse: Synapse, dacBits: Int) throws {
    var machine = try Bench.small(.small(synapse, dacBits: dacBits, adcBits: 14))
    machine.scatter()
    let columns = machine.chip.tiles[0].array.columns
    let scale = Int16(dacBits == 8 ? 1 : 16)
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.feedback, 0, 20_000)
    machine.write(.feedback, 1, 900_000)
    for codes in [[100, -50, 3, 0, 127, -127], [0, 0, 0, 0, 1, 0], [127, 127, 127, 127, 127, 127]] as [[Int16]] {
      let codes = codes.map { $0 * scale }
      machine.drive(codes)
      for (gain, ohms) in [(UInt32(0), Int128(20_000)), (1, 900_000)] {
        for isTransposed in [false, true] {
          let status = machine.run(isTransposed ? .readTransposed : .read, gain: gain)
          let lines = isTransposed ? 6 : columns
          let driven = isTransposed ? Array(codes.prefix(columns)) : codes
          let expected = (0..<lines).map {
            Self.expected(machine, driven, transposed: isTransposed, line: $0, ohms: ohms)
          }
          let sensed = machine.sense(lines)
          #expect(sensed == expected.map(\.code))
          let bits = expected.enumerated().reduce(UInt32(0)) {
            $0 | ($1.element.isLimited ? 1 << UInt32($1.offset) : 0)
          }
          #expect(machine.peek(.saturated, 0) == bits && (status & 4 != 0) == (bits != 0))
        }
      }
    }
  }

  @Test("Each column has its own circuit; LINEAR and READ_T bypass all")
  func activationSelection() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.feedback, 0, 40_000)
    machine.write(.activation, 0, 1 << 2 | 2 << 4)
    let codes: [Int16] = [90, -50, 3, 0, 20, -12]
    machine.drive(codes)
    let circuits: [PiecewiseLinear?] = [nil, Activation.hard.sigmoid, Activation.hard.tanh, nil]
    for isLinear in [false, true] {
      machine.run(.read, linear: isLinear)
      let expected = (0..<4).map { line in
        Self.expected(
          machine, codes, transposed: false, line: line, ohms: 40_000, circuit: isLinear ? nil : circuits[line]
        ).code
      }
      let sensed = machine.sense(4)
      #expect(sensed == expected)
    }
    machine.run(.readTransposed)
    let rows = machine.sense(6)
    #expect(
      rows
        == (0..<6).map {
          Self.expected(machine, Array(codes.prefix(4)), transposed: true, line: $0, ohms: 40_000).code
        })
  }

  @Test("Circuits are selected sixteen columns a word, in every word")
  func activationWords() throws {
    var machine = try Bench(
      ChipConfiguration(tiles: [.init(wordLines: 1, bitLines: 40)]), log: MemoryLog(), ramBytes: 0)
    machine.write(.activation, 0, 0x8000_0001)
    machine.write(.activation, 1, 0x0000_0008)
    machine.write(.activation, 2, 0x0000_8000)
    machine.run(.read)
    // No current: sigmoid is a half, 1024 of 2048; tanh and linear are 0.
    let sensed = machine.sense(40)
    #expect(sensed.enumerated().filter { $0.element != 0 }.map(\.offset) == [0])
    #expect(machine.chip.tiles[0].circuits.enumerated().filter { $0.element == .tanh }.map(\.offset) == [15, 17, 39])
  }

  @Test("ZERO converts 0 V and REFERENCE 409.6 mV on every line", arguments: [5, 8, 12, 16])
  func constants(adcBits: Int) throws {
    var machine = try Bench.small(.small(adcBits: adcBits))
    machine.write(.activation, 0, 0x55)
    machine.drive([127, 127, 127, 127, 127, 127])
    machine.run(.reference)
    let half = machine.sense(6)
    #expect(half == Array(repeating: Int16(1 << (adcBits - 2)), count: 6))
    machine.run(.zero)
    let zero = machine.sense(6)
    #expect(zero == Array(repeating: 0, count: 6))
  }

  @Test("SATURATED has a bit for each line that left the range, and the next conversion clears it")
  func saturation() throws {
    var machine = try Bench.small()
    for cell in 0..<24 {
      machine.chip.tiles[0].array.setConductance(
        cell % 4 == 1 ? 100_000_000 : cell % 4 == 3 ? 10_000_000 : 55_000_000, wordLine: cell / 4, bitLine: cell % 4)
    }
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.feedback, 1, 1 << 24 - 1)
    machine.drive([127, 127, 127, 127, 127, 127])
    let status = machine.run(.read, gain: 1)
    #expect(try #require(machine.peek(.saturated, 0)) & 0b1010 == 0b1010)
    #expect(status & 4 == 4)
    machine.write(.activation, 0, 1 << 2 | 2 << 6)
    machine.run(.read, gain: 1)
    #expect(try #require(machine.peek(.saturated, 0)) & 0b1010 == 0, "no longer linear")
    machine.run(.zero)
    #expect(machine.peek(.saturated, 0) == 0 && machine.peek(.status) == 5 << 4)
    machine.write(.trim, 5, 0xffff_8000)
    machine.run(.reference)
    #expect(machine.peek(.saturated, 0) == 1 << 5)
  }

  @Test(
    "The log tells a read that left the range, in either direction", arguments: [Operation.read, .readTransposed])
  func saturationTold(operation: Operation) throws {
    var machine = try Bench.unlocked()
    for cell in 0..<24 {
      machine.setConductance(100_000_000, tile: 0, wordLine: cell / 4, bitLine: cell % 4)
    }
    machine.drive(Array(repeating: 127, count: 6))
    for (gain, isSaturated) in [(1, true), (0, false)] as [(UInt32, Bool)] {
      machine.write(.feedback, Int(gain), gain == 1 ? 1 << 24 - 1 : 1)
      machine.run(operation, gain: gain, linear: true)
      let end = machine.events.compactMap { if case .finished(_, let end) = $0.event { end } else { nil } }.last
      #expect(end?.operation == operation && end?.isSaturated == isSaturated)
    }
  }

  @Test("PROGRAM_ROW pulses one word line: SET first, then RESET, with their amplitudes, and clears PULSE")
  func programRow() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.amplitude, 1300 | 1100 << 16)
    var expected = machine.chip.tiles[0].array
    machine.pulses([200, -300, 0, 150])
    machine.start(.programRow, row: 4)
    #expect(machine.chip.tiles[0].array.conductance == expected.conductance, "the effect is at the end")
    _ = machine.read(.wait)
    for (polarity, millivolts, widths) in [
      (Polarity.set, 1300, [4000, 0, 0, 3000]), (.reset, 1100, [0, 6000, 0, 0]),
    ] as [(Polarity, Int, [Nanoseconds])] {
      _ = expected.apply(
        RowPhase(wordLine: 4, polarity: polarity, millivolts: millivolts, widths: widths, operation: 1))
    }
    #expect(machine.chip.tiles[0].array.conductance == expected.conductance)
    #expect((0..<4).map { machine.peek(.pulse, $0) } == [0, 0, 0, 0])
  }

  @Test("Phase P is before phase N: half-select disturb tells")
  func phaseOrder() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.amplitude, 1800 | 1800 << 16)
    var expected = machine.chip.tiles[0].array
    machine.pulses([2000, -3000, 0, 0])
    machine.run(.programRow, row: 1)
    for (polarity, widths) in [(Polarity.set, [40_000, 0, 0, 0]), (.reset, [0, 60_000, 0, 0])]
      as [(Polarity, [Nanoseconds])]
    {
      _ = expected.apply(RowPhase(wordLine: 1, polarity: polarity, millivolts: 1800, widths: widths, operation: 1))
    }
    #expect(machine.chip.tiles[0].array.conductance == expected.conductance)
  }

  @Test("ERASE resets every cell of its tile with the RESET amplitude and ERASE_WIDTH")
  func erase() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.eraseWidth, 100)
    machine.write(.amplitude, 1100 << 16)
    let other = machine.conductances[1]
    var expected = machine.chip.tiles[0].array
    for wordLine in 0..<expected.wordLines {
      _ = expected.apply(
        RowPhase(
          wordLine: wordLine, polarity: .reset, millivolts: 1100,
          widths: Array(repeating: 2000, count: expected.bitLines), operation: 1))
    }
    machine.run(.erase)
    #expect(machine.conductances == [expected.conductance, other])
    machine.write(.amplitude, 1200 << 16)
    machine.write(.eraseWidth, 9600)
    machine.run(.erase)
    #expect(machine.conductances == [Array(repeating: 10_000_000, count: 24), other])
  }

  @Test("The counters are those worked out by hand, and change on SNAPSHOT only")
  func counters() throws {
    var machine = try Bench.small()
    machine.write(.unlock, TileRegister.unlockKey)
    for operation in [Operation.read, .readTransposed, .zero, .reference] { machine.run(operation) }
    machine.pulses([7, 3, 0, -9])
    machine.run(.programRow, row: 0)
    machine.run(.programRow, row: 0)
    machine.write(.eraseWidth, 10)
    machine.run(.erase)
    let before = [TileRegister.reads, .phases, .pulses, .programCycles, .serialCycles, .energy].map {
      machine.count($0)
    }
    #expect(before == [0, 0, 0, 0, 0, 0])
    machine.write(.snapshot, 1)
    let counts = [TileRegister.reads, .phases, .pulses, .programCycles, .serialCycles].map { machine.count($0) }
    // Pulses of 7, 3 and 9 steps last 64, 56 and 68 cycles; the erase has six phases of 70 on four cells each:
    // 64 + 68 + 6 · 70 cycles by rows, 64 + 56 + 68 + 24 · 70 by cells.
    #expect(counts == [4, 8, 27, 552, 1868])
    machine.run(.zero)
    #expect(machine.count(.reads) == 4 && machine.count(.reads, tile: 1) == 0)
  }

  @Test("ENERGY is V² · G · t of reads and pulses together, in attojoules")
  func energy() throws {
    var machine = try Bench(ChipConfiguration(tiles: [.init(wordLines: 1, bitLines: 1)]), log: MemoryLog(), ramBytes: 0)
    machine.write(.unlock, TileRegister.unlockKey)
    machine.chip.tiles[0].array.setConductance(3815 * 10_000, wordLine: 0, bitLine: 0)
    machine.drive([100])
    machine.run(.read)
    // 157.5 mV across the cell and the reference of 14 417 steps for 300 ns
    let read: UInt128 = 157_500 * 157_500 * (10_000 + 14_417) * 3815 * 300
    machine.pulses([50])
    machine.run(.programRow)
    let pulse: UInt128 = 1_200_000 * 1_200_000 * 3815 * 10_000 * 1000
    machine.write(.snapshot, 0)
    let energy = machine.count(.energy)
    #expect(energy == UInt64((read + pulse) / 1_000_000_000_000_000))
  }
}
