import Board
import Crossbar
import Files
import Tasks

/// Suite `energy`: from what the circuits of a tile did to the joules of the system's parts.
struct EnergyVector: ValueVector {
  private let technology: Technology
  private let chip: ChipConfiguration
  private let activity: BoardActivity
  private let time: TimeParts?
  /// Attojoules: low, nominal, high.
  private let expected: [(part: EnergyPart, attojoules: [Int64])]

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    technology = try given.take("technology").choice(Technology.self)
    let dacBits: Int = try given.take("dacBits").integer(in: 4...12)
    let adcBits: Int = try given.take("adcBits").integer(in: 5...16)
    let lines: [Int] = try given.take("tile").integers(in: 1...1024, count: 2)
    chip = ChipConfiguration(
      tiles: [TileConfiguration(wordLines: lines[0], bitLines: lines[1])], dacBits: dacBits, adcBits: adcBits)
    var counts = try given.take("activity").members()
    let tile = try TileActivity(&counts)
    try counts.end()
    let cycles: [UInt64]? = try given.takeIfPresent("cycles").map { node throws(InputError) in
      try node.integers(in: 0...1 << 53, count: 3)
    }
    let formed: UInt64? = try given.takeIfPresent("formedCells").map { node throws(InputError) in
      try node.integer(in: 0...1 << 53)
    }
    activity = BoardActivity(
      tiles: [tile], scalarEvaluations: try given.take("scalarEvaluations").integer(in: 0...1 << 53),
      formedCells: formed ?? 0, accesses: try given.take("accesses").integer(in: 0...1 << 53))
    time = cycles.map {
      TimeParts(arrayCycles: Double($0[0]), busCycles: Double($0[1]), controllerCycles: Double($0[2]))
    }
    var parts = try expect.take("attojoules").members()
    var expected: [(part: EnergyPart, attojoules: [Int64])] = []
    for part in EnergyPart.allCases where parts.has(part.rawValue) {
      expected.append((part, try parts.take(part.rawValue).integers(in: 0...1 << 62, count: 3)))
    }
    try parts.end()
    self.expected = expected
  }

  func difference() -> String? {
    let account = EnergyAccount(activity, time: time, on: chip, in: technology)
    guard account.shares.map(\.part) == expected.map(\.part) else {
      return "parts: expected \(expected.map(\.part.rawValue)), got \(account.shares.map(\.part.rawValue))"
    }
    for (share, due) in zip(account.shares, expected) {
      let got = [share.joules.low, share.joules.nominal, share.joules.high].map { $0 * 1e18 }
      for (name, (value, right)) in zip(["low", "nominal", "high"], zip(got, due.attojoules)) {
        // A part in 10⁹, or an attojoule.
        guard abs(value - Double(right)) > max(1, Double(right) * 1e-9) else { continue }
        return "\(share.part.rawValue), \(name): expected \(right) aJ, got \(value.rounded())"
      }
    }
    return nil
  }
}

extension TileActivity {
  fileprivate init(_ counts: inout Members) throws(InputError) {
    self.init()
    driveConversions = try counts.take("driveConversions").integer(in: 0...1 << 53)
    conversions = try counts.take("conversions").integer(in: 0...1 << 53)
    amplifications = try counts.take("amplifications").integer(in: 0...1 << 53)
    noiseGain = try counts.take("noiseGain").integer(in: 0...1 << 62)
    evaluations = try counts.take("evaluations").integer(in: 0...1 << 53)
    wordLineSquares = try counts.take("wordLineSquares").integer(in: 0...1 << 62)
    bitLineSquares = try counts.take("bitLineSquares").integer(in: 0...1 << 62)
    charge = try counts.take("charge").integer(in: 0...1 << 62)
    reading = Energy(raw: try counts.take("reading").integer(in: 0...1 << 62))
    selected = Energy(raw: try counts.take("selected").integer(in: 0...1 << 62))
    halfSelected = Energy(raw: try counts.take("halfSelected").integer(in: 0...1 << 62))
    wordLinePulseSquares = try counts.take("wordLinePulseSquares").integer(in: 0...1 << 53)
    bitLinePulseSquares = try counts.take("bitLinePulseSquares").integer(in: 0...1 << 53)
    highestPulse = try counts.take("highestPulse").integer(in: 0...4095)
  }
}
