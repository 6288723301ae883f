import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers
import Tasks
import Trace
import Vectors

/// What a client of the library does first: a read, a program–verify, a log that replays, a vector check.
///
/// Run at the top of the repository, whose vectors it reads.
struct Client {
  let vectors: String

  /// Drives two word lines of a fresh array and reads its columns.
  func read() throws {
    let chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 4, bitLines: 3)])
    var machine = try Machine(chip, log: NoLog())
    machine.setConductance(100_000_000, tile: 0, wordLine: 0, bitLine: 1)
    let tile = TileDriver(number: 0, on: &machine)
    tile.drive([127, 64], ofLines: tile.wordLines, on: &machine)
    tile.perform(.read, linear: true, on: &machine)
    let codes = (0..<2).map { tile.read(.sense, $0, on: &machine) }
    let columns = [Lanes.even(codes[0]), Lanes.odd(codes[0]), Lanes.even(codes[1])]
    print("a read:", columns)
    guard columns[1] > columns[0], columns[0] == columns[2] else { throw Failure("the cell that is set conducts more") }
  }

  /// Writes a trained network into a chip by program–verify, and logs every access.
  func program() throws -> [UInt8] {
    let model = try Model(json: "\(vectors)/tasks/digits/lstm16-hard.json")
    let chip = try ChipConfiguration(tiles: []).sized(for: model.shape, named: "digits")
    let log = CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps))
    var session = Session(try Machine(chip, log: log))
    let reports = try session.commission(model, activation: model.activation)
    print("program–verify:", reports.map { "\($0.missedCells) cells missed, \($0.pulses) pulses" })
    guard reports.allSatisfy({ $0.missedCells == 0 }) else { throw Failure("every cell is within its tolerance") }
    return session.machine.log.output.bytes
  }

  /// Feeds a log to a fresh chip.
  func replay(_ log: [UInt8]) throws {
    var reader = try LogReader(log, file: "log")
    var replay = try Replay(of: reader, file: "log")
    var last = 0
    while let line = try reader.next() {
      try replay.feed(line)
      last = line.number
    }
    try replay.finish(afterLine: last)
    print("a log: no difference in", replay.summary.accesses, "accesses")
  }

  func check() throws {
    let outcome = try VectorFile(path: "\(vectors)/v1/lstm_step.json").check()
    print("vectors:", outcome.passed, "passed,", outcome.failed, "failed")
    guard outcome.failed == 0 else { throw Failure("the LSTM step is the golden one") }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ expected: String) { description = "expected: \(expected)" }
  }
}

let client = Client(vectors: CommandLine.arguments.dropFirst().first ?? "vectors")
try client.read()
try client.replay(client.program())
try client.check()
