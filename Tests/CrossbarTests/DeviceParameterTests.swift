import Files
import TestSupport
import Testing

@testable import Crossbar

@Suite("The parameters of a device")
struct DeviceParameterTests {
  /// Both ends of every parameter of every published set.
  static let ends: [(device: Device, parameter: DeviceParameter, value: PropertyValue)] = Device.catalog.flatMap {
    entry in
    entry.device.parameters.flatMap { parameter in
      let values: [PropertyValue] =
        switch parameter.range {
        case .whole(let range): [.whole(range.lowerBound), .whole(range.upperBound)]
        case .real(let range): [.real(range.lowerBound), .real(range.upperBound)]
        case .names(let names), .words(let names): names.map { .name($0) }
        }
      return values.map { (entry.device, parameter, $0) }
    }
  }

  private func json(_ device: Device) throws -> Device {
    try Device(Node(Array(device.json.text.utf8), file: "device.json"))
  }

  @Test("Both ends of each come back from a text, an option and JSON, or are refused in words for what they do not fit")
  func roundTrips() throws {
    var usable = 0
    for (published, parameter, value) in Self.ends {
      var device = published
      try device.set(parameter.name, to: value)
      #expect(device.parameters.first { $0.name == parameter.name }?.value == value, "\(parameter.name) \(value)")
      var option = published
      try option.set(["\(parameter.name)=\(value)\(parameter.unit.symbol)"[...]])
      #expect(option == device, "\(parameter.name) \(value)")
      if let problem = device.problem {
        #expect(throws: DeviceProblem(problem)) { try Device(device.description) }
        #expect(throws: InputError.self) { try json(device) }
      } else {
        usable += 1
        #expect(try Device(device.description) == device)
        #expect(try json(device) == device)
      }
    }
    #expect(usable > 80 && usable < Self.ends.count)
  }

  @Test(
    "One pulse may take a NeuroSim device through its range, or a million", arguments: ["set-pulses", "reset-pulses"])
  func numbersOfPulses(name: String) throws {
    let device = try #require(Device(name: "neurosim-epiram"))
    #expect(device.parameters.first { $0.name == name }?.range == .whole(1...1_000_000))
  }

  @Test("Any usable number comes back as the same bits", arguments: [5, 6] as [UInt64])
  func randomNumbers(seed: UInt64) throws {
    var random = SeededRandom(seed)
    for entry in Device.catalog {
      for _ in 0..<40 {
        var device = entry.device
        for parameter in device.parameters where Bool.random(using: &random) {
          guard case .real(let usual) = parameter.value, case .real(let range) = parameter.range else { continue }
          let value = usual * Double.random(in: 0.95...1.05, using: &random)
          try device.set(parameter.name, to: .real(min(max(value, range.lowerBound), range.upperBound)))
        }
        guard device.problem == nil else { continue }
        #expect(try Device(device.description) == device, "seed \(seed)")
        #expect(try json(device) == device, "seed \(seed)")
      }
    }
  }

  @Test("A published set is its name, everywhere", arguments: Device.names)
  func published(name: String) throws {
    let device = try #require(Device(name: name))
    #expect(device.description == name && device.name == name && device.base.name == name)
    #expect(device.json == .object([.init("model", .string(name))]))
    #expect(device.changes.isEmpty && !device.base.source.isEmpty && !device.summary.isEmpty)
    for parameter in device.parameters {
      var same = device
      try same.set(parameter.name, to: parameter.value)
      #expect(same == device, "\(parameter.name)")
    }
  }

  @Test("Every model is in the catalog under its own kind, and its parameters have names of their own")
  func kinds() {
    #expect(
      Device.Kind.allCases.allSatisfy { kind in Device.catalog.contains { type(of: $0.device.model).kind == kind } })
    for entry in Device.catalog {
      let names = entry.device.parameters.map(\.name) + entry.device.tables.map(\.name)
      #expect(
        Set(names).count == names.count
          && Set(entry.device.parameters.map(\.key)).count + entry.device.tables.count == names.count)
    }
  }

  @Test("Prefixes and units are understood")
  func units() throws {
    var device = Device.vteam(.analog)
    try device.set(["on-resistance=5k", "off-resistance=0.2MΩ", "set-threshold=900m", "reset-threshold=0.8V"])
    var model = VTEAM.analog
    (model.onResistance, model.offResistance) = (5000, 200_000)
    (model.setThreshold, model.resetThreshold) = (0.9, 0.8)
    #expect(device == .vteam(model))
    #expect(
      device.description
        == "vteam:on-resistance=5000:off-resistance=200000:set-threshold=0.9:reset-threshold=0.8")
    #expect(device.changes.first == "on-resistance 5000 Ω")
    var ecram = Device.linearStep(.ecRam)
    try ecram.set(["lowest-conductance=500nS", "pulse-time=1us"])
    #expect(
      ecram.conductanceRange == 500_000...100_000_000
        && ecram.description.hasSuffix(":pulse-time=1000:lowest-conductance=0.5"))
    var noisy = Device.neuroSim(.epiRAM)
    try noisy.set(["cycle-to-cycle=3.5%"])
    #expect(noisy.description == "neurosim-epiram:cycle-to-cycle=0.035")
  }

  @Test("What cannot be is refused in words")
  func refusals() {
    func problem(_ text: String) -> String? {
      do { _ = try Device(text) } catch { return error.description }
      return nil
    }
    #expect(problem("vteam:set-threshold=9") == "set-threshold is '9', expected a number of V from 0.05 to 5")
    #expect(problem("vteam:set-treshold=1")?.hasSuffix("did you mean 'set-threshold'?") == true)
    #expect(
      problem("vteam:reset-threshold=9:set-threshold=9")?.hasPrefix("reset-threshold is '9'") == true,
      "the first that was given")
    #expect(problem("vteam:set-threshold") == "'set-threshold' of the device, expected name=value")
    #expect(problem("vteam:set-speed=1e-5:set-speed=1e-5") == "'set-speed' of the device is given twice")
    #expect(problem("vteam:on-resistance=nan")?.hasPrefix("on-resistance is 'nan', expected a number of Ω") == true)
    #expect(problem("vteam:set-exponent=2.5") == "set-exponent is '2.5', expected a whole number from 0 to 16")
    #expect(
      problem("vteam:on-resistance=200k")
        == "VTEAM resistances are 200000.0 and 100000.0 ohms, expected 500 or more, rising, up to 10^11")
    #expect(problem("vtaem")?.hasSuffix("did you mean 'vteam'?") == true)
    #expect(
      problem("measured:set-table=1/2")?.hasPrefix("set-table is '1/2', expected conductance/mean/deviation") == true)
    #expect(problem("measured:set-table=")?.hasPrefix("set-table is '', expected") == true)
    #expect(
      problem("umass:highest-gate=600") == "UMass gate voltages and slope are positive, with a conductance below 2 mS")
  }

  @Test(
    "JSON names what it cannot use",
    arguments: [
      (#"{"model": "vteam", "onResistence": 5}"#, "the member 'onResistence' is unknown, did you mean 'onResistance'?"),
      (#"{"model": "vteam", "setThreshold": 9}"#, "setThreshold: expected a number of V from 0.05 to 5, found 9"),
      (#"{"model": "vteam", "setThreshold": "1"}"#, "setThreshold: expected a number of V from 0.05 to 5, found 1"),
      (#"{"model": "vteam", "setExponent": 2.5}"#, "setExponent: expected a whole number from 0 to 16, found 2.5"),
      (#"{"model": "vteam", "pulses": "a.csv"}"#, "the member 'pulses' is unknown"),
      (#"{"model": "measured", "setTablePicosiemens": [[1, 2]]}"#, "expected 3 elements, found 2"),
      (#"{"onResistance": 5000}"#, "'model' is missing"),
    ])
  func badJSON(_ text: String, _ message: String) {
    do {
      _ = try Device(Node(Array(text.utf8), file: "d.json"))
      Issue.record("no error")
    } catch { #expect(error.description.hasPrefix("d.json:1: ") && error.description.contains(message), "\(error)") }
  }
}
