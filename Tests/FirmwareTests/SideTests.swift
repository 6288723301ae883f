import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("Two networks on four tiles")
struct SideTests {
  private static let shapes = [
    NetworkShape(inputs: 2, hidden: 2, outputs: 3), NetworkShape(inputs: 2, hidden: 3, outputs: 3),
  ]
  private static let sequence: [UInt32] = [3, 0x2000_1000, 0xe000_3000, 0x1000_f000]

  private static func bench() throws -> Bench {
    try Bench(inputs: 2, hidden: 2, outputs: 3) { chip in
      chip.tiles = shapes.flatMap { shape in
        Layer.allCases.map { TileConfiguration(wordLines: shape[$0].rows, bitLines: shape[$0].columns) }
      }
    }
  }

  /// What makes a side's network ready, request by request.
  private static func requests(_ side: Side) -> [(Command, [UInt32])] {
    let shape = shapes[Int(side.rawValue)]
    var random = SeededRandom(UInt64(side.rawValue) + 50)
    let programs = Layer.allCases.map { layer -> (Command, [UInt32]) in
      let rows = (0..<shape[layer].rows).flatMap { _ in
        Lanes.pack(row: (0..<shape[layer].columns).map { _ in Int16.random(in: -30_000...30_000, using: &random) })
      }
      return (.program, [layer.rawValue, 300, 40, 0] + rows)
    }
    return [
      (.workOn, [side.rawValue]), (.configure, shape.words + [512, 512, 1]), (.calibrate, [0]),
      (.setPulseTimes, PulseTimes(of: .vteam(.analog)).words),
    ] + programs
  }

  private static func alone(_ side: Side) throws -> [UInt32] {
    var bench = try bench()
    for (command, words) in requests(side) { _ = try bench.expectDone(command, words) }
    _ = try bench.expectDone(.switchTo, [side.rawValue])
    return try bench.expectDone(.infer, sequence)
  }

  @Test("One serves while the other is made ready, and takes over between two requests")
  func update() throws {
    let answers = try Side.allCases.map { try Self.alone($0) }
    #expect(answers[0] != answers[1])
    var bench = try Self.bench()
    for (command, words) in Self.requests(.first) { _ = try bench.expectDone(command, words) }
    let cells = bench.machine.chip.tiles[..<2].map(\.array.conductance)
    for (command, words) in Self.requests(.second) {
      #expect(try bench.expectDone(.infer, Self.sequence) == answers[0])
      _ = try bench.expectDone(command, words)
    }
    #expect(bench.machine.chip.tiles[..<2].map(\.array.conductance) == cells)
    #expect(try bench.expectDone(.infer, Self.sequence) == answers[0])
    for side in [Side.second, .first, .second] {
      _ = try bench.expectDone(.switchTo, [side.rawValue])
      #expect(try bench.expectDone(.infer, Self.sequence) == answers[Int(side.rawValue)])
    }
  }

  @Test("Power that goes anywhere in an update leaves the old network or the new one, whole")
  func cuts() throws {
    let answers = try Side.allCases.map { try Self.alone($0) }
    var bench = try Self.bench()
    for (command, words) in Self.requests(.first) { _ = try bench.expectDone(command, words) }
    _ = try bench.expectDone(.commit, [0])
    bench.machine.log = MemoryLog()
    let update = Self.requests(.second) + [(.commit, [0]), (.switchTo, [1])]
    let begin = bench.machine.cycle
    var whole = bench
    var commitBegin: UInt64 = 0
    for (command, words) in update {
      if command == .commit { commitBegin = whole.machine.cycle - begin }
      _ = try whole.expectDone(command, words)
    }
    let length = whole.machine.cycle - begin
    var random = SeededRandom(61)
    var started = [0, 0]
    for number in 0..<Trials.count(60, long: 1000) {
      // The new record is whole once its last page is; what comes then is that it is read back.
      let span = [length, length - commitBegin, 2_000][number % 3]
      let cycle = begin + length - random.next() % span
      var cut = bench
      cut.machine.schedule(SupplyFaults(powerCut: cycle))
      for (command, words) in update where cut.machine.powerLoss == nil { _ = cut.send(command, words) }
      var again = try Self.bench()
      again.machine = try Machine(try cut.machine.snapshot.powerCycled(), log: MemoryLog())
      let side = Int(try again.expectDone(.boot)[1])
      started[side] += 1
      #expect(try again.expectDone(.infer, Self.sequence) == answers[side], "cut at \(cycle) of \(begin)+\(length)")
    }
    #expect(started[0] > 10 && started[1] > 3, "\(started)")
  }

  @Test("A chip without the tiles, or a side without a network, is refused")
  func refusals() throws {
    var small = try Bench(inputs: 2, hidden: 2, outputs: 3)
    #expect(small.send(.workOn, [1]) == [Status.doesNotFit.rawValue])
    #expect(small.send(.workOn, [2]) == [Status.badArgument.rawValue])
    #expect(small.send(.switchTo, [0]) == [Status.notConfigured.rawValue])
    var bench = try Self.bench()
    for (command, words) in Self.requests(.first) { _ = try bench.expectDone(command, words) }
    #expect(bench.send(.switchTo, [1]) == [Status.notConfigured.rawValue])
    #expect(bench.send(.switchTo) == [Status.badLength.rawValue])
    _ = try bench.expectDone(.workOn, [1])
    #expect(bench.send(.readWeights, [0, 0]) == [Status.notConfigured.rawValue])
    #expect(bench.send(.infer, Self.sequence).first == Status.done.rawValue)
  }

  @Test("There is one trainer: to train a network forgets the training of the other")
  func trainer() throws {
    var bench = try Self.bench()
    for side in Side.allCases {
      for (command, words) in Self.requests(side) { _ = try bench.expectDone(command, words) }
    }
    let training: [UInt32] = [0, 0, 0, 1, 0, 4, 0, 5, 50, 0]
    _ = try bench.expectDone(.configureTraining, training)
    _ = try bench.expectDone(.workOn, [0])
    #expect(bench.send(.exportState) == [Status.notConfigured.rawValue])
    _ = try bench.expectDone(.configureTraining, training)
    _ = try bench.expectDone(.workOn, [1])
    #expect(bench.send(.exportState) == [Status.notConfigured.rawValue])
    _ = try bench.expectDone(.workOn, [0])
    #expect(bench.send(.exportState).first == Status.done.rawValue)
  }
}
