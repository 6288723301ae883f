import Board
import Crossbar
import Foundation
import Registers
import TestSupport
import Testing
import Trace

@testable import mblstm

@Suite("First silicon in twenty steps")
struct BringUpTests {
  private static func chip(_ change: (inout ChipConfiguration) -> Void = { _ in }) -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 8, bitLines: 16), .init(wordLines: 6, bitLines: 16)])
    change(&chip)
    return chip
  }

  private static func outcomes(_ chip: ChipConfiguration) throws -> [StepOutcome] {
    var bench = BringUpBench(try BringUpGuide(chip), on: try Machine(chip, log: NoLog()))
    return bench.run()
  }

  @Test("A converter's code may be six deviations of its offset and gain away, and a code for the rounding")
  func converters() {
    // A 12-bit code has 16 steps, 500 microvolts each.
    for (offset, gain, band) in [(0, 0, Band(1024)), (0, 1000, Band(1016, 1032)), (0, 10_000, Band(961, 1087))] {
      var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 2, bitLines: 2)])
      (chip.mismatch.adcOffset, chip.mismatch.adcGain) = (offset, gain)
      #expect(ExpectedCodes(chip, tile: 0).converter(1 << 14) == band)
    }
  }

  @Test("There are twenty, each with a program, a meaning and a remedy")
  func twenty() throws {
    let guide = try BringUpGuide(Self.chip())
    #expect(guide.steps.count == 20)
    for step in guide.steps {
      #expect(!step.program(0).isEmpty && step.meaning.hasSuffix(".") && step.remedy.hasSuffix("."), "\(step.title)")
    }
  }

  @Test("Each injected fault fails the step that names it first", arguments: Fault.all.indices)
  func faults(_ index: Int) throws {
    let fault = Fault.all[index]
    let chip = Self.chip()
    var bench = BringUpBench(try BringUpGuide(chip), on: try FaultyChip(chip, fault))
    var first: StepOutcome?
    for step in bench.guide.steps.indices where first == nil {
      let outcome = bench.run(step)
      if !outcome.passed { first = outcome }
    }
    #expect(first?.number == fault.step, "\(fault): \(first?.failure ?? "no step fails")")
  }

  @Test("At least twenty faults are tried, and every step names one")
  func faultsOfAllSteps() {
    #expect(Fault.all.count >= 20)
    #expect(Set(Fault.all.map(\.step)) == Set(1...20))
  }

  /// Chips that the guide promises to hold for.
  private static let chips: [(String, @Sendable (inout ChipConfiguration) -> Void)] = [
    ("usual", { _ in }), ("pairs", { $0.synapse = .differential }),
    ("narrow converters", { ($0.dacBits, $0.adcBits) = (4, 6) }),
    ("wide converters", { ($0.dacBits, $0.adcBits) = (12, 16) }),
    ("offsets and gains", { $0.mismatch = ConverterMismatch(adcOffset: 2000, adcGain: 5000) }),
    ("drivers", { $0.mismatch = ConverterMismatch(dacOffset: 500, dacNonlinearity: 400) }),
    ("read noise", { $0.readNoiseShare = 0.004 }),
    ("doses", { ($0.variation.deviceToDevice, $0.variation.cycleToCycle) = (0.1, 0.1) }),
    ("bounds", { $0.variation.boundsSpread = 0.02 }),
    (
      "voltages and feedback",
      { ($0.readVoltage, $0.feedback, $0.amplitudes.set, $0.amplitudes.reset) = (100_000, 1, 1300, 1250) }
    ),
    ("half-selected cells that move", { $0.amplitudes.set = 1500 }),
    ("half-selected cells that move in pairs", { ($0.synapse, $0.amplitudes.set) = (.differential, 1420) }),
    ("times", { ($0.timing.settle, $0.timing.sample, $0.timing.relax, $0.timing.pulseStep) = (1, 1, 0, 5) }),
  ]

  @Test("Every step passes on good chips with other properties", arguments: chips.indices, 1...2)
  func goodChips(_ index: Int, _ seed: UInt64) throws {
    let (name, change) = Self.chips[index]
    var chip = Self.chip(change)
    chip.seed = seed
    for outcome in try Self.outcomes(chip) {
      #expect(outcome.passed, "\(name), step \(outcome.number): \(outcome.failure ?? "")")
    }
  }

  @Test("Every step passes with every device", arguments: Device.names)
  func devices(_ name: String) throws {
    let chip = Self.chip { chip in if let device = Device(name: name) { chip.change(to: device) } }
    for outcome in try Self.outcomes(chip) {
      #expect(outcome.passed, "step \(outcome.number): \(outcome.failure ?? "")")
    }
  }

  @Test("A chip that the guide does not fit is refused in words")
  func unfit() {
    for change: (inout ChipConfiguration) -> Void in [
      { $0.tiles.removeLast() }, { $0.tiles[0].bitLines = 7 }, { $0.tiles[1].wordLines = 2 },
      { $0.amplitudes.set = 500 },
    ] {
      let problem = BringUpGuide.problem(of: Self.chip(change))
      #expect(problem != nil)
    }
  }
}
