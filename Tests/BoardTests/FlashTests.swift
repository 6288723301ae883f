import RV32
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Flash")
struct FlashTests {
  private static func bench(_ words: [Int: UInt32] = [:], endurance: Int = 10_000) throws -> Bench {
    var configuration = ChipConfiguration.small()
    configuration.flashEndurance = endurance
    var machine = try Bench.small(configuration)
    machine.write(flash: .unlock, FlashRegister.unlockKey)
    for (place, word) in words { machine.write(flash: .buffer, place, word) }
    return machine
  }

  /// What the specification says of a page when its operation had so many cycles, computed bit by bit.
  private static func torn(
    _ page: [UInt32], _ operation: FlashOperation, _ buffer: [Int: UInt32], after cycles: UInt64
  ) -> [UInt32] {
    var page = page
    var time: UInt64 = 0
    for place in page.indices where operation == .erase || buffer[place] ?? .max != .max {
      for bit in 0..<32 {
        time += UInt64(operation == .erase ? FlashRegister.eraseCyclesPerBit : FlashRegister.programCyclesPerBit)
        guard time <= cycles else { return page }
        if operation == .erase {
          page[place] |= 1 << UInt32(bit)
        } else if (buffer[place] ?? .max) >> UInt32(bit) & 1 == 0 {
          page[place] &= ~(1 << UInt32(bit))
        }
      }
    }
    return page
  }

  @Test("STATUS.ERROR and WAIT.ERROR are set as long as a bit of ERROR is, and not longer")
  func errorFlag() throws {
    var machine = try Self.bench()
    func flags() -> [UInt32] {
      [FlashRegister.status, .wait].map { (machine.peek(MemoryMap.flash + $0.offset()) ?? 0) >> 2 & 1 }
    }
    func errors() -> UInt32 { machine.peek(MemoryMap.flash + FlashRegister.error.offset()) ?? 0 }
    #expect(flags() == [0, 0] && errors() == 0)
    machine.write(flash: .start, 9)
    machine.write(flash: .unlock, 0)
    machine.write(flash: .start, 3)
    let all = errors()
    #expect(all.nonzeroBitCount == 2 && flags() == [1, 1])
    let first = all & (~all &+ 1)
    machine.write(flash: .error, first)
    #expect(errors() == all & ~first && flags() == [1, 1])
    machine.write(flash: .error, 0)
    #expect(flags() == [1, 1])
    machine.write(flash: .error, all)
    #expect(errors() == 0 && flags() == [0, 0])
  }

  @Test(
    "Whatever cuts an operation, the page has the bits that had their time",
    arguments: [FlashOperation.program, .erase])
  func torn(operation: FlashOperation) throws {
    var random = SeededRandom(11)
    let buffer = Dictionary(uniqueKeysWithValues: [0, 3, 4, 255].map { ($0, random.word()) })
    let length = UInt64(operation == .erase ? 409_600 : 4 * 32 * 32)
    for _ in 0..<60 {
      let cycles = 1 + random.next() % length
      for cause in 0..<2 {
        var machine = try Self.bench(buffer)
        machine.perform(.program, page: 7)
        if operation == .program { machine.perform(.erase, page: 7) }
        let before = machine.flash.pages[7].words
        machine.start(operation, page: 7)
        let end = machine.cycle + cycles
        if cause == 0 {
          machine.advance(to: end)
          machine.cutPower()
        } else {
          machine.advance(to: end - 1)
          machine.write(chip: .reset, 2)
        }
        let expected = Self.torn(before, operation, buffer, after: cycles)
        #expect(machine.flash.pages[7].words == expected, "\(operation) after \(cycles) cycles")
        #expect(!machine.flash.isBusy && machine.nextOperationEnd == nil)
      }
    }
  }

  @Test("Pages and their wear outlive power; nothing else of the flash does")
  func power() throws {
    var machine = try Self.bench([0: 0x1234_5678])
    machine.perform(.erase, page: 5)
    machine.perform(.program, page: 5)
    machine.write(flash: .start, 0)
    machine.write(flash: .interruptEnable, 3)
    let fresh = try Bench.small()
    let again = try Machine(machine.snapshot.powerCycled(), log: MemoryLog())
    #expect(again.flash.pages == machine.flash.pages)
    #expect(again.flash.pages[5].words[0] == 0x1234_5678 && again.flash.pages[5].cycles == 1)
    #expect(again.flash.registers.words == fresh.flash.registers.words)
  }

  @Test("A page is erased as often as its endurance says, and never again")
  func endurance() throws {
    var machine = try Self.bench([9: 0], endurance: 3)
    for cycle in 1...6 {
      machine.perform(.program, page: 1)
      machine.perform(.erase, page: 1)
      #expect(machine.read(flash: .cycles) == UInt32(cycle))
      #expect((machine.flash.pages[1].words[9] == .max) == (cycle <= 3))
      #expect((machine.read(flash: .error) == FlashError.worn.field.mask) == (cycle > 3))
    }
    machine.write(flash: .error, .max)
    machine.perform(.erase, page: 2)
    #expect(machine.read(flash: .error) == 0)
  }

  @Test("The external line is up while it is enabled and the flash is idle, or has an error")
  func interrupts() throws {
    var machine = try Self.bench()
    func isUp() -> Bool { machine.flash.interrupts }
    #expect(!isUp())
    machine.write(flash: .interruptEnable, 1)
    #expect(isUp())
    machine.start(.erase, page: 0)
    #expect(!isUp() && machine.nextEvent(after: machine.cycle) == machine.flash.endCycle)
    machine.advance(to: machine.flash.endCycle)
    #expect(isUp())
    machine.write(flash: .interruptEnable, 2)
    #expect(!isUp())
    machine.write(flash: .start, 0)
    #expect(isUp())
    machine.write(flash: .error, .max)
    #expect(!isUp())
  }

  @Test("Two dies differ, and one is the same in every chip of its seed")
  func dies() throws {
    func die(_ seed: UInt64) throws -> [UInt32] {
      var machine = try Bench.small(.small(seed: seed))
      return (0..<2).map { machine.read(chip: .die, $0) }
    }
    let dies = try (0..<200).map { try die($0) }
    #expect(Set(dies).count == 200 && dies.allSatisfy { $0[0] != $0[1] })
    #expect(try die(7) == dies[7])
  }

  @Test("Its line is up since the end of the operation, or since it was enabled later: what latency counts from")
  func raise() throws {
    var bench = try Bench.small()
    bench.write(flash: .start, FlashOperation.read.rawValue)
    bench.write(flash: .interruptEnable, 1)
    let end = try #require(bench.nextOperationEnd)
    bench.advance(to: end + 100)
    #expect(bench.raiseCycle(of: [.external], at: bench.cycle) == end)
    bench.write(flash: .interruptEnable, 0)
    bench.advance(to: bench.cycle + 7)
    #expect(bench.raiseCycle(of: [.external], at: bench.cycle) == bench.cycle)
    bench.write(flash: .interruptEnable, 1)
    let enabled = bench.cycle
    bench.advance(to: bench.cycle + 50)
    #expect(bench.raiseCycle(of: [.external], at: bench.cycle) == enabled)
  }

  @Test("A snapshot has each page of the flash once, in rising order, of those that there are")
  func pagesRise() throws {
    let fresh = try Bench.small().snapshot
    func taken(_ numbers: [Int]) throws -> Bench {
      var snapshot = fresh
      snapshot.flash.pages = numbers.map { .init(number: $0, page: Flash.Page()) }
      return try Bench(snapshot, log: MemoryLog())
    }
    _ = try taken([0, 1, FlashRegister.pages - 1])
    for wrong in [[1, 1], [2, 1], [FlashRegister.pages], [-1]] {
      #expect(throws: SnapshotProblem.self, "\(wrong)") { try taken(wrong) }
    }
  }
}

extension Machine where Log == MemoryLog {
  fileprivate mutating func write(flash register: FlashRegister, _ index: Int = 0, _ value: UInt32) {
    write(MemoryMap.flash + register.offset(index), value)
  }
  fileprivate mutating func write(flash register: FlashRegister, _ value: UInt32) { write(flash: register, 0, value) }
  fileprivate mutating func read(flash register: FlashRegister) -> UInt32 {
    read(MemoryMap.flash + register.offset())
  }
  fileprivate mutating func start(_ operation: FlashOperation, page: Int) {
    write(flash: .start, operation.rawValue | UInt32(page) << 16)
  }
  fileprivate mutating func perform(_ operation: FlashOperation, page: Int) {
    start(operation, page: page)
    _ = read(flash: .wait)
  }
}
