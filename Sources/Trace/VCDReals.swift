/// The numbers of a tile's real variables: volts and amperes.
struct VCDReals: Sendable {
  private let size: TileSize
  let first: Int

  /// What READ drives.
  var wordLineVolts: Int { first }
  /// What READ senses.
  var columnAmperes: Int { wordLineVolts + size.wordLines }
  /// What READ_T drives.
  var columnVolts: Int { columnAmperes + size.columns }
  /// What READ_T senses.
  var wordLineAmperes: Int { columnVolts + size.columns }
  /// What PROGRAM_ROW and ERASE give.
  var pulseVolts: Int { wordLineAmperes + size.wordLines }

  /// Of the lines that are driven.
  var driven: [Range<Int>] { [wordLineVolts..<columnAmperes, columnVolts..<wordLineAmperes] }
  /// Of the lines that are sensed.
  var sensed: [Range<Int>] { [columnAmperes..<columnVolts, wordLineAmperes..<pulseVolts] }

  init(_ size: TileSize, first: Int) {
    self.size = size
    self.first = first
  }

  /// In the order of their numbers.
  var variables: [VCDSignals.Variable] {
    Self.lines("wordline_volts", beside: "DRIVE", size.wordLines, .microvolts)
      + Self.lines("column_amperes", beside: "SENSE", size.columns, .attoamperes)
      + Self.lines("column_volts", beside: "DRIVE", size.columns, .microvolts)
      + Self.lines("wordline_amperes", beside: "SENSE", size.wordLines, .attoamperes)
      + [VCDSignals.Variable("pulse_volts", beside: "PULSE_0", .microvolts)]
  }

  private static func lines(
    _ name: String, beside code: String, _ count: Int, _ unit: VCDSignals.Unit
  ) -> [VCDSignals.Variable] {
    (0..<count).map { VCDSignals.Variable("\(name)_\($0)", beside: "\(code)_\($0)", unit) }
  }
}

extension VCDWaves {
  /// Whether levels change anything.
  var hasReals: Bool { signals.showsReals }

  /// What is on the lines since the latest entry.
  mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    guard isOn, let reals = signals.tiles[tile].reals else { return }
    switch levels {
    case .driven(.wordLines, let microvolts): set(reals.wordLineVolts, microvolts)
    case .driven(.columns, let microvolts): set(reals.columnVolts, microvolts)
    case .sensed(.columns, let attoamperes): set(reals.columnAmperes, attoamperes)
    case .sensed(.wordLines, let attoamperes): set(reals.wordLineAmperes, attoamperes)
    case .pulsed(let levels): give(levels, reals.pulseVolts)
    }
  }

  private mutating func set(_ first: Int, _ values: [Int64]) {
    for (line, value) in values.enumerated() { set(first + line, UInt64(bitPattern: value)) }
  }

  private mutating func give(_ levels: [PulseLevel], _ number: Int) {
    var moment = time
    for level in levels {
      change(number, to: UInt64(bitPattern: level.microvolts), at: moment)
      let most = (UInt64.max - moment) / Self.nanosecondsPerCycle
      moment = level.cycles < most ? moment + level.cycles * Self.nanosecondsPerCycle : .max
    }
  }

  /// Nothing is driven or pulsed any more.
  mutating func endLevels(of tile: VCDSignals.TileNumbers) {
    guard let reals = tile.reals else { return }
    for number in reals.driven.joined() { set(number, 0) }
    cancelChanges(of: reals.pulseVolts)
    set(reals.pulseVolts, 0)
  }

  /// A reset clears the currents as it clears the codes.
  mutating func clearLevels(of tile: VCDSignals.TileNumbers) {
    for number in (tile.reals?.sensed ?? []).joined() { set(number, 0) }
  }
}
