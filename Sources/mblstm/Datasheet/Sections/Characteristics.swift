import Board
import Crossbar
import Registers
import Tasks
import Trace

/// Minimum, typical and maximum of what a chip does.
struct Characteristics {
  let chip: ChipConfiguration
  private let cell: CellModel

  /// Standard deviations between typical and either end.
  private static let deviations = 3.0

  init(_ chip: ChipConfiguration) {
    self.chip = chip
    cell = CellModel(chip)
  }

  func text() throws -> String {
    """
    Minimum and maximum of what is drawn from part to part or from time to time are \(Int(Self.deviations)) standard
    deviations. Standing: \(Standing.Kind.allCases.map { "*\($0.rawValue)*, \($0.meaning)" }.joined(separator: "; ")).

    \(MarkdownTable.text(
      ["quantity", "minimum", "typical", "maximum", "unit", "standing", "note"],
      (converters + device + (try operations())).map(\.row)))

    **What the figures leave out,** and a real part has: \(FigureScope.lines(of: chip, computing: .missing).joined(separator: "; ")).
    """
  }

  // MARK: Converters

  private func spread(
    _ name: String, of property: String, _ deviation: Int, around middle: Int = 0, _ unit: String
  ) -> Characteristic {
    let most = Int(Self.deviations) * deviation
    return Characteristic(
      name: name, minimum: "\(middle - most)", typical: "\(middle)", maximum: "\(middle + most)", unit: unit,
      standing: .assumed, note: "`\(property)`")
  }

  private var converters: [Characteristic] {
    let step = AnalogScale.microvoltsPerStep << (16 - chip.adcBits)
    let largest = 1 << (chip.adcBits - 1)
    let full = chip.microvoltsPerCode * Int64(chip.largestDriveCode)
    return [
      Characteristic(
        name: "Core clock", typical: "\(Electrical.clockHertz / 1_000_000)", unit: "MHz", standing: .exact,
        note: "CLOCK"),
      Characteristic(
        name: "DAC code", minimum: "\(-chip.largestDriveCode)", maximum: "\(chip.largestDriveCode)", unit: "",
        standing: .exact, note: "\(chip.dacBits) bits"),
      Characteristic(
        name: "DAC step", typical: "\(chip.microvoltsPerCode)", unit: "µV", standing: .exact, note: "READ_VOLTAGE"),
      Characteristic(
        name: "Read voltage at the largest code", minimum: "\(-full)", maximum: "\(full)", unit: "µV",
        standing: .assumed, note: "`read-voltage`"),
      Characteristic(
        name: "DAC offset", typical: "\(chip.mismatch.dacOffset)", unit: "µV", standing: .assumed, note: "`dac-offset`"),
      Characteristic(
        name: "DAC integral non-linearity, peak", typical: "\(chip.mismatch.dacNonlinearity)", unit: "µV",
        standing: .assumed, note: "`dac-inl`"),
      Characteristic(
        name: "ADC code", minimum: "\(-largest)", maximum: "\(largest - 1)", unit: "", standing: .exact,
        note: "\(chip.adcBits) bits"),
      Characteristic(
        name: "ADC step", typical: "\(step)", unit: "µV", standing: .computed, note: "range over codes"),
      Characteristic(
        name: "ADC range", minimum: "\(-step * largest)", maximum: "\(step * (largest - 1))", unit: "µV",
        standing: .assumed),
      spread("ADC offset before TRIM", of: "adc-offset", chip.mismatch.adcOffset, "µV"),
      spread("ADC gain error before TRIM", of: "adc-gain", chip.mismatch.adcGain, "ppm"),
      Characteristic(
        name: "REFERENCE", typical: "\(AnalogScale.referenceMicrovolts)", unit: "µV", standing: .assumed,
        note: "½ behind a circuit"),
    ]
  }

  // MARK: Devices

  private func nanosiemens(_ picosiemens: Double) -> String { decimal(picosiemens / 1000, 0) }

  private func bound(_ name: String, _ value: Int32) -> Characteristic {
    let most = Self.deviations * chip.variation.boundsSpread * Double(value)
    return Characteristic(
      name: name, minimum: nanosiemens(Double(value) - most), typical: nanosiemens(Double(value)),
      maximum: nanosiemens(Double(value) + most), unit: "nS", standing: chip.device.standing,
      note: "CONDUCTANCE; spread `bounds-spread`")
  }

  private var device: [Characteristic] {
    let range = chip.device.conductanceRange
    let (up, down) = (cell.width(from: range.lowerBound, to: 0.99), cell.width(from: range.upperBound, to: 0.01))
    func time(_ name: String, _ steps: Int32) -> Characteristic {
      let isThere = steps.magnitude < UInt32(PulseSteps.longest.count)
      return Characteristic(
        name: name,
        typical: (isThere ? "" : "> ") + decimal(Double(Int(steps.magnitude) * chip.timing.stepNanoseconds) / 1000, 2),
        unit: "µs", standing: .computed, note: "nominal device at the amplitude after reset")
    }
    return [
      bound("Lowest conductance of a cell", range.lowerBound), bound("Highest conductance of a cell", range.upperBound),
      Characteristic(
        name: "Read noise of a cell, σ", typical: nanosiemens(Double(chip.variation.readNoise)), unit: "nS",
        standing: .assumed, note: "`read-noise`, of the highest conductance"),
      time("SET through 99 % of the range", up), time("RESET through 99 % of the range", down),
      Characteristic(
        name: "SET amplitude after reset", typical: decimal(cell.amplitudes.set, 0), unit: "mV", standing: .assumed,
        note: "AMPLITUDE; \(halfSelect(.set))"),
      Characteristic(
        name: "RESET amplitude after reset", typical: decimal(cell.amplitudes.reset, 0), unit: "mV", standing: .assumed,
        note: "AMPLITUDE; \(halfSelect(.reset))"),
    ]
  }

  private func halfSelect(_ polarity: Polarity) -> String {
    cell.disturb(steps: PulseSteps.longest.count, polarity) == 0
      ? "half of it moves no cell" : "half of it moves cells"
  }

  // MARK: Operations

  /// Durations as the emulated chip takes them, and what a read of all lines dissipates.
  private func operations() throws -> [Characteristic] {
    let cycle = Electrical.nanosecondsPerCycle
    let conversion = try duration(.read)
    let step = chip.timing.stepNanoseconds
    let phases = (try duration(.programRow, widths: [1]), try duration(.programRow, widths: [Int16.max]))
    let both = try duration(.programRow, widths: [Int16.max, -Int16.max])
    let erase = try duration(.erase)
    return [
      Characteristic(
        name: "Conversion: READ, READ_T, ZERO, REFERENCE", typical: "\(Int(conversion) * cycle)", unit: "ns",
        standing: .computed, note: "SETTLE after reset and `sample`: \(conversion) cycles")
    ] + settling + [
      Characteristic(
        name: "Pulse width", minimum: "\(step)", maximum: "\(step * Int(PulseSteps.longest.count))", unit: "ns",
        standing: .exact, note: "steps of \(step) ns"),
      Characteristic(
        name: "PROGRAM_ROW", minimum: "\(Int(phases.0) * cycle)",
        maximum: "\(Int(both) * cycle)", unit: "ns", standing: .computed,
        note: "one phase of a step to two of the longest pulse (one: \(Int(phases.1) * cycle) ns)"),
      Characteristic(
        name: "ERASE after reset, tile 0", typical: decimal(Double(Int(erase) * cycle) / 1e6, 3), unit: "ms",
        standing: .computed, note: "\(chip.tiles[0].wordLines) word lines, ERASE_WIDTH"),
    ]
  }

  /// Of the heaviest column that tile 0 can have: all cells at their highest conductance.
  private var settling: [Characteristic] {
    let amplifiers = Amplifiers(kilohertz: chip.amplifierBandwidth)
    guard !amplifiers.isIdeal else { return [] }
    let range = chip.device.conductanceRange
    let (low, high) = (Int64(range.lowerBound), Int64(range.upperBound))
    let perWordLine = high + (chip.synapse == .reference ? (low + high) / 2 : high)
    let cycles = amplifiers.settlingCycles(
      bits: chip.adcBits, picosiemens: Int64(chip.tiles[0].wordLines) * perWordLine, ohms: Int64(chip.feedback))
    return [
      Characteristic(
        name: "Settling to half an ADC step, heaviest column of tile 0",
        maximum: "\(cycles * Electrical.nanosecondsPerCycle)",
        unit: "ns", standing: .computed,
        note:
          "`bandwidth`, FEEDBACK after reset; SETTLE after reset gives \(chip.timing.settle * Electrical.nanosecondsPerCycle) ns"
      )
    ]
  }

  private func duration(_ operation: Operation, widths: [Int16] = []) throws -> UInt64 {
    var one = chip
    let pair = chip.synapse.bitLinesPerColumn
    one.tiles = [TileConfiguration(wordLines: operation == .erase ? chip.tiles[0].wordLines : 1, bitLines: 2 * pair)]
    var bench = try Machine(one, log: MemoryLog(), ramBytes: 0)
    let base = MemoryMap.tile(0)
    bench.write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
    for (bitLine, width) in widths.enumerated() {
      bench.write(base + TileRegister.pulse.offset(bitLine), TileRegister.Pulse.width.encode(Int32(width)))
    }
    bench.write(base + TileRegister.start.offset(), OperationCall(operation: operation).word)
    _ = bench.read(base + TileRegister.wait.offset())
    return bench.durations[0]
  }
}

extension Device {
  /// Devices of measured pulses, and those with noise of their source's, stand on measurements.
  var standing: Standing.Kind { model.isNoisy ? .measured : .assumed }
}
