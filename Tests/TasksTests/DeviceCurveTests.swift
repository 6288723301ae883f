import Board
import Crossbar
import Files
import TestSupport
import Testing

@testable import Tasks

@Suite("Pulses and voltages of device figures")
struct DeviceCurveTests {
  private static func chip(_ device: Device, _ variation: Variation = .none) -> ChipConfiguration {
    ChipConfiguration(
      tiles: [TileConfiguration(wordLines: 1, bitLines: 2)], device: device, variation: variation, seed: 1)
  }

  /// Steps of a share of the range, none of them smaller than another.
  private static func constant(_ share: Double, pulseTime: Double) -> Device {
    .linearStep(LinearStep(weights: -1...1, step: 2 * share, setSlope: 0, resetSlope: 0, pulseTime: pulseTime))
  }

  @Test(
    "A pulse is as wide as the device's own, a nanosecond at least and a second at most",
    arguments: [
      (0.25, 1.0), (1, 1), (1.4, 1), (1.5, 2), (2, 2), (1000, 1000), (999_999_999, 999_999_999), (1e9, 1e9),
      (1_000_000_001, 1e9), (5e9, 1e9),
    ])
  func width(_ pulseTime: Double, _ nanoseconds: Double) {
    for polarity in [Polarity.set, .reset] {
      let staircase = Staircase(polarity, of: Self.chip(Self.constant(0.25, pulseTime: pulseTime)), cells: 1)
      #expect(staircase.widths.first == nanoseconds && staircase.widths.last == nanoseconds)
      #expect(staircase.steps.dropFirst().allSatisfy { $0.nanoseconds == nanoseconds })
      #expect(staircase.steps[0].nanoseconds == 0)
    }
  }

  @Test(
    "Pulses are those that bring a cell over 99 % of its range, and no more",
    arguments: [(0.25, 4), (0.5, 2), (0.1, 10), (0.01, 99), (0.011, 90), (0.999, 1), (0.0005, 1980)])
  func counts(_ share: Double, _ pulses: Int) {
    for polarity in [Polarity.set, .reset] {
      let staircase = Staircase(polarity, of: Self.chip(Self.constant(share, pulseTime: 1000)), cells: 2)
      #expect(staircase.steps.count == pulses + 1, "\(staircase.steps.count)")
      #expect(staircase.steps.map(\.pulse) == Array(0...pulses))
    }
  }

  @Test("There are 2000 pulses at most, also where none moves a cell")
  func most() {
    let slow = Staircase(.set, of: Self.chip(Self.constant(0.0001, pulseTime: 1000)), cells: 1)
    #expect(slow.steps.count == 2001 && slow.steps[2000].pulse == 2000)
    var chip = Self.chip(Self.constant(0.25, pulseTime: 1000))
    chip.amplitudes.set = 700
    let still = Staircase(.set, of: chip, cells: 1)
    #expect(still.steps.count == 2001 && still.steps.allSatisfy { $0.mean == 10_000_000 } && still.millivolts == 700)
  }

  @Test("Where a width stands for a gate voltage it is a ramp of 46 pulses, from the lowest to the highest")
  func ramp() {
    let staircase = Staircase(.set, of: Self.chip(.umass(.airline)), cells: 3)
    let step = UMass1T1R.nanosecondsPerMillivolt
    #expect(staircase.steps.count == 47)
    #expect(staircase.widths.first == 700 * step && staircase.widths.last == 1600 * step)
    // 900 mV in 45 steps of 20 mV.
    #expect(staircase.steps.dropFirst().map(\.nanoseconds) == (0...45).map { Double(700 + 20 * $0) * step })
  }

  @Test("Mean and deviation are those of all cells, the deviation with their number below it")
  func spread() {
    let chip = Self.chip(Self.constant(0.25, pulseTime: 1000), Variation(deviceToDevice: 0.2))
    let two = Staircase(.set, of: chip, cells: 2).steps[1]
    let one = Staircase(.set, of: chip, cells: 1).steps[1]
    let other = 2 * two.mean - one.mean
    #expect(one.deviation == 0 && one.mean != other)
    #expect(abs(two.deviation - abs(one.mean - other) / 2) < 1)
  }

  @Test("A triangle has 250 steps a quarter, up, down, and again the other way")
  func triangle() throws {
    var amplitudes = PulseAmplitudes()
    amplitudes.set = 1000
    amplitudes.reset = 1250
    let sweep = VoltageSweep(of: .vteam(.analog), amplitudes)
    #expect(sweep.points.count == 1001)
    for (place, volts) in [
      (0, 0), (1, 0.004), (125, 0.5), (249, 0.996), (250, 1), (251, 0.996), (499, 0.004), (500, 0), (501, -0.005),
      (750, -1.25), (751, -1.245), (999, -0.005), (1000, 0),
    ] {
      #expect(abs(sweep.points[place].volts - volts) < 1e-9, "\(place)")
    }
  }

  @Test(
    "Its period is the shortest of 1 µs, 2 µs, 4 µs … that brings the cell over 95 % of its range; 1 ms where none does"
  )
  func period() {
    let device = Device.vteam(.analog)
    let sweep = VoltageSweep(of: device, PulseAmplitudes())
    let exponent = (0...20).first { Double(1 << $0) * 1e-6 == sweep.seconds }
    #expect(exponent != nil, "\(sweep.seconds)")
    let range = device.conductanceRange
    let highest = sweep.points.map { $0.volts == 0 ? 0 : $0.amperes / $0.volts * 1e12 }.max() ?? 0
    #expect(highest >= Double(range.lowerBound) + 0.95 * Double(range.upperBound - range.lowerBound) - 1)
    var weak = PulseAmplitudes()
    weak.set = 100
    weak.reset = 100
    let still = VoltageSweep(of: device, weak)
    #expect(still.seconds == 1e-3)
    let first = Double(range.lowerBound) / 1e12
    #expect(still.points.allSatisfy { abs($0.amperes - $0.volts * first) < 1e-18 })
  }

  @Test(
    "Figures name widths in the unit that fits",
    arguments: [
      (1.0, "1 ns"), (999, "999 ns"), (1000, "1 µs"), (1500, "1.5 µs"), (999_999, "999.999 µs"), (1e6, "1 ms"),
      (2.5e8, "250 ms"), (1e9, "1 s"),
    ])
  func units(_ pulseTime: Double, _ text: String) {
    let svg = DevicePlots.svg(DeviceReport(Self.chip(Self.constant(0.25, pulseTime: pulseTime)), cells: 1))
    #expect(svg.contains("SET 1.2 V, RESET 1.2 V, pulses of \(text); mean ± σ of 1 cells, seed 1"))
    #expect(svg.contains("conductance under pulses") && !svg.contains("current–voltage loop"))
    #expect(svg.contains("pulse number") && svg.contains("conductance (µS)"))
  }

  @Test("A ramp has both of its widths; a device with a threshold has its loop below, with the triangle's period")
  func plots() {
    let ramp = DevicePlots.svg(DeviceReport(Self.chip(.umass(.airline)), cells: 1))
    // 700 and 1600 steps of 20 ns.
    #expect(ramp.contains("pulses of 14 µs to 32 µs; mean"))
    let report = DeviceReport(Self.chip(.vteam(.analog)), cells: 1)
    let svg = DevicePlots.svg(report)
    #expect(svg.contains("current–voltage loop") && svg.contains("voltage (V)") && svg.contains("current (µA)"))
    #expect(svg.contains("one cell without noise or variation, a triangle of "))
  }

  @Test("A report for machines has amplitudes, widths and microsiemens; of a device without a threshold no sweep")
  func json() throws {
    let report = DeviceReport(Self.chip(Self.constant(0.25, pulseTime: 1000)), cells: 3)
    let text = report.json.text
    #expect(text.contains("\"cells\": 3") && text.contains("\"seed\": 1") && !text.contains("voltageSweep"))
    #expect(
      text.contains("\"lowestConductanceMicrosiemens\": 10") && text.contains("\"highestConductanceMicrosiemens\": 100")
    )
    #expect(text.contains("\"firstPulseNanoseconds\": 1000") && text.contains("\"lastPulseNanoseconds\": 1000"))
    #expect(text.contains("\"millivolts\": 1200"))
    #expect(report.conditions.hasPrefix("3 cells, seed 1"))
    #expect(DeviceReport(Self.chip(.vteam(.analog)), cells: 1).json.text.contains("\"voltageSweep\""))
  }

  @Test("A name is a file's where it ends in .json or .csv")
  func files() {
    for name in ["a.json", "a.csv", "x/y.csv", ".json"] { #expect(DeviceFile.isFile(name), "\(name)") }
    for name in ["vteam", "a.jso", "a.csv2", "json", "csv", "a.json/b", ""] {
      #expect(!DeviceFile.isFile(name), "\(name)")
    }
  }

  @Test("A file that is not there is said to have been expected as what its ending tells")
  func missing() {
    for (path, words) in [("no/where.csv", "measured pulses in CSV"), ("no/where.json", "a device in JSON")] {
      let error = #expect(throws: InputError.self) { try DeviceFile.device(path) }
      #expect(error?.description.contains(path) == true, "\(words)")
    }
  }
}
