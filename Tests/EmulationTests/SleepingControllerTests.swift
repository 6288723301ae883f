import Board
import Crossbar
import Firmware
import RV32
import Registers
import Tasks
import TestSupport
import Testing
import Trace

/// A controller that sleeps through operations does what the stalling one does, with other accesses.
@Suite("The controller asleep until interrupts")
struct SleepingControllerTests {
  private struct Outcome: Equatable {
    var answers: [[UInt32]] = []
    var conductances: [[Int32]] = []
    var accesses: [Transaction] = []
  }

  /// Calibrates and programs a small network, classifies with it, teaches it and erases a layer.
  private static let requests: [(Firmware.Command, [UInt32])] = {
    let times: [UInt32] = (0..<65).map { 1000 * $0 }
    let weights = (0..<12).map { UInt32($0) &* 0x0731_f00d & 0x3fff_3fff }
    var requests: [(Firmware.Command, [UInt32])] = [
      (.configure, [2, 3, 2, 256, 256, 0]), (.calibrate, [2]), (.setPulseTimes, times + times.reversed()),
      (.program, [0, 200, 20, 1] + (0..<6).flatMap { row in (0..<6).map { weights[($0 + row) % 12] } }),
      (.program, [1, 200, 20, 1] + weights.prefix(4)), (.configureTraining, [3, 0, 0, 1, 0, 4, 0, 5, 10, 1000]),
      (.setRate, [2_000_000]),
    ]
    for (label, word) in [(0, 0x2000_1000), (1, 0xe000_4000), (0, 0x7000_f000)] as [(UInt32, UInt32)] {
      requests += [(.infer, [2, word, ~word]), (.train, [2, label, word, word ^ 0x0fff_0fff])]
    }
    return requests + [
      (.update, []), (.commit, [0]), (.boot, []), (.scrub, [0, 200, 20, 1]), (.erase, [1]), (.readWeights, [0, 1]),
    ]
  }()

  private func outcome<Runner: ControllerRunner & ~Copyable>(
    of runner: consuming Runner, look: (borrowing Runner) -> Void = { _ in }
  ) throws -> Outcome where Runner.Log == MemoryLog {
    var session = Session(on: runner)
    var outcome = Outcome()
    for (command, words) in Self.requests { outcome.answers.append(try session.request(command, words)) }
    outcome.conductances = session.machine.chip.tiles.map { $0.array.conductance }
    outcome.accesses = session.machine.log.entries.compactMap {
      if case .access(let access) = $0.body { access } else { nil }
    }
    look(session.runner)
    return outcome
  }

  private func machine() throws -> Machine<MemoryLog> {
    var chip = smallChip()
    chip.readNoiseShare = 0.001
    chip.variation.cycleToCycle = 0.02
    return try Machine(chip, log: MemoryLog())
  }

  @Test("Leaves the same conductances and gives the same answers; native and RV32 make the same accesses")
  func same() throws {
    let stalling = try outcome(of: NativeController(machine()))
    let sleeping = try outcome(of: SleepingController(machine()))
    #expect(sleeping.answers == stalling.answers && sleeping.conductances == stalling.conductances)
    var response: InterruptResponse?
    var stall = UInt64.max
    let program = try BuiltFirmware.program("sleepingcontroller")
    let binary = try outcome(of: EmulatedController(program, on: machine())) {
      response = $0.core.interruptResponse
      stall = $0.machine.longestStall
    }
    #expect(binary.answers == sleeping.answers && binary.conductances == sleeping.conductances)
    #expect(binary.accesses == sleeping.accesses && binary.accesses.count > 3000)
    let tiles = MemoryMap.firstTile..<MemoryMap.tile(2)
    func accesses(of register: TileRegister) -> Int {
      binary.accesses.count { tiles.contains($0.address) && $0.address & 0xffff == register.rawValue }
    }
    let (waits, starts) = (accesses(of: .wait), accesses(of: .start))
    #expect(waits == 0 && stall == 0, "\(waits) loads of WAIT, \(stall) cycles")
    let answered = try #require(response)
    #expect(starts > 300 && answered.wakes >= starts && answered.interrupts == 0, "\(answered)")
    #expect(answered.worstLatency > 0)
  }

  @Test("A START that is refused ends the sleep by its error")
  func refused() throws {
    var bus = SleepingBus(try Machine(smallChip(), log: NoLog()))
    bus.write(MemoryMap.tile(0) + TileRegister.start.offset(), Operation.erase.rawValue)
    let status = bus.read(MemoryMap.tile(0) + TileRegister.wait.offset())
    #expect(TileRegister.Status.busy.decode(status) == 0 && TileRegister.Status.error.decode(status) == 1)
  }
}
