import Board
import Firmware
import Registers

/// What of two accesses may differ, by the classes of the register map: see `AgreementMap`.
///
/// The accesses of both sides are shown to it in order. Codes are compared where the same lines were driven alike; those
/// driven otherwise, by firmware that computes on from other codes, are counted.
package struct AgreementJudge {
  package let agreement: AnalogAgreement
  private typealias Sensed = (tile: Int, word: Int, conversion: Conversion, number: Int)

  private let map = AgreementMap()
  private var expected: ConversionTracker
  private var got: ConversionTracker
  private var model: DeviationModel
  private var host = HostWords()
  private var statistics: CodeStatistics?
  /// The latest, of a conversion: all its lines share it but for what was trimmed.
  private var latest: (tile: Int, number: Int, isTrimmed: Bool, deviation: CodeDeviation)?
  /// Whether something that is not exact has differed, so that what follows from it may.
  private var hasParted = false
  /// Codes that were held against each other, and those that could not be.
  package private(set) var codes = 0
  package private(set) var codesDrivenOtherwise = 0

  package init(_ agreement: AnalogAgreement, of chip: ChipConfiguration) {
    self.agreement = agreement
    expected = ConversionTracker(chip)
    got = expected
    model = DeviationModel(chip)
    if case .sigmas(let number) = agreement { statistics = CodeStatistics(sigmas: number, adcBits: chip.adcBits) }
  }

  /// Takes an access of each side that has no other to be held against.
  package mutating func pass(expected access: Transaction) { follow(access, in: \.expected) }
  package mutating func pass(got access: Transaction) { follow(access, in: \.got) }

  private mutating func follow(_ access: Transaction, in side: WritableKeyPath<Self, ConversionTracker>) {
    guard agreement != .exact else { return }
    self[keyPath: side].follow(access)
    model.follow(access)
    if let tolerance = host.tolerance(after: access) { model.tolerance = tolerance }
    _ = self[keyPath: side].sensed(access)
  }

  /// Bits of two accesses of the same kind and address that differ and may not.
  package mutating func disagreement(expected one: Transaction, got other: Transaction) -> UInt32 {
    let differing = one.value ^ other.value
    guard agreement != .exact else { return differing }
    defer {
      expected.follow(one)
      got.follow(other)
      model.follow(one)
      if let tolerance = host.tolerance(after: one) { model.tolerance = tolerance }
    }
    let codes = codes(one, other)
    guard differing != 0 else { return codes ?? 0 }
    let masks = map.masks(of: one)
    if one.kind == .read, differing & (masks.converted | masks.counted | masks.own) != 0 { hasParted = true }
    var free = masks.converted | masks.counted | masks.own
    if hasParted { free |= masks.derived }
    return differing & ~free | (codes ?? 0)
  }

  /// Bits of two words of `SENSE`, or of its window, whose codes do not agree; nil for every other access.
  private mutating func codes(_ one: Transaction, _ other: Transaction) -> UInt32? {
    let sensed = expected.sensed(one)
    let otherSensed = got.sensed(other)
    guard let sensed, let otherSensed else { return nil }
    guard sensed.conversion == otherSensed.conversion, !sensed.conversion.isDrivenByUnit else {
      codesDrivenOtherwise += 2
      return nil
    }
    let (one, other) = (expected.behindWindow(one).value, got.behindWindow(other).value)
    let pairs = [(Lanes.even(one), Lanes.even(other)), (Lanes.odd(one), Lanes.odd(other))]
    var wrong: UInt32 = 0
    for (lane, pair) in pairs.enumerated() where 2 * sensed.word + lane < sensed.conversion.sensed {
      codes += 1
      guard !agrees(Int(pair.1), expected: Int(pair.0), line: 2 * sensed.word + lane, sensed) else { continue }
      wrong |= 0xffff << UInt32(16 * lane)
    }
    return wrong
  }

  private mutating func agrees(
    _ code: Int, expected: Int, line: Int, _ sensed: Sensed
  ) -> Bool {
    switch agreement {
    case .exact: return code == expected
    case .codes(let most): return abs(code - expected) <= most
    case .sigmas:
      let isTrimmed = self.expected.isTrimmed(sensed.tile, line: line) && got.isTrimmed(sensed.tile, line: line)
      let deviation = deviation(of: sensed, isTrimmed: isTrimmed)
      return statistics?.judge(
        code, expected: expected, tile: sensed.tile, line: line, of: sensed.conversion, deviation) ?? false
    }
  }

  private mutating func deviation(
    of sensed: Sensed, isTrimmed: Bool
  ) -> CodeDeviation {
    if let latest, latest.tile == sensed.tile, latest.number == sensed.number, latest.isTrimmed == isTrimmed {
      return latest.deviation
    }
    let deviation = model.deviation(of: sensed.conversion, tile: sensed.tile, isTrimmed: isTrimmed)
    latest = (sensed.tile, sensed.number, isTrimmed, deviation)
    return deviation
  }

  /// What is wrong with lines as a whole, with the address of the word and the bits that their codes are in.
  package func findings() -> [(address: UInt32, bits: UInt32, words: String)] {
    (statistics?.findings() ?? []).map { finding in
      let address = MemoryMap.tile(finding.tile) + TileRegister.sense.offset(finding.line / 2)
      return (address, finding.line & 1 == 0 ? 0xffff : 0xffff_0000, finding.words)
    }
  }
}

/// What the host asked for, as far as the mailbox in a log shows it: the tolerance of write–verify.
private struct HostWords {
  /// Words read since `LEVEL` was.
  private var words: [UInt32] = []

  mutating func tolerance(after access: Transaction) -> Double? {
    guard access.kind == .read else { return nil }
    switch access.address {
    case MemoryMap.host + HostRegister.level.rawValue: words = []
    case MemoryMap.host + HostRegister.data.rawValue where words.count < 4: words.append(access.value)
    default: return nil
    }
    // `program`, its count, the layer, the tolerance: Q0.15 of the window.
    guard words.count == 4, words[0] == Command.program.rawValue else { return nil }
    let tolerance = Double(words[3] & 0x7fff) / 32_768
    words.append(0)
    return tolerance
  }
}
