import Board
import Firmware
import Registers
import Tasks
import Trace

/// A chip on a bus, with a mailbox that the host reaches from its own side.
protocol BringUpPort: Bus {
  var mailbox: Mailbox { get set }
}

extension Machine: BringUpPort {}

/// Goes through a guide's steps on a chip.
struct BringUpBench<Port: BringUpPort> {
  private(set) var port: Port
  private var controller = Controller()
  let guide: BringUpGuide

  init(_ guide: BringUpGuide, on port: Port) {
    self.guide = guide
    self.port = port
  }

  /// All steps, in order; one that fails stops none of those behind it.
  mutating func run() -> [StepOutcome] {
    guide.steps.indices.map { run($0) }
  }

  /// One step, by its place in the guide.
  mutating func run(_ index: Int) -> StepOutcome {
    let step = guide.steps[index]
    var outcome = StepOutcome(number: index + 1, title: step.title)
    for tile in 0..<(step.isOfEachTile ? guide.chip.tiles.count : 1) {
      var kept: [Int: Int64] = [:]
      for action in step.program(tile) { perform(action, &kept, &outcome) }
    }
    return outcome
  }

  private mutating func perform(_ action: Action, _ kept: inout [Int: Int64], _ outcome: inout StepOutcome) {
    switch action {
    case .write(let place, let value, _): port.write(place.address, value)
    case .expect(let source, let band, let label):
      outcome.note(label, source.read(on: &port), band, at: source.name)
    case .keep(let source, let slot): kept[slot] = source.read(on: &port)
    case .compare(let source, let slot, let band, let label):
      let value = source.read(on: &port)
      guard let before = kept[slot] else { preconditionFailure("nothing is kept in slot \(slot)") }
      outcome.note(label, value - before, band, at: source.name)
    case .drive(let line, let code, let lines, let tile):
      for word in 0..<(lines + 1) / 2 {
        let lanes = Lanes.pack(2 * word == line ? Int16(code) : 0, 2 * word + 1 == line ? Int16(code) : 0)
        port.write(MemoryMap.tile(tile) + TileRegister.drive.offset(word), lanes)
      }
    case .perform(let call, let tile):
      port.write(MemoryMap.tile(tile) + TileRegister.start.offset(), call.word)
      _ = port.read(MemoryMap.tile(tile) + TileRegister.wait.offset())
    case .request(let request, let expected, let label): send(request, expected, label, &outcome)
    }
  }

  private mutating func send(
    _ request: HostRequest, _ expected: [AnswerWord], _ label: String, _ outcome: inout StepOutcome
  ) {
    port.mailbox.post([request.command.rawValue, UInt32(request.words.count)] + request.words)
    _ = controller.serve(on: &port)
    let answer = port.mailbox.collect()
    outcome.note(
      "words of an answer", Int64(answer.count), Band(expected.count), at: "the answer to '\(request.command)'")
    for (place, pair) in zip(answer, expected).enumerated() {
      for (value, band) in pair.1.numbers(pair.0) {
        outcome.note(label, value, band, at: "word \(place) of the answer")
      }
    }
  }
}

/// What a step found.
struct StepOutcome: Sendable, Equatable {
  let number: Int
  let title: String
  private(set) var checks = 0
  /// The first number outside its band, in words.
  private(set) var failure: String?
  private(set) var findings: [Finding] = []

  /// What was measured under one label.
  struct Finding: Sendable, Equatable {
    let label: String
    fileprivate(set) var measured: Band
    fileprivate(set) var expected: Band
    /// Whether every number of the label had the same band.
    fileprivate(set) var isUniform = true
    fileprivate(set) var count = 1
  }

  var passed: Bool { failure == nil }

  init(number: Int, title: String) {
    self.number = number
    self.title = title
  }

  fileprivate mutating func note(_ label: String, _ value: Int64, _ band: Band, at place: String) {
    checks += 1
    if !band.contains(value), failure == nil { failure = "\(place) is \(value), expected \(band): \(label)" }
    guard let index = findings.firstIndex(where: { $0.label == label }) else {
      findings.append(Finding(label: label, measured: Band(value), expected: band))
      return
    }
    findings[index].count += 1
    if findings[index].expected != band { findings[index].isUniform = false }
    findings[index].measured = findings[index].measured.joined(Band(value))
    findings[index].expected = findings[index].expected.joined(band)
  }
}

extension StepOutcome.Finding: CustomStringConvertible {
  var description: String {
    isUniform
      ? "\(label): \(measured)\(measured == expected ? "" : " (\(expected))")"
      : "\(label): \(count) numbers, each in its own band"
  }
}
