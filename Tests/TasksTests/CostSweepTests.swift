import Board
import Files
import Firmware
import TestSupport
import Testing
import Trace

@testable import Tasks

/// What a sweep tells of a training's costs is what the training itself costs.
@Suite("Costs and updates over settings")
struct CostSweepTests {
  private static let set = SequenceSet(
    name: "toy", features: 2, classes: 2,
    sequences: (0..<12).map { number in
      let sign: Int16 = number % 2 == 0 ? 1 : -1
      return SequenceSet.Sequence(
        label: number % 2, values: [sign * (20_000 + Int16(number) * 100), 500, sign * 3000, -700], steps: 2)
    })

  private static var base: SweepSetting {
    var setting = SweepSetting()
    (setting.training.hidden, setting.training.epochs, setting.training.rate) = (2, 2, 0.2)
    return setting
  }

  @Test("A sequence costs the time from the end of an update in the middle to the end, over the sequences in between")
  func sequenceTime() throws {
    for sequences in [1, 5, 8, 12, 100] {
      let sweep = try CostSweep(
        train: Self.set, base: Self.base, sequences: sequences, program: nil,
        axes: [.init("batch", ["1", "3"]), .init("rule", ["error-feedback", "fixed-voltage"])], seeds: [3, 4],
        files: [])
      var seen: Set<Double> = []
      for number in 0..<sweep.plan.count {
        let point = sweep.plan.point(number)
        let batch = try #require(Int(point.values[0]))
        var setting = Self.base
        setting.chip.seed = point.seed
        setting.training.batch = batch
        setting.training.rule = try #require(TrainingOptions.RuleName(rawValue: point.values[1]))
        var run = try TrainingRun(
          train: Self.set, test: Self.set, options: setting.training, chip: setting.chip, log: NoLog())
        _ = try run.session.request(.setRate, setting.training.rateWords(epoch: 0, sequences: 12))
        let learned = run.plan.order(epoch: 0).prefix(sequences)
        var ends: [UInt64] = [run.session.machine.cycle]
        for place in learned {
          let words = TrainingRequest.words(Self.set.sequences[place], in: Self.set)
          _ = try run.session.request(.train, words)
          ends.append(run.session.machine.cycle)
        }
        if learned.count % batch > 0 { _ = try run.session.request(.update) }
        let half = learned.count / 2
        let middle = half - half % batch
        let cycles = run.session.machine.cycle - ends[middle]
        let cells = try sweep(point).map { try #require(Double($0)) }
        // The board's clock has the arrays and the bus; what the controller computes comes on top.
        let count = Double(learned.count - middle)
        #expect(abs((cells[1] + cells[2]) * count - Double(cycles)) < 1e-3, "\(sequences) \(number)")
        #expect(abs(cells[0] * 1e8 - (cells[1] + cells[2] + cells[3])) < 1e-3 && cells[3] > cells[1] + cells[2])
        seen.insert(cells[0])
      }
      #expect(sweep.plan.columns == ["sequence_seconds", "array_cycles", "bus_cycles", "controller_cycles"])
      #expect(seen.count > 1)
    }
  }

  @Test("A point of an updates sweep has what the comparison of its setting has, each in a column of its own")
  func updates() throws {
    let comparing = UpdatesSweep.Comparing(updates: 3, descentRate: 0.5, trainNanoseconds: nil)
    let sweep = try UpdatesSweep(
      train: Self.set, base: Self.base, comparing: comparing, axes: [.init("hidden", ["2", "3"])], seeds: [3],
      files: [])
    // Of a layer: row by row what is due, and all of it; these cell by cell; two kinds of pulse trains.
    #expect(sweep.plan.columns.count == 2 * (10 + 11 + 2 * 8 + 2 * 8 + 1) + 1)
    for number in 0..<2 {
      let cells = try sweep(sweep.plan.point(number)).map { Double($0) }
      func cell(_ column: String) throws -> Double {
        let place = try #require(sweep.plan.columns.firstIndex(of: column), "\(column)")
        return try #require(cells[place])
      }
      var setting = Self.base
      setting.chip.seed = 3
      setting.training.hidden = number + 2
      let result = try comparing.comparison(of: Self.set, setting.training, on: setting.chip).run { _, _ in }
      for layer in result.layers {
        for (scheme, cost) in layer.costs {
          let group = "\(layer.layer).\(scheme.rawValue.replacing(", ", with: "-"))"
          #expect(try cell("\(group).pulses") == cost.pulses && cell("\(group).pulse_phases") == cost.phases)
          #expect(try cell("\(group).operations") == cost.operations)
          #expect(try cell("\(group).pulse_seconds") == cost.pulseSeconds)
          #expect(try cell("\(group).program_joules") == cost.energyJoules)
          let shares = try [cell("\(group).rest_share"), cell("\(group).half_selected_share")]
          #expect(abs(shares[0] * cost.pulseSeconds - cost.restSeconds) <= 1e-12 * cost.pulseSeconds)
          #expect(abs(shares[1] * cost.energyJoules - cost.halfSelectedJoules) <= 1e-12 * cost.energyJoules)
          if let seconds = cost.chipSeconds {
            #expect(try cell("\(group).chip_seconds") == seconds && cell("\(group).reads") == cost.reads)
          }
          if let lines = cost.wordLines { #expect(try cell("\(group).word_lines") == lines) }
          if let missed = cost.missed { #expect(try cell("\(group).missed_share") == missed) }
        }
        #expect(try cell("\(layer.layer).training.pulses") == layer.counted.pulses)
      }
      #expect(try cell("updates") == Double(result.updates))
    }
  }

  @Test("Where a device serves no pulse trains, no point tells of them")
  func noTrains() throws {
    func columns(_ devices: [String]) throws -> [String] {
      try UpdatesSweep(
        train: Self.set, base: Self.base,
        comparing: UpdatesSweep.Comparing(updates: 1, descentRate: 0.5, trainNanoseconds: nil),
        axes: [.init("device", devices)], seeds: [1], files: []
      ).plan.columns
    }
    let (all, some) = (try columns(["vteam"]), try columns(["vteam", "umass"]))
    #expect(all.contains("dense.stochastic-descent.pulses") && some == all.filter { !$0.contains("stochastic") })
  }

  @Test("What a point cannot be is told before the first one runs")
  func impossible() throws {
    let axes = [SweepPlan.Axis("hidden", ["2", "1000"])]
    let costs = #expect(throws: InputError.self) {
      try CostSweep(
        train: Self.set, base: Self.base, sequences: 2, program: nil, axes: axes, seeds: [1], files: [])
    }
    let updates = #expect(throws: InputError.self) {
      try UpdatesSweep(
        train: Self.set, base: Self.base,
        comparing: UpdatesSweep.Comparing(updates: 1, descentRate: 0.5, trainNanoseconds: nil), axes: axes, seeds: [1],
        files: [])
    }
    for error in [costs, updates] { #expect(error?.description.hasPrefix("point 1: the LSTM cell of") == true) }
  }
}
