import Board
import Crossbar
import Files
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("What a device does under pulses")
struct DeviceReportTests {
  private static func chip(_ device: Device, _ variation: Variation = .none, seed: UInt64 = 1) -> ChipConfiguration {
    ChipConfiguration(
      tiles: [TileConfiguration(wordLines: 1, bitLines: 2)], device: device, variation: variation, seed: seed)
  }

  @Test("Without noise a staircase is the model's, step by step, on every cell", arguments: ["vteam", "soft-bounds"])
  func staircase(name: String) throws {
    let device = try #require(Device(name: name))
    let model = device.model
    for polarity in [Polarity.set, .reset] {
      let staircase = Staircase(polarity, of: Self.chip(device), cells: 5)
      let range = device.conductanceRange
      var conductance = polarity == .set ? range.lowerBound : range.upperBound
      let dose = model.rate(polarity, millivolts: Double(Electrical.pulseMillivolts)) * model.staircaseWidths.first
      for step in staircase.steps {
        #expect(step.mean == Double(conductance) && step.deviation == 0)
        conductance = model.conductance(conductance, after: dose, polarity)
      }
      let span = Double(range.upperBound - range.lowerBound)
      let last = staircase.steps[staircase.steps.count - 1].mean
      #expect((polarity == .set ? Double(range.upperBound) - last : last - Double(range.lowerBound)) <= span / 100)
    }
  }

  @Test("Every device has staircases inside its range, the same from the same seed, others from another")
  func everyDevice() {
    for entry in Device.catalog {
      let noisy = Variation(deviceToDevice: 0.05, cycleToCycle: 0.05)
      let first = DeviceReport(Self.chip(entry.device, noisy), cells: 8)
      let range = entry.device.conductanceRange
      for step in first.set.steps + first.reset.steps {
        #expect(step.mean >= Double(range.lowerBound) && step.mean <= Double(range.upperBound), "\(entry.name)")
      }
      #expect(first.set.steps.dropFirst().contains { $0.deviation > 0 }, "\(entry.name)")
      let again = DeviceReport(Self.chip(entry.device, noisy), cells: 8)
      #expect(DevicePlots.svg(first) == DevicePlots.svg(again) && first.json == again.json, "\(entry.name)")
      let other = DeviceReport(Self.chip(entry.device, noisy, seed: 2), cells: 8)
      #expect(first.json != other.json && DevicePlots.svg(first) != DevicePlots.svg(other), "\(entry.name)")
      #expect(
        DevicePlots.svg(first).contains(
          "mean ± σ of 8 cells, seed 1, ideal wires, no ageing, no read noise, d2d 5 %, c2c 5 %"), "\(entry.name)")
    }
  }

  @Test("The loop of a threshold device is pinched at zero, goes up on the low branch and comes back on the high one")
  func loop() throws {
    let sweep = try #require(DeviceReport(Self.chip(.vteam(.analog)), cells: 2).sweep)
    let points = sweep.points
    #expect(points.allSatisfy { ($0.volts == 0) == ($0.amperes == 0) && $0.volts * $0.amperes >= 0 })
    #expect(points.count { $0.volts == 0 } == 3 && points.first?.volts == 0 && points.last?.volts == 0)
    #expect(points.map(\.volts).max() == 1.2 && points.map(\.volts).min() == -1.2)
    func current(_ half: ArraySlice<VoltageSweep.Point>, near volts: Double) -> Double {
      half.min { ($0.volts - volts).magnitude < ($1.volts - volts).magnitude }?.amperes ?? 0
    }
    let quarter = points.count / 4
    // Half a volt is inside the thresholds: 10 µS on the way up, at least 95.5 µS on the way down.
    #expect((current(points[..<quarter], near: 0.6) / 0.6 - 10e-6).magnitude < 1e-9)
    #expect(current(points[quarter..<2 * quarter], near: 0.6) / 0.6 > 95.4e-6)
    #expect(DeviceReport(Self.chip(.measured(.stellar)), cells: 2).sweep == nil)
  }

  @Test("Pulses have the amplitudes of the chip, and figures say what else is not as usual")
  func amplitudes() {
    var chip = Self.chip(.vteam(.analog), Variation(cycleToCycle: 0.05))
    chip.amplitudes.set = 1300
    chip.amplitudes.reset = 700
    let report = DeviceReport(chip, cells: 2)
    #expect(report.set.millivolts == 1300 && report.reset.millivolts == 700)
    #expect(report.reset.steps.allSatisfy { $0.mean == 100_000_000 })
    #expect(report.sweep?.points.map(\.volts).max() == 1.3 && report.sweep?.points.map(\.volts).min() == -0.7)
    #expect(
      report.conditions.hasPrefix("2 cells, seed 1, ideal wires, no ageing, no read noise, ")
        && report.conditions.contains("c2c 5 %"))
  }

  @Test("A chip file holds a device of one's own whole")
  func chipFile() throws {
    var points = MeasuredPulses.stellar.set.points
    points[3].mean = 123_456.789
    var model = MeasuredPulses.stellar
    model.set = PulseTable(points)
    var threshold = VTEAM.analog
    threshold.setThreshold = 0.1 + 0.2
    for device in [Device.measured(model), .vteam(threshold)] {
      let machine = try Machine(Self.chip(device), log: MemoryLog())
      let read = try ChipFile(bytes: ChipFile(machine.snapshot).bytes, named: "f")
      #expect(read.snapshot == machine.snapshot && read.snapshot.configuration.device == device)
    }
  }

  @Test("JSON finds its CSV beside it, and a missing one is named")
  func files() throws {
    let csv = """
      conductance_uS,pulse,mean_step_nS,deviation_nS
      2,SET,300,10
      4,SET,200,10
      2,RESET,100,10
      4,RESET,200,10
      """
    let table = try TemporaryFile(csv, named: "mine.csv")
    defer { table.remove() }
    let model = try MeasuredPulses(csv: Array(csv.utf8), file: "mine.csv")
    #expect(try DeviceFile.device(table.path) == .measured(model))
    let json = try TemporaryFile(
      #"{"model": "measured", "pulses": "\#(table.path)", "pulseTime": 20}"#, named: "d.json")
    defer { json.remove() }
    var faster = model
    faster.pulseTime = 20
    #expect(try DeviceFile.device(json.path) == .measured(faster))
    let lost = try TemporaryFile(#"{"model": "measured", "pulses": "lost.csv"}"#, named: "e.json")
    defer { lost.remove() }
    do {
      _ = try DeviceFile.device(lost.path)
      Issue.record("no error")
    } catch { #expect(error.description.contains("lost.csv: cannot be read: No such file or directory"), "\(error)") }
  }
}
