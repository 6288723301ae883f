import Board
import Crossbar
import Firmware
import FixedPoint
import Tasks
import TestSupport
import Testing
import Trace

/// What the lines of the tiles had, without its time.
private struct LevelLog: LogSink {
  struct Level: Equatable {
    let tile: Int
    let levels: LineLevels
  }

  static var isActive: Bool { true }
  var takesLevels: Bool { true }
  var levels: [Level] = []

  mutating func append(_: LogEntry) {}
  mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    self.levels.append(Level(tile: tile, levels: levels))
  }
}

@Suite("Native and RV32 controller, volts and amperes")
struct SameLevelsTests {
  private func levels<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, _ run: ClassificationRun
  ) throws -> [LevelLog.Level] where Runner.Log == LevelLog {
    _ = try session.commission(run.model, activation: run.activation, settings: run.programming)
    for sequence in run.test.sequences {
      _ = try session.request(.infer, InferenceRequest(sequence, features: run.test.features).words)
    }
    return session.machine.log.levels
  }

  @Test("Put the same on the lines and get the same from them, to the microvolt and the attoampere")
  func levels() throws {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(2))
    var options = ChipConfiguration(tiles: [])
    options.readNoiseShare = 0.001
    options.mismatch.dacNonlinearity = 200
    let run = ClassificationRun(
      model: try Model(json: #require(task.model)), test: test, activation: .hard, chip: options)
    let chip = try run.chip(named: "test")
    var native = Session(try Machine(chip, log: LevelLog()))
    let one = try levels(&native, run)
    var emulated = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(chip, log: LevelLog())))
    let other = try levels(&emulated, run)
    #expect(one == other && one.count > 1000, "\(one.count), \(other.count)")
  }
}
