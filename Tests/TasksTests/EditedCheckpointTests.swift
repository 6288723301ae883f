import Board
import Files
import Firmware
import Testing
import Trace

@testable import Tasks

/// A checkpoint that someone has taken something out of, or put something into.
@Suite("Edited checkpoints")
struct EditedCheckpointTests {
  private typealias Run = TrainingRun<NativeController<NoLog>>

  private static func set(_ count: Int) -> SequenceSet {
    SequenceSet(
      name: "toy", features: 1, classes: 2,
      sequences: (0..<count).map { .init(label: $0 % 2, values: [Int16(1000 * $0), -2000], steps: 2) })
  }

  /// One epoch of two, with a section of every kind.
  private static func run() throws -> Run {
    var options = TrainingOptions()
    options.hidden = 1
    options.epochs = 2
    options.selection = .best
    var run = try TrainingRun(
      train: set(2), test: set(1), validation: set(2), options: options, chip: ChipConfiguration(tiles: []),
      log: NoLog())
    try run.runEpoch()
    return run
  }

  private static func refusal(_ run: Run, _ file: ChipFile, extendedBy extension: Int? = nil) -> String? {
    do {
      _ = try TrainingRun(
        resuming: file, named: "f", extendedBy: `extension`, train: run.train, test: run.test,
        validation: run.validation, options: run.options, chip: run.chip, log: NoLog())
      return nil
    } catch { return "\(error)" }
  }

  @Test("A section that is missing, too short, too long or of other text is refused by its name")
  func sections() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    #expect(Self.refusal(run, file) == nil)
    #expect(
      file.sections.map(\.name) == ["training-state", "training-reports", "training-time", "training-best"])
    func with(_ name: String, _ bytes: [UInt8]?) -> String? {
      var edited = file
      edited.sections.removeAll { $0.name == name }
      if let bytes { edited.sections.append(BinarySection(name, bytes: bytes)) }
      return Self.refusal(run, edited)
    }
    let chip = "f: is a chip, not a checkpoint of a training"
    #expect(with("training-state", nil) == chip)
    #expect(with("training-reports", nil) == chip)
    #expect(
      with("training-time", nil)
        == "f: is a checkpoint of an earlier mblstm, without its time by parts; expected one of this version")
    for section in file.sections {
      let shorter = with(section.name, Array(section.bytes.dropLast()))
      let longer = with(section.name, section.bytes + [0x7b])
      if section.name == "training-state" {
        #expect(shorter == chip && longer == chip)
      } else {
        let damaged = "f: has a damaged section '\(section.name)'"
        #expect(shorter == damaged && longer == damaged && with(section.name, []) == damaged)
      }
    }
    let state = try #require(file.section("training-state"))
    #expect(with("training-state", Array(state.bytes.dropLast(4))) != nil)
    #expect(with("training-state", state.bytes + [0, 0, 0, 0]) != nil)
    let best = try #require(file.section("training-best"))
    #expect(with("training-best", Array(best.bytes.dropLast(4))) == "f: has a damaged section 'training-best'")
  }

  @Test("Reports are of the epochs from 1 on, and count what is no less than nothing")
  func reports() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    let reports = String(decoding: try #require(file.section("training-reports")).bytes, as: UTF8.self)
    func with(_ text: String, _ other: String) -> String? {
      #expect(reports.contains(text), "\(text)")
      var edited = file
      edited.sections.removeAll { $0.name == "training-reports" }
      edited.sections.append(
        BinarySection("training-reports", bytes: Array(reports.replacing(text, with: other).utf8)))
      return Self.refusal(run, edited)
    }
    for epoch in [-1, 0, 2, 3] {
      #expect(
        with("\"epoch\":1", "\"epoch\":\(epoch)")
          == "f: section 'training-reports' tells of epoch \(epoch), expected 1")
    }
    let pulses = try #require(run.reports.first).pulses
    #expect(
      with("\"pulses\":\(pulses)", "\"pulses\":-1") == "f: has a damaged section 'training-reports'")
  }

  @Test("Numbers of reports are those that sums can be made of: losses up to 10¹⁵⁰, times and energies from 0 to 10⁵⁰")
  func plausible() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    let reports = String(decoding: try #require(file.section("training-reports")).bytes, as: UTF8.self)
    func with(_ name: String, _ value: String) throws -> String? {
      let place = try #require(reports.firstRange(of: "\"\(name)\":"), "\(name)")
      let rest = reports[place.upperBound...].drop { !",}".contains($0) }
      var edited = file
      edited.sections.removeAll { $0.name == "training-reports" }
      edited.sections.append(
        BinarySection("training-reports", bytes: Array((reports[..<place.upperBound] + value + rest).utf8)))
      return Self.refusal(run, edited)
    }
    let refused = "f: section 'training-reports' has a number that no training comes to"
    for name in ["loss", "trainAccuracy", "validationAccuracy"] {
      for sign in ["", "-"] {
        #expect(try with(name, "\(sign)1e150") == nil, "\(name)")
        #expect(try with(name, "\(sign)1.0001e150") == refused, "\(name)")
      }
    }
    for name in [
      "chipSeconds", "pulseSeconds", "cellSerialSeconds", "programEnergyJoules", "readEnergyJoules", "arrayCycles",
      "busCycles", "controllerCycles",
    ] {
      #expect(try with(name, "1e50") == nil && with(name, "0") == nil, "\(name)")
      #expect(try with(name, "1.0001e50") == refused && with(name, "-1e-9") == refused, "\(name)")
    }
    let most = (1 << 62) - 1
    for name in ["pulses", "phases"] {
      #expect(try with(name, "\(most)") == nil && with(name, "\(most + 1)") == refused, "\(name)")
    }
  }

  @Test("A fact that is missing or other is told with both, what is no number of epochs with what is expected")
  func facts() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    func with(_ name: String, _ value: String?, extendedBy extension: Int? = nil) -> String? {
      var edited = file
      edited.facts.removeAll { $0.name == name }
      if let value { edited.facts.append(.init(name, value)) }
      return Self.refusal(run, edited, extendedBy: `extension`)
    }
    let other = "f: is a checkpoint of another training: it has "
    for name in ["train-data", "test-data", "validation-data"] {
      let now = try #require(file.fact(name))
      #expect(with(name, "1234")?.hasPrefix("\(other)\(name)=1234, not \(name)=\(now);") == true)
      #expect(with(name, nil)?.hasPrefix("\(other)no \(name)=\(now);") == true)
    }
    #expect(
      with("loaded", "abcd")?.hasPrefix("\(other)begun on the chip abcd, not begun on a fresh chip;") == true)
    for text in ["", "0", "+1", "1+", "1 000", "1000001", "-1", "x"] {
      #expect(
        with("extensions", text) == "f: has the extensions '\(text)', expected numbers of epochs such as 3+5", "\(text)"
      )
    }
  }

  @Test("A network's facts are its sizes, its window and its circuits; one that is missing is asked for by its name")
  func network() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    func with(_ name: String, _ value: String?) -> String? {
      var edited = file
      edited.facts.removeAll { $0.name == name }
      if let value { edited.facts.append(.init(name, value)) }
      do {
        _ = try NetworkFacts(edited, named: "f")
        return nil
      } catch { return error.description }
    }
    for name in ["inputs", "hidden", "outputs"] {
      for value in [nil, "0", "x", "1025"] {
        #expect(
          with(name, value) == "f: does not say '\(name)', expected a chip that holds a network", "\(value ?? "-")")
      }
    }
    for (name, value) in [("window", nil), ("window", "x"), ("activation", nil), ("activation", "soft")] {
      #expect(
        with(name, value) == "f: does not say 'window' and 'activation', expected a chip that holds a network")
    }
    for (window, isRefused) in [("0.00390625", false), ("0.0039", true), ("255.99609375", false), ("256", true)] {
      #expect((with("window", window) != nil) == isRefused, "\(window)")
    }
    #expect(with("hidden", "200") == "f: has tiles too small for the network it says it holds")
    for (text, side) in [(nil, Side.first), ("first", .first), ("second", .second)] {
      var edited = file
      edited.facts.removeAll { $0.name == "serving" }
      if let text { edited.facts.append(.init("serving", text)) }
      #expect(try edited.servingSide(named: "f") == side)
    }
    var edited = file
    edited.facts.append(.init("serving", "third"))
    let error = #expect(throws: InputError.self) { try edited.servingSide(named: "f") }
    #expect(error?.description == "f: says that its network 'third' served, expected first or second")
  }
}
