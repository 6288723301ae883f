import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

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

  /// Has cells moved, and scrubs.
  private func scrub<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, _ session: inout Session<Runner>
  ) throws -> [ScrubbingReport] {
    _ = try session.boot()
    session.machine.upset(5, of: run.model.shape, on: .first)
    return try session.scrub(settings: run.programming)
  }

  @Test("Either controller scrubs with the same accesses to the same conductances", arguments: Synapse.allCases)
  func sameScrubbing(_ synapse: Synapse) throws {
    let (run, configuration) = try Self.small(synapse, sequences: 0)
    var session = Session(try Machine(configuration, log: MemoryLog()))
    let snapshot = try commit(run, &session).snapshot
    var native = Session(try Machine(snapshot, log: MemoryLog()))
    let program = try BuiltFirmware.program("controller")
    var emulated = Session(on: try EmulatedController(program, on: Machine(snapshot, log: MemoryLog())))
    let reports = try scrub(run, &native)
    #expect(try scrub(run, &emulated) == reports)
    // Two of five may share a column.
    #expect(reports.reduce(0) { $0 + $1.cells } > 0, "\(reports)")
    #expect(accesses(native.machine.log) == accesses(emulated.machine.log))
    #expect(
      native.machine.chip.tiles.map(\.array.conductance) == emulated.machine.chip.tiles.map(\.array.conductance))
  }

  @Test("Either controller has a second network take over with the same accesses; then it is as if it were alone")
  func sameUpdate() throws {
    let (run, configuration) = try Self.small(.reference, sequences: 3)
    var other = run.model
    for row in other.lstm.indices { other.lstm[row].reverse() }
    let update = NetworkUpdate(from: run, to: other)
    let chip = try configuration.extended(for: other.shape, named: "test")
    let program = try BuiltFirmware.program("controller")
    var native = Session(try Machine(chip, log: MemoryLog()))
    var emulated = Session(on: try EmulatedController(program, on: Machine(chip, log: MemoryLog())))
    var service = try update(on: &native, commits: true)
    let sameService = try update(on: &emulated, commits: true)
    service.cycle = sameService.cycle
    #expect(service == sameService && service.requests == 7 && service.sequences == 3)
    let answers = try answers(update.after, &native)
    #expect(try self.answers(update.after, &emulated) == answers)
    #expect(accesses(native.machine.log) == accesses(emulated.machine.log))

    var alone = Session(try Machine(configuration, log: MemoryLog()))
    _ = try alone.commission(other, activation: run.activation, settings: run.programming)
    #expect(try self.answers(update.after, &alone) == answers)
  }

  /// A network of random weights, and sequences of any values.
  private static func small(
    _ synapse: Synapse, sequences: Int
  ) throws -> (run: ClassificationRun, chip: ChipConfiguration) {
    var random = SeededRandom(17)
    let shape = NetworkShape(inputs: 3, hidden: 4, outputs: 3)
    func matrix(_ lines: NetworkShape.Lines) -> [[Double]] {
      (0..<lines.rows).map { _ in (0..<lines.columns).map { _ in Double.random(in: -0.7...0.7, using: &random) } }
    }
    let model = Model(
      task: "small", shape: shape, activation: .hard, window: 1, lstm: matrix(shape.lstm), dense: matrix(shape.dense))
    let test = SequenceSet(
      name: "small", features: 3, classes: 3,
      sequences: (0..<sequences).map { number in
        let values = (0..<12).map { _ in Int16.random(in: -30_000...30_000, using: &random) }
        return .init(label: number % 3, values: values, steps: 4)
      })
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = synapse
    let run = ClassificationRun(model: model, test: test, activation: .hard, chip: chip)
    return (run, try run.chip(named: "test"))
  }

  private func accesses(_ log: MemoryLog) -> [Transaction] {
    log.entries.compactMap { entry in
      guard case .access(let transaction) = entry.body, MemoryMap.isOfChip(transaction.address) else { return nil }
      return transaction
    }
  }
}
