import Board
import Crossbar
import Firmware
import Registers
import Tasks
import Trace

/// How a case is judged.
package struct Agreement: Sendable, Equatable {
  package var level: AgreementLevel
  package var claims: Claims
  /// Whether a case is gone through to its end, or to its first difference.
  package var findsAll: Bool
  /// Whether to note what is accessed in which state.
  package var covers: Bool
  /// How near converted codes have to be in accesses.
  package var analog: AnalogAgreement

  package init(
    _ level: AgreementLevel = .accesses, claims: Claims = .everything, findsAll: Bool = false, covers: Bool = false,
    analog: AnalogAgreement = .exact
  ) {
    (self.level, self.claims, self.findsAll) = (level, claims, findsAll)
    (self.covers, self.analog) = (covers, analog)
  }
}

/// One case of the firmware's suites with a controller, request by request, beside this product's controller on a board of
/// its own. That one has passed the vectors to every access: it stands for what they leave unsaid, the state after each
/// request, and the answers on a chip that was programmed or calibrated in another way.
struct AgreementRun<Runner: ControllerRunner & ~Copyable>: ~Copyable where Runner.Log == AccessLog {
  private let vector: FirmwareVector
  private let agreement: Agreement
  private let registers = RegisterText()
  private var judge: AgreementJudge?
  private var runner: Runner
  private var model: NativeController<AccessLog>
  /// Whether the chip may differ from the vector's by what is free: answers are then the model's.
  private var hasDeparted = false
  private var knowledge = ControllerKnowledge()
  /// Requests that were judged.
  private(set) var judged = 0
  private(set) var differences: [String] = []
  var coverage: CoverageTable? { runner.machine.log.coverage?.table }

  init(_ vector: FirmwareVector, on runner: consuming Runner, _ agreement: Agreement) {
    self.vector = vector
    self.agreement = agreement
    model = NativeController(runner.machine)
    if agreement.analog != .exact { judge = AgreementJudge(agreement.analog, of: vector.chip) }
    self.runner = runner
  }

  /// Goes through the case.
  mutating func run() {
    guard agreement.claims.pairs || vector.chip.synapse == .reference else { return }
    for place in vector.requests.indices {
      guard serve(place) else { return }
      if !differences.isEmpty && !agreement.findsAll { return }
    }
    guard judged == vector.requests.count else { return }
    differences += judge?.findingWords(registers) ?? []
    if agreement.level == .accesses, let difference = vector.differenceAtEnd(of: runner.machine) {
      differences.append(difference)
    }
    if agreement.level != .replies, let gradients = runner.gradients, let difference = vector.difference(of: gradients)
    {
      differences.append(difference)
    }
  }

  /// One request; false where the controller came to an end.
  private mutating func serve(_ place: Int) -> Bool {
    let request = vector.requests[place]
    vector.prepare(&runner.machine, for: place)
    vector.prepare(&model.machine, for: place)
    let standing = agreement.claims.standing(of: request[0], answered: vector.replies[place][0])
    if standing == .leftOut {
      hasDeparted = true
      return true
    }
    if agreement.level == .replies, model.machine.takeOver(operationNumbersOf: runner.machine) { hasDeparted = true }
    let expected = agreement.level == .accesses ? vector.replies[place] : modelReply(to: request, place)
    let (reply, transactions, failure) = Self.reply(of: &runner, to: request, words: expected.count)
    guard standing == .judged else {
      model.machine = runner.machine
      hasDeparted = true
      return failure == nil
    }
    judged += 1
    let name = Command(rawValue: request[0]).map { "\($0)" } ?? "command \(request[0])"
    func tell(_ found: [String]) {
      differences += (agreement.findsAll ? found : Array(found.prefix(1))).map {
        "request \(place + 1) (\(name)), \($0)"
      }
    }
    if agreement.level == .accesses {
      let found = vector.differences(ofTransactions: transactions, place, all: agreement.findsAll, registers, &judge)
      if !found.isEmpty { tell(found.map { $0 + (failure.map { "; the controller came to an end: \($0)" } ?? "") }) }
      if !found.isEmpty && (!agreement.findsAll || failure != nil) { return failure == nil }
    }
    if let failure {
      tell(["no reply: \(failure)"])
      return false
    }
    tell(judge(reply, expected, request))
    return true
  }
}

extension AgreementRun where Runner: ~Copyable {
  /// What this product's controller answers; the vector's answer as long as nothing has departed from it.
  private mutating func modelReply(to request: [UInt32], _ place: Int) -> [UInt32] {
    let reply = Self.reply(of: &model, to: request, words: vector.replies[place].count).words
    if let command = Command(rawValue: request[0]), let status = reply.first.flatMap({ Status(rawValue: $0) }) {
      knowledge.note(command, Array(request.dropFirst()), status, Array(reply.dropFirst()))
    }
    return hasDeparted ? reply : vector.replies[place]
  }

  private static func reply<Controller: ControllerRunner & ~Copyable>(
    of controller: inout Controller, to request: [UInt32], words: Int
  ) -> (words: [UInt32], transactions: [Access], failure: ControllerFailure?) where Controller.Log == AccessLog {
    _ = controller.machine.log.collect()
    controller.machine.mailbox.post([request[0], UInt32(request.count - 1)] + request.dropFirst())
    controller.machine.mailbox.expect(words: words)
    var failure: ControllerFailure?
    do throws(ControllerFailure) {
      try controller.serve()
    } catch {
      failure = error
    }
    let transactions = controller.machine.log.collect().map { Access(transaction: $0) }
    return (controller.machine.mailbox.collect(), transactions, failure)
  }

  private mutating func judge(_ reply: [UInt32], _ expected: [UInt32], _ request: [UInt32]) -> [String] {
    switch agreement.level {
    case .accesses: return differences(ofReply: reply, expected)
    case .state: return differences(ofReply: reply, expected) + runner.machine.differences(ofState: model.machine)
    case .replies: break
    }
    let command = Command(rawValue: request[0])
    let isDone = reply.first == expected.first && reply.first == Status.done.rawValue
    switch command {
    case .identify where isDone: return identityDifferences(reply, expected)
    case .program where isDone, .calibrate where isDone:
      let (modelBoard, modelReply) = (model.machine, expected)
      model.machine.takeOver(cellsOf: runner.machine)
      hasDeparted = true
      if command == .calibrate {
        return CalibrationContract.differences(
          reply, of: knowledge.working, trims: model.machine, model: (modelReply, modelBoard))
      }
      guard let shape = knowledge.shape, let contract = ProgramContract(request, shape, on: knowledge.working) else {
        return []
      }
      return contract.differences(reply, cells: model.machine, model: (modelReply, modelBoard))
    case .scrub where isDone:
      model.machine.takeOver(cellsOf: runner.machine)
      hasDeparted = true
      // Rounds and reads are free.
      return differences(ofReply: Array(reply.prefix(4)), Array(expected.prefix(4)))
    default: return differences(ofReply: reply, expected)
    }
  }

  /// The version is the specification's; which commands there are is the controller's own.
  private func identityDifferences(_ reply: [UInt32], _ expected: [UInt32]) -> [String] {
    guard 2...3 ~= reply.count else { return ["\(reply.count) words of the reply, expected 2 or 3"] }
    return differences(ofReply: Array(reply.prefix(2)), Array(expected.prefix(2)))
  }

  private func differences(ofReply got: [UInt32], _ expected: [UInt32]) -> [String] {
    var differences: [String] = []
    for place in 0..<max(expected.count, got.count) {
      let word = place < expected.count ? RegisterText.hex(expected[place], digits: 8) : "nothing more"
      let other = place < got.count ? RegisterText.hex(got[place], digits: 8) : "nothing more"
      guard word != other else { continue }
      differences.append(
        (place == 0 ? "status" : "word \(place) of the reply") + ": expected \(word), got \(other)")
      if !agreement.findsAll { break }
    }
    return differences
  }
}

extension Machine<AccessLog> {
  /// What is not in the state expected: cells, errors, counters.
  fileprivate func differences(ofState expected: Machine<AccessLog>) -> [String] {
    let cells = Dictionary(uniqueKeysWithValues: expected.chip.tiles.enumerated().map { ($0, $1.array.conductance) })
    var differences = difference(conductances: cells).map { [$0] } ?? []
    let errors = chip.tiles.indices.map { ("MBX\($0).ERROR", MemoryMap.tile($0) + TileRegister.error.offset()) }
    for (name, address) in errors + [("MBX.ERROR", MemoryMap.chip + ChipRegister.error.offset())] {
      let (word, other) = (expected.peek(address) ?? 0, peek(address) ?? 0)
      guard word != other else { continue }
      differences.append(
        "\(name): expected \(RegisterText.hex(word, digits: 8)), got \(RegisterText.hex(other, digits: 8))")
    }
    for (number, (tile, other)) in zip(expected.chip.tiles, chip.tiles).enumerated() {
      for name in TileCounters.names {
        let (count, otherCount) = (tile.counters.value(named: name), other.counters.value(named: name))
        guard count != otherCount else { continue }
        differences.append("counter \(name) of tile \(number): expected \(count), got \(otherCount)")
      }
    }
    return differences
  }
}
