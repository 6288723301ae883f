import Board
import Crossbar
import FixedPoint
import Testing
import Trace

@testable import Tasks

/// Against figures worked out by hand from the formulas and the sources, none taken from the tables under test.
@Suite("The account of energy")
struct EnergyAccountTests {
  private static func circuits(
    _ technology: Technology = .nm130, dac: Int = 8, adc: Int = 12
  ) -> CircuitEnergies {
    CircuitEnergies(ChipConfiguration(tiles: [], dacBits: dac, adcBits: adc), technology)
  }

  private func expect(_ estimate: Estimate, _ joules: Double, within share: Double = 1e-3, _ comment: Comment? = nil) {
    #expect(abs(estimate.nominal / joules - 1) < share, comment)
  }

  @Test("ADC: 130 nm 7 pJ at 8 bits and 75.6 pJ at 12; 65 nm 3.07 and 32.4 pJ; a third to three times")
  func converter() {
    // 35 fJ·2¹¹ + 0.1 pF·12·1.8² = 71.68 + 3.888 pJ, and so on.
    for (technology, bits, picojoules) in [
      (Technology.nm130, 12, 75.568), (.nm130, 8, 7.072), (.nm65, 8, 3.072), (.nm65, 12, 32.448), (.nm180, 8, 7.712),
      (.nm28, 10, 5.93), (.nm22, 10, 4.8185),
    ] {
      expect(Self.circuits(technology, adc: bits).conversion, picojoules * 1e-12, "\(technology) \(bits)")
    }
    let one = Self.circuits().conversion
    #expect(one.low * 2.9 < one.nominal && one.nominal * 2.9 < one.high)
  }

  @Test("DAC: 1.296 pJ for 8 bits at 1.8 V, 0.324 pJ at 0.9 V")
  func drive() {
    expect(Self.circuits().drive, 1.296e-12)
    expect(Self.circuits(.nm28).drive, 0.324e-12)
  }

  @Test(
    "Amplifier: 8.1 pJ for each unit of noise gain at 12 bits and 130 nm, a quarter to three times beside its supply")
  func amplifier() {
    // 6 · 1.8 V · 1 pF · 13 · ln 2 / (12 /V)
    let settling = Self.circuits().settling
    expect(settling, 8.1098e-12)
    #expect(abs(settling.low / settling.nominal - 0.225) < 1e-3 && abs(settling.high / settling.nominal - 3.3) < 1e-3)
    // 25 word lines of 55 µS with as much of references, 11.38 kΩ: 1 + 11 380 · 25 · 110 µS = 32.3.
    expect(settling * (1 + 11_380 * 25 * 110e-6), 262e-12, within: 0.01)
    expect(Self.circuits().sample, 12 * 1.380649e-23 * 300 * 16_777_216)
  }

  @Test("Digital: a circuit 1.15 pJ and an access of 64 wires 6.4 pJ at 45 nm, times 5.1 at 130 nm and 0.25 at 22 nm")
  func digital() {
    expect(Self.circuits().evaluation, 1.15 * 5.1e-12)
    expect(Self.circuits(.nm22).evaluation, 1.15 * 0.25e-12)
    expect(Self.circuits().access, 6.4 * 5.1e-12)
  }

  @Test("Controller: 75 pJ a cycle at 130 nm, a tenth of it where it waits; a third to twice")
  func controller() {
    let time = TimeParts(arrayCycles: 400, busCycles: 200, controllerCycles: 52_299)
    let energy = Self.circuits().controller(time)
    expect(energy, (52_499 + 40) * 75e-12)
    #expect(energy.low < energy.nominal / 2.9 && energy.high > energy.nominal * 1.9)
    expect(Self.circuits(.nm22).controller(TimeParts(controllerCycles: 1000)), 4e-9)
  }

  @Test("Pulses: a regulator below the supply, a pump at or above it")
  func supply() {
    expect(Self.circuits().pulseEfficiency(millivolts: 1200), 0.85)
    expect(Self.circuits(.nm65).pulseEfficiency(millivolts: 1200), 0.5)
    expect(Self.circuits(.nm28).pulseEfficiency(millivolts: 1200), 0.5)
  }

  @Test("A line of 64 cells: 50 fF, 1.5 fF a cell, 0.2 fF/µm over 64 pitches of √48 F")
  func line() {
    expect(Self.circuits().line(64), 50e-15 + 64 * (1.5e-15 + 0.2e-15 * 6.9282 * 0.13))
  }

  private func report(_ technology: Technology, on core: ControllerCore = .native) throws -> SystemReport {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(30))
    var run = ClassificationRun(
      model: try Model(json: try #require(task.model)), test: test, activation: .hard,
      chip: ChipConfiguration(tiles: []))
    run.technology = technology
    var session = Session(try Machine(run.chip(named: "test"), log: NoLog()))
    let report = try run(on: &session)
    let system = try #require(report.system)
    // The arrays' part is the figure that the report has without a technology.
    let reads = try #require(system.energy.first { $0.part == .arrayReads }).joules
    #expect(abs(reads.nominal / report.energyPerInferenceJoules - 1) < 1e-9 && reads.isPoint)
    return system
  }

  @Test("An inference of digits: 522 conversions, 217 codes, 13 steps of noise gain a column, and the controller")
  func inference() throws {
    let system = try report(.nm130)
    func nominal(_ part: EnergyPart) throws -> Double {
      try #require(system.energy.first { $0.part == part }).joules.nominal
    }
    #expect(try abs(nominal(.sensing) / (522 * 75.568e-12) - 1) < 1e-3)
    #expect(try abs(nominal(.converting) / (217 * 1.296e-12) - 1) < 1e-3)
    // 522 columns at some 260 pJ: 136 nJ within a tenth, as trained weights lie beside the middle.
    #expect(try abs(nominal(.amplifiers) / 136e-9 - 1) < 0.1)
    // 8 steps of 64 columns and 8 pairs at the scalar port.
    #expect(try abs(nominal(.circuits) / (8 * 80 * 1.15 * 5.1e-12) - 1) < 1e-3)
    // Natively its computing is an account, which is part of the total.
    #expect(try nominal(.controller) > 0)
    #expect(system.multiplications == 12_970)
    let sum = system.energy.reduce(0) { $0 + $1.joules.nominal }
    #expect(abs(system.totalJoules.nominal / sum - 1) < 1e-12)
    let energy = try #require(system.femtojoulesPerMAC)
    #expect(abs(energy.nominal / (sum / 12_970 * 1e15) - 1) < 1e-9)
    #expect(abs(try #require(system.teraopsPerWatt).nominal * energy.nominal / 2000 - 1) < 1e-9)
    let first = try #require(system.published?.first)
    #expect(first.isAbstractOnly && abs(first.ratios[0] / (energy.nominal / 65) - 1) < 1e-9)
  }

  @Test("Every part of every technology has a band around its nominal value, and smaller nodes take less")
  func technologies() throws {
    var before = Double.infinity
    for technology in Technology.allCases {
      let total = try report(technology).totalJoules
      #expect(total.low < total.nominal && total.nominal < total.high && total.nominal < before)
      before = total.nominal
    }
  }

  @Test("A training sequence has pulses in selected and half-selected cells; what follows its epochs is not in it")
  func training() throws {
    let task = try TaskCatalog().task("digits")
    var train = try SequenceSet(csv: task.train)
    train.sequences = Array(train.sequences.prefix(20))
    var test = train
    test.sequences = Array(test.sequences.prefix(5))
    var options = TrainingOptions()
    (options.hidden, options.epochs, options.rate) = (3, 1, 0.5)
    options.batch = 4
    func system(_ test: SequenceSet) throws -> SystemReport {
      var run = try TrainingRun(
        train: train, test: test, options: options, chip: ChipConfiguration(tiles: []), log: NoLog())
      #expect(run.system(in: .nm65) == nil)
      try run.runEpoch()
      return try #require(run.system(in: .nm65))
    }
    let one = try system(test)
    #expect(one.of == "training sequence" && one.multiplications == nil && one.software == nil)
    for part in [EnergyPart.arraySelected, .arrayHalfSelected, .pulseSupply, .lines] {
      #expect(try #require(one.energy.first { $0.part == part }).joules.nominal > 0, "\(part)")
    }
    // At 65 nm a pump gives what pulses dissipate once more.
    func joules(_ part: EnergyPart) -> Double { one.energy.first { $0.part == part }?.joules.nominal ?? 0 }
    #expect(abs(joules(.pulseSupply) / (joules(.arraySelected) + joules(.arrayHalfSelected)) - 1) < 1e-9)
    #expect(try system(train) == one, "another test set is other work behind the same training")
  }
}
