import Crossbar
import Registers

/// What the pulsing operations do in the cycles that they last: all of their effect, or that of the part that passed.
extension Tile {
  /// The widest pulse of one polarity in `PULSE`.
  func longest(_ polarity: Polarity) -> PulseSteps {
    (0..<array.bitLines).reduce(.none) { max($0, width(on: $1, polarity)) }
  }

  private func width(on bitLine: Int, _ polarity: Polarity) -> PulseSteps {
    let width = PulseSteps(Int32(Lanes.even(registers[.pulse, bitLine])))
    return max(polarity == .set ? width : -width, .none)
  }

  var eraseWidth: PulseSteps { PulseSteps(Int32(registers[.eraseWidth])) }

  /// The amplitude of the pulses of a polarity.
  func millivolts(_ polarity: Polarity) -> Int {
    let field = polarity == .set ? TileRegister.Amplitude.set : TileRegister.Amplitude.reset
    return Int(field.decode(registers[.amplitude]))
  }

  /// Phase P, then phase N; a phase without pulses takes no time. `PULSE` keeps what is left of them.
  @discardableResult
  mutating func programRow(_ row: Int, cycles: UInt64) -> Progress {
    var progress = Progress(cycles: 0)
    var left = cycles
    for polarity in [Polarity.set, .reset] {
      let widths = (0..<array.bitLines).map { width(on: $0, polarity) }
      let spent = pulse(row, polarity, widths, cycles: left)
      guard spent > 0 else { continue }
      for (bitLine, width) in widths.enumerated() where width > .none {
        let rest = timing.rest(of: width, after: spent)
        registers[.pulse, bitLine] = TileRegister.Pulse.width.encode((polarity == .set ? rest : -rest).count)
      }
      progress = Progress(polarity: polarity, row: row, cycles: spent)
      left -= spent
    }
    return progress
  }

  /// A RESET of every cell, word line by word line.
  @discardableResult
  mutating func erase(cycles: UInt64) -> Progress {
    var progress = Progress(cycles: 0)
    var left = cycles
    let widths = Array(repeating: eraseWidth, count: array.bitLines)
    for row in 0..<array.wordLines where left > 0 {
      let spent = pulse(row, .reset, widths, cycles: left)
      progress = Progress(polarity: .reset, row: row, cycles: spent)
      left -= spent
    }
    return progress
  }

  /// One phase, or as much of it as the cycles that are left allow.
  /// - Returns: the cycles that it took; 0 for a phase that was not begun, of which nothing happens.
  private mutating func pulse(
    _ row: Int, _ polarity: Polarity, _ widths: [PulseSteps], cycles left: UInt64
  ) -> UInt64 {
    let spent = min(timing.phase(widths.max() ?? .none), left)
    guard spent > 0 else { return 0 }
    let phase = RowPhase(
      wordLine: row, polarity: polarity, millivolts: millivolts(polarity),
      widths: widths.map { timing.nanoseconds($0, within: spent) }, operation: operationNumber)
    let energy = array.perform(phase)
    counters.programEnergy += energy.sum
    activity.note(energy, millivolts: phase.millivolts, pulses: widths.count { $0 > .none })
    counters.phases += 1
    counters.programCycles += spent
    for width in widths where width > .none {
      counters.pulses += 1
      counters.serialCycles += min(timing.phase(width), spent)
    }
    return spent
  }
}
