import Board
import Crossbar
import Firmware
import Foundation
import RV32
import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("A binary whose power is cut")
struct PowerCutBinaryTests {
  /// Sizes, a training step with its pulses, an erasure: what a host may ask for.
  private static func job<Runner: ControllerRunner & ~Copyable>(
    _ faults: SupplyFaults = .init(), _ controller: (Machine<MemoryLog>) throws -> Runner
  ) throws -> (machine: Machine<MemoryLog>, loss: PowerLoss?) where Runner.Log == MemoryLog {
    var machine = try Machine(smallChip(), log: MemoryLog())
    machine.schedule(faults)
    var session = Session(on: try controller(machine))
    let times: [UInt32] = (0..<65).map { 1000 * $0 }
    let requests: [(Command, [UInt32])] = [
      (.identify, []), (.configure, [2, 3, 2, 256, 256, 0]), (.setPulseTimes, times + Array(times.reversed())),
      (.configureTraining, [0, 0, 0, 1, 0, 4, 0, 5, 10, 1000]), (.setRate, [2_000_000]),
      (.train, [2, 0, 0x2000_1000, 0xe000_4000]), (.update, []), (.erase, [1]),
    ]
    for (command, words) in requests {
      do {
        _ = try session.request(command, words)
      } catch {
        return (session.machine, error.powerLoss)
      }
    }
    return (session.machine, nil)
  }

  @Test(
    "Up to any cycle it does what a run does that is never cut, and its cells are as a native controller leaves them")
  func random() throws {
    let program = try BuiltFirmware.program("controller")
    let whole = try Self.job() { try EmulatedController(program, on: $0) }.machine
    let native = try Self.job() { NativeController($0) }.machine.log.entries
    var random = SeededRandom(5)
    // Most cycles are those of the erasure, which is the last operation.
    let erasure = try #require(whole.log.entries.last(where: Self.isStart)).cycle
    for number in 0..<30 {
      let cycle = UInt64.random(in: 1..<(number % 3 == 0 ? whole.cycle : erasure), using: &random)
      let cut = try Self.job(.init(powerCut: cycle)) { try EmulatedController(program, on: $0) }
      let loss = try #require(cut.loss, "cycle \(cycle), seed 5")
      #expect(loss.cycle == cycle && cut.machine.cycle == cycle)
      let log = cut.machine.log.entries
      let end = try #require(log.firstIndex { $0.body == .event(.powerOff) })
      #expect(log[..<end] == whole.log.entries.prefix(end))
      #expect(whole.log.entries[end].cycle >= cycle)

      // A native controller takes no time to compute: the same operation is cut as far from its start.
      guard let operation = loss.operations.first,
        let started = log[..<end].lastIndex(where: Self.isStart)
      else { continue }
      let number = log[...started].count(where: Self.isStart)
      let same = native.filter(Self.isStart)[number - 1].cycle
      let other = try Self.job(.init(powerCut: same + cycle - log[started].cycle)) { NativeController($0) }
      #expect(other.loss?.operations == [operation])
      #expect(
        other.machine.chip.tiles.map(\.array.conductance) == cut.machine.chip.tiles.map(\.array.conductance))
    }
  }

  @Test(
    "Behind a brown-out a binary makes the accesses of a native controller, awake or asleep; before it nothing changes"
  )
  func brownOut() throws {
    let program = try BuiltFirmware.program("controller")
    let whole = try Self.job { try EmulatedController(program, on: $0) }.machine.log.entries
    let others: [(SupplyFaults) throws -> Machine<MemoryLog>] = [
      { try Self.job($0) { NativeController($0) }.machine }, { try Self.job($0) { SleepingController($0) }.machine },
    ]
    let starts = try others.map { try $0(.init()).log.entries.filter(Self.isStart).map(\.cycle) }
    var random = SeededRandom(6)
    for _ in 0..<20 {
      let number = Int.random(in: starts[0].indices, using: &random)
      let place = whole.indices.filter { Self.isStart(whole[$0]) }[number]
      let end = try #require(whole[place...].first(where: Self.isEnd)).cycle
      let elapsed = UInt64.random(in: 1...(end - whole[place].cycle), using: &random)
      let binary = try Self.job(.init(brownOut: whole[place].cycle + elapsed)) {
        try EmulatedController(program, on: $0)
      }.machine
      let log = binary.log.entries
      let fault = try #require(log.firstIndex { $0.body == .event(.brownOut) })
      #expect(log[..<fault] == whole[..<fault] && binary.faults == .init(), "start \(number), \(elapsed), seed 6")
      for (other, starts) in zip(others, starts) {
        let machine = try other(.init(brownOut: starts[number] + elapsed))
        #expect(machine.chip.tiles.map(\.array.conductance) == binary.chip.tiles.map(\.array.conductance))
        #expect(machine.chip.tiles.map(\.counters) == binary.chip.tiles.map(\.counters))
      }
      let native = try others[0](.init(brownOut: starts[0][number] + elapsed))
      #expect(Self.bodies(native) == Self.bodies(binary), "start \(number), \(elapsed), seed 6")
    }
  }

  /// What a log has of the chip.
  private static func bodies(_ machine: Machine<MemoryLog>) -> [LogEntry.Body] {
    let chip = MemoryMap.chip..<MemoryMap.chip + MemoryMap.chipBytes
    return machine.log.entries.map(\.body).filter {
      if case .access(let transaction) = $0 { chip.contains(transaction.address) } else { true }
    }
  }

  private static func isEnd(_ entry: LogEntry) -> Bool {
    if case .event(.finished) = entry.body { true } else { false }
  }

  private static func isStart(_ entry: LogEntry) -> Bool {
    if case .event(.started) = entry.body { true } else { false }
  }

  @Test("A program that sleeps, computes or accesses ends at the cycle, whatever its limits")
  func programs() throws {
    let programs: [(words: [UInt32], name: String)] = [
      ([0x1050_0073], "wfi"), ([0x0000_006f], "j ."), ([0x4000_02b7, 0x0002_a303, 0xffdf_f06f], "lw; j"),
    ]
    for (words, name) in programs {
      let path = NSTemporaryDirectory() + "power-cut-\(UUID().uuidString).bin"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let program = try Program(path: path, rawAddress: MemoryMap.ram)
      var machine = try Machine(smallChip(), log: MemoryLog(), ramBytes: 0)
      machine.schedule(.init(powerCut: 1001))
      var execution = try Execution(program, on: machine, ramBytes: 1 << 16)
      let reason = try execution(print: { _ in })
      #expect(reason == .exited(.powerOff), "\(name)")
      #expect(execution.machine.powerLoss?.cycle == 1001 && (execution.core.cycle >= 1000 || name == "wfi"))
      #expect(execution.machine.log.entries.last == LogEntry(cycle: 1001, .event(.powerOff)))
    }
  }

  @Test("A program that sleeps for ever, or polls, meets a brown-out at its cycle and goes on to its limit")
  func programsGoOn() throws {
    for (words, name) in [([0x1050_0073], "wfi"), ([0x4000_02b7, 0x0002_a303, 0xffdf_f06f], "lw; j")]
      as [([UInt32], String)]
    {
      let path = NSTemporaryDirectory() + "brown-out-\(UUID().uuidString).bin"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var machine = try Machine(smallChip(), log: MemoryLog(), ramBytes: 0)
      machine.schedule(.init(powerCut: 3000, brownOut: 1001))
      var execution = try Execution(
        try Program(path: path, rawAddress: MemoryMap.ram), on: machine, ramBytes: 1 << 16)
      let reason = try execution(print: { _ in })
      #expect(reason == .exited(.powerOff), "\(name)")
      let events = execution.machine.log.entries.filter { if case .event = $0.body { true } else { false } }
      #expect(events.first == LogEntry(cycle: 1001, .event(.brownOut)))
      #expect(events.last == LogEntry(cycle: 3000, .event(.powerOff)) && events.count == 6)
    }
  }
}
