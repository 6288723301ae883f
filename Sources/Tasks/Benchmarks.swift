import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import RV32
import Registers
import Trace

/// Something to repeat.
package protocol Benchmark: ~Copyable {
  mutating func iterate()
}

/// Streams of reads through one tile: new codes, one read, all results.
package struct ReadBenchmark: Benchmark {
  private var machine: Machine<NoLog>
  private let tile: TileDriver
  private var codes: [[Int16]] = []
  private var results: [Q3_12]
  private var turn = 0

  package init(wordLines: Int, columns: Int, readNoise: Double) throws(ConfigurationProblem) {
    let device = Device.vteam(.analog)
    var configuration = ChipConfiguration(
      tiles: [TileConfiguration(wordLines: wordLines, bitLines: columns)], device: device)
    configuration.readNoiseShare = readNoise
    machine = try Machine(configuration, log: NoLog())
    let random = CounterRandom(seed: 1)
    for wordLine in 0..<wordLines {
      for bitLine in 0..<columns {
        let bits = random.bits(.setPulse, tile: 0, operation: 0, index: wordLine * columns + bitLine)
        let share = Double(bits[0]) / Double(UInt32.max)
        machine.setConductance(Int32(1e7 + share * 9e7), tile: 0, wordLine: wordLine, bitLine: bitLine)
      }
    }
    tile = TileDriver(number: 0, on: &machine)
    results = Array(repeating: .zero, count: columns)
    codes = (0..<8).map { set in
      (0..<wordLines).map { line in
        Int16(random.bits(.setPulse, tile: 1, operation: UInt64(set), index: line)[0] % 255) - 127
      }
    }
  }

  package mutating func iterate() {
    tile.drive(codes[turn & 7], ofLines: tile.wordLines, on: &machine)
    tile.perform(.read, on: &machine)
    tile.sense(into: &results, on: &machine)
    turn += 1
  }
}

/// A thousand register accesses with a log that goes nowhere: codes in, results out.
package struct LogBenchmark: Benchmark {
  private struct Nowhere: ByteOutput {
    mutating func append(_ bytes: ArraySlice<UInt8>) {}
    mutating func close() {}
  }

  private var machine: Machine<CSVLog<Nowhere>>
  private let isOfBinary: Bool

  /// - Parameter isOfBinary: whether the accesses come from a hart, and the log has its columns.
  package init(isOfBinary: Bool) throws(ConfigurationProblem) {
    let configuration = ChipConfiguration(tiles: [TileConfiguration(wordLines: 32, bitLines: 64)])
    let names = RegisterNames(BlockMap.board(tiles: 1))
    let symbols: ProgramSymbols = { pc in "Firmware.TileDriver.write+0x\(String(pc & 0xff, radix: 16))" }
    let log = CSVLog(to: Nowhere(), description: "", names: names, symbols: isOfBinary ? symbols : nil)
    machine = try Machine(configuration, log: log)
    self.isOfBinary = isOfBinary
  }

  package mutating func iterate() {
    let base = MemoryMap.tile(0)
    for line in 0..<500 {
      let word = UInt32(truncatingIfNeeded: line & 63)
      let drive = base &+ TileRegister.drive.offset(line & 15)
      let sense = base &+ TileRegister.sense.offset(line & 31)
      if isOfBinary {
        let pc = MemoryMap.ram &+ word &* 4
        _ = machine.store(word, Access(address: drive, width: .word, cycle: machine.cycle, pc: pc))
        _ = machine.load(Access(address: sense, width: .word, cycle: machine.cycle, pc: pc))
      } else {
        machine.write(drive, word)
        _ = machine.read(sense)
      }
    }
  }
}

/// A million instructions of a program that ends itself, again and again.
package struct CoreBenchmark: Benchmark, ~Copyable {
  private let program: Program
  private var core: Core
  private var machine: Machine<NoLog>

  package init(_ program: Program) throws {
    let machine = try Self.board()
    core = try program.core(ramBytes: Machine<NoLog>.defaultRAMBytes)
    self.program = program
    self.machine = machine
  }

  private static func board() throws(ConfigurationProblem) -> Machine<NoLog> {
    try Machine(ChipConfiguration(tiles: [TileConfiguration(wordLines: 1, bitLines: 1)]), log: NoLog(), ramBytes: 0)
  }

  package mutating func iterate() {
    var left: UInt64 = 1_000_000
    while left > 0 {
      let before = core.retired
      let reason = core.run(on: &machine, instructions: left)
      left -= min(core.retired - before, left)
      guard reason != .instructionLimit, let fresh = try? Self.board() else { return }
      machine = fresh
      try? core.load(program.image)
    }
  }
}

/// Sequences through a network of random weights.
package struct InferenceBenchmark<Runner: ControllerRunner & ~Copyable>: Benchmark, ~Copyable {
  private var session: Session<Runner>
  private let requests: [InferenceRequest]
  private var turn = 0

  /// - Parameter runner: makes the controller for a machine.
  package init(
    _ shape: NetworkShape, steps: Int, on runner: (Machine<NoLog>) throws -> Runner
  ) throws where Runner.Log == NoLog {
    let random = CounterRandom(seed: 2)
    func share(_ set: UInt64, _ index: Int) -> Double {
      Double(random.bits(.setPulse, tile: 0, operation: set, index: index)[0]) / Double(UInt32.max) * 2 - 1
    }
    func matrix(_ set: UInt64, _ lines: NetworkShape.Lines) -> [[Double]] {
      (0..<lines.rows).map { row in (0..<lines.columns).map { share(set, row * lines.columns + $0) } }
    }
    let model = Model(
      task: "bench", shape: shape, activation: .hard, window: 1, lstm: matrix(1, shape.lstm),
      dense: matrix(2, shape.dense))
    let chip = try ChipConfiguration(tiles: []).sized(for: shape, named: "bench")
    var session = Session(on: try runner(try Machine(chip, log: NoLog())))
    _ = try session.commission(model, activation: .hard)
    requests = (0..<16).map { set in
      let values = (0..<steps * shape.inputs).map { Int16(clamping: Int(share(UInt64(3 + set), $0) * 32_768)) }
      return InferenceRequest(.init(label: 0, values: values, steps: steps), features: shape.inputs)
    }
    self.session = session
  }

  package mutating func iterate() {
    _ = try? session.classify(requests[turn & 15])
    turn += 1
  }
}
