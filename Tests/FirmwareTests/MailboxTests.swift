import Board
import Firmware
import Registers
import Testing

@Suite("The mailbox protocol")
struct MailboxTests {
  @Test("identify answers the protocol version and the commands that there are")
  func identify() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    #expect(bench.send(.identify) == [0, Command.version, 0xff_fffe])
  }

  @Test("An unknown command is refused and its words are dropped, so that the next one is understood")
  func unknownCommand() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    #expect(bench.send(99, [1, 2, 3]) == [Status.unknownCommand.rawValue])
    #expect(bench.send(.identify) == [0, Command.version, 0xff_fffe])
  }

  @Test(
    "A request with too few or too many words is refused",
    arguments: [
      (Command.identify, [7]), (.configure, [2, 2]), (.configure, [2, 2, 2, 256, 256, 0, 5]),
      (.setActivation, [0, 1, 0]), (.setPulseTimes, [1, 2]), (.stop, [1]), (.erase, []),
    ] as [(Command, [UInt32])])
  func badLength(_ command: Command, _ words: [UInt32]) throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    _ = try bench.expectDone(.configure, [2, 2, 2, 256, 256, 0])
    #expect(bench.send(command, words) == [Status.badLength.rawValue])
    #expect(bench.send(.identify) == [0, Command.version, 0xff_fffe])
  }

  @Test(
    "A number outside its range is refused",
    arguments: [
      (Command.configure, [0, 2, 2, 256, 256, 0]), (.configure, [2, 2, 2, 0, 256, 0]),
      (.configure, [2, 2, 2, 256, 256, 9]), (.setActivation, [2, 1, 0, 0, 0]), (.setActivation, [0, 17, 0]),
      (.calibrate, [9]), (.program, [2, 0, 1, 0]), (.readWeights, [7, 0]), (.erase, [2]),
    ] as [(Command, [UInt32])])
  func badArgument(_ command: Command, _ words: [UInt32]) throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    #expect(bench.send(command, words) == [Status.badArgument.rawValue])
  }

  @Test(
    "What needs a network is refused without one",
    arguments: [
      (Command.calibrate, [0]), (.program, [0, 1, 1, 0]), (.infer, [1, 0]), (.readWeights, [0, 0]), (.erase, [0]),
    ] as [(Command, [UInt32])])
  func notConfigured(_ command: Command, _ words: [UInt32]) throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    #expect(bench.send(command, words) == [Status.notConfigured.rawValue])
  }

  @Test("A network larger than the tiles is refused")
  func doesNotFit() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    for words: [UInt32] in [[3, 2, 2, 256, 256, 0], [2, 3, 2, 256, 256, 0], [2, 2, 3, 256, 256, 0]] {
      #expect(bench.send(.configure, words) == [Status.doesNotFit.rawValue])
    }
  }

  @Test("A tile of one line too few, of either kind, is too small; one of as many as the network has is not")
  func tightFit() throws {
    let configure: [UInt32] = [3, 2, 2, 256, 256, 0]
    var exact = try Bench(inputs: 3, hidden: 2, outputs: 2)
    #expect(exact.send(.configure, configure) == [Status.done.rawValue])
    for tile in 0..<2 {
      for line in [\TileConfiguration.wordLines, \TileConfiguration.bitLines] {
        var bench = try Bench(inputs: 3, hidden: 2, outputs: 2) { $0.tiles[tile][keyPath: line] -= 1 }
        #expect(bench.send(.configure, configure) == [Status.doesNotFit.rawValue], "tile \(tile)")
      }
    }
  }

  @Test("A training that needs all of the memory is taken; one step more is not, and the answer says by how much")
  func memory() throws {
    // 8 · (4·2·6 + 3·2) bytes of cells, 80 · (8 + 2) and 16 · (6 + 3) of buffers, 2 · (6 + 7·2 + 3 + 2) a step.
    let (steps, others): (UInt32, UInt32) = (2_921, 432 + 800 + 144)
    let (budget, need) = (UInt32(MemoryBudget.bytes), others + 50 * steps)
    #expect(need <= budget && need + 50 > budget)
    var bench = try Bench(inputs: 3, hidden: 2, outputs: 2)
    _ = try bench.expectDone(.configure, [3, 2, 2, 256, 256, 0])
    func training(steps: UInt32) -> [UInt32] { [0, 0, 0, 1, 0, steps, 0, 5, 50, 0] }
    #expect(bench.send(.configureTraining, training(steps: steps)) == [Status.done.rawValue])
    #expect(
      bench.send(.configureTraining, training(steps: steps + 1)) == [Status.outOfMemory.rawValue, need + 50, budget])
  }

  @Test("infer refuses a sequence whose length does not match its steps")
  func sequenceLength() throws {
    var bench = try Bench(inputs: 3, hidden: 2, outputs: 2)
    _ = try bench.expectDone(.configure, [3, 2, 2, 256, 256, 0])
    // Three inputs are two words a step.
    #expect(bench.send(.infer, [2, 0, 0, 0]) == [Status.badLength.rawValue])
    #expect(bench.send(.infer, [2, 0, 0, 0, 0, 0]) == [Status.badLength.rawValue])
    #expect(bench.send(.infer, [0]) == [Status.badArgument.rawValue])
    #expect(bench.send(.infer, [0xffff_ffff, 0]) == [Status.badLength.rawValue])
    #expect(bench.send(.infer, [2, 0, 0, 0, 0]).first == Status.done.rawValue)
  }

  @Test("A tile that refuses something is reported with its ERROR, which is then clear")
  func hardwareError() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    _ = try bench.expectDone(.configure, [2, 2, 2, 256, 256, 0])
    // A watchdog shorter than a read.
    bench.machine.write(MemoryMap.tile(0) + TileRegister.unlock.offset(), TileRegister.unlockKey)
    bench.machine.write(MemoryMap.tile(0) + TileRegister.watchdog.offset(), 3)
    let answer = bench.send(.infer, [1, 0])
    #expect(answer.first == Status.hardware.rawValue)
    #expect(answer.dropFirst().first == TileError.watchdog.field.mask | TileError.stale.field.mask)
    #expect(bench.machine.peek(MemoryMap.tile(0) + TileRegister.error.offset()) == 0)
  }

  @Test("stop ends the loop after its answer")
  func stop() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    bench.machine.mailbox.post([Command.stop.rawValue, 0])
    #expect(bench.controller.serve(on: &bench.machine) == false)
    #expect(bench.machine.mailbox.collect() == [0])
  }
}
