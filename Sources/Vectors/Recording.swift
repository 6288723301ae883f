import Board
import Crossbar
import Files
import Registers
import Trace

/// What passes between host, controller and chip, as a vector of the firmware has it: put together from the accesses
/// alone, so that any controller can be recorded.
package struct RequestLog: LogSink, Sendable {
  package static var isActive: Bool { true }

  struct Request: Sendable {
    /// Command, count, arguments.
    var words: [UInt32] = []
    var reply: [UInt32] = []
    var transactions: [Transaction] = []

    /// Whether the controller has taken all of it and begun to answer.
    var isAnswered: Bool { words.count >= 2 && words.count == 2 + Int(words[1]) && !reply.isEmpty }
  }

  private(set) var requests: [Request] = []

  package init() {}

  /// How many requests were made.
  package var count: Int { requests.count }

  package mutating func append(_ entry: LogEntry) {
    guard case .access(let transaction) = entry.body else { return }
    switch (transaction.kind, transaction.address) {
    case (.read, Self.level): if transaction.value > 0, requests.last?.isAnswered ?? true { requests.append(Request()) }
    case (.read, Self.data): change { $0.words.append(transaction.value) }
    case (.write, Self.data): change { $0.reply.append(transaction.value) }
    default: if AccessLog.holds(transaction) { change { $0.transactions.append(transaction) } }
    }
  }

  private mutating func change(_ body: (inout Request) -> Void) {
    guard !requests.isEmpty else { return }
    body(&requests[requests.count - 1])
  }

  private static let level = MemoryMap.host + HostRegister.level.offset()
  private static let data = MemoryMap.host + HostRegister.data.offset()
}

extension RequestLog: ClosingLog {
  package mutating func close() {}
}

/// A vector made from a run of this product: it is recorded, not golden.
package struct Recording: Sendable {
  /// What the file calls itself.
  package let suite: Suite
  package let purpose: String
  /// The command that made it.
  package let generator: String

  package init(suite: Suite, purpose: String, generator: String) {
    precondition(suite.kind == .firmware, "requests are a firmware's")
    self.suite = suite
    self.purpose = purpose
    self.generator = generator
  }

  /// The text of the file, from a machine that was fresh when its log began.
  package func text(of machine: Machine<RequestLog>) -> String {
    let head: [JSON.Member] = [
      .init("format", .integer(VectorFile.format)), .init("suite", .string(suite.rawValue)),
      .init("kind", .string(suite.kind.rawValue)), .init("provenance", .string(Provenance.recorded.rawValue)),
      .init("purpose", .string(purpose)),
      .init(
        "source",
        .object([
          .init("generator", .string(generator)), .init("specification", .string("none: what this product did")),
        ])),
      .init("fields", .object(Self.fields.map { .init($0, .string($1)) })),
    ]
    let lines = head.map { "  " + $0.text + "," }
    return "{\n" + lines.joined(separator: "\n") + "\n  \"cases\": [\n    " + Self.vector(machine).text + "\n  ]\n}\n"
  }

  private static let fields = [
    ("chip", "the chip; an absent key has its default"),
    ("requests", "what the host posts, one at a time: command, argument words; their count goes between the two"),
    ("replies", "per request: status, answer words"),
    ("transactions", "per request: the accesses of the controller to MBX and MBXn"),
    ("conductances", "pS of every cell of a tile, row-major, after the last request"),
  ]

  private static func vector(_ machine: Machine<RequestLog>) -> JSON {
    let requests = machine.log.requests
    let registers = RegisterText()
    let tiles = machine.chip.tiles.enumerated().map { number, tile in
      JSON.Member("\(number)", .integers(tile.array.conductance))
    }
    let given: [JSON.Member] = [
      .init("chip", json(machine.chip.configuration)),
      .init("requests", .array(requests.map { .integers($0.words.prefix(1) + $0.words.dropFirst(2)) })),
    ]
    let expect: [JSON.Member] = [
      .init("replies", .array(requests.map { .integers($0.reply) })),
      .init(
        "transactions", .array(requests.map { .array($0.transactions.map { .string(registers.line($0)) }) })),
      .init("conductances", .object(tiles)),
    ]
    return .object([
      .init("id", .integer(1)), .init("given", .object(given)), .init("expect", .object(expect)),
    ])
  }

  /// With the keys that differ from their defaults.
  private static func json(_ chip: ChipConfiguration) -> JSON {
    let usual = ChipConfiguration(tiles: chip.tiles)
    var members: [JSON.Member] = [
      .init("tiles", .array(chip.tiles.map { .integers([$0.wordLines, $0.bitLines]) }))
    ]
    for property in ChipConfiguration.vectorProperties where property[chip] != property[usual] {
      members.append(.init(property.key, property.name == "device" ? chip.device.json : property[chip].json))
    }
    return .object(members)
  }
}
