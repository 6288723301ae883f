import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Operations that end early have had their effect up to then")
struct AbortTests {
  private static let everyKind = Variation(
    deviceToDevice: 0.2, thresholdSpread: 0.05, boundsSpread: 0.1, cycleToCycle: 0.2, programError: 0.03)

  private static func bench(_ device: Device, seed: UInt64 = 3, pulseStep: Int = 2) throws -> Bench {
    var configuration = ChipConfiguration(
      tiles: [.init(wordLines: 3, bitLines: 4)], device: device, variation: everyKind, seed: seed)
    configuration.timing.pulseStep = pulseStep
    var machine = try Bench(configuration, log: MemoryLog(), ramBytes: 64)
    var random = SeededRandom(seed)
    for wordLine in 0..<3 {
      for bitLine in 0..<4 {
        let bounds = machine.chip.tiles[0].array.bounds(wordLine: wordLine, bitLine: bitLine)
        machine.setConductance(
          Int32.random(in: bounds, using: &random), tile: 0, wordLine: wordLine, bitLine: bitLine)
      }
    }
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.amplitude, TileRegister.Amplitude.word(set: 1500, reset: 1600))
    return machine
  }

  @Test("An abort at k % of a pulse equals a pulse of k %, to the bit", arguments: Device.catalog.map(\.name))
  func percents(name: String) throws {
    guard let device = Device.catalog.first(where: { $0.name == name })?.device else { return }
    let fresh = try Self.bench(device)
    for sign: Int16 in [1, -1] {
      for percent: Int16 in 1...99 {
        var cut = fresh
        cut.write(.watchdog, UInt32(percent) * 2)
        cut.pulses([sign * 100, 0, sign * 100, 0])
        cut.run(.programRow, row: 1)
        var whole = fresh
        whole.pulses([sign * percent, 0, sign * percent, 0])
        whole.run(.programRow, row: 1)
        #expect(cut.conductances == whole.conductances)
        #expect(cut.chip.tiles[0].counters.programEnergy == whole.chip.tiles[0].counters.programEnergy)
        #expect(cut.chip.tiles[0].counters.pulses == whole.chip.tiles[0].counters.pulses)
        #expect(cut.chip.tiles[0].counters.programCycles == UInt64(percent) * 2)
        #expect(cut.peek(.pulse, 0) == UInt32(UInt16(bitPattern: sign * (100 - percent))))
        #expect(cut.peek(.abortedCycles) == UInt32(percent) * 2 && cut.peek(.pulse, 1) == 0)
      }
    }
  }

  /// What an array gets from phases that share some time, straight from the rules of the specification.
  private static func expected(
    _ machine: Bench, _ widths: [Int], row: Int, cycles: Int, step: Int
  ) -> (array: CrossbarArray, left: [Int]) {
    var array = machine.chip.tiles[0].array
    var left = widths
    var time = cycles
    for (polarity, sign, millivolts) in [(Polarity.set, 1, 1500), (.reset, -1, 1600)] {
      let phase = widths.map { max(sign * $0, 0) }
      guard let longest = phase.max(), longest > 0, time > 0 else { continue }
      let spent = min(time, longest * step + 50)
      _ = array.apply(
        RowPhase(
          wordLine: row, polarity: polarity, millivolts: millivolts,
          widths: phase.map { Nanoseconds(Int32(10 * min($0 * step, spent))) }, operation: 1))
      for line in left.indices where phase[line] > 0 {
        let begun = spent / step + (spent % step == 0 ? 0 : 1)
        left[line] = sign * max(phase[line] - begun, 0)
      }
      time -= spent
    }
    return (array, left)
  }

  @Test("Any row cut at any cycle gets what its phases had time for", arguments: 0..<200)
  func anyCycle(seed: UInt64) throws {
    var random = SeededRandom(seed)
    let step = Int.random(in: 1...7, using: &random)
    let entry = Device.catalog[Int(seed) % Device.catalog.count]
    var machine = try Self.bench(entry.device, seed: seed, pulseStep: step)
    let widths = (0..<4).map { _ in Int.random(in: -40...40, using: &random) }
    let length = [1, -1].reduce(0) { sum, sign in
      let longest = widths.map { max(sign * $0, 0) }.max() ?? 0
      return sum + (longest > 0 ? longest * step + 50 : 0)
    }
    guard length > 1 else { return }
    let cycles = Int.random(in: 1..<length, using: &random)
    let (array, left) = Self.expected(machine, widths, row: 2, cycles: cycles, step: step)
    machine.write(.watchdog, UInt32(cycles))
    machine.pulses(widths.map { Int16($0) })
    machine.run(.programRow, row: 2)
    #expect(machine.chip.tiles[0].array.conductance == array.conductance, "seed \(seed), \(entry.name)")
    #expect((0..<4).map { machine.peek(.pulse, $0) } == left.map { UInt32(UInt16(bitPattern: Int16($0))) })
    #expect(machine.chip.tiles[0].counters.programCycles == UInt64(cycles))
  }

  @Test("An ERASE cut in a row leaves rows done, one partly done and rows not begun")
  func erase() throws {
    var machine = try Self.bench(Device.catalog[0].device)
    machine.write(.eraseWidth, 100)
    var expected = machine.chip.tiles[0].array
    for (row, nanoseconds) in [(0, 2000), (1, 700)] {
      let widths = Array(repeating: Nanoseconds(Int32(nanoseconds)), count: 4)
      _ = expected.apply(
        RowPhase(wordLine: row, polarity: .reset, millivolts: 1600, widths: widths, operation: 1))
    }
    machine.write(.watchdog, 250 + 70)
    machine.run(.erase)
    #expect(machine.chip.tiles[0].array.conductance == expected.conductance)
    let told = machine.peek(.aborted)
    #expect(told == Operation.erase.rawValue | 2 << 4 | 1 << 16 && machine.peek(.abortedCycles) == 70)
  }

  @Test(
    "A conversion that ends early is not counted, one that comes to its end is",
    arguments: [Operation.read, .readTransposed, .zero, .reference])
  func aborted(operation: Operation) throws {
    var machine = try Self.bench(Device.catalog[0].device)
    machine.write(.watchdog, 29)
    machine.run(operation)
    #expect(machine.chip.tiles[0].counters.reads == 0)
    machine.write(.watchdog, 30)
    machine.run(operation)
    #expect(machine.chip.tiles[0].counters.reads == 1)
  }

  @Test("A conversion that ends early leaves the codes before, marked until one is done")
  func staleCodes() throws {
    var machine = try Self.bench(Device.catalog[0].device)
    machine.run(.reference)
    let codes = machine.read(.sense)
    machine.write(.watchdog, 29)
    let status = machine.run(.zero)
    #expect(TileRegister.Status.stale.decode(status) == 1)
    machine.write(.error, TileError.watchdog.field.mask)
    let stale = machine.read(.sense)
    #expect(stale == codes && machine.peek(.error) == TileError.stale.field.mask)
    machine.write(.error, TileError.stale.field.mask)
    machine.write(.watchdog, 0)
    let fresh = machine.run(.zero)
    let read = machine.read(.sense)
    #expect(TileRegister.Status.stale.decode(fresh) == 0 && read == 0 && machine.peek(.error) == 0)
  }
}
