import Board
import Crossbar
import Registers

/// What pulses of a chip's amplitudes do to one of its cells, from the model of its device.
struct CellModel: Sendable {
  private let model: any DeviceModel
  private let variation: Variation
  private let nanosecondsPerStep: Double
  /// After reset, millivolts.
  let amplitudes: (set: Double, reset: Double)
  let range: ClosedRange<Int32>

  init(_ chip: ChipConfiguration) {
    model = chip.device.model
    variation = chip.variation
    nanosecondsPerStep = Double(chip.timing.stepNanoseconds)
    range = chip.device.conductanceRange
    let word = chip.reset(of: .amplitude)
    amplitudes = (
      Double(TileRegister.Amplitude.set.decode(word)), Double(TileRegister.Amplitude.reset.decode(word))
    )
  }

  private func rate(_ polarity: Polarity, share: Double = 1) -> Double {
    model.rate(polarity, millivolts: share * (polarity == .set ? amplitudes.set : amplitudes.reset))
  }

  /// Picosiemens after a pulse of a signed width.
  func conductance(_ before: Int32, after steps: Int32) -> Int32 {
    guard steps != 0 else { return before }
    let polarity = steps > 0 ? Polarity.set : .reset
    let dose = rate(polarity) * Double(steps.magnitude) * nanosecondsPerStep
    return dose > 0 ? model.conductance(before, after: dose, polarity) : before
  }

  /// The shortest pulse that brings a cell to a share of its range or beyond, or the longest that there is.
  func width(from before: Int32, to share: Double) -> Int32 {
    let goal = Double(range.lowerBound) + share * (Double(range.upperBound) - Double(range.lowerBound))
    let sign: Int32 = goal > Double(before) ? 1 : -1
    func isThere(_ steps: Int32) -> Bool {
      let after = Double(conductance(before, after: sign * steps))
      return sign > 0 ? after >= goal : after <= goal
    }
    var (short, long) = (Int32(0), Int32(1))
    while !isThere(long), long < PulseSteps.longest.count {
      (short, long) = (long, min(2 * long, PulseSteps.longest.count))
    }
    while long - short > 1 {
      let middle = (short + long) / 2
      if isThere(middle) { long = middle } else { short = middle }
    }
    return sign * long
  }

  /// Where a pulsed cell of a good chip may be: at its nominal conductance, or where pulses differ a little on its way
  /// at least; anywhere where they are noisy by themselves.
  func places(_ nominal: Int32, from before: ClosedRange<Int32>) -> ClosedRange<Int32> {
    if model.isNoisy, variation.deviceNoise > 0 { return range }
    let differs =
      variation.deviceToDevice > 0 || variation.cycleToCycle > 0 || variation.thresholdSpread > 0
      || variation.programError > 0
    guard differs else { return nominal...nominal }
    let start = nominal >= before.upperBound ? before.lowerBound : before.upperBound
    let least = Int32(Double(start) + (Double(nominal) - Double(start)) / 64)
    return nominal >= start ? least...range.upperBound : range.lowerBound...least
  }

  /// The most that half of the amplitude moves a cell by in so many steps, picosiemens.
  func disturb(steps: Int32, _ polarity: Polarity) -> Int32 {
    let dose = rate(polarity, share: 0.5) * Double(steps) * nanosecondsPerStep
    guard dose > 0 || variation.thresholdSpread > 0 || variation.programError > 0 else { return 0 }
    guard variation.thresholdSpread == 0, variation.programError == 0, !model.isNoisy else {
      return range.upperBound - range.lowerBound
    }
    let span = Int64(range.upperBound) - Int64(range.lowerBound)
    let starts = (0...1024).map { range.lowerBound + Int32(span * $0 / 1024) }
    let ends = starts.map { model.conductance($0, after: dose, polarity) }
    // A cell between two of them ends between their ends: it moves from the one to the end of the other at most.
    let moves = polarity == .set ? zip(ends.dropFirst(), starts).map(-) : zip(starts.dropFirst(), ends).map(-)
    return moves.max() ?? 0
  }
}

extension ChipConfiguration {
  /// What a register of the chip's first tile has after reset.
  func reset(of register: TileRegister) -> UInt32 {
    guard let tile = maps.first(where: { $0.number == 0 }) else { preconditionFailure("a chip has a tile") }
    return tile.resets[Int(register.rawValue / tile.registerBytes)]
  }
}
