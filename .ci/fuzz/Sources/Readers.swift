import Board
import Crossbar
import Files
import Firmware
import RV32
import Tasks
import Trace
import Vectors

/// The readers of files, each with what its command does with a file that it has read.
enum Readers {
  /// A chip may have eight million cells, and takes its time and its memory then.
  static func isSmall(_ chip: ChipConfiguration) -> Bool {
    chip.tiles.reduce(0) { $0 + $1.wordLines * $1.bitLines } <= 4096
  }

  static func log(_ bytes: [UInt8]) throws {
    var reader = try LogReader(bytes, file: "log")
    let chip = try ChipConfiguration(description: reader.description)
    guard isSmall(chip) else { return }
    var replay = try Replay(of: reader, file: "log")
    while let line = try reader.next() { try replay.feed(line) }
    try replay.finish(afterLine: 0)
  }

  static func diff(_ bytes: [UInt8]) throws {
    let half = bytes.firstIndex(of: 0) ?? bytes.count
    var options = LogComparison.Options()
    options.comparesCycles = bytes.count % 2 == 0
    options.free = Freedom(pulseOrder: true, pulseWidth: bytes.count % 3 == 0 ? .max : 1)
    options.findsAll = bytes.count % 5 == 0
    var comparison = try LogComparison(
      try LogReader(Array(bytes[..<half]), file: "one"), named: "one",
      against: try LogReader(Array(bytes[half...].dropFirst()), file: "other"), named: "other", options)
    while try comparison.next() != nil {}
  }

  /// With a checksum of its own behind: else hardly a file would pass it.
  private static func chipFile(_ bytes: [UInt8]) throws -> ChipFile? {
    let body = Array(bytes.dropLast(4))
    var whole = body
    withUnsafeBytes(of: CRC32.checksum(body).littleEndian) { whole += $0 }
    let file = try ChipFile(bytes: whole, named: "chip")
    return isSmall(file.snapshot.configuration) && file.snapshot.ramWords <= 1 << 16 ? file : nil
  }

  static func chip(_ bytes: [UInt8]) throws {
    guard let file = try chipFile(bytes) else { return }
    _ = file.bytes
    var machine = try file.machine(log: MemoryLog(), named: "chip")
    machine.advance(to: machine.cycle + 1_000_000)
    _ = machine.snapshot
    _ = try? NetworkFacts(file, named: "chip").model(of: machine)
    var session = Session(try file.poweredUp(log: NoLog(), named: "chip"))
    _ = try session.boot()
  }

  private static let sequences = """
    # name=d T=2 F=2 classes=2 offset=0 scale=2
    0,1,0,-1,2
    1,-1,1,0,0
    """

  /// Of `train --data D --test D --hidden 1 --epochs 2 --checkpoint F`, with the sequences above.
  static func checkpoint(_ bytes: [UInt8]) throws {
    guard let file = try chipFile(bytes) else { return }
    let set = try SequenceSet(LineReader(Array(Self.sequences.utf8), named: "data"))
    var options = TrainingOptions()
    options.hidden = 1
    var run = try TrainingRun<NativeController<NoLog>>(
      resuming: file, named: "checkpoint", train: set, test: set, options: options,
      chip: ChipConfiguration(tiles: []), log: NoLog())
    try run.runEpoch()
    _ = try run.checkpoint().bytes
  }

  static func model(_ bytes: [UInt8]) throws {
    let model = try Model(Node(bytes, file: "model"))
    guard model.shape.hidden <= 16, model.shape.inputs <= 16, model.shape.outputs <= 16 else { return }
    _ = FloatNetwork(model, activation: model.activation)
  }

  /// A chip as JSON, and as the head of a log has it.
  static func settings(_ bytes: [UInt8]) throws {
    if let chip = try? ChipConfiguration(description: String(decoding: bytes, as: UTF8.self)) { try use(chip) }
    try use(try ChipConfiguration(json: Node(bytes, file: "chip")))
  }

  private static func use(_ chip: ChipConfiguration) throws {
    _ = try ChipConfiguration(json: Node(Array(chip.json.text.utf8), file: "again"))
    guard isSmall(chip) else { return }
    var machine = try Machine(chip, log: NoLog())
    machine.advance(to: 1000)
  }

  static func device(_ bytes: [UInt8]) throws { try use(try Device(Node(bytes, file: "device"))) }

  static func pulses(_ bytes: [UInt8]) throws { try use(.measured(try MeasuredPulses(csv: bytes, file: "pulses"))) }

  private static func use(_ device: Device) throws {
    var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 2, bitLines: 2)])
    chip.change(to: device)
    if let problem = chip.problem { throw problem }
    _ = DeviceReport(chip, cells: 2).json.text
    _ = try ChipConfiguration(description: chip.description)
    try use(chip)
  }

  static func sequences(_ bytes: [UInt8]) throws {
    let set = try SequenceSet(LineReader(bytes, named: "sequences"))
    _ = set.withLags(3)
    _ = set.checksum
    if set.isRegression { _ = set.persistenceError() }
  }

  static func vectors(_ bytes: [UInt8]) throws {
    let file = try VectorFile(bytes, path: "vectors")
    guard file.count <= 3 else { return }
    _ = file.check()
  }

  static func sweep(_ bytes: [UInt8]) throws {
    let results = try SweepResults(bytes, named: "sweep")
    guard results.plan.count <= 10_000 else { return }
    _ = results.text
    _ = results.missing
    for setting in SweepSummary(results, of: results.plan.quality).settings { _ = results.plan.interval(at: setting) }
    _ = results.plot.svg
  }

  static func answers(_ bytes: [UInt8]) throws {
    let file = try AnswerFile(bytes, named: "answers")
    _ = file.text
    _ = try file.compared(with: file, named: ("one", "other")).mcnemarExactP
  }

  static func waivers(_ bytes: [UInt8]) throws { _ = try Waivers(TextFile(bytes, named: "waivers")) }

  static func image(_ bytes: [UInt8]) throws {
    let program = try Program(bytes, named: "program", rawAddress: bytes.count % 2 == 0 ? nil : 0x8000_0000)
    let core = try program.core(ramBytes: 1 << 16)
    _ = program.describe(core.pc)
    _ = try program.signature(in: core)
  }
}
