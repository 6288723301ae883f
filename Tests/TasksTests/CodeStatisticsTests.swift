import Board
import Crossbar
import Registers
import Tasks
import TestSupport
import Testing
import Trace

/// Reads of noisy dies, held against those of another one.
@Suite("Codes of two dies")
struct CodeStatisticsTests {
  /// One tile, read noise of 0.1 % of a cell, ADCs off by 100 µV and 100 ppm.
  private static func chip(seed: UInt64) -> ChipConfiguration {
    var chip = ChipConfiguration(
      tiles: [.init(wordLines: 16, bitLines: 12)], mismatch: ConverterMismatch(adcOffset: 100, adcGain: 100), seed: seed
    )
    chip.readNoiseShare = 0.001
    return chip
  }

  private static let columns = 12

  /// What a controller sees that reads `count` times, its drives and cells the same on every die.
  private static func accesses(seed: UInt64, count: Int) throws -> [Transaction] {
    var random = SeededRandom(7)
    var machine = try Machine(chip(seed: seed), log: MemoryLog())
    let range = machine.chip.configuration.device.conductanceRange
    for line in 0..<16 {
      for column in 0..<columns {
        let conductance = range.lowerBound + Int32(random.next() % UInt64(range.count))
        machine.setConductance(conductance, tile: 0, wordLine: line, bitLine: column)
      }
    }
    let tile = MemoryMap.tile(0)
    for _ in 0..<count {
      for word in 0..<8 {
        let codes = (0..<2).map { _ in Int16(random.next() % 255) - 127 }
        machine.write(tile + TileRegister.drive.offset(word), Lanes.pack(codes[0], codes[1]))
      }
      machine.write(tile + TileRegister.start.offset(), 0x21)
      _ = machine.read(tile + TileRegister.wait.offset())
      for word in 0..<columns / 2 { _ = machine.read(tile + TileRegister.sense.offset(word)) }
    }
    return machine.log.entries.compactMap { if case .access(let access) = $0.body { access } else { nil } }
  }

  /// What is wrong with the second log: single codes, and lines as a whole.
  private static func findings(
    _ one: [Transaction], _ other: [Transaction], _ agreement: AnalogAgreement = .sigmas(3)
  ) -> (codes: Int, lines: [String]) {
    var judge = AgreementJudge(agreement, of: chip(seed: 1))
    var codes = 0
    for (one, other) in zip(one, other) where judge.disagreement(expected: one, got: other) != 0 { codes += 1 }
    return (codes, judge.findings().map(\.words))
  }

  /// The log with its codes altered: line, code.
  private static func altered(_ log: [Transaction], _ code: (Int, Int16) -> Int16) -> [Transaction] {
    let first = MemoryMap.tile(0) + TileRegister.sense.offset()
    return log.map { access in
      let word = Int(access.address &- first) / 4
      guard access.kind == .read, word < columns / 2 else { return access }
      var access = access
      access.value = Lanes.pack(code(2 * word, Lanes.even(access.value)), code(2 * word + 1, Lanes.odd(access.value)))
      return access
    }
  }

  @Test("Dies of the model are accepted: at most one log in a thousand is not")
  func accepted() throws {
    let expected = try Self.accesses(seed: 1, count: 100)
    let dies = Trials.count(20, long: 1000)
    print("dies of the seeds 2 to \(dies + 1) against that of seed 1, 100 reads each")
    var alarms = 0
    for seed in 0..<dies {
      let found = Self.findings(expected, try Self.accesses(seed: UInt64(seed) + 2, count: 100))
      if found.codes > 0 || !found.lines.isEmpty { alarms += 1 }
    }
    #expect(Double(alarms) <= CodeStatistics.falseAlarmRate * Double(dies))
  }

  @Test("A gain off by 1 %, two columns exchanged and a lowest bit that is stuck are found within 100 reads")
  func rejected() throws {
    let expected = try Self.accesses(seed: 1, count: 100)
    for seed in 2..<UInt64(2 + Trials.count(2, long: 100)) {
      let log = try Self.accesses(seed: seed, count: 100)
      for column in [0, 5, 11] {
        for factor in [1.01, 0.99] {
          let gain = Self.altered(log) { $0 == column ? Int16((Double($1) * factor).rounded()) : $1 }
          let found = Self.findings(expected, gain).lines
          #expect(found.count == 1 && found[0].contains("its gain is off by"), "seed \(seed), \(column): \(found)")
        }
        for bit: Int16 in 0...1 {
          let stuck = Self.findings(expected, Self.altered(log) { $0 == column ? $1 & ~1 | bit : $1 })
          let isFound = stuck.lines.count == 1 && stuck.lines[0].contains("always \(bit)")
          #expect(isFound, "seed \(seed), \(column): \(stuck)")
        }
      }
      let exchanged = log.map { access in
        guard access.address == MemoryMap.tile(0) + TileRegister.sense.offset(1) else { return access }
        return Transaction(access.kind, access.address, access.value << 16 | access.value >> 16)
      }
      #expect(Self.findings(expected, exchanged).codes > 0, "seed \(seed)")
    }
  }

  @Test("A band takes codes up to its width and no further; exact takes none; digital values are equal always")
  func band() throws {
    let log = try Self.accesses(seed: 1, count: 2)
    let moved = Self.altered(log) { $0 == 3 ? $1 + 2 : $1 }
    #expect(Self.findings(log, moved, .codes(2)).codes == 0)
    #expect(Self.findings(log, moved, .codes(1)).codes == 2)
    #expect(Self.findings(log, moved, .exact).codes == 2)
    let status = log.map { access in
      access.address == MemoryMap.tile(0) + TileRegister.wait.offset()
        ? Transaction(access.kind, access.address, access.value ^ 1) : access
    }
    #expect(Self.findings(log, status, .codes(65_535)).codes == 2)
    #expect(Self.findings(log, status, .sigmas(100)).codes == 2)
  }

  @Test("The words of an agreement are read, and nothing else is")
  func words() {
    #expect(AnalogAgreement("exact") == .exact)
    #expect(AnalogAgreement("2codes") == .codes(2))
    #expect(AnalogAgreement("3sigma") == .sigmas(3))
    #expect(AnalogAgreement("65535codes") == .codes(65_535) && AnalogAgreement("65536codes") == nil)
    #expect(AnalogAgreement("100sigma") == .sigmas(100) && AnalogAgreement("101sigma") == nil)
    for text in ["", "codes", "0codes", "-1codes", "+2codes", "2 codes", "65536codes", "101sigma", "3sigmas", "3"] {
      #expect(AnalogAgreement(text) == nil, "\(text)")
    }
  }
}
