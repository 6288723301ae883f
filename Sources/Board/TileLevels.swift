import Crossbar
import Registers
import Trace

/// What is on the lines of a tile, for logs that have more than codes.
extension Machine {
  /// Behind the entry of the start.
  mutating func tellLevels(atStartOf command: StartCommand, tile: Int) {
    guard log.takesLevels, let levels = chip.tiles[tile].levels(atStartOf: command) else { return }
    log.append(levels, ofTile: tile)
  }

  /// Behind the entry of an end at its own time.
  mutating func tellLevels(atEndOf operation: Operation, isUnsettled: Bool, tile: Int) {
    guard log.takesLevels, !isUnsettled, let levels = chip.tiles[tile].levels(atEndOf: operation) else { return }
    log.append(levels, ofTile: tile)
  }
}

/// Attoamperes into the amplifiers in the latest conversion of each direction, line by line; empty before one.
package struct SensedCurrents: Sendable {
  private var columns: [Int64] = []
  private var wordLines: [Int64] = []

  subscript(_ direction: ReadDirection) -> [Int64] {
    get { direction == .forward ? columns : wordLines }
    _modify { if direction == .forward { yield &columns } else { yield &wordLines } }
  }
}

/// What is on the lines of a tile now, for who looks at it.
extension Tile {
  /// Microvolts of lines that are driven, as READ or READ_T drives them while it is under way; else 0.
  package func microvolts(of lines: LineKind) -> [Int64] {
    if let underWay, case .driven(lines, let microvolts)? = levels(atStartOf: underWay) { return microvolts }
    return Array(repeating: 0, count: count(of: lines))
  }

  /// Attoamperes into the amplifiers of lines in the latest READ_T (word lines) or READ (columns), as sampled, read noise
  /// included; 0 before one.
  package func attoamperes(of lines: LineKind) -> [Int64] {
    let sensed = currents[lines == .columns ? .forward : .transposed]
    return sensed.isEmpty ? Array(repeating: 0, count: count(of: lines)) : sensed
  }

  /// Microvolts that the pulse drivers give at a cycle: of PROGRAM_ROW and ERASE while they are under way, else 0.
  package func pulseMicrovolts(at cycle: UInt64) -> Int64 {
    guard let underWay, case .pulsed(let levels)? = levels(atStartOf: underWay) else { return 0 }
    var rest = span(of: underWay).lasts - (endCycle - cycle)
    for level in levels {
      if rest < level.cycles { return level.microvolts }
      rest -= level.cycles
    }
    return 0
  }

  private func count(of lines: LineKind) -> Int { lines == .columns ? array.columns : array.wordLines }
}

extension Machine {
  /// Of each tile: for another board that goes on as this one, since a snapshot has none.
  package var currents: [SensedCurrents] {
    get { chip.tiles.map(\.currents) }
    set { for (tile, currents) in zip(chip.tiles.indices, newValue) { chip.tiles[tile].currents = currents } }
  }
}

extension Tile {
  /// nil where neither a line is driven nor a pulse given.
  fileprivate func levels(atStartOf command: StartCommand) -> LineLevels? {
    switch command.operation {
    case .read: .driven(.wordLines, microvolts: driveCodes(array.wordLines).map(drivers.microvolts))
    case .readTransposed: .driven(.columns, microvolts: driveCodes(array.columns).map(drivers.microvolts))
    case .programRow: .pulsed(pulse(.set, longest(.set)) + pulse(.reset, longest(.reset)))
    case .erase: .pulsed((0..<array.wordLines).flatMap { _ in pulse(.reset, eraseWidth) })
    case .zero, .reference: nil
    }
  }

  /// What the conversion that ended last has left; nil where no line was sensed.
  fileprivate func levels(atEndOf operation: Operation) -> LineLevels? {
    switch operation {
    case .read: .sensed(.columns, attoamperes: currents[.forward])
    case .readTransposed: .sensed(.wordLines, attoamperes: currents[.transposed])
    case .programRow, .erase, .zero, .reference: nil
    }
  }

  /// A phase: its longest pulse, and the rest behind it.
  private func pulse(_ polarity: Polarity, _ longest: PulseSteps) -> [PulseLevel] {
    let width = timing.pulse(longest)
    guard width > 0 else { return [] }
    let microvolts = Int64(millivolts(polarity)) * 1000
    let levels = [
      PulseLevel(microvolts: polarity == .set ? microvolts : -microvolts, cycles: width),
      PulseLevel(microvolts: 0, cycles: UInt64(timing.relax)),
    ]
    return levels.filter { $0.cycles > 0 }
  }
}
