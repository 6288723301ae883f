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
    case .read: .sensed(.columns, attoamperes: currents)
    case .readTransposed: .sensed(.wordLines, attoamperes: currents)
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
