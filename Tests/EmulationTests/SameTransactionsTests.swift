import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks
import TestSupport
import Testing
import Trace

/// The binary does to the chip what the native controller does: the same values, in the same order.
@Suite("Native and RV32 controller")
struct SameTransactionsTests {
  /// What a host asks for, and what came of it.
  struct Outcome: Equatable {
    var answers: [[UInt32]] = []
    var transactions: [Transaction] = []
  }

  private func outcome<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, _ job: (inout Session<Runner>) throws -> [[UInt32]]
  ) throws -> Outcome where Runner.Log == MemoryLog {
    let answers = try job(&session)
    return Outcome(answers: answers, transactions: chipTransactions(session.machine.log))
  }

  private func chipTransactions(_ log: MemoryLog) -> [Transaction] {
    log.entries.compactMap { entry in
      guard case .access(let transaction) = entry.body,
        MemoryMap.isOfChip(transaction.address)
      else { return nil }
      return transaction
    }
  }

  /// The job of a host, for either kind of controller.
  private func digits<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, _ run: ClassificationRun
  ) throws -> [[UInt32]] {
    let reports = try session.commission(run.model, activation: run.activation, settings: run.programming)
    var answers = reports.map { [UInt32($0.rounds), UInt32($0.pulses), UInt32($0.missedCells)] }
    for sequence in run.test.sequences {
      answers.append(
        try session.request(.infer, InferenceRequest(sequence, features: run.test.features).words))
    }
    answers.append(try session.request(.readWeights, [1, 0]))
    answers.append(try session.request(.erase, [1]))
    return answers
  }

  @Test("Make the same transactions with the chip: calibration, programming, inference", arguments: Synapse.allCases)
  func digits(_ synapse: Synapse) throws {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(4))
    var options = ChipConfiguration(tiles: [])
    options.synapse = synapse
    options.readNoiseShare = 0.001
    options.variation.deviceToDevice = 0.02
    options.variation.cycleToCycle = 0.02
    try compare(
      ClassificationRun(
        model: try Model(json: #require(task.model)), test: test, activation: .hard, chip: options))
  }

  @Test(
    "Make the same transactions with windows and a cell unit",
    arguments: [ChipFeatures.windows, .cell, .all], Synapse.allCases)
  func features(_ features: ChipFeatures, _ synapse: Synapse) throws {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(60))
    var options = ChipConfiguration(tiles: [])
    (options.features, options.synapse) = (features, synapse)
    try compare(
      ClassificationRun(
        model: try Model(json: #require(task.model)), test: test, activation: .hard, chip: options))
  }

  @Test("Make the same transactions with a chip of other voltages and times")
  func otherChip() throws {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(12))
    var chip = ChipConfiguration(tiles: [])
    chip.readVoltage = 150_000
    chip.amplitudes = PulseAmplitudes(set: 1100, reset: 1150)
    chip.feedback = 22_000
    chip.timing.settle = 3
    chip.timing.sample = 9
    chip.timing.relax = 0
    chip.timing.pulseStep = 3
    try compare(
      ClassificationRun(model: try Model(json: #require(task.model)), test: test, activation: .hard, chip: chip))
  }

  private func compare(_ run: ClassificationRun) throws {
    let chip = try run.chip(named: "test")
    var native = Session(try Machine(chip, log: MemoryLog()))
    let one = try outcome(&native) { session in try digits(&session, run) }
    var emulated = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(chip, log: MemoryLog())))
    let other = try outcome(&emulated) { session in try digits(&session, run) }
    #expect(one.answers == other.answers)
    #expect(one.transactions.count == other.transactions.count && one.transactions.count > 10_000)
    if let place = zip(one.transactions, other.transactions).enumerated().first(where: { $0.1.0 != $0.1.1 }) {
      Issue.record("transaction \(place.offset): native \(place.element.0), RV32 \(place.element.1)")
    }
    let diagnostics = emulated.runner.machine.diagnostics
    #expect(diagnostics.count == 0)
  }

  /// Trains on three sequences of two steps.
  private func train<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, rule: UInt32
  ) throws -> [[UInt32]] {
    _ = try session.request(.configure, [2, 3, 2, 256, 256, 0])
    let times: [UInt32] = (0..<65).map { 1000 * $0 }
    _ = try session.request(.setPulseTimes, times + Array(times.reversed()))
    let settings: [UInt32] = [rule, 0, 0, 1, 0, 4, 0, 5, 10, 1000]
    var answers: [[UInt32]] = []
    answers.append(try session.request(.configureTraining, settings))
    answers.append(try session.request(.setRate, [2_000_000]))
    let sequences: [[UInt32]] = [[0, 0x2000_1000], [1, 0xe000_4000], [0, 0x7000_f000]]
    for sequence in sequences {
      answers.append(try session.request(.train, [2, sequence[0], sequence[1], sequence[1] ^ 0x0fff_0fff]))
    }
    answers.append(try session.request(.update))
    answers.append(try session.request(.exportState))
    return answers
  }

  @Test("Make the same transactions while they train, by every rule", arguments: 0..<4 as Range<UInt32>)
  func training(_ rule: UInt32) throws {
    var native = Session(try Machine(smallChip(), log: MemoryLog()))
    let one = try outcome(&native) { session in try train(&session, rule: rule) }
    var emulated = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(smallChip(), log: MemoryLog())))
    let other = try outcome(&emulated) { session in try train(&session, rule: rule) }
    #expect(one == other && one.transactions.count > 150, "\(one.transactions.count)")
  }

  /// Two sequences of a task, taught and tried.
  private func epoch<Runner: ControllerRunner & ~Copyable>(
    of task: String, _ controller: (Machine<MemoryLog>) throws -> Runner, look: (borrowing Runner) -> Void = { _ in }
  ) throws -> ([Transaction], EpochReport) where Runner.Log == MemoryLog {
    let files = try TaskCatalog().task(task)
    var options = TrainingOptions.preset(for: task)
    options.hidden = 4
    options.batch = 2
    func beginning(of set: SequenceSet) -> SequenceSet {
      var set = set
      set.sequences = Array(set.sequences.prefix(2))
      return set
    }
    var run = try TrainingRun(
      onFreshChip: ChipConfiguration(tiles: []), train: beginning(of: try files.trainingSet()),
      test: beginning(of: try files.testSet()), options: options, log: MemoryLog(), controller: controller)
    try run.begin()
    var report = try run.runEpoch()
    // The binary takes the time that its instructions take, which natively is an account.
    (report.chipSeconds, report.time) = (0, TimeParts())
    look(run.session.runner)
    return (chipTransactions(run.session.machine.log), report)
  }

  @Test("Make the same transactions in a training epoch of every task", arguments: TaskCatalog.names)
  func trainingEpoch(_ task: String) throws {
    let program = try BuiltFirmware.program("controller")
    let native = try epoch(of: task) { NativeController($0) }
    var stack: (most: Int, of: Int)?
    let binary = try epoch(of: task) {
      try EmulatedController(program, on: $0)
    } look: {
      stack = $0.stackUse
    }
    let use = try #require(stack)
    #expect(use.most > 64 && use.most <= use.of * 4 / 5, "\(use.most) bytes of stack")
    #expect(native.0 == binary.0 && native.0.count > 1000, "\(native.0.count), \(binary.0.count)")
    #expect(native.1 == binary.1)
  }

  @Test("A network configured again and again takes the same memory; the stack stays in its budget")
  func memory() throws {
    var session = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(smallChip(), log: NoLog())))
    for _ in 0..<300 { _ = try session.request(.configure, [2, 3, 2, 256, 256, 0]) }
    let use = session.runner.stackUse
    let stack = try #require(use)
    #expect(stack.most > 64 && stack.most <= stack.of / 2, "\(stack.most) bytes of stack")
  }

  @Test("stop ends the program")
  func stop() throws {
    var session = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(smallChip(), log: NoLog())))
    let answer = try session.request(.stop)
    #expect(answer.isEmpty)
    let status = session.machine.exitStatus
    #expect(status == 0)
  }

  @Test("Refusals of the firmware come through, and the next request is served")
  func refusal() throws {
    var session = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(smallChip(), log: NoLog())))
    do throws(FirmwareRefusal) {
      _ = try session.request(.infer, [1, 0])
      Issue.record("expected a refusal")
    } catch {
      #expect(error.status == .notConfigured)
    }
    let version = try session.request(.identify)
    #expect(version == [Command.version, 0xff_fffe])
  }
}
