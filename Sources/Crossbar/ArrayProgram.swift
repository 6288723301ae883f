/// One phase of a row: pulses of one polarity on any of its cells at once.
public struct RowPhase: Sendable {
  /// The word line that is pulsed, from 0.
  public var wordLine: Int
  /// Direction of all its pulses.
  public var polarity: Polarity
  /// Across a selected cell; half of it across the other cells of the word line and of the pulsed bit lines.
  public var millivolts: Int
  /// On each bit line, 0 for none.
  public var widths: [Nanoseconds]
  /// Names the random draws of this phase.
  public var operation: UInt64

  /// A phase on one word line.
  /// - `widths`: one for each bit line of the array.
  public init(wordLine: Int, polarity: Polarity, millivolts: Int, widths: [Nanoseconds], operation: UInt64) {
    self.wordLine = wordLine
    self.polarity = polarity
    self.millivolts = millivolts
    self.widths = widths
    self.operation = operation
  }
}

/// What a phase dissipates, by the voltage that cells see.
package struct PhaseEnergy: Sendable, Equatable {
  /// In cells under the whole voltage.
  package var selected = Energy.zero
  /// In cells under half of it: of the word line, and of the pulsed bit lines.
  package var halfSelected = Energy.zero

  /// In all of them.
  package var sum: Energy { Energy(raw: selected.raw + halfSelected.raw) }
}

extension CrossbarArray {
  /// Applies one phase and returns what it dissipates, from the conductances before it.
  public mutating func apply(_ phase: RowPhase) -> Energy { perform(phase).sum }

  /// The same by the voltage that cells see.
  package mutating func perform(_ phase: RowPhase) -> PhaseEnergy {
    let microvolts = amplitude(of: phase)
    let energy = dissipation(of: phase, microvolts: microvolts)
    device.perform(PhaseWork(phase: phase, millivolts: Double(microvolts) / 1000), on: &self)
    return energy
  }

  /// What a phase would dissipate, from the conductances as they are.
  package func dissipation(of phase: RowPhase) -> PhaseEnergy {
    dissipation(of: phase, microvolts: amplitude(of: phase))
  }

  private struct PhaseWork: ModelWork {
    let phase: RowPhase
    let millivolts: Double

    func callAsFunction<Model: DeviceModel>(_ model: Model, on array: inout CrossbarArray) {
      array.apply(phase, millivolts: millivolts, with: model)
    }
  }

  /// What the drivers really put out, microvolts: one draw for all cells of a phase.
  private func amplitude(of phase: RowPhase) -> Int64 {
    let nominal = Int64(phase.millivolts) * 1000
    guard variation.programError > 0 else { return nominal }
    let draw = random.gaussian(
      phase.polarity == .set ? .setVoltage : .resetVoltage, tile: tile, operation: phase.operation,
      index: phase.wordLine)
    return Int64((Double(nominal) * Variation.factor(draw, deviation: variation.programError)).rounded())
  }

  /// A voltage across cells, and what it does to one with the nominal threshold.
  private struct Level {
    let millivolts: Double
    /// Dose per nanosecond.
    let rate: Double
  }

  private mutating func apply<Model: DeviceModel>(_ phase: RowPhase, millivolts: Double, with model: Model) {
    func level(_ millivolts: Double) -> Level {
      Level(millivolts: millivolts, rate: model.rate(phase.polarity, millivolts: millivolts))
    }
    let full = level(millivolts)
    let half = level(millivolts / 2)
    let isSpread = variation.thresholdSpread > 0
    if full.rate > 0 || isSpread {
      for (bitLine, width) in phase.widths.enumerated() where width > 0 {
        move(wordLine: phase.wordLine, bitLine: bitLine, full, during: width, in: phase, with: model)
      }
    }
    if half.rate > 0 || isSpread { disturb(phase, half, with: model) }
  }

  /// V/2 on the word line while its longest pulse lasts, wherever no pulse is (any more), and on the pulsed bit lines
  /// elsewhere.
  private mutating func disturb<Model: DeviceModel>(_ phase: RowPhase, _ level: Level, with model: Model) {
    let strobe = phase.widths.max() ?? 0
    for (bitLine, width) in phase.widths.enumerated() {
      if width < strobe {
        move(
          wordLine: phase.wordLine, bitLine: bitLine, level, during: strobe - width, in: phase, with: model,
          isDisturb: true)
      }
      guard width > 0 else { continue }
      for wordLine in 0..<wordLines where wordLine != phase.wordLine {
        move(wordLine: wordLine, bitLine: bitLine, level, during: width, in: phase, with: model, isDisturb: true)
      }
    }
  }

  @inline(__always)
  private mutating func move<Model: DeviceModel>(
    wordLine: Int, bitLine: Int, _ level: Level, during width: Nanoseconds, in phase: RowPhase, with model: Model,
    isDisturb: Bool = false
  ) {
    let cell = wordLine * bitLines + bitLine
    let isSet = phase.polarity == .set
    var rate = level.rate
    if variation.thresholdSpread > 0 {
      let threshold = isSet ? spread.setThreshold[cell] : spread.resetThreshold[cell]
      rate = model.rate(phase.polarity, millivolts: level.millivolts / threshold)
      guard rate > 0 else { return }
    }
    var dose = rate * Double(width.count)
    if variation.deviceToDevice > 0 { dose *= isSet ? spread.setRate[cell] : spread.resetRate[cell] }
    if variation.cycleToCycle > 0 {
      dose *= variation.pulseFactor(
        phase.polarity, isDisturb: isDisturb, random, tile: tile, operation: phase.operation,
        index: drawIndex(of: cell, in: phase, isDisturb: isDisturb))
    }
    var noise: Double?
    if model.isNoisy && variation.deviceNoise > 0 {
      let purpose = isDisturb ? (isSet ? .setDisturbNoise : .resetDisturbNoise) : isSet ? Purpose.setNoise : .resetNoise
      let draw = random.gaussian(
        purpose, tile: tile, operation: phase.operation, index: drawIndex(of: cell, in: phase, isDisturb: isDisturb))
      noise = variation.deviceNoise * (Double(draw) / Double(CounterRandom.gaussianScale))
    }
    move(cell: cell, by: dose, phase.polarity, noise: noise, with: model)
    refreshWeight(wordLine: wordLine, column: bitLine / synapse.bitLinesPerColumn)
  }

  /// Inside the cell's own bounds, where it has some.
  @inline(__always)
  private mutating func move<Model: DeviceModel>(
    cell: Int, by dose: Double, _ polarity: Polarity, noise: Double?, with model: Model
  ) {
    func moved(_ before: Int32) -> Int32 {
      guard let noise else { return model.conductance(before, after: dose, polarity) }
      return model.conductance(before, after: dose, polarity, noise: noise)
    }
    guard !spread.bounds.isEmpty else { return update(cell: cell, to: moved(conductance[cell])) }
    let bounds = spread.bounds[cell]
    guard !bounds.isStuck else { return }
    let range = model.conductanceRange
    let before = bounds.nominal(conductance[cell], in: range)
    let after = moved(before)
    if after != before { update(cell: cell, to: bounds.actual(after, in: range)) }
  }

  private typealias Purpose = CounterRandom.Purpose

  /// One draw for every pulse that a cell sees: its own, and the half of every row phase of the operation.
  private func drawIndex(of cell: Int, in phase: RowPhase, isDisturb: Bool) -> Int {
    isDisturb ? phase.wordLine * conductance.count + cell : cell
  }

  private func dissipation(of phase: RowPhase, microvolts: Int64) -> PhaseEnergy {
    let strobe = phase.widths.max() ?? 0
    guard strobe > 0 else { return PhaseEnergy() }
    // Conductance codes · nanoseconds under the full and under half the voltage.
    var full: Int64 = 0
    var half: Int64 = 0
    for (bitLine, width) in phase.widths.enumerated() {
      let own = code(conductance[phase.wordLine * bitLines + bitLine])
      full += own * Int64(width.count)
      half += own * Int64((strobe - width).count) + (bitLineLoad[bitLine] - own) * Int64(width.count)
    }
    func load(_ codes: Int64) -> UInt128 { UInt128(UInt64(codes)) * UInt128(UInt64(conductanceStep)) }
    return PhaseEnergy(
      selected: Energy(microvolts: microvolts, load: load(full)),
      halfSelected: Energy(microvolts: microvolts / 2, load: load(half)))
  }
}
