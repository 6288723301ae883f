import Crossbar
import Registers
import Testing
import Trace

@testable import Board

/// A board is made of what a board could have come to, and of nothing else; each limit where it is and beyond.
@Suite("What no snapshot can have")
struct SnapshotRefusalTests {
  private static func taken(_ change: (inout MachineSnapshot) -> Void) throws -> Bench {
    var snapshot = try Bench.small().snapshot
    change(&snapshot)
    return try Bench(snapshot, log: MemoryLog())
  }

  private static func refusal(_ change: (inout MachineSnapshot) -> Void) -> String? {
    do {
      _ = try taken(change)
      return nil
    } catch { return "\(error)" }
  }

  @Test("Cycles, operations and all that is counted are below 2⁶²; energies below 2¹²⁰ units")
  func counts() throws {
    let most: UInt64 = 1 << 62 - 1
    #expect(try Self.taken { $0.cycle = most }.cycle == most)
    #expect(Self.refusal { $0.cycle = most + 1 } == "the cycle counter is beyond 2^62")
    let beyond = "a counter of tile 1 is beyond 2^62"
    let counters: [WritableKeyPath<TileCounters, UInt64>] = [
      \.reads, \.phases, \.pulses, \.programCycles, \.serialCycles,
    ]
    for counter in counters {
      #expect(Self.refusal { $0.tiles[1].counters[keyPath: counter] = most } == nil)
      #expect(Self.refusal { $0.tiles[1].counters[keyPath: counter] = most + 1 } == beyond)
    }
    #expect(Self.refusal { $0.tiles[1].operationNumber = most } == nil)
    #expect(Self.refusal { $0.tiles[1].operationNumber = most + 1 } == beyond)
    for energy in [\.readEnergy, \.programEnergy] as [WritableKeyPath<TileCounters, Energy>] {
      #expect(Self.refusal { $0.tiles[1].counters[keyPath: energy] = Energy(raw: 1 << 120 - 1) } == nil)
      #expect(Self.refusal { $0.tiles[1].counters[keyPath: energy] = Energy(raw: 1 << 120) } == beyond)
    }
  }

  @Test("The RAM has 64 MiB at most, and no more words than it has")
  func memory() throws {
    #expect(try Self.taken { ($0.ramWords, $0.ram) = (3, [1, 2, 3]) }.ram == [1, 2, 3])
    #expect(
      Self.refusal { ($0.ramWords, $0.ram) = (2, [1, 2, 3]) } == "3 words of 2 in RAM, expected at most 16777216")
    for words in [-1, 16_777_217] {
      #expect(Self.refusal { $0.ramWords = words } == "0 words of \(words) in RAM, expected at most 16777216")
    }
  }

  @Test("There are as many tiles as the configuration has, each with its cells, which are in the device's range")
  func tiles() {
    #expect(Self.refusal { $0.tiles.removeLast() } == "1 tiles, the configuration has 2")
    #expect(Self.refusal { $0.tiles.append($0.tiles[0]) } == "3 tiles, the configuration has 2")
    #expect(
      Self.refusal { $0.tiles[1].conductance.removeLast() } == "tile 1 has 29 cells, the configuration 3 × 10")
    #expect(Self.refusal { $0.tiles[0].conductance.append(0) } == "tile 0 has 25 cells, the configuration 6 × 4")
    for picosiemens in [10_000_000, 100_000_000] as [Int32] {
      #expect(Self.refusal { $0.tiles[0].conductance[23] = picosiemens } == nil)
    }
    for picosiemens in [9_999_999, 100_000_001, 0, .min] as [Int32] {
      #expect(
        Self.refusal { $0.tiles[0].conductance[23] = picosiemens }
          == "a cell of tile 0 has \(picosiemens) pS, expected 10000000 to 100000000")
    }
  }

  @Test("The mailbox counts what is not there up to 2⁶², and its host has room for none at least")
  func mailbox() {
    let most = 1 << 62 - 1
    let beyond = "the mailbox has a count beyond 2^62"
    #expect(Self.refusal { ($0.host.emptyLevels, $0.host.emptyTakes, $0.host.room) = (most, most, 0) } == nil)
    #expect(Self.refusal { $0.host.emptyLevels = most + 1 } == beyond)
    #expect(Self.refusal { $0.host.emptyLevels = -1 } == beyond)
    #expect(Self.refusal { $0.host.emptyTakes = most + 1 } == beyond)
    #expect(Self.refusal { $0.host.emptyTakes = -1 } == beyond)
    #expect(Self.refusal { $0.host.room = -1 } == beyond)
  }

  @Test("The UART has 16 bytes in its loopback at most")
  func loopback() {
    #expect(Self.refusal { $0.uart.looped = Array(repeating: 7, count: 16) } == nil)
    #expect(
      Self.refusal { $0.uart.looped = Array(repeating: 7, count: 17) }
        == "the UART has 17 bytes in loopback, expected at most 16")
  }

  @Test("Faults of the supply are at hand or to come; power that has gone went now, with what it ended")
  func supply() {
    #expect(Self.refusal { ($0.cycle, $0.supply.faults.brownOut) = (100, 100) } == nil)
    #expect(
      Self.refusal { ($0.cycle, $0.supply.faults.brownOut) = (100, 99) } == "a fault of the supply is in the past")
    #expect(
      Self.refusal { ($0.cycle, $0.supply.faults.powerCut) = (100, 99) } == "a fault of the supply is in the past")
    func lost(at cycle: UInt64, cut: UInt64?) -> String? {
      Self.refusal {
        ($0.cycle, $0.supply.faults.powerCut) = (100, cut)
        $0.supply.loss = PowerLoss(cycle: cycle, operations: [], flash: nil)
      }
    }
    let wrong = "the power went in a way in which it cannot"
    #expect(lost(at: 100, cut: 100) == nil)
    #expect(lost(at: 99, cut: 100) == wrong)
    #expect(lost(at: 100, cut: 101) == wrong)
    #expect(lost(at: 100, cut: nil) == wrong)
  }

  @Test("Registers are those that there are, and hold what they can")
  func registers() {
    func refusal(_ address: UInt32, _ value: UInt32) -> String? {
      Self.refusal { $0.registers.append(.init(address: address, value: value)) }
    }
    #expect(refusal(0x5000_0000, 1) == "address 1342177280 has no register")
    #expect(refusal(MemoryMap.tile(0) + 2, 1) == "address \(MemoryMap.tile(0) + 2) has no register")
    #expect(refusal(MemoryMap.chip - 4, 1)?.hasSuffix("has no register") == true)
    #expect(refusal(MemoryMap.chip + ChipRegister.tiles.offset(), 2) == nil)
    #expect(
      refusal(MemoryMap.chip + ChipRegister.tiles.offset(), 3) == "MBX.TILES is 3, that of the configuration is 2")
    #expect(
      refusal(MemoryMap.tile(1) + TileRegister.drive.offset(0), 0x00ff)
        == "MBX1.DRIVE is 255, which it cannot hold")
    #expect(
      refusal(MemoryMap.finisher, 0x5555) == "FINISHER.FINISH is 21845, which it cannot hold")
  }

  @Test("An operation under way began with a word that could, and ends no later than it lasts")
  func operations() throws {
    var machine = try Bench.unlocked()
    machine.start(.read)
    let snapshot = machine.snapshot
    let (word, end) = (snapshot.tiles[0].startWord, snapshot.tiles[0].endCycle)
    func refusal(_ change: (inout MachineSnapshot) -> Void) -> String? {
      var changed = snapshot
      change(&changed)
      do {
        _ = try Bench(changed, log: MemoryLog())
        return nil
      } catch { return "\(error)" }
    }
    let length = end - snapshot.cycle
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.cycle = end } == nil)
    #expect(refusal { $0.cycle += length + 1 }?.contains("which does not hold cycle") == true)
    #expect(refusal { $0.tiles[0].endCycle += 1 }?.hasPrefix("tile 0 ends its operation of ") == true)
    #expect(
      refusal { $0.tiles[0].startWord = word | 1 << 30 } == "tile 0 is in an operation that it could not have started")
    #expect(
      refusal { ($0.tiles[0].startWord, $0.tiles[0].endCycle) = (0, end) } == nil, "an end without an operation")
  }
}
