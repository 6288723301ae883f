/// One phase of a row: pulses of one polarity on any of its cells at once.
public struct RowPhase: Sendable {
  public var wordLine: Int
  public var polarity: Polarity
  /// Across a selected cell; half of it across the other cells of the word line and of the pulsed bit lines.
  public var millivolts: Int
  /// Nanoseconds on each bit line, 0 for none.
  public var widths: [Int32]
  /// Names the random draws of this phase.
  public var operation: UInt64

  public init(wordLine: Int, polarity: Polarity, millivolts: Int, widths: [Int32], operation: UInt64) {
    self.wordLine = wordLine
    self.polarity = polarity
    self.millivolts = millivolts
    self.widths = widths
    self.operation = operation
  }
}

extension CrossbarArray {
  /// Applies one phase and returns what it dissipates, from the conductances before it.
  public mutating func apply(_ phase: RowPhase) -> Energy {
    let energy = dissipation(of: phase)
    switch device {
    case .vteam(let model): apply(phase, with: model)
    }
    return energy
  }

  /// RESET pulses on every cell, all word lines in turn.
  public mutating func erase(millivolts: Int, width: Int32, operation: UInt64) -> Energy {
    var energy = Energy.zero
    let widths = Array(repeating: width, count: bitLines)
    for wordLine in 0..<wordLines {
      energy += apply(
        RowPhase(wordLine: wordLine, polarity: .reset, millivolts: millivolts, widths: widths, operation: operation))
    }
    return energy
  }

  private mutating func apply<Model: DeviceModel>(_ phase: RowPhase, with model: Model) {
    let selected = model.rate(phase.polarity, millivolts: Double(phase.millivolts))
    let halfSelected = model.rate(phase.polarity, millivolts: Double(phase.millivolts) / 2)
    if selected > 0 {
      for (bitLine, width) in phase.widths.enumerated() where width > 0 {
        move(wordLine: phase.wordLine, bitLine: bitLine, by: selected * Double(width), in: phase, with: model)
      }
    }
    if halfSelected > 0 { disturb(phase, rate: halfSelected, with: model) }
  }

  /// V/2 on the word line while its longest pulse lasts, wherever no pulse is (any more), and on the pulsed bit lines
  /// elsewhere.
  private mutating func disturb<Model: DeviceModel>(_ phase: RowPhase, rate: Double, with model: Model) {
    let strobe = phase.widths.max() ?? 0
    for (bitLine, width) in phase.widths.enumerated() {
      if width < strobe {
        let rest = rate * Double(strobe - width)
        move(wordLine: phase.wordLine, bitLine: bitLine, by: rest, in: phase, with: model, isDisturb: true)
      }
      guard width > 0 else { continue }
      for wordLine in 0..<wordLines where wordLine != phase.wordLine {
        move(wordLine: wordLine, bitLine: bitLine, by: rate * Double(width), in: phase, with: model, isDisturb: true)
      }
    }
  }

  @inline(__always)
  private mutating func move<Model: DeviceModel>(
    wordLine: Int, bitLine: Int, by dose: Double, in phase: RowPhase, with model: Model, isDisturb: Bool = false
  ) {
    let cell = wordLine * bitLines + bitLine
    var dose = dose
    let rates = phase.polarity == .set ? setRate : resetRate
    if !rates.isEmpty { dose *= rates[cell] }
    if variation.cycleToCycle > 0 {
      let index = isDisturb ? phase.wordLine * conductance.count + cell : cell
      dose *= variation.pulseFactor(
        phase.polarity, isDisturb: isDisturb, random, tile: tile, operation: phase.operation, index: index)
    }
    update(cell: cell, to: model.conductance(conductance[cell], after: dose, phase.polarity))
    refreshWeight(wordLine: wordLine, column: bitLine / synapse.bitLinesPerColumn)
  }

  private func dissipation(of phase: RowPhase) -> Energy {
    let strobe = Int64(phase.widths.max() ?? 0)
    guard strobe > 0 else { return .zero }
    // Conductance codes · nanoseconds under the full and under half the voltage.
    var full: Int64 = 0
    var half: Int64 = 0
    for (bitLine, width) in phase.widths.enumerated() {
      let own = code(conductance[phase.wordLine * bitLines + bitLine])
      full += own * Int64(width)
      half += own * (strobe - Int64(width)) + (bitLineLoad[bitLine] - own) * Int64(width)
    }
    func load(_ codes: Int64) -> UInt128 { UInt128(UInt64(codes)) * UInt128(UInt64(conductanceStep)) }
    var energy = Energy(microvolts: Int64(phase.millivolts) * 1000, load: load(full))
    energy += Energy(microvolts: Int64(phase.millivolts) * 500, load: load(half))
    return energy
  }
}
