import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Foundation
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

/// Results to the last bit, as they were recorded: that nothing has changed, not that it is right. A change of results that
/// was meant records the checksums anew that the failures say.
@Suite("Recorded results")
struct RecordedResultTests {
  private static func random(_ tile: Int, _ operation: Int, _ index: Int) -> UInt32 {
    CounterRandom(seed: 9).bits(.order, tile: tile, operation: UInt64(operation), index: index)[0]
  }

  /// Sequences of two to four steps of two numbers, in three classes.
  private static func sequences(_ count: Int, from first: Int) -> SequenceSet {
    SequenceSet(
      name: "toy", features: 2, classes: 3,
      sequences: (first..<first + count).map { number in
        let steps = 2 + number % 3
        let values = (0..<2 * steps).map { Int16(truncatingIfNeeded: random(1, number, $0)) }
        return .init(label: Int(values[0].magnitude) % 3, values: values, steps: steps)
      })
  }

  private static func series(_ steps: Int, seed: Int) throws -> SequenceSet {
    let lines = (0..<steps).map { "\(100 + 3 * $0 + Int(random(2, seed, $0) % 40)),\(random(3, seed, $0) % 9)" }
    let text = "# regression name=line F=1 scale=200\n" + lines.joined(separator: "\n") + "\n"
    return try SequenceSet(LineReader(Array(text.utf8), named: "line"))
  }

  /// Everything that a training has come to.
  private static func ending(
    _ chip: ChipConfiguration = ChipConfiguration(tiles: []), series: Bool = false, validation: Bool = false,
    _ change: (inout TrainingOptions) -> Void
  ) throws -> String {
    var options = TrainingOptions()
    (options.hidden, options.epochs, options.batch, options.rate, options.spread) = (3, 3, 2, 0.05, 2)
    change(&options)
    let sets =
      series
      ? [try Self.series(20, seed: 1), try Self.series(15, seed: 2)] : [sequences(7, from: 0), sequences(5, from: 50)]
    var run = try TrainingRun(
      train: sets[0], test: sets[1], validation: validation ? sequences(6, from: 90) : nil, options: options,
      chip: chip,
      log: NoLog())
    while !run.isFinished { try run.runEpoch() }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var told = [String(decoding: try encoder.encode(run.reports), as: UTF8.self), "\(run.programmed)"]
    told += run.session.machine.chip.tiles.map { "\($0.array.conductance)" }
    told += ["\(try run.feedback() ?? [])", "\(run.endingEpoch)", "\(run.plan.facts)"]
    told.append(TrainingPlots.curve(run.reports, on: chip))
    if series { told.append(TrainingPlots.predictions(try run.predictions(), of: run.test, on: chip)) }
    return told.joined(separator: "\n")
  }

  private static func noisy() throws -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [])
    chip.change(to: try #require(Device(name: "measured")))
    chip.variation.cycleToCycle = 0.1
    chip.variation.deviceToDevice = 0.05
    chip.readNoiseShare = 0.004
    chip.mismatch = ConverterMismatch(adcOffset: 900, adcGain: 3000)
    return chip
  }

  private static func pairs() -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = .differential
    return chip
  }

  @Test("Trainings by every rule")
  func rules() throws {
    let recorded: [TrainingOptions.RuleName: String] = [
      .accumulate: "5a29933eb4d15873",
      .fixedVoltage: "a91775108486ad66",
      .linear: "960a619f270eb579",
      .target: "c953d69b61146ab2",
      .errorFeedback: "0bb05d067383b969",
    ]
    for rule in TrainingOptions.RuleName.allCases {
      let text = try Self.ending {
        $0.rule = rule
        if rule != .errorFeedback { ($0.momentum, $0.rate, $0.schedule) = (2, 0.3, .decay) }
      }
      #expect(checksum(of: text) == recorded[rule], "\(rule)")
    }
  }

  @Test("Trainings with every choice")
  func choices() throws {
    let recorded: [String: String] = [
      "noisy": "59dfd8f2a969a438",
      "pairs": "5f0da5af2e211037",
      "best": "c800dcba9f3d4e59",
      "tested": "622c3e2d61035d46",
      "window": "d8f471c913371f9a",
      "truncated": "a78499c68b5dcbf4",
      "read back": "f2e600e938e7d8eb",
      "series": "844ba7c130a0278d",
    ]
    func expect(_ name: String, _ text: String) { #expect(checksum(of: text) == recorded[name], "\(name)") }
    expect("noisy", try Self.ending(Self.noisy()) { _ in })
    expect("pairs", try Self.ending(Self.pairs()) { $0.threshold = 0.01 })
    expect("best", try Self.ending(validation: true) { ($0.selection, $0.epochs) = (.best, 4) })
    expect("tested", try Self.ending(validation: true) { ($0.testEvery, $0.extensions) = (2, [2]) })
    expect("window", try Self.ending { ($0.window, $0.forgetBias, $0.activation) = (2, 1, .plan) })
    expect("truncated", try Self.ending { ($0.truncation, $0.batch) = (1, 0) })
    expect("read back", try Self.ending { $0.path = .readBack })
    expect("series", try Self.ending(series: true) { ($0.lags, $0.truncation) = (3, 4) })
  }

  @Test("Updates in every way, on a noisy chip, on pairs, by a rate that falls")
  func updates() throws {
    let recorded: [String: String] = [
      "plain linear": "9e8c069aa75a658d",
      "plain decay": "207ca2491ad9f758",
      "noisy linear": "0e4894df2012afe4",
      "noisy decay": "cbd4b2b7d477a31b",
      "pairs linear": "2e5395cf0e73654f",
      "pairs decay": "8b84b606a3da070d",
    ]
    for (name, chip) in [("plain", ChipConfiguration(tiles: [])), ("noisy", try Self.noisy()), ("pairs", Self.pairs())]
    {
      for schedule in RateSchedule.allCases {
        var options = TrainingOptions()
        (options.hidden, options.epochs, options.batch, options.rate, options.spread) = (2, 2, 3, 0.05, 2)
        (options.schedule, options.decay) = (schedule, 0.7)
        let comparison = UpdateComparison(
          train: Self.sequences(7, from: 0), options: options, chip: chip, updates: 4, descentRate: 0.5,
          trainNanoseconds: nil)
        let result = try comparison.run { _, _ in }
        #expect(checksum(of: "\(result)") == recorded["\(name) \(schedule)"], "\(name) \(schedule)")
      }
    }
  }

  @Test("How far codes may be apart, what is taken for a code of the model, and what is found of lines")
  func agreement() throws {
    let recorded: [String: String] = [
      "plain": "fba53fa35e03923c",
      "noisy": "e6a9efdc70eb57bd",
      "pairs": "66dc1f7830cf402e",
    ]
    var chips = [("plain", ChipConfiguration(tiles: [.init(wordLines: 5, bitLines: 4)])), ("noisy", try Self.noisy())]
    chips.append(("pairs", Self.pairs()))
    for place in 1...2 { chips[place].1.tiles = [.init(wordLines: 5, bitLines: 4)] }
    chips[2].1.readNoiseShare = 0.01
    for (name, chip) in chips {
      var (random, told) = (SeededRandom(77), [String]())
      var model = DeviationModel(chip)
      var statistics = CodeStatistics(sigmas: 3, adcBits: chip.adcBits)
      for round in 0..<400 {
        if round == 200 {
          let start = MemoryMap.tile(0) + TileRegister.start.rawValue
          model.follow(Transaction(.write, start, Operation.programRow.rawValue))
        }
        let operation = random.pick([Registers.Operation.read, .readTransposed, .zero, .reference])
        let isLinear = random.next() % 2 == 0
        let conversion = Conversion(
          operation: operation, gain: Int(random.next() % 2), sensed: 4, isLinear: isLinear,
          ohms: 5000 + random.word() % 50_000, drive: (0..<3).map { _ in random.word() & 0x007f_007f },
          slope: isLinear ? 1 : 0.25)
        let deviation = model.deviation(of: conversion, tile: 0, isTrimmed: random.next() % 3 == 0)
        let expected = Int(random.next() % 3000) - 1500
        let code = expected + Int(random.next() % 7) - 3 + expected / 200
        let isTaken = statistics.judge(
          code, expected: expected, tile: 0, line: round % 4, of: conversion, deviation)
        told.append("\(deviation) \(isTaken)")
      }
      told.append("\(statistics.findings())")
      #expect(checksum(of: told.joined(separator: "\n")) == recorded[name], "\(name)")
    }
  }

  @Test("What devices do under pulses and voltages")
  func devices() throws {
    let recorded: [String: String] = [
      "vteam": "1227cb30edde843a",
      "linear": "e0197cfc7670313a",
      "soft-bounds": "ad289533f1fb82cd",
      "constant-step": "14544fc35a1240a5",
      "reram-sb": "73e63cd59ccd4be2",
      "ecram": "308e9ffa940bcd61",
      "neurosim-taox": "63402a8b3eecf9a3",
      "neurosim-alox": "bb5fe611ae31f1ac",
      "neurosim-taox-tio2": "4b89b87b3e00ac2b",
      "neurosim-ag-si": "d2be4db5c08e881c",
      "neurosim-pcmo": "085bfe0df6d8e971",
      "neurosim-epiram": "6eea718badcfbf00",
      "umass": "c7387bb24ddb07ef",
      "measured": "e7a9f381f77f8841",
    ]
    for name in Device.names {
      let device = try #require(Device(name: name))
      var chip = ChipConfiguration(tiles: [], seed: 3)
      chip.change(to: device)
      (chip.variation.cycleToCycle, chip.variation.deviceToDevice) = (0.05, 0.1)
      let report = DeviceReport(chip, cells: 8)
      let told = "\(report.json.text)\n\(DevicePlots.svg(report))"
      #expect(checksum(of: told) == recorded[name], "\(name)")
    }
  }
}
