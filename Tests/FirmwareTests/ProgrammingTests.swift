import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks
import Testing
import Trace

@Suite("Programming and calibration")
struct ProgrammingTests {
  /// Weights in ±0.98 of the window that no simple pattern predicts.
  static func targets(rows: Int, columns: Int) -> [[Int16]] {
    let random = CounterRandom(seed: 5)
    return (0..<rows).map { row in
      (0..<columns).map { column in
        let bits = random.bits(.setPulse, tile: 0, operation: 9, index: row * columns + column)
        return Int16(Int32(bits[0] % 64_000) - 32_000)
      }
    }
  }

  struct Outcome {
    var bench: Bench
    var worst: Int
    var missed: Int
    var rounds: Int
    var targets: [[Int16]]
  }

  private func program(
    synapse: Synapse, tolerance: UInt32 = 131, samples: UInt32 = 0,
    change: @escaping (inout ChipConfiguration) -> Void = { _ in }
  ) throws -> Outcome {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3, synapse: synapse, change: change)
    _ = try bench.expectDone(.configure, [5, 4, 3, 256, 256, 0])
    let times = PulseTimes(of: .vteam(.analog))
    _ = try bench.expectDone(.setPulseTimes, times.words)
    let targets = Self.targets(rows: 10, columns: 16)
    let answer = try bench.expectDone(.program, [0, tolerance, 60, samples] + targets.flatMap { Lanes.pack(row: $0) })
    return Outcome(
      bench: bench, worst: Int(answer[0]), missed: Int(answer[1]), rounds: Int(answer[2]), targets: targets)
  }

  /// The weight of a cell or pair as its conductances say, Q0.15 of the window.
  private func weight(_ bench: Bench, row: Int, column: Int) -> Double {
    let array = bench.machine.chip.tiles[0].array
    let range = array.device.conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    if array.synapse == .differential {
      let cell = row * array.bitLines + 2 * column
      return Double(array.conductance[cell] - array.conductance[cell + 1]) / span * 32_768
    }
    let middle = Double(range.upperBound + range.lowerBound) / 2
    return (Double(array.conductance[row * array.bitLines + column]) - middle) / (span / 2) * 32_768
  }

  @Test("Every cell ends inside the tolerance, and the conductances agree", arguments: Synapse.allCases)
  func programs(_ synapse: Synapse) throws {
    let outcome = try program(synapse: synapse)
    #expect(outcome.missed == 0)
    #expect(outcome.worst <= 131)
    for row in 0..<10 {
      for column in 0..<16 {
        // An ADC step is 32 of these; the verify may be half of one off.
        #expect(abs(weight(outcome.bench, row: row, column: column) - Double(outcome.targets[row][column])) <= 131 + 20)
      }
    }
  }

  @Test("Devices that differ by 20 % and pulses by 10 % take more rounds and end as near", arguments: Synapse.allCases)
  func programsRealDevices(_ synapse: Synapse) throws {
    let ideal = try program(synapse: synapse)
    let real = try program(synapse: synapse) {
      $0.variation = Variation(deviceToDevice: 0.2, cycleToCycle: 0.1)
    }
    #expect(real.missed == 0)
    #expect(real.worst <= 131)
    #expect(real.rounds > ideal.rounds)
  }

  @Test("Read noise does not keep settled cells from staying settled")
  func programsUnderNoise() throws {
    let outcome = try program(synapse: .reference, tolerance: 400, samples: 4) {
      $0.variation = Variation(readNoise: 400_000)
    }
    #expect(outcome.missed == 0)
    for row in 0..<10 {
      for column in 0..<16 {
        #expect(abs(weight(outcome.bench, row: row, column: column) - Double(outcome.targets[row][column])) < 1_000)
      }
    }
  }

  @Test("A round is one PROGRAM_ROW, two phases at most, and the tile is locked again at the end")
  func isRowParallel() throws {
    let outcome = try program(synapse: .reference) { $0.variation = Variation(deviceToDevice: 0.2) }
    let starts = outcome.bench.machine.log.entries.filter {
      guard case .event(.started(_, let start)) = $0.body else { return false }
      return start.operation == .programRow
    }
    #expect(starts.count == outcome.rounds)
    #expect(outcome.bench.machine.chip.tiles[0].counters.phases <= UInt64(2 * outcome.rounds))
    let status = try #require(outcome.bench.machine.peek(MemoryMap.tile(0) + TileRegister.status.offset()))
    #expect(TileRegister.Status.locked.decode(status) == 1)
  }

  @Test("readWeights returns what was programmed")
  func readsBack() throws {
    var outcome = try program(synapse: .reference)
    let words = try outcome.bench.expectDone(.readWeights, [0, 0])
    for (row, targets) in outcome.targets.enumerated() {
      for (column, target) in targets.enumerated() {
        let word = words[row * 8 + column / 2]
        let weight = column % 2 == 0 ? Lanes.even(word) : Lanes.odd(word)
        #expect(abs(Int(weight) - Int(target)) <= 131)
      }
    }
  }

  @Test("A budget too small leaves cells outside the tolerance, and the report says how many")
  func budget() throws {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3) { $0.variation = Variation(deviceToDevice: 0.3) }
    _ = try bench.expectDone(.configure, [5, 4, 3, 256, 256, 0])
    let times = PulseTimes(of: .vteam(.analog))
    _ = try bench.expectDone(.setPulseTimes, times.words)
    let targets = Self.targets(rows: 10, columns: 16)
    let answer = try bench.expectDone(.program, [0, 33, 1, 0] + targets.flatMap { Lanes.pack(row: $0) })
    #expect(answer[1] > 0)
    #expect(answer[0] > 33)
    #expect(answer[2] == 10)
  }

  @Test("Calibration makes converters with offset and gain error read true within a code", arguments: [8, 12, 16])
  func calibrates(_ adcBits: Int) throws {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3) {
      $0.adcBits = adcBits
      $0.mismatch = ConverterMismatch(adcOffset: 4_000, adcGain: 20_000)
    }
    _ = try bench.expectDone(.configure, [5, 4, 3, 256, 256, 0])
    let report = try bench.expectDone(.calibrate, [0])
    #expect(report[0] > 0)
    let tile = TileDriver(number: 0, on: &bench.machine)
    for (operation, truth) in [(Operation.zero, 0), (.reference, 16_384)] {
      tile.perform(operation, on: &bench.machine)
      var steps = [Q0_15](repeating: .zero, count: 16)
      tile.sense(into: &steps, on: &bench.machine)
      for step in steps { #expect(abs(Int(step.raw) - truth) <= 1 << (16 - adcBits)) }
    }
  }

  @Test("The feedback resistors make a unit weight at full scale the unit of the circuits")
  func weightScale() throws {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3)
    _ = try bench.expectDone(.configure, [5, 4, 3, 256, 512, 1])
    func ohms(_ tile: Int, _ gain: Int) -> UInt32? {
      bench.machine.peek(MemoryMap.tile(tile) + TileRegister.feedback.offset(gain))
    }
    // 102.4 mV over 45 µS · 127 · 1575 µV.
    #expect(ohms(0, 0) == 11_376)
    #expect(ohms(0, 1) == 45_505)
    // A window of 2, less one bit of headroom: the same.
    #expect(ohms(1, 0) == 11_376)
  }
}
