import Crossbar
import FixedPoint
import Registers
import Testing
import Trace

@testable import Board

@Suite("Peripherals and the whole machine")
struct PeripheralTests {
  @Test("The mailbox is two queues of words")
  func mailbox() throws {
    var machine = try Bench.small()
    machine.mailbox.post([1, 2, 3])
    #expect(machine.read(MemoryMap.host + 4) == 3)
    #expect(machine.read(MemoryMap.host) == 1)
    machine.mailbox.post([4])
    #expect(machine.read(MemoryMap.host + 4) == 3)
    let rest = (0..<5).map { _ in machine.read(MemoryMap.host) }
    #expect(rest == [2, 3, 4, 0, 0] && machine.mailbox.waiting == 0)
    for word: UInt32 in [9, 8, .max] { machine.write(MemoryMap.host, word) }
    #expect(machine.mailbox.fromController == [9, 8, .max])
    #expect(machine.mailbox.collect() == [9, 8, .max])
    #expect(machine.mailbox.collect() == [] && machine.events.isEmpty)
  }

  @Test("Where a tile has no register nothing is seen, one byte behind one neither")
  func peeks() throws {
    let machine = try Bench.small()
    #expect(machine.peek(MemoryMap.tile(0)) != nil)
    for offset: UInt32 in [1, 2, 3, 0xffd] { #expect(machine.peek(MemoryMap.tile(0) + offset) == nil) }
  }

  @Test("The UART prints, receives in order, says when a byte waits, and keeps its other registers")
  func uart() throws {
    var machine = try Bench.small()
    for byte in "Hi\n".utf8 { machine.write(MemoryMap.uart, UInt32(byte)) }
    #expect(machine.uart.output == Array("Hi\n".utf8))
    #expect(machine.read(MemoryMap.uart + 5) == 0x60)
    #expect(machine.read(MemoryMap.uart) == 0)
    machine.uart.receive([0x41, 0xff])
    let read = [5, 0, 5, 0, 5].map { machine.read(MemoryMap.uart + $0) }
    #expect(read == [0x61, 0x41, 0x61, 0xff, 0x60])
    machine.write(MemoryMap.uart + 2, 0xc7)
    machine.write(MemoryMap.uart + 7, 0x5a)
    #expect(machine.read(MemoryMap.uart + 7) == 0x5a)
    #expect(machine.read(MemoryMap.uart + 6) == 0xb0)
    #expect(machine.events.isEmpty)
  }

  @Test("The machine timer counts cycles and keeps its comparison")
  func timer() throws {
    var machine = try Bench.small()
    #expect(machine.timer.compare == .max)
    machine.advance(to: 0x3_0000_0010)
    #expect(machine.read(MemoryMap.timer + 0xbff8) == 0x11)
    #expect(machine.read(MemoryMap.timer + 0xbffc) == 3)
    machine.write(MemoryMap.timer + 0x4000, 77)
    machine.write(MemoryMap.timer + 0x4004, 5)
    #expect(machine.timer.compare == 5 << 32 | 77 && !machine.timer.softwareInterrupts)
    machine.write(MemoryMap.timer, 1)
    #expect(machine.timer.softwareInterrupts && machine.events.isEmpty)
  }

  @Test("The finisher ends a run with status 0 or the status given, on its codes only")
  func finisher() throws {
    var machine = try Bench.small()
    for word: UInt32 in [0, 0x7777, 0x5554, 0x5555 << 16] {
      machine.write(MemoryMap.finisher, word)
      #expect(machine.exitStatus == nil)
    }
    machine.write(MemoryMap.finisher, 0x3333 | 42 << 16)
    #expect(machine.exitStatus == 42)
    machine.write(MemoryMap.finisher, 0x5555)
    #expect(machine.exitStatus == 0 && machine.events.isEmpty)
  }

  @Test("RAM keeps every word")
  func ram() throws {
    var machine = try Bench.small()
    for word: UInt32 in 0..<16 { machine.write(MemoryMap.ram + 4 * word, 0x8000_0001 &* (word + 1)) }
    for word: UInt32 in 0..<16 {
      let value = machine.read(MemoryMap.ram + 4 * word)
      #expect(value == 0x8000_0001 &* (word + 1) && machine.peek(MemoryMap.ram + 4 * word) == value)
    }
    #expect(machine.ram.count == 16 && Bench.defaultRAMBytes == 256 * 1024 && machine.events.isEmpty)
  }

  @Test("The scalar port answers value and slope of both lanes in every shipped table")
  func scalarPort() throws {
    for table in [Activation.hard, .fiveSegment, .plan, .equalRipple] {
      var machine = try Bench.small()
      let banks: [(PiecewiseLinear, ChipRegister, ChipRegister, ChipRegister, ChipRegister, ChipRegister)] = [
        (table.sigmoid, .sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine, .scalarSigmoid),
        (table.tanh, .tanhCount, .tanhRails, .tanhBreakpoint, .tanhLine, .scalarTanh),
      ]
      for (circuit, count, rails, breakpoint, line, _) in banks {
        machine.write(chip: count, UInt32(circuit.count))
        machine.write(chip: rails, Lanes.pack(circuit.lowRail.raw, circuit.highRail.raw))
        for k in 0..<circuit.count {
          let segment = circuit.segments[k]
          machine.write(
            MemoryMap.chip + breakpoint.offset(k), UInt32(UInt16(bitPattern: segment.breakpoint.raw)))
          machine.write(MemoryMap.chip + line.offset(k), Lanes.pack(segment.slope.raw, segment.offset.raw))
        }
      }
      for (circuit, _, _, _, _, port) in banks {
        for z in stride(from: Int16(-32_768), through: 32_600, by: 167) {
          let (even, odd) = (circuit(Q3_12(raw: z)), circuit(Q3_12(raw: ~z)))
          machine.write(chip: port, Lanes.pack(z, ~z))
          #expect(machine.read(chip: .scalarValue) == Lanes.pack(even.value.raw, odd.value.raw))
          #expect(machine.read(chip: .scalarSlope) == Lanes.pack(even.slope.raw, odd.slope.raw))
        }
      }
      #expect(machine.events.isEmpty)
    }
  }

  @Test("After reset the banks are the hard circuits")
  func resetBanks() throws {
    let machine = try Bench.small()
    let (banks, hard) = (machine.chip.activation, Activation.hard)
    let wrong = (Int16.min...Int16.max).map { Q3_12(raw: $0) }.filter {
      banks.sigmoid($0) != hard.sigmoid($0) || banks.tanh($0) != hard.tanh($0)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A configuration outside its ranges says what was expected")
  func configurationProblems() {
    let pair = TileConfiguration(wordLines: 2, bitLines: 2)
    func tile(_ wordLines: Int, _ bitLines: Int) -> [TileConfiguration] {
      [pair, TileConfiguration(wordLines: wordLines, bitLines: bitLines)]
    }
    func chip(
      _ tiles: [TileConfiguration], _ variation: Variation = .none, _ mismatch: ConverterMismatch = .init(),
      synapse: Synapse = .reference, dac: Int = 8, adc: Int = 12
    ) -> ChipConfiguration {
      ChipConfiguration(
        tiles: tiles, synapse: synapse, variation: variation, dacBits: dac, adcBits: adc, mismatch: mismatch)
    }
    func share(_ name: String, _ value: String) -> String {
      "\(name) is '\(value)', expected a share from 0 to 1, such as 0.05 or 5%"
    }
    let cases: [(ChipConfiguration, String)] = [
      (chip([]), "the number of tiles is 0, expected 1 to 8"),
      (chip(Array(repeating: pair, count: 9)), "the number of tiles is 9, expected 1 to 8"),
      (chip([pair], dac: 3), "dac-bits is '3', expected a whole number from 4 to 12"),
      (chip([pair], dac: 13), "dac-bits is '13', expected a whole number from 4 to 12"),
      (chip([pair], adc: 4), "adc-bits is '4', expected a whole number from 5 to 16"),
      (chip([pair], adc: 17), "adc-bits is '17', expected a whole number from 5 to 16"),
      (chip(tile(0, 2)), "word lines of tile 1 is 0, expected 1 to 1024"),
      (chip(tile(1025, 2)), "word lines of tile 1 is 1025, expected 1 to 1024"),
      (chip(tile(2, 0)), "bit lines of tile 1 is 0, expected 1 to 1024"),
      (chip(tile(2, 1025)), "bit lines of tile 1 is 1025, expected 1 to 1024"),
      (chip(tile(2, 5), synapse: .differential), "bit lines of tile 1 are 5, expected an even number for pairs"),
      (chip([pair], Variation(deviceToDevice: -0.1)), share("d2d", "-0.1")),
      (chip([pair], Variation(cycleToCycle: 1.1)), share("c2c", "1.1")),
      (chip([pair], Variation(deviceToDevice: .nan)), share("d2d", "nan")),
      (chip([pair], Variation(readNoise: -1)), share("read-noise", "-1e-08")),
      (chip([pair], Variation(readNoise: 100_000_001)), share("read-noise", "1.00000001")),
      (chip([pair], .none, .init(adcOffset: -1)), "adc-offset is '-1', expected a whole number of µV from 0 to 100000"),
      (
        chip([pair], .none, .init(adcGain: 100_001)),
        "adc-gain is '100001', expected a whole number of ppm from 0 to 100000"
      ),
      (
        chip([pair], .none, .init(dacOffset: -10_001)),
        "dac-offset is '-10001', expected a whole number of µV from -10000 to 10000"
      ),
      (
        chip([pair], .none, .init(dacNonlinearity: 10_001)),
        "dac-inl is '10001', expected a whole number of µV from -10000 to 10000"
      ),
    ]
    for (configuration, text) in cases {
      #expect(configuration.problem?.description == text)
      #expect(throws: ConfigurationProblem.self) { try Bench(configuration, log: MemoryLog()) }
    }
    #expect(chip(tile(1024, 1024), synapse: .differential, dac: 12, adc: 16).problem == nil)
    #expect(chip(Array(repeating: pair, count: 8), Variation(deviceToDevice: 1, readNoise: 100_000_000)).problem == nil)
  }

  @Test("A device whose conductances leave 32 bits of picosiemens is a configuration problem")
  func deviceProblem() {
    var device = VTEAM.analog
    device.onResistance = 400
    let tile = TileConfiguration(wordLines: 1, bitLines: 1)
    let problem = ChipConfiguration(tiles: [tile], device: .vteam(device)).problem
    #expect(
      problem?.description
        == "VTEAM resistances are 400.0 and 100000.0 ohms, expected 500 or more, rising, up to 10^11")
  }

  /// A run that draws on everything random.
  static func session(seed: UInt64, noise: Bool = true) throws -> Bench {
    var configuration = ChipConfiguration.small(.differential, adcBits: 16, seed: seed)
    if noise {
      configuration.variation = Variation(deviceToDevice: 0.1, cycleToCycle: 0.1, readNoise: 100_000)
      configuration.mismatch = ConverterMismatch(adcOffset: 1000, adcGain: 1000, dacOffset: 100, dacNonlinearity: 50)
    }
    var machine = try Bench.small(configuration)
    for tile in 0..<2 {
      machine.write(.unlock, tile: tile, TileRegister.unlockKey)
      machine.write(.feedback, 0, tile: tile, 100_000)
      machine.drive([50, -20, 127], tile: tile)
      for row in 0..<3 {
        machine.pulses([2000, -500, 1000, 30], tile: tile)
        machine.run(.programRow, row: row, tile: tile)
        machine.run(.read, tile: tile)
        _ = machine.sense(2, tile: tile)
      }
    }
    return machine
  }

  @Test("The same seed gives the same log and the same state, another seed other codes")
  func determinism() throws {
    let (first, second) = (try Self.session(seed: 1), try Self.session(seed: 1))
    #expect(first.log.entries == second.log.entries && first.conductances == second.conductances)
    let other = try Self.session(seed: 2)
    #expect(first.log.entries != other.log.entries && first.conductances != other.conductances)
    let (ideal, idealToo) = (try Self.session(seed: 1, noise: false), try Self.session(seed: 2, noise: false))
    #expect(ideal.log.entries == idealToo.log.entries && ideal.conductances == idealToo.conductances)
  }

  @Test("A read's noise is drawn for the operation: it repeats in a copy, not in the next read")
  func noise() throws {
    var machine = try Self.session(seed: 3)
    var copy = machine
    let status = (machine.run(.read), copy.run(.read))
    let (first, same) = (machine.sense(2), copy.sense(2))
    machine.run(.read)
    let next = machine.sense(2)
    #expect(first == same && first != next && status.0 == status.1)
  }

  @Test("A machine without a log does the same")
  func noLog() throws {
    var quiet = try Machine(.small(), log: NoLog(), ramBytes: 64)
    var logged = try Bench.small()
    for (address, value) in [
      (MemoryMap.tile(0) + TileRegister.drive.offset(), Lanes.pack(100, -3)), (MemoryMap.tile(0) + 8, 1),
      (MemoryMap.chip, 3),
    ] {
      quiet.write(address, value)
      logged.write(address, value)
    }
    for address in Site.all.map(\.address) where quiet.peek(address) != logged.peek(address) {
      Issue.record("\(address)")
    }
    #expect(quiet.read(MemoryMap.tile(0) + 16) == logged.read(MemoryMap.tile(0) + 16) && quiet.cycle == logged.cycle)
  }
}
