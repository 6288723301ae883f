import Board
import Crossbar
import Firmware
import Registers
import Testing

@testable import Tasks

/// A log that a judge is shown, of a chip whose cells differ once they were written.
private struct JudgedLog {
  var judge: AgreementJudge
  private let tile = MemoryMap.tile(0)

  init(_ chip: ChipConfiguration, _ agreement: AnalogAgreement = .sigmas(1)) {
    judge = AgreementJudge(agreement, of: chip)
  }

  static var chip: ChipConfiguration {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 4, bitLines: 4)])
    chip.variation.cycleToCycle = 0.1
    return chip
  }

  mutating func take(_ kind: Transaction.Kind, _ address: UInt32, _ value: UInt32, _ other: UInt32? = nil) -> UInt32 {
    judge.disagreement(expected: Transaction(kind, address, value), got: Transaction(kind, address, other ?? value))
  }

  mutating func take(_ kind: Transaction.Kind, _ register: TileRegister, at place: Int = 0, _ value: UInt32) {
    _ = take(kind, tile + register.offset(place), value)
  }

  /// What a controller takes from the mailbox: a sample of its level first, or words alone.
  mutating func request(_ words: [UInt32], isSampled: Bool = true) {
    if isSampled { _ = take(.read, MemoryMap.host + HostRegister.level.offset(), UInt32(words.count)) }
    for word in words { _ = take(.read, MemoryMap.host + HostRegister.data.offset(), word) }
  }

  /// A row is programmed, and another conversion is made with all lines at the code 100.
  mutating func convert(_ operation: Operation? = .programRow) {
    if let operation { take(.write, .start, TileRegister.Start.operation.encode(operation.rawValue)) }
    for word in 0..<2 { take(.write, .drive, at: word, Lanes.pack(100, 100)) }
    take(.write, .start, 0x21)
  }

  /// Bits of the first word that differ and may not, its two codes being so far apart.
  mutating func sensed(_ even: Int16, _ odd: Int16 = 0, word: Int = 0) -> UInt32 {
    take(.read, tile + TileRegister.sense.offset(word), Lanes.pack(500, 500), Lanes.pack(500 + even, 500 + odd))
  }
}

@Suite("What the host's words say of codes")
struct HostWordTests {
  private static let program = Command.program.rawValue

  /// The largest difference of the first code that is taken behind these requests.
  private static func most(
    _ chip: ChipConfiguration = JudgedLog.chip, _ operation: Operation? = .programRow,
    _ ask: (inout JudgedLog) -> Void
  ) -> Int {
    var log = JudgedLog(chip)
    ask(&log)
    log.convert(operation)
    return (0...2000).prefix {
      var log = log
      return log.sensed(Int16($0)) == 0
    }.last ?? -1
  }

  /// The same by the equations: rounding ¼ and two tolerances of 45 µS a cell, both dies; four lines at 157.5 mV.
  private static func expected(tolerance: Double) -> Int {
    let ohms = Double(JudgedLog.chip.feedback)
    let cell = 2.0.squareRoot() * 2 * tolerance * 45e-6 * 0.1575 * ohms / 400e-6
    let z = (2 * Exponential.logarithm(2 / (1e-3 / 5 * 6 / (Double.pi * Double.pi)))).squareRoot()
    return Int(z * (0.5 + 4 * cell * cell).squareRoot() + 2 / Double.pi)
  }

  @Test(
    "The tolerance of a request to program is Q0.15 of the window, whatever stands above it",
    arguments: [1, 7, 100, 327, 655, 3000] as [UInt32])
  func tolerance(_ raw: UInt32) {
    let expected = Self.expected(tolerance: Double(raw) / 32_768)
    for word in [raw, raw | 0x8000, raw | 0xffff_0000] {
      #expect(Self.most { $0.request([Self.program, 4, 0, word, 30]) } == expected, "\(word)")
    }
  }

  @Test("Before any request it is that of the usual settings, behind an erasure as behind a row that is programmed")
  func usual() {
    let expected = Self.expected(tolerance: ProgrammingSettings().tolerance)
    #expect(Self.most { _ in } == expected && expected > 1)
    #expect(Self.most(JudgedLog.chip, .erase) { _ in } == expected)
    for operation in [nil, Operation.zero, .reference, .readTransposed] {
      #expect(Self.most(JudgedLog.chip, operation) { _ in } == 0, "\(String(describing: operation))")
    }
  }

  @Test("Each sample of the mailbox's level begins a request anew; the words of the one before are forgotten")
  func anew() {
    let coarse = Self.expected(tolerance: 3000.0 / 32_768)
    let usual = Self.expected(tolerance: ProgrammingSettings().tolerance)
    let words: [UInt32] = [Self.program, 4, 0, 3000, 30]
    #expect(coarse > usual)
    let asks: [(Int, [(words: [UInt32], isSampled: Bool)])] = [
      (coarse, [(words, false)]), (coarse, [(Array(words.dropLast()), true)]),
      (usual, [(Array(words.dropLast(2)), true)]),
      (coarse, [([Self.program, 4, 0, 30, 30], true), (words, true)]),
      (coarse, [([9], true), ([8, 7, 6, 5, 4, 3], true), (words, true)]),
      (coarse, [([Self.program, 4], true), (words, true)]),
      (coarse, [(words, true), ([Self.program, 4, 0, 30], false)]),
      (usual, [([Self.program, 4, 0], true), ([3000], true)]),
      (coarse, [([Self.program, 4, 0], true), ([3000], false)]), (usual, [([9], true), (words, false)]),
      (coarse, [(words, true), ([Self.program + 1, 4, 0, 30], true)]),
    ]
    for (number, (expected, requests)) in asks.enumerated() {
      let most = Self.most { log in for each in requests { log.request(each.words, isSampled: each.isSampled) } }
      #expect(most == expected, "\(number)")
    }
  }

  @Test("Words that are written, or read elsewhere, are no words of a request; those of one side alone are")
  func others() {
    let level = MemoryMap.host + HostRegister.level.offset()
    let data = MemoryMap.host + HostRegister.data.offset()
    let coarse = Self.expected(tolerance: 3000.0 / 32_768)
    let usual = Self.expected(tolerance: ProgrammingSettings().tolerance)
    let words: [UInt32] = [Self.program, 4, 0, 3000]
    #expect(Self.most { log in for word in words { _ = log.take(.write, data, word) } } == usual)
    #expect(Self.most { log in for word in words { _ = log.take(.read, data + 4, word) } } == usual)
    let split = Self.most { log in
      log.request(Array(words.dropLast()))
      _ = log.take(.write, level, 0)
      log.request([3000], isSampled: false)
    }
    #expect(split == coarse)
    #expect(
      Self.most { log in for word in words { log.judge.pass(expected: Transaction(.read, data, word)) } } == coarse)
    #expect(Self.most { log in for word in words { log.judge.pass(got: Transaction(.read, data, word)) } } == coarse)
  }

  @Test("Cells differ on two dies by what makes pulses random: a device's own noise where the chip has any of it")
  func noisyDevices() {
    for (device, share, isOpen) in [
      (Device.vteam(.analog), 1.0, false), (.measured(.stellar), 1.0, true), (.measured(.stellar), 0.0, false),
    ] {
      var chip = ChipConfiguration(tiles: [.init(wordLines: 4, bitLines: 4)], device: device)
      chip.variation.deviceNoise = share
      #expect((Self.most(chip) { _ in } > 0) == isOpen, "\(device.name) \(share)")
    }
  }
}

@Suite("Which codes are held against each other")
struct JudgedLaneTests {
  @Test("Each half of a word is a code of its own, within a band of its own")
  func lanes() {
    for (even, odd, bits) in [
      (0, 0, 0), (2, -2, 0), (3, 0, 0xffff), (-3, 2, 0xffff), (0, 3, 0xffff_0000), (-2, -3, 0xffff_0000),
      (3, -3, 0xffff_ffff),
    ] as [(Int16, Int16, UInt32)] {
      var log = JudgedLog(JudgedLog.chip, .codes(2))
      log.convert()
      #expect(log.sensed(even, odd) == bits, "\(even) \(odd)")
      #expect(log.judge.codes == 2 && log.judge.codesDrivenOtherwise == 0)
    }
  }

  @Test("Of three columns the fourth half word is no code, and a word that is read again is none any more")
  func odd() {
    var chip = JudgedLog.chip
    chip.tiles = [.init(wordLines: 4, bitLines: 3)]
    var log = JudgedLog(chip, .codes(2))
    log.convert()
    #expect(log.sensed(0, 0) == 0 && log.sensed(0, 9, word: 1) == 0 && log.judge.codes == 3)
    #expect(log.sensed(9, 9) == 0 && log.judge.codes == 3)
    log.convert(nil)
    #expect(log.sensed(0, 9) == 0xffff_0000 && log.sensed(9, 0, word: 1) == 0xffff && log.judge.codes == 6)
  }

  @Test("Codes of lines that the sides drive unlike are counted, two a word, and compared with nothing")
  func drivenOtherwise() {
    var log = JudgedLog(JudgedLog.chip, .codes(2))
    log.convert(nil)
    #expect(log.sensed(3) == 0xffff && log.judge.codes == 2)
    let drive = MemoryMap.tile(0) + TileRegister.drive.offset(1)
    log.judge.pass(expected: Transaction(.write, drive, 1))
    log.judge.pass(got: Transaction(.write, drive, 2))
    log.take(.write, .start, 0x21)
    #expect(log.sensed(300, 300) == 0 && log.judge.codes == 2 && log.judge.codesDrivenOtherwise == 2)
    #expect(log.sensed(300, 300, word: 1) == 0 && log.judge.codesDrivenOtherwise == 4)
  }

  @Test("Exactly alike are all bits, and nothing is counted")
  func exact() {
    var log = JudgedLog(JudgedLog.chip, .exact)
    log.convert()
    #expect(log.sensed(1) == UInt32(500 ^ 501) && log.judge.codes == 0 && log.judge.codesDrivenOtherwise == 0)
    #expect(log.judge.findings().isEmpty)
  }
}
