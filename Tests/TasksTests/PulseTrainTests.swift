import Board
import Crossbar
import Firmware
import Testing

@testable import Tasks

@Suite("Pulse trains")
struct PulseTrainTests {
  private static func product(_ lines: [Double], _ errors: [Double]) throws -> OuterProduct {
    // Through the matrix, as it comes from the controller: the last line is the bias.
    var product = try #require(
      OuterProduct(Array(repeating: 1, count: 4), .init(rows: 2, columns: 2), fullScale: 127))
    (product.lines, product.errors) = (lines, errors)
    return product
  }

  private static func expect(_ one: [Double], _ other: [Double], within tolerance: Double = 1e-12) {
    #expect(zip(one, other).allSatisfy { ($0 - $1).magnitude <= tolerance }, "\(one) \(other)")
  }

  @Test("A 2 × 2 product has the length and the probabilities of aihwkit's formulas, worked out by hand")
  func byHand() throws {
    let trains = PulseTrains(nanoseconds: 20, step: 0.001)
    // k = 1 · 0.02 / 0.001 = 20; √(Δ · BL) = √0.02.
    let train = try #require(trains.train(Self.product([1, -0.5], [0.02, -0.01])))
    #expect(train.slots == 20)
    Self.expect(train.lines, [1, -0.5])
    Self.expect(train.errors, [1, -0.5])
    // k = 4.5 is rounded up: p(x) p(d) BL Δ is still x d.
    let uneven = try #require(trains.train(Self.product([0.9, 0.3], [0.005, 0.001])))
    #expect(uneven.slots == 5)
    for (x, p) in zip([0.9, 0.3], uneven.lines) {
      for (d, q) in zip([0.005, 0.001], uneven.errors) { Self.expect([p * q * 5 * 0.001], [x * d]) }
    }
    // k = 62: the longest train, and the largest errors are cut off rather than the lines.
    let cut = try #require(trains.train(Self.product([1, 0.5], [0.062, 0.031])))
    #expect(cut.slots == 31)
    Self.expect(cut.lines, [1, 0.5])
    Self.expect(cut.errors, [1, 1])
    #expect(try trains.train(Self.product([0, 0], [1, 1])) == nil)
    #expect(try trains.train(Self.product([1, 1], [0, 0])) == nil)
  }

  @Test("A slot's pulse is the device's own, down to a nanosecond; a threshold's is a step of the drivers; or another")
  func widths() throws {
    for nanoseconds in [1, 2, 300] {
      var chip = ChipConfiguration(tiles: [])
      chip.change(to: try #require(Device(name: "linear")))
      try chip.device.set(["pulse-time=\(nanoseconds)"])
      #expect(PulseTrains(on: chip, nanoseconds: nil)?.nanoseconds == nanoseconds)
      #expect(PulseTrains(on: chip, nanoseconds: 7)?.nanoseconds == 7)
    }
    let threshold = PulseTrains(on: ChipConfiguration(tiles: []), nanoseconds: nil)
    #expect(threshold?.nanoseconds == Timing().stepNanoseconds)
  }

  private static func array(_ synapse: Synapse = .reference, columns: Int = 2) -> CrossbarArray {
    let bitLines = columns * (synapse == .differential ? 2 : 1)
    var array = CrossbarArray(
      wordLines: 2, bitLines: bitLines, synapse: synapse, device: .vteam(.analog), seed: 3)
    for cell in 0..<2 * bitLines {
      array.setConductance(
        Int32(20_000_000 + 11_000_000 * cell), wordLine: cell / bitLines, bitLine: cell % bitLines)
    }
    return array
  }

  private static func chip(_ synapse: Synapse = .reference) -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = synapse
    chip.amplitudes.set = 1000
    chip.amplitudes.reset = 1400
    return chip
  }

  @Test("Trains that always fire coincide in every slot, and dissipate what the voltages of each phase say")
  func certain() {
    let array = Self.array()
    var draw = TrainDraw(
      PulseTrains(nanoseconds: 20, step: 0.01), on: array, of: Self.chip(), rows: 2, columns: 2)
    draw.draw(.init(slots: 3, lines: [1, -1], errors: [1, -1]), number: 1)
    let cost = draw.cost
    #expect((cost.operations, cost.phases, cost.pulses, cost.expectedPulses) == (3, 12, 12, 12))
    // Of like signs the weight falls.
    Self.expect(draw.changes, [-0.03, 0.03, 0.03, -0.03])
    // Four phases of a slot: each selects one cell, with half the voltage on the two beside it.
    let siemens = array.conductance.map { Double($0) * 1e-12 }
    var (selected, half) = (0.0, 0.0)
    for cell in 0..<4 {
      let isRise = cell == 1 || cell == 2
      let volts = isRise ? 1.0 : 1.4
      selected += volts * volts * siemens[cell] * 20e-9
      half += volts * volts / 4 * (siemens[cell ^ 1] + siemens[cell ^ 2]) * 20e-9
    }
    #expect((cost.halfSelectedJoules - 3 * half).magnitude < 1e-9 * half)
    #expect((cost.energyJoules - 3 * (selected + half)).magnitude < 1e-9 * half)
    // Twelve phases of 20 ns and of 50 cycles of rest.
    #expect((cost.pulseSeconds - 12 * 520e-9).magnitude < 1e-15)
    #expect((cost.restSeconds - 12 * 500e-9).magnitude < 1e-15)
  }

  @Test("Vectors of one sign take one phase a slot, whether anything fires in it or not")
  func oneSign() {
    var draw = TrainDraw(
      PulseTrains(nanoseconds: 20, step: 0.01), on: Self.array(), of: Self.chip(), rows: 2, columns: 2)
    draw.draw(.init(slots: 31, lines: [0.01, 0], errors: [0.01, 0.02]), number: 5)
    #expect(draw.cost.phases == 31)
  }

  @Test("Drawn coincidences are Σ p(x) p(d) BL in the mean, of the sum and of each weight")
  func drawn() {
    let (lines, errors, slots) = ([0.7, -0.2], [-0.4, 0.05], 9)
    var draw = TrainDraw(
      PulseTrains(nanoseconds: 20, step: 1), on: Self.array(), of: Self.chip(), rows: 2, columns: 2)
    let times = 4000.0
    for number in 0..<UInt64(times) { draw.draw(.init(slots: slots, lines: lines, errors: errors), number: number) }
    let expected = 9 * 0.9 * 0.45
    #expect(((draw.cost.expectedPulses ?? 0) - times * expected).magnitude < 1e-6)
    // Five standard deviations of a sum of coin tosses that are at worst all alike within a slot.
    #expect((draw.cost.pulses / times - expected).magnitude < 5 * (9 * 4 / times).squareRoot())
    for (cell, change) in draw.changes.enumerated() {
      let mean = -lines[cell / 2] * errors[cell % 2] * 9
      #expect((change / times - mean).magnitude < 5 * (mean.magnitude / times).squareRoot(), "\(cell)")
    }
  }

  @Test("The same number draws the same trains, another one others")
  func sameDraws() {
    func changes(_ number: UInt64) -> [Double] {
      var draw = TrainDraw(
        PulseTrains(nanoseconds: 20, step: 1), on: Self.array(), of: Self.chip(), rows: 2, columns: 2)
      draw.draw(.init(slots: 31, lines: [0.5, 0.4], errors: [0.5, -0.6]), number: number)
      return draw.changes
    }
    #expect(changes(7) == changes(7) && changes(7) != changes(8))
  }

  @Test("Both devices of a pair get a pulse of their own, the second the opposite one")
  func pairs() {
    let array = Self.array(.differential, columns: 1)
    var draw = TrainDraw(
      PulseTrains(nanoseconds: 20, step: 0.01), on: array, of: Self.chip(.differential), rows: 2, columns: 1)
    draw.draw(.init(slots: 1, lines: [1, 0], errors: [-1]), number: 1)
    #expect((draw.cost.phases, draw.cost.pulses, draw.cost.expectedPulses) == (2, 2, 2))
    Self.expect(draw.changes, [0.01, 0])
    // SET of the first bit line at 1.0 V, RESET of the second at 1.4 V; cells 0 and 1 are the first word line's.
    let siemens = array.conductance.map { Double($0) * 1e-12 }
    let selected = (1.0 * siemens[0] + 1.96 * siemens[1]) * 20e-9
    let half = (0.25 * (siemens[1] + siemens[2]) + 0.49 * (siemens[0] + siemens[3])) * 20e-9
    #expect((draw.cost.energyJoules - selected - half).magnitude < 1e-9 * half)
  }

  @Test("The step of a device is what its model moves at the middle of the range, mean of SET and RESET")
  func steps() throws {
    var chip = ChipConfiguration(tiles: [])
    // δ = 0.0016 of ±1 at any weight, in a pulse of 100 ns.
    chip.change(to: try #require(Device(name: "constant-step")))
    let constant = try #require(PulseTrains(on: chip, nanoseconds: nil))
    #expect(constant.nanoseconds == 100 && (constant.step - 0.0016).magnitude < 1e-6)
    #expect(((try #require(PulseTrains(on: chip, nanoseconds: 200))).step - 0.0032).magnitude < 1e-6)
    // No pulse of its own: a step of the drivers, whose resistance is linear in time: dG = G² dR.
    chip = ChipConfiguration(tiles: [])
    let vteam = try #require(PulseTrains(on: chip, nanoseconds: nil))
    let ohms = 90_000 * 6.43e-5 / 3 * 20 * (1.2 / 0.7 - 1) * (1.2 / 0.7 - 1) * (1.2 / 0.7 - 1)
    #expect(vteam.nanoseconds == 20)
    #expect((vteam.step / (55e-6 * 55e-6 * ohms / 45e-6) - 1).magnitude < 0.01, "\(vteam.step)")
    // RESET is all or nothing.
    chip.change(to: try #require(Device(name: "umass")))
    #expect(PulseTrains(on: chip, nanoseconds: nil) == nil)
  }
}
