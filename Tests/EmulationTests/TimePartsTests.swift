import Board
import Files
import Firmware
import FixedPoint
import TestSupport
import Testing
import Trace

@testable import Tasks

/// Time by its parts: the binary's is measured, a native controller's computing an account.
@Suite("Time by its parts")
struct TimePartsTests {
  /// Time to make a chip ready and to classify some digits.
  private func inference<Runner: ControllerRunner & ~Copyable>(
    _ controller: (Machine<NoLog>) throws -> Runner
  ) throws -> (all: TimeParts, cycle: UInt64, report: ClassificationReport) where Runner.Log == NoLog {
    let task = try TaskCatalog().task("digits")
    var test = try task.testSet()
    test.sequences = Array(test.sequences.prefix(2))
    let run = ClassificationRun(
      model: try Model(json: try #require(task.model)), test: test, activation: .hard,
      chip: ChipConfiguration(tiles: []))
    var session = Session(on: try controller(try Machine(run.chip(named: "m"), log: NoLog())))
    let report = try run(on: &session)
    return (session.time, session.machine.cycle, report)
  }

  @Test(
    "A native run of digits takes the binary's time within 5 %, the same on the bus, and its log's clock has no computing"
  )
  func inference() throws {
    let program = try BuiltFirmware.program("controller")
    let native = try inference { NativeController($0) }
    let binary = try inference { try EmulatedController(program, on: $0) }
    for (one, other) in [(native.all, binary.all), (native.report.time, binary.report.time)] {
      #expect(abs(one.totalCycles / other.totalCycles - 1) < 0.05, "\(one) \(other)")
      #expect(one.arrayCycles >= other.arrayCycles)
      #expect(other.arrayCycles > 0.9 * one.arrayCycles)
    }
    // A program enables an interrupt before the first request.
    #expect(native.report.time.busCycles == binary.report.time.busCycles)
    #expect(native.all.busCycles + 1 == binary.all.busCycles)
    #expect(native.all.arrayCycles + native.all.busCycles == Double(native.cycle))
    #expect(binary.all.totalCycles == Double(binary.cycle))
    #expect(native.report.cyclesPerInference == native.report.time.totalCycles)
  }

  /// Time to learn some sequences of vowels.
  private func training<Runner: ControllerRunner & ~Copyable>(
    _ rule: TrainingOptions.RuleName, _ controller: (Machine<NoLog>) throws -> Runner
  ) throws -> TimeParts where Runner.Log == NoLog {
    let task = try TaskCatalog().task("vowels")
    var options = TrainingOptions.preset(for: "vowels", rule: rule)
    (options.hidden, options.epochs) = (6, 1)
    var set = try task.trainingSet()
    set.sequences = Array(set.sequences.prefix(6))
    var run = try TrainingRun(
      onFreshChip: ChipConfiguration(tiles: []), train: set, test: set, options: options.fitted(to: 6), log: NoLog(),
      controller: controller)
    try run.begin()
    let before = run.session.time
    try run.runEpoch()
    return run.session.time - before
  }

  @Test("Training takes the binary's time within 5 %, by every rule", arguments: TrainingOptions.RuleName.allCases)
  func training(_ rule: TrainingOptions.RuleName) throws {
    let program = try BuiltFirmware.program("controller")
    let native = try training(rule) { NativeController($0) }
    let binary = try training(rule) { try EmulatedController(program, on: $0) }
    #expect(abs(native.totalCycles / binary.totalCycles - 1) < 0.05, "\(native) \(binary)")
    #expect(native.busCycles == binary.busCycles)
  }

  /// Time to commit what is ready, to start from it on a board of which three cells have moved, and to write those back.
  private func keeping<Runner: ControllerRunner & ~Copyable>(
    _ controller: (Machine<NoLog>) throws -> Runner
  ) throws -> [TimeParts] where Runner.Log == NoLog {
    let model = try Model(json: try #require(try TaskCatalog().task("digits").model))
    let chip = try ChipConfiguration(tiles: []).sized(for: model.shape, named: "m")
    let settings = ProgrammingSettings()
    var session = Session(on: try controller(Machine(chip, log: NoLog())))
    _ = try session.commission(model, activation: .hard, settings: settings)
    let ready = session.time
    try session.commit(settings: settings)
    let committed = session.time
    session.machine.upset(3, of: model.shape, on: .first)
    var again = Session(on: try controller(Machine(session.machine.snapshot.powerCycled(), log: NoLog())))
    _ = try again.boot()
    let booted = again.time
    let found = try again.scrub(settings: settings)
    #expect(found.reduce(0) { $0 + $1.cells } == 3)
    return [committed - ready, booted, again.time - booted]
  }

  @Test("To keep a network, to start from it and to scrub it take the binary's time within 5 %")
  func keeping() throws {
    let program = try BuiltFirmware.program("controller")
    let native = try keeping { NativeController($0) }
    let binary = try keeping { try EmulatedController(program, on: $0) }
    for (one, other) in zip(native, binary) {
      #expect(abs(one.totalCycles / other.totalCycles - 1) < 0.05, "\(one) \(other)")
    }
  }

  @Test("What a run says that its chip was ready after is the time until then")
  func untilReady() throws {
    let run = try inference { NativeController($0) }
    let answering = TimeParts(
      arrayCycles: 2 * run.report.time.arrayCycles, busCycles: 2 * run.report.time.busCycles,
      controllerCycles: 2 * run.report.time.controllerCycles)
    #expect(run.report.timeUntilReady + answering == run.all)
  }

  @Test("A controller that sleeps waits as long for arrays as one that stalls")
  func sleeping() throws {
    let (stalling, asleep) = (try inference { NativeController($0) }, try inference { SleepingController($0) })
    let program = try BuiltFirmware.program("sleepingcontroller")
    let binary = try inference { try EmulatedController(program, on: $0) }
    #expect(abs(asleep.all.arrayCycles / stalling.all.arrayCycles - 1) < 0.05)
    #expect(abs(binary.all.arrayCycles / stalling.all.arrayCycles - 1) < 0.05)
    #expect(asleep.all.arrayCycles + asleep.all.busCycles == Double(asleep.cycle))
  }
}
