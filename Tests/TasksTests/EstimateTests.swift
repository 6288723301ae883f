import Board
import Crossbar
import Firmware
import Testing

@testable import Tasks

@Suite("Numbers with a band")
struct EstimateTests {
  @Test("Sums, products and shares are those of the ends and of the nominal values")
  func arithmetic() {
    let (one, other) = (Estimate(1, 2, 4), Estimate(3, 5, 7))
    #expect(one + other == Estimate(4, 7, 11))
    #expect(one * other == Estimate(3, 10, 28))
    #expect(one * 0.5 == Estimate(0.5, 1, 2) && other / 2 == Estimate(1.5, 2.5, 3.5))
    #expect(one.inverse == Estimate(0.25, 0.5, 1))
    #expect(Estimate(6, dividedBy: 3, times: 2) == Estimate(2, 6, 12))
    #expect(Estimate.zero == Estimate(0, 0, 0) && Estimate(3) == Estimate(3, 3, 3))
  }

  @Test("What is in it already is taken from each of the three, which do not fall below nothing")
  func less() {
    #expect(Estimate(1, 2, 4) - 1 == Estimate(0, 1, 3))
    #expect(Estimate(1, 2, 4) - 1.5 == Estimate(0, 0.5, 2.5))
    #expect(Estimate(1, 2, 4) - 3 == Estimate(0, 0, 1))
    #expect(Estimate(1, 2, 4) - 5 == .zero)
  }

  @Test("Is a point where the ends are one")
  func point() {
    #expect(Estimate(2).isPoint && Estimate.zero.isPoint)
    #expect(!Estimate(1, 1, 2).isPoint && !Estimate(1, 2, 2).isPoint)
  }
}

@Suite("The constants of the technologies")
struct TechnologyConstantTests {
  /// Of constants that no node changes: low, nominal, high.
  private static let alike: [(TechnologyConstant, Double, Double, Double)] = [
    (.adcBitCapacitance, 100 / 3, 100, 300), (.adcBits, 1, 1, 1), (.dacBitCapacitance, 50 / 3, 50, 150),
    (.readDriver, 1, 1.2, 1.4), (.amplifierBranches, 3, 6, 9), (.compensation, 0.5, 1, 2),
    (.currentEfficiency, 12, 12, 12), (.sampleCharge, 12, 12, 12), (.lineDriverCapacitance, 25, 50, 100),
    (.wireCapacitance, 0.07, 0.2, 0.3), (.cellCapacitance, 0, 1.5, 2.1), (.pulsePump, 0.4, 0.5, 0.6),
    (.pulseLinear, 0.7, 0.85, 1), (.multiply, 0.5, 1, 2), (.add, 0.025, 0.05, 0.1), (.compare, 0.025, 0.05, 0.1),
    (.busBit, 0.05, 0.1, 0.2), (.controllerWait, 0.05, 0.1, 0.2), (.cellArea, 4, 48, 125.7),
    (.adcArea, 1.0 / 3, 1, 3), (.dacArea, 146, 438, 1314), (.amplifierArea, 350, 350, 1400),
    (.switchResistance, 1, 3, 6), (.memoryBitArea, 155 / 1.5, 155, 310),
  ]

  /// Of the others, their bands as shares of the nominal value.
  private static let own: [(TechnologyConstant, [Double], low: Double, high: Double)] = [
    (.supply, [1.8, 1.8, 1.2, 0.9, 0.85], 0.9, 1.1), (.adcStep, [40, 35, 15, 10, 8], 1.0 / 3, 3),
    (.digitalScale, [15, 5.1, 1.65, 0.42, 0.25], 1, 1), (.controllerCycle, [230, 75, 25, 7, 4], 1.0 / 3, 2),
  ]

  private static func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-12 * abs(expected)
  }

  @Test("Nodes are of 180, 130, 65, 28 and 22 nm, and called so")
  func nodes() {
    #expect(Technology.allCases.map(\.nanometres) == [180, 130, 65, 28, 22])
    #expect(Technology.allCases.map(\.rawValue) == ["180nm", "130nm", "65nm", "28nm", "22nm"])
    #expect(Technology.allCases.map(\.title) == ["180 nm", "130 nm", "65 nm", "28 nm", "22 nm"])
  }

  @Test("Each has the band of its source, at every node", arguments: Technology.allCases)
  func bands(_ technology: Technology) throws {
    let place = try #require(Technology.allCases.firstIndex(of: technology))
    let own = Self.own.map { ($0.0, $0.1[place] * $0.low, $0.1[place], $0.1[place] * $0.high) }
    let all = Self.alike + own
    #expect(Set(all.map(\.0)) == Set(TechnologyConstant.allCases) && all.count == TechnologyConstant.allCases.count)
    for (constant, low, nominal, high) in all {
      let value = technology(constant)
      let isRight = Self.isNear(value.low, low) && Self.isNear(value.nominal, nominal) && Self.isNear(value.high, high)
      #expect(isRight, "\(constant): \(value)")
      #expect(technology.entry(of: constant).value == value && !constant.meaning.isEmpty, "\(constant)")
    }
  }

  @Test("Each has a unit but factors")
  func units() {
    let factors = TechnologyConstant.allCases.filter(\.unit.isEmpty)
    #expect(factors == [.readDriver, .amplifierBranches, .digitalScale, .controllerWait, .adcArea])
  }
}

@Suite("What circuits take, end by end")
struct CircuitEnergyTests {
  private static func near(_ estimate: Estimate, _ low: Double, _ nominal: Double, _ high: Double) -> Bool {
    zip([estimate.low, estimate.nominal, estimate.high], [low, nominal, high]).allSatisfy {
      abs($0 - $1) <= 1e-9 * abs($1)
    }
  }

  private static let circuits = CircuitEnergies(ChipConfiguration(tiles: [], dacBits: 8, adcBits: 12), .nm130)
  private static let log2 = 0.693147180559945309
  private static let thermal = 1.380649e-23 * 300

  @Test("Single actions at 130 nm, 8 and 12 bits")
  func actions() {
    let of = Self.circuits
    let squares: [Double] = [1.62 * 1.62, 1.8 * 1.8, 1.98 * 1.98]
    let factors: [Double] = [1.0 / 3, 1, 3]
    func check(_ estimate: Estimate, _ ends: [Double], _ name: Comment) {
      #expect(Self.near(estimate, ends[0], ends[1], ends[2]), name)
    }
    let codes: [Double] = zip(factors, squares).map { $0 * $1 * 400e-15 }
    check(of.drive, codes, "a code of a DAC")
    let steps: [Double] = factors.map { $0 * 35e-15 * 2048 }
    let bits: [Double] = zip(factors, squares).map { $0 * $1 * 1200e-15 }
    check(of.conversion, zip(steps, bits).map { $0 + $1 }, "a code of an ADC")
    let settling: Double = 13 * Self.log2 * 1e-12 / 12
    check(of.settling, [2.43, 10.8, 35.64].map { $0 * settling }, "an amplifier")
    let sample: Double = 12 * Self.thermal * 16_777_216
    check(of.sample, [sample, sample, sample], "a sample")
    check(of.evaluation, [0.575, 1.15, 2.3].map { $0 * 5.1e-12 }, "a circuit")
    // Five multiplications with the circuit's, two additions and two comparisons.
    check(of.cell, [2.6, 5.2, 10.4].map { $0 * 5.1e-12 }, "a cell")
    check(of.access, [3.2, 6.4, 12.8].map { $0 * 5.1e-12 }, "an access")
    let time = TimeParts(arrayCycles: 100, busCycles: 20, controllerCycles: 3)
    let cycles: [Double] = [25e-12 * 28, 75e-12 * 33, 150e-12 * 43]
    check(of.controller(time), cycles, "a controller")
    let pitches: [Double] = [2, 48.0.squareRoot(), 125.7.squareRoot()]
    let wires: [Double] = zip([0.07, 0.2, 0.3], pitches).map { $0 * $1 * 0.13 }
    let cells: [Double] = zip(wires, [0, 1.5, 2.1]).map { 10 * ($0 + $1) }
    check(of.line(10), zip([25.0, 50, 100], cells).map { ($0 + $1) * 1e-15 }, "a line of ten cells")
  }

  @Test("A regulator is for amplitudes below the supply alone, a pump from the supply on")
  func efficiency() {
    #expect(Self.circuits.pulseEfficiency(millivolts: 1799) == Estimate(0.7, 0.85, 1))
    #expect(Self.circuits.pulseEfficiency(millivolts: 1800) == Estimate(0.4, 0.5, 0.6))
  }

  private static let chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4)])

  private static func account(time: TimeParts? = nil, _ change: (inout TileActivity) -> Void) -> EnergyAccount {
    var activity = TileActivity()
    change(&activity)
    let board = BoardActivity(tiles: [activity], scalarEvaluations: 3, formedCells: 2, accesses: 7)
    return EnergyAccount(board, time: time, on: chip, in: .nm130)
  }

  private static func nominal(_ account: EnergyAccount, _ part: EnergyPart) -> Double {
    account[part]?.nominal ?? .nan
  }

  @Test("A part is its count times its energy; without the controller's time its part is missing, not nothing")
  func account() {
    let account = Self.account { activity in
      activity.driveConversions = 11
      activity.conversions = 13
      activity.evaluations = 5
      activity.amplifications = 2
      activity.noiseGain = 3_000_000_000_000
      activity.charge = 1_000_000_000_000_000
      activity.reading.raw = 200_000_000_000_000_000_000
      activity.selected.raw = 400_000_000_000_000_000_000
      activity.halfSelected.raw = 600_000_000_000_000_000_000
      activity.highestPulse = 1200
    }
    func isNear(_ part: EnergyPart, _ joules: Double) -> Bool {
      abs(Self.nominal(account, part) / joules - 1) < 1e-9
    }
    let of = CircuitEnergies(Self.chip, .nm130)
    #expect(isNear(.converting, 11 * of.drive.nominal) && isNear(.sensing, 13 * of.conversion.nominal))
    // 5 of the tile, 3 at the scalar port, and two whole cells.
    #expect(isNear(.circuits, (8 * 1.15 + 2 * 5.2) * 5.1e-12) && isNear(.bus, 7 * 6.4 * 5.1e-12))
    #expect(isNear(.amplifiers, 5 * of.settling.nominal + 2 * of.sample.nominal))
    #expect(isNear(.arrayReads, 2e-13) && isNear(.arraySelected, 4e-13) && isNear(.arrayHalfSelected, 6e-13))
    #expect(isNear(.readDrivers, 1.2 * 1.8e-12 - 2e-13))
    #expect(isNear(.pulseSupply, 1e-12 / 0.85 - 1e-12))
    #expect(account[.pulseSupply]?.low == 0)
    #expect(!account.hasController && account[.controller] == nil && account.shares.count == 11)
    let whole = Self.account(time: TimeParts(controllerCycles: 2)) { _ in }
    #expect(whole.hasController && abs(Self.nominal(whole, .controller) - 150e-12) < 1e-20)
    #expect(whole.shares.map(\.part) == EnergyPart.allCases)
    let (all, half) = (whole.total, (whole / 2).total)
    #expect(abs(all.nominal / 2 - half.nominal) < 1e-24 && half.low < half.nominal)
  }

  @Test("Word lines cross the bit lines and are as long as these are many; squares of reads are µV², of pulses mV²")
  func lines() {
    let of = CircuitEnergies(Self.chip, .nm130)
    let (word, bit) = (of.line(4).nominal, of.line(3).nominal)
    let cases: [(WritableKeyPath<TileActivity, UInt128>, Double)] = [
      (\.wordLineSquares, word), (\.bitLineSquares, bit),
    ]
    for (path, line) in cases {
      let joules = Self.nominal(Self.account { $0[keyPath: path] = 4_000_000_000_000 }, .lines)
      #expect(abs(joules / (4 * line) - 1) < 1e-9)
    }
    let pulses: [(WritableKeyPath<TileActivity, UInt64>, Double)] = [
      (\.wordLinePulseSquares, word), (\.bitLinePulseSquares, bit),
    ]
    for (path, line) in pulses {
      let joules = Self.nominal(Self.account { $0[keyPath: path] = 9_000_000 }, .lines)
      #expect(abs(joules / (9 * line) - 1) < 1e-9)
    }
  }

  @Test("Software alone: steps of columns and cells, and a dense layer at the end")
  func software() {
    // 1 input, 2 hidden: 4 columns a cell, 4 rows with the bias; 3 outputs of 3 rows.
    let network = SoftwareNetwork(NetworkShape(inputs: 1, hidden: 2, outputs: 3), steps: 5)
    let row = 36.8 + 37.2
    let cycles = 5 * (8 * row + 2 * 33 + 117.7) + 3 * (36.8 + 3 * 11.9)
    #expect(abs(network.cycles / cycles - 1) < 1e-12, "\(network.cycles)")
    let wide = SoftwareNetwork(NetworkShape(inputs: 4, hidden: 2, outputs: 1), steps: 1)
    let wideCycles = 8 * (36.8 + 37.2 + 3 * 11.9) + 66 + 117.7 + 36.8 + 3 * 11.9
    #expect(abs(wide.cycles / wideCycles - 1) < 1e-12, "\(wide.cycles)")
    #expect(Self.near(network.joules(in: .nm65), 25e-12 / 3 * cycles, 25e-12 * cycles, 50e-12 * cycles))
  }
}
