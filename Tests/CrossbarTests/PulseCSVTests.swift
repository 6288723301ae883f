import Files
import TestSupport
import Testing

@testable import Crossbar

@Suite("Measured pulses in CSV")
struct PulseCSVTests {
  private func model(_ text: String) throws(InputError) -> MeasuredPulses {
    try MeasuredPulses(csv: Array(text.utf8), file: "p.csv")
  }

  /// A table of a model at points in the middle of equal bins: mean steps of one pulse.
  private func csv(of model: some DeviceModel, bins: Int) -> String {
    let range = model.conductanceRange
    let width = (range.upperBound - range.lowerBound) / Int32(bins)
    let dose = model.rate(.set, millivolts: 1200) * model.staircaseWidths.first
    let lines = [(Polarity.set, "SET"), (.reset, "RESET")].flatMap { polarity, name in
      (0..<Int32(bins)).map { bin in
        let place = range.lowerBound + width / 2 + bin * width
        return "\(place),\(name),\(model.conductance(place, after: dose, polarity) - place),0"
      }
    }
    return (["conductance_pS,pulse,mean step [pS],deviation_pS"] + lines).joined(separator: "\n") + "\n"
  }

  @Test(
    "A table made from a model moves as the model does, within what the step changes in a bin",
    arguments: ["vteam", "soft-bounds", "neurosim-alox", "neurosim-taox", "measured"])
  func reproduces(name: String) throws {
    let source = try #require(Device(name: name)).model
    let copy = try model(csv(of: source, bins: 30))
    let range = source.conductanceRange
    let width = (range.upperBound - range.lowerBound) / 30
    #expect(abs(copy.conductanceRange.lowerBound - range.lowerBound) <= 30)
    #expect(abs(copy.conductanceRange.upperBound - range.upperBound) <= 30)
    let dose = source.rate(.set, millivolts: 1200) * source.staircaseWidths.first
    func step(_ place: Int32, _ polarity: Polarity) -> Int32 {
      abs(source.conductance(place, after: dose, polarity) - place)
    }
    for polarity in [Polarity.set, .reset] {
      for bin in 0..<Int32(30) {
        let (low, high) = (range.lowerBound + bin * width, range.lowerBound + (bin + 1) * width)
        let middle = low + width / 2
        // Exact in the middle while the pulse stays inside the bin, between the steps at the bin's ends elsewhere.
        let exact = step(middle, polarity)
        if exact < width / 2 {
          #expect(abs(abs(copy.conductance(middle, after: 1, polarity) - middle) - exact) <= 1)
        }
        let place = low + width / 4
        let got = abs(copy.conductance(place, after: 1, polarity) - place)
        let around = [low, middle, high].map { step($0, polarity) }
        if (around.max() ?? 0) < width / 4, name != "measured" {
          #expect(got >= (around.min() ?? 0) - 1 && got <= (around.max() ?? 0) + 1, "bin \(bin)")
        }
      }
    }
  }

  @Test("STELLAR's numbers in CSV are the published device, in any unit, order of columns, ending of lines")
  func stellar() throws {
    let published = MeasuredPulses.stellar
    func lines(_ end: String, _ line: (String, PulseTable.Point) -> String) -> String {
      ([("SET", published.set), ("RESET", published.reset)].flatMap { name, table in
        table.points.map { line(name, $0) }
      }.joined(separator: end)) + end
    }
    let plain = try model(
      "conductance (µS),pulse,mean step (nS),deviation (nS)\n"
        + lines("\n") { "\($1.conductance / 1e6),\($0),\($1.mean / 1e3),\($1.deviation / 1e3)" })
    #expect(plain == published)
    let other = try model(
      "\u{feff}# from the prober\r\nDeviation_S, Mean_Step_uS ,pulse (V),conductance [pS]\r\n"
        + lines("\r\n") { name, point in
          let sign = name == "SET" ? "" : "-"
          return "\(point.deviation / 1e12), \(sign)\(point.mean / 1e6),\(sign)1.2,\(point.conductance)"
        })
    #expect(other == published)
  }

  @Test("A table comes back from the text of its device as the same bits")
  func text() throws {
    var random = SeededRandom(8)
    func table() -> PulseTable {
      PulseTable(
        (0..<20).map { place in
          PulseTable.Point(
            (Double(place) + Double.random(in: 0.1...0.9, using: &random)) * 1e6 + 1e6,
            mean: Double.random(in: 1...1e6, using: &random), deviation: Double.random(in: 0...1e6, using: &random))
        })
    }
    let model = MeasuredPulses(bounds: ConductanceBounds(1_000_000, 22_000_000), set: table(), reset: table())
    let device = Device.measured(model)
    #expect(model.problem == nil, "seed 8")
    #expect(try Device(device.description) == device)
    #expect(try Device(Node(Array(device.json.text.utf8), file: "d")) == device)
    #expect(
      device.name
        == "measured:lowest-conductance=1:highest-conductance=22:set-table=(20 points):reset-table=(20 points)")
  }

  /// HEAD stands for a good header.
  static let refused: [(text: String, message: String)] = [
    ("", "p.csv:1: expected a header line, found nothing"),
    ("conductance,pulse,mean_step_nS,deviation_nS\n", "p.csv:1:1: 'conductance' has no unit, expected one of S, mS"),
    ("conductance_uS,puls,mean_step_nS,deviation_nS\n", "p.csv:1:16: the column 'puls' is unknown, expected"),
    ("conductance_uS,pulse,pulse,deviation_nS\n", "p.csv:1:22: the column 'pulse' is there twice"),
    ("conductance_uS,pulse,mean_step_nS\n", "p.csv:1: the column 'deviation' is missing"),
    ("HEAD", "p.csv: has 0 lines of SET, expected two or more"),
    ("HEAD1,SET,1,1\n2,SET,1,1\n", "p.csv: has 0 lines of RESET"),
    ("HEAD1,SET,1\n", "p.csv:2: expected 4 columns, found 3"),
    ("HEAD1,SET,1,1\n\n", "p.csv:3: expected 4 columns, found 1"),
    ("HEAD1,SET,x,1\n", "p.csv:2:7: mean step is 'x', expected a number of nS"),
    ("HEAD1k,SET,1,1\n", "p.csv:2:1: conductance is '1k', expected a number of uS"),
    ("HEAD1,UP,1,1\n", "p.csv:2:3: pulse is 'UP', expected SET, RESET or a number that is not 0"),
    ("HEAD1,0,1,1\n", "p.csv:2:3: pulse is '0'"),
    ("HEAD2,SET,1,1\n1,SET,1,1\n1,RESET,1,1\n2,RESET,1,1\n", "p.csv:3: conductance 1000000.0 pS after 2000000.0 pS"),
    ("HEAD1,SET,1,1\n2,SET,-1,1\n1,RESET,1,1\n2,RESET,1,1\n", "p.csv:3: a mean step of -1000.0 pS"),
    ("HEAD1,SET,1,1\n2,SET,1,-1\n1,RESET,1,1\n2,RESET,1,1\n", "p.csv:3: a deviation of -1000.0 pS"),
    ("HEAD1,RESET,1,1\n2,RESET,-1,1\n", "p.csv:3:9: steps of RESET with either sign"),
    ("HEAD1,SET,1,1\n3000,SET,1,1\n1,RESET,1,1\n2,RESET,1,1\n", "p.csv: conductances reach from"),
    (
      "HEAD1,SET,1,1\n2,SET,1,1\n3,SET,1,1\n4,SET,1,1\n5,SET,1,1\n6,SET,1,1\n90,SET,1,1\n1,RESET,1,1\n90,RESET,1,1\n",
      "p.csv:8: a gap from 6000000.0 to 90000000.0 pS"
    ),
    (
      "HEAD1,SET,1,1\n2,SET,1,1\n3,SET,1,1\n1,RESET,1,1\n90,RESET,1,1\n",
      "p.csv:4: a gap from the last conductance, 3000000.0 pS, to the highest"
    ),
  ]

  @Test("What cannot be used is refused with its line", arguments: refused)
  func refusals(_ text: String, _ message: String) {
    let head = "conductance_uS,pulse,mean_step_nS,deviation_nS\n"
    do {
      _ = try model(text.hasPrefix("HEAD") ? head + text.dropFirst(4) : text)
      Issue.record("no error for \(text)")
    } catch { #expect(error.description.hasPrefix(message), "\(error)") }
  }

  @Test("Bytes that are no text are refused")
  func bytes() {
    #expect(throws: InputError("p.csv", line: 1, "is not UTF-8 text")) {
      try MeasuredPulses(csv: [0xff, 0x0a], file: "p.csv")
    }
  }

  @Test("A thousand damaged tables end in an error or a usable device")
  func damage() throws {
    var random = SeededRandom(12)
    let good = Array(csv(of: VTEAM.analog, bins: 8).utf8)
    for _ in 0..<1000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 10...127, using: &random)
      }
      guard let model = try? MeasuredPulses(csv: bytes, file: "p") else { continue }
      #expect(model.problem == nil, "seed 12")
      let range = model.conductanceRange
      #expect(range.contains(model.conductance(range.lowerBound, after: 3, .set, noise: 1)), "seed 12")
    }
  }
}
