import Board
import Crossbar
import FixedPoint
import Registers
import Tasks
import Testing

@testable import Firmware

/// The same firmware on every device.
@Suite("Programming every device")
struct DeviceProgrammingTests {
  @Test("Times rise with SET and fall with RESET, and only the 1T1R cell is abrupt", arguments: Device.names)
  func times(name: String) throws {
    let times = PulseTimes(of: try #require(Device(name: name)))
    #expect(zip(times.set, times.set.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(times.reset, times.reset.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(max(times.set[64], times.reset[0]).raw <= 16 << 15)
    #expect(times.isAbrupt == (name == "umass"))
    #expect(times.isNoisy == Device(name: name)?.model.isNoisy && times.words.count == (times.isNoisy ? 131 : 130))
    if !times.isAbrupt { #expect(zip(times.reset, times.reset.dropFirst()).allSatisfy { $0 > $1 }) }
  }

  @Test("The mailbox takes the times with or without the word on noise, and no other")
  func words() throws {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3)
    let times = PulseTimes(of: .vteam(.analog)).words
    #expect(bench.send(.setPulseTimes, times) == [Status.done.rawValue])
    #expect(bench.send(.setPulseTimes, times + [1]) == [Status.done.rawValue])
    #expect(bench.send(.setPulseTimes, times + [2]) == [Status.badArgument.rawValue])
    #expect(bench.send(.setPulseTimes, times + [1, 0]) == [Status.badLength.rawValue])
  }

  @Test("The 1T1R cell's SET widths are its gate voltages")
  func gateVoltages() {
    let times = PulseTimes(of: .umass(.airline))
    func width(_ place: Int32) -> Int32 { times.width(upTo: Place(Share(raw: place))).count }
    #expect(width(0) == 700 && width(16_384) == 1150 && width(32_768) == 1600)
    #expect(width(-5) == 700 && width(40_000) == 1600)
  }

  struct Outcome {
    var worst: UInt32
    var missed: UInt32
    /// Mean distance of the conductances from their targets, share of the window.
    var meanError: Double
  }

  /// Programs 10 × 16 weights with a tolerance of 0.4 %.
  private func program(
    _ device: Device, synapse: Synapse = .reference, rounds: UInt32 = 40, _ variation: Variation = .none
  ) throws -> Outcome {
    var bench = try Bench(inputs: 5, hidden: 4, outputs: 3, synapse: synapse) {
      $0.device = device
      $0.variation = variation
    }
    _ = try bench.expectDone(.configure, [5, 4, 3, 256, 256, 0])
    let times = PulseTimes(of: device)
    _ = try bench.expectDone(.setPulseTimes, times.words)
    let targets = ProgrammingTests.targets(rows: 10, columns: 16)
    let answer = try bench.expectDone(.program, [0, 131, rounds, 0] + targets.flatMap { Lanes.pack(row: $0) })
    let array = bench.machine.chip.tiles[0].array
    let range = device.conductanceRange
    let span = Double(range.upperBound - range.lowerBound)
    var sum = 0.0
    for (cell, target) in targets.joined().enumerated() {
      let share =
        synapse == .differential
        ? Double(array.conductance[2 * cell] - array.conductance[2 * cell + 1]) / span
        : 2 * Double(array.conductance[cell] - range.lowerBound) / span - 1
      sum += abs(share - Double(target) / 32_768)
    }
    return Outcome(worst: answer[0], missed: answer[1], meanError: sum / 160)
  }

  @Test("Without noise every cell of every device comes inside the tolerance", arguments: Device.names)
  func programs(name: String) throws {
    for synapse in Synapse.allCases {
      let outcome = try program(try #require(Device(name: name)), synapse: synapse, Variation(deviceNoise: 0))
      #expect(outcome.missed == 0 && outcome.worst <= 131)
      // The data sheet's nanosiemens are a few percent of the smallest devices.
      #expect(outcome.meanError < (name == "neurosim-ag-si" ? 0.02 : name == "neurosim-pcmo" ? 0.005 : 0.0035))
    }
  }

  @Test("Devices that differ from one another come inside too", arguments: ["linear", "neurosim-pcmo", "umass"])
  func differing(name: String) throws {
    let outcome = try program(
      try #require(Device(name: name)), Variation(deviceToDevice: 0.02, thresholdSpread: 0.02, deviceNoise: 0))
    // A transistor that gives less than its gate voltage says cannot reach the top.
    #expect(outcome.missed <= (name == "umass" ? 3 : 0))
  }

  @Test(
    "With the noise of their pulses devices end near on the mean",
    arguments: [
      ("neurosim-taox", 0.05), ("neurosim-alox", 0.02), ("neurosim-ag-si", 0.02), ("neurosim-epiram", 0.01),
      ("umass", 0.02), ("measured", 0.03),
    ])
  func noisy(name: String, bound: Double) throws {
    let outcome = try program(try #require(Device(name: name)))
    #expect(outcome.meanError < bound)
  }

  @Test("A long budget settles noisy cells at a good place, not at their last")
  func accepts() throws {
    let long = try program(.neuroSim(.alOxHfO2), rounds: 40)
    let blind = try program(.neuroSim(.alOxHfO2), rounds: 15)
    #expect(long.meanError < blind.meanError)
  }

  @Test("Around stuck cells the others are programmed, and those are reported")
  func stuck() throws {
    let outcome = try program(.vteam(.analog), Variation(stuckHRS: 0.1))
    #expect((5...35).contains(outcome.missed) && outcome.worst > 1000)
  }
}
