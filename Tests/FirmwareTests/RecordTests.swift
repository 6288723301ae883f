import Board
import Crossbar
import Firmware
import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("Commissioning record")
struct RecordTests {
  private static let slotWords = FlashRegister.pages / 2 * FlashRegister.pageWords

  private static func commissioned(seed: UInt64 = 1) throws -> Bench {
    var bench = try Bench(inputs: 1, hidden: 1, outputs: 2) {
      $0.mismatch = ConverterMismatch(adcOffset: 3000, adcGain: 8000)
      $0.seed = seed
    }
    _ = try bench.expectDone(.configure, [1, 1, 2, 256, 256, 1])
    _ = try bench.expectDone(.calibrate, [1])
    _ = try bench.expectDone(.setPulseTimes, PulseTimes(of: .vteam(.analog)).words)
    return bench
  }

  /// All of a word's bits, or four, in each word others: the checksum has all words and bits alike.
  private static func bits(of word: Int) -> [UInt32] {
    let count = Trials.count(4, long: 32)
    return (0..<count).map { UInt32(word + $0 * 32 / count) % 32 }
  }

  /// The same board after its power has gone and come, with a controller that knows nothing.
  private static func restarted(_ snapshot: MachineSnapshot) throws -> Bench {
    var bench = try Bench(inputs: 1, hidden: 1, outputs: 2)
    bench.machine = try Machine(try snapshot.powerCycled(), log: MemoryLog())
    return bench
  }

  @Test("A controller that starts from its record answers as before")
  func answers() throws {
    var bench = try Self.commissioned()
    let before = try bench.expectDone(.infer, [2, 0x2000, 0xe000])
    #expect(try bench.expectDone(.commit, [0])[0] == 1)
    var again = try Self.restarted(bench.machine.snapshot)
    #expect(again.send(.infer, [1, 0]) == [Status.notConfigured.rawValue])
    #expect(try again.expectDone(.boot) == [1, 0, 1, 1, 2, 256, 256, 1])
    #expect(try again.expectDone(.infer, [2, 0x2000, 0xe000]) == before)
    // Training too knows the times.
    _ = try again.expectDone(.configureTraining, [0, 0, 0, 1, 0, 4, 0, 5, 50, 0])
    _ = try again.expectDone(.train, [1, 1, 0x2000])
  }

  @Test("Every single bit of the record that flips is noticed")
  func flips() throws {
    var bench = try Self.commissioned()
    let words = Int(try bench.expectDone(.commit, [0])[1])
    let snapshot = try bench.machine.snapshot.powerCycled()
    var fresh = try Self.restarted(snapshot)
    fresh.machine.log = MemoryLog()
    for word in 0..<words {
      for bit in Self.bits(of: word) {
        var flipped = snapshot
        flipped.flash.pages[0].page.words[word] ^= 1 << bit
        var other = fresh
        other.machine = try Machine(flipped, log: MemoryLog())
        #expect(other.send(.boot) == [Status.damagedRecord.rawValue], "word \(word), bit \(bit)")
      }
    }
  }

  @Test("Every single bit that flips in the newer record, which is in the second slot, leaves the one before")
  func flipsOfTheNewer() throws {
    var bench = try Self.commissioned()
    _ = try bench.expectDone(.commit, [0])
    let words = Int(try bench.expectDone(.commit, [0])[1])
    let snapshot = try bench.machine.snapshot.powerCycled()
    let page = try #require(snapshot.flash.pages.firstIndex { $0.number == FlashRegister.pages / 2 })
    let fresh = try Self.restarted(snapshot)
    var whole = fresh
    #expect(try whole.expectDone(.boot)[0] == 2)
    for word in 0..<words {
      for bit in Self.bits(of: word) {
        var flipped = snapshot
        flipped.flash.pages[page].page.words[word] ^= 1 << bit
        var other = fresh
        other.machine = try Machine(flipped, log: MemoryLog())
        #expect(try other.expectDone(.boot)[0] == 1, "word \(word), bit \(bit)")
      }
    }
  }

  @Test("Power that goes at the begin, in the middle or at the end of each page's operation leaves a whole record")
  func cutsOfPages() throws {
    var bench = try Bench(inputs: 2, hidden: 8, outputs: 2)
    _ = try bench.expectDone(.configure, [2, 8, 2, 256, 256, 1])
    _ = try bench.expectDone(.setPulseTimes, PulseTimes(of: .vteam(.analog)).words)
    _ = try bench.expectDone(.commit, [0])
    bench.machine.log = MemoryLog()
    var whole = bench
    #expect(try whole.expectDone(.commit, [0])[1] > UInt32(FlashRegister.pageWords))
    let operations = Self.flashOperations(of: whole.machine.log)
    let last = try #require(operations.last { $0.operation == .program })
    #expect(operations.filter { $0.operation == .program }.count == 2)
    for (operation, begin, end) in operations {
      for cycle in [begin, begin + 1, (begin + end) / 2, end - 1, end, end + 1] {
        var cut = bench
        cut.machine.schedule(SupplyFaults(powerCut: cycle))
        _ = cut.send(.commit, [0])
        #expect(cut.machine.powerLoss?.cycle == cycle)
        var again = try Self.restarted(cut.machine.snapshot)
        let sequence = try again.expectDone(.boot)[0]
        // Of the last bit nothing may be left to change.
        let expected = cycle >= last.end ? 2...2 : cycle == last.end - 1 ? 1...2 : 1...1
        #expect(expected.contains(Int(sequence)), "\(operation) \(begin) to \(end), cut at \(cycle)")
      }
    }
  }

  private static func flashOperations(
    of log: MemoryLog
  ) -> [(operation: FlashOperation, begin: UInt64, end: UInt64)] {
    var operations: [(operation: FlashOperation, begin: UInt64, end: UInt64)] = []
    var begin: UInt64 = 0
    for entry in log.entries {
      switch entry.body {
      case .event(.flash(.started)): begin = entry.cycle
      case .event(.flash(.finished(let operation))): operations.append((operation, begin, entry.cycle))
      default: break
      }
    }
    return operations
  }

  @Test("Power that goes anywhere in a commit leaves the record before, or the new one whole")
  func cuts() throws {
    var bench = try Self.commissioned()
    _ = try bench.expectDone(.commit, [0])
    let begin = bench.machine.cycle
    var whole = bench
    _ = try whole.expectDone(.commit, [0])
    let length = whole.machine.cycle - begin
    var random = SeededRandom(21)
    var counts = [UInt32: Int]()
    for number in 0..<60 {
      // The record is whole in the last few: the checksum is behind all.
      let cycle = begin + (number % 3 == 0 ? length - random.next() % 1_500 : random.next() % length)
      let bus = CutBus(bench.machine, at: cycle)
      let cut = try #require(Self.commit(bench.controller, on: bus), "cycle \(cycle) of \(begin) to \(begin + length)")
      var again = try Self.restarted(cut)
      let sequence = try again.expectDone(.boot)[0]
      #expect(sequence == 1 || sequence == 2, "cut at \(cycle)")
      counts[sequence, default: 0] += 1
      // And it goes on: the next record is whole, in the slot that is not valid.
      #expect(try again.expectDone(.commit, [0])[0] == sequence + 1)
      var third = try Self.restarted(again.machine.snapshot)
      #expect(try third.expectDone(.boot)[0] == sequence + 1)
    }
    #expect(counts[1, default: 0] > 30 && counts[2, default: 0] > 5, "\(counts)")
  }

  private static func commit(_ controller: Controller, on bus: CutBus) -> MachineSnapshot? {
    var (controller, bus) = (controller, bus)
    bus.machine.mailbox.post([Command.commit.rawValue, 1, 0])
    _ = controller.serve(on: &bus)
    return bus.cut
  }

  @Test("The record of another die is refused")
  func otherDie() throws {
    var bench = try Self.commissioned(seed: 2)
    _ = try bench.expectDone(.commit, [0])
    var other = try Self.commissioned(seed: 3)
    var snapshot = other.machine.snapshot
    snapshot.flash = bench.machine.snapshot.flash
    other.machine = try Machine(snapshot, log: MemoryLog())
    #expect(other.send(.boot) == [Status.foreignRecord.rawValue])
    // Its own is the newest from then on.
    #expect(try other.expectDone(.commit, [0])[0] == 2)
    #expect(try other.expectDone(.boot)[0] == 2)
  }

  @Test("Words behind the record are of no account")
  func rest() throws {
    var bench = try Self.commissioned()
    let words = Int(try bench.expectDone(.commit, [0])[1])
    var snapshot = try bench.machine.snapshot.powerCycled()
    for word in words..<FlashRegister.pageWords { snapshot.flash.pages[0].page.words[word] = UInt32(word) }
    var other = try Self.restarted(snapshot)
    #expect(try other.expectDone(.boot)[0] == 1)
  }
}

/// A board whose power goes at a cycle, whatever access or stall that is in; the controller is not told.
private struct CutBus: Bus {
  var machine: Machine<MemoryLog>
  let cycle: UInt64
  var cut: MachineSnapshot?

  init(_ machine: Machine<MemoryLog>, at cycle: UInt64) {
    self.machine = machine
    self.cycle = cycle
  }

  mutating func read(_ address: UInt32) -> UInt32 {
    let before = machine
    let value = machine.read(address)
    note(before)
    return value
  }

  mutating func write(_ address: UInt32, _ value: UInt32) {
    let before = machine
    machine.write(address, value)
    note(before)
  }

  /// What the board was at the cycle, if it has just passed.
  private mutating func note(_ before: Machine<MemoryLog>) {
    machine.log.entries = []
    guard cut == nil, machine.cycle >= cycle else { return }
    var last = before
    last.advance(to: max(cycle, before.cycle))
    last.cutPower()
    cut = last.snapshot
  }
}
