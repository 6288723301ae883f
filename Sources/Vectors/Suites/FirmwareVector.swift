import Board
import Files
import Registers
import Tasks

/// Suites of the firmware: requests through the mailbox, the controller's accesses to the chip, its replies.
struct FirmwareVector: Sendable {
  struct Gradients: Sendable, Equatable {
    let lstm: [Int32]
    let dense: [Int32]
  }

  let chip: ChipConfiguration
  let conductances: [Int: [Int32]]
  /// Command, argument words.
  let requests: [[UInt32]]
  private let free: Freedom
  var isFree: Bool { free != Freedom() }
  /// Whether a request is answered with a status that is not 0.
  var refuses: Bool { replies.contains { $0.first != 0 } }
  private let bench: [Int: [ScriptLine]]
  let replies: [[UInt32]]
  /// nil for a request that is not compared.
  private let transactions: [[Access]?]
  private let conductancesAfter: [Int: [Int32]]
  private let gradients: Gradients?

  init(_ given: inout Members, _ expect: inout Members, free: Freedom) throws(InputError) {
    let registers = RegisterText()
    self.free = free
    let chip = try given.take("chip").chip()
    self.chip = chip
    conductances = try given.takeIfPresent("conductances")?.givenConductances(of: chip) ?? [:]
    let list = try given.take("requests").elements()
    requests = try list.map { node throws(InputError) in
      let words: [UInt32] = try node.integers()
      guard !words.isEmpty else { throw node.error("expected a command and its words") }
      return words
    }
    bench = try Self.bench(&given, requests: requests.count, registers)
    replies = try expect.take("replies").elements(count: requests.count)
      .map { node throws(InputError) in try node.integers() }
    transactions = try expect.take("transactions").elements(count: requests.count)
      .map { node throws(InputError) -> [Access]? in
        if node.isNull { return nil }
        return try node.elements().map { node throws(InputError) in try node.chipAccess(registers) }
      }
    conductancesAfter = try expect.takeIfPresent("conductances")?.expectedConductances(of: chip) ?? [:]
    gradients = try expect.takeIfPresent("gradients").map { node throws(InputError) in
      var members = try node.members()
      let gradients = Gradients(lstm: try members.take("lstm").integers(), dense: try members.take("dense").integers())
      try members.end()
      return gradients
    }
  }

  /// `{"3": ["W MBX0.FEEDBACK[0] 0x00002c70"]}`, by the index of the request.
  private static func bench(
    _ given: inout Members, requests: Int, _ registers: RegisterText
  ) throws(InputError) -> [Int: [ScriptLine]] {
    guard var members = try given.takeIfPresent("accesses")?.members() else { return [:] }
    var bench: [Int: [ScriptLine]] = [:]
    for (name, node) in members.takeRest() {
      guard let request = Int(name), 0..<requests ~= request else {
        throw node.error("expected the index of a request, 0 to \(requests - 1)")
      }
      bench[request] = try node.elements().map { node throws(InputError) in try node.scriptLine(registers) }
    }
    return bench
  }

  /// Whether there is something that only a controller that can be looked into shows.
  var expectsGradients: Bool { gradients != nil }

  /// What the bench does to the chip before a request.
  func prepare(_ machine: inout Machine<AccessLog>, for place: Int) {
    for line in bench[place] ?? [] { machine.perform(line) }
  }

  /// The accesses of a request that are not as expected: the first, or all by their places.
  func differences(
    ofTransactions got: [Access], _ place: Int, all: Bool, _ registers: RegisterText, _ judge: inout AgreementJudge?
  ) -> [String] {
    guard let expected = transactions[place] else { return [] }
    return free.differences(expected: expected, got: got, registers, all: all, &judge)
  }

  /// The first cell that is not where the case leaves it.
  func differenceAtEnd(of machine: Machine<AccessLog>) -> String? {
    free.pulseWidth == 0 ? machine.difference(conductances: conductancesAfter) : nil
  }

  func difference(of got: (lstm: [Int32], dense: [Int32])) -> String? {
    guard let gradients else { return nil }
    return Self.difference("LSTM", gradients.lstm, got.lstm) ?? Self.difference("dense", gradients.dense, got.dense)
  }

  private static func difference(_ layer: String, _ expected: [Int32], _ got: [Int32]) -> String? {
    guard expected.count == got.count else {
      return "gradients of the \(layer) layer: expected \(expected.count), got \(got.count)"
    }
    guard let place = expected.indices.first(where: { expected[$0] != got[$0] }) else { return nil }
    return "gradient \(place) of the \(layer) layer: expected \(expected[place]), got \(got[place])"
  }
}

extension Node {
  fileprivate func chipAccess(_ registers: RegisterText) throws(InputError) -> Access {
    let access = try self.access(registers)
    guard access.cycle == nil else { throw error("the cycles of a firmware are free, expected none") }
    return access
  }
}
