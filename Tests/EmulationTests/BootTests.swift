import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks
import Testing
import Trace

/// A chip that is committed on one controller and started on another.
@Suite("Starting from the commissioning record")
struct BootTests {
  /// The answers to a few sequences.
  private func answers<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, _ session: inout Session<Runner>
  ) throws -> [[UInt32]] {
    try run.test.sequences.map {
      try session.request(.infer, InferenceRequest($0, features: run.test.features).words)
    }
  }

  /// Commissions and commits; the answers, and the board before the first of them.
  private func commit<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, _ session: inout Session<Runner>
  ) throws -> (answers: [[UInt32]], snapshot: MachineSnapshot) where Runner.Log == MemoryLog {
    _ = try session.commission(run.model, activation: run.activation, settings: run.programming)
    try session.commit(settings: run.programming)
    let snapshot = try session.machine.snapshot.powerCycled()
    session.machine.log = MemoryLog()
    return (try answers(run, &session), snapshot)
  }

  private func boot<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, _ session: inout Session<Runner>
  ) throws -> [[UInt32]] {
    #expect(try session.boot() == CommissioningRecord(sequence: 1, shape: run.model.shape))
    return try answers(run, &session)
  }

  @Test("Either controller answers as the one that committed, with the same accesses", arguments: Synapse.allCases)
  func sameAnswers(_ synapse: Synapse) throws {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(4))
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = synapse
    chip.readNoiseShare = 0.004
    chip.mismatch = ConverterMismatch(adcOffset: 2000, adcGain: 4000)
    let run = ClassificationRun(
      model: try Model(json: #require(task.model)), test: test, activation: .plan, chip: chip)
    let configuration = try run.chip(named: "test")
    let program = try BuiltFirmware.program("controller")

    var native = Session(try Machine(configuration, log: MemoryLog()))
    let one = try commit(run, &native)
    var emulated = Session(on: try EmulatedController(program, on: Machine(configuration, log: MemoryLog())))
    let other = try commit(run, &emulated)
    #expect(one.answers == other.answers && one.snapshot.flash == other.snapshot.flash)

    for snapshot in [one.snapshot, other.snapshot] {
      var started = Session(try Machine(snapshot, log: MemoryLog()))
      #expect(try boot(run, &started) == one.answers)
      var binary = Session(on: try EmulatedController(program, on: Machine(snapshot, log: MemoryLog())))
      #expect(try boot(run, &binary) == one.answers)
      #expect(accesses(started.machine.log) == accesses(binary.machine.log))
      #expect(binary.runner.machine.diagnostics.count == 0)
    }
  }

  private func accesses(_ log: MemoryLog) -> [Transaction] {
    log.entries.compactMap { entry in
      guard case .access(let transaction) = entry.body, MemoryMap.isOfChip(transaction.address) else { return nil }
      return transaction
    }
  }
}
