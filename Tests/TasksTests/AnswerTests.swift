import Board
import Crossbar
import Firmware
import Registers
import Tasks
import TestSupport
import Testing
import Trace

/// A guest that answers a request with any words.
private struct AnsweringController: ControllerRunner {
  var machine: Machine<NoLog>
  var answer: (Command, [UInt32]) -> [UInt32]

  mutating func serve() throws(ControllerFailure) {
    func take() -> UInt32 { machine.read(MemoryMap.host + HostRegister.data.offset()) }
    while machine.mailbox.waiting > 0 {
      guard let command = Command(rawValue: take()) else { preconditionFailure("the host knows its commands") }
      let words = (0..<take()).map { _ in take() }
      for word in answer(command, words) { machine.write(MemoryMap.host + HostRegister.data.offset(), word) }
    }
  }
}

@Suite("Answers of a guest")
struct AnswerTests {
  private static let shape = NetworkShape(inputs: 2, hidden: 2, outputs: 3)
  /// The requests of a run and of a training, in an order in which each can be done.
  private static let requests: [(Command, [UInt32])] = [
    (.identify, []), (.configure, [2, 2, 3, 256, 256, 1]),
    (.setActivation, [0, 1, 0x7fff_0000, 0x8000, 0x4000_1000]),
    (.calibrate, [0]), (.setPulseTimes, (0..<65).map { $0 * 160 } + (0..<65).map { (64 - $0) * 160 }),
    (.program, [0, 200, 30, 0] + Array(repeating: 0x1000_f000, count: 20)),
    (.program, [1, 200, 30, 0] + Array(repeating: 0x1000_f000, count: 6)),
    (.infer, [2, 0x3000_1000, 0x1000_4000]), (.readWeights, [1, 0]), (.predict, [2, 0x3000_1000, 0x1000_4000]),
    (.configureTraining, [0, 0, 1, 1, 0, 4, 3, 5, 50, 0]), (.setRate, [100_000]), (.train, [1, 2, 0x3000_1000]),
    (.update, []), (.exportState, []), (.erase, [1]), (.stop, []),
  ]

  private static func machine() throws -> Machine<NoLog> {
    try Machine(
      ChipConfiguration(tiles: [
        TileConfiguration(wordLines: shape.lstm.rows, bitLines: shape.lstm.columns),
        TileConfiguration(wordLines: shape.dense.rows, bitLines: shape.dense.columns),
      ]), log: NoLog(), ramBytes: 0)
  }

  /// The answers of our own controller.
  private static func honest() throws -> [[UInt32]] {
    var session = Session(try machine())
    return try requests.map { try [0] + session.request($0.0, $0.1) }
  }

  @Test("Our own controller answers every command in the table's form")
  func ours() throws {
    // State: residuals and velocities of 40 and 9 cells, weights of 2 rows of 8 and of 3 columns.
    #expect(try Self.honest().map(\.count) == [3, 1, 1, 5, 1, 5, 5, 4, 7, 5, 1, 1, 3, 1, 1 + 2 * 49 + 2 * 11, 1, 1])
  }

  @Test("Ten thousand guests with answers of any kind: each is refused in words, or answers what the protocol has")
  func anything() throws {
    let honest = try Self.honest()
    let machine = try Self.machine()
    var random = SeededRandom(12)
    var (refused, accepted) = (0, 0)
    for run in 0..<10_000 {
      let wrongAt = Int(random.next() % UInt64(honest.count))
      let wrong = Self.altered(honest[wrongAt], &random)
      var number = 0
      let controller = AnsweringController(machine: machine) { _, _ in
        defer { number += 1 }
        return number == wrongAt ? wrong : honest[number]
      }
      var session = Session(on: controller)
      do throws(FirmwareRefusal) {
        for (place, request) in Self.requests.enumerated() {
          let words = try session.request(request.0, request.1)
          guard place == wrongAt else { continue }
          accepted += 1
          #expect(Self.isRight([0] + words, place, honest[place]), "run \(run), \(request.0): \(words)")
        }
      } catch {
        refused += 1
        #expect(error.description.contains("'\(Self.requests[wrongAt].0)'"), "run \(run): \(error)")
      }
    }
    #expect(refused > 5000 && accepted > 0, "\(refused) refused, \(accepted) accepted")
  }

  /// An answer made into another one: words changed, lost, added, exchanged, or all by chance.
  private static func altered(_ answer: [UInt32], _ random: inout SeededRandom) -> [UInt32] {
    var words = answer
    func place() -> Int { Int(random.next() % UInt64(max(words.count, 1))) }
    for _ in 0...(random.next() % 3) {
      switch random.next() % 7 {
      case 0: words = (0..<random.next() % 12).map { _ in random.word() }
      case 1: if !words.isEmpty { words[place()] = random.word() }
      case 2: if !words.isEmpty { words[place()] &+= random.pick([1, .max, 0x1_0000, 0x8000_0000]) }
      case 3: words.removeLast(min(words.count, 1 + Int(random.next() % 3)))
      case 4: words.insert(random.word(), at: place())
      case 5: if words.count > 1 { words.swapAt(place(), place()) }
      default: words = [UInt32(random.next() % 9)] + (0..<random.next() % 3).map { _ in random.word() }
      }
    }
    return words
  }

  /// What the specification says of an answer, said again.
  private static func isRight(_ got: [UInt32], _ place: Int, _ honest: [UInt32]) -> Bool {
    let words = Array(got.dropFirst())
    guard requests[place].0 == .identify ? words.count == 1 || words.count == 2 : got.count == honest.count else {
      return false
    }
    switch requests[place].0 {
    case .identify: return words[0] == 1
    case .calibrate: return words.allSatisfy { $0 <= 32_768 }
    case .program:
      return words[0] <= 98_304 && words[1] <= 40 && (words[1] == 0 ? words[0] <= 400 : words[0] > 200)
    case .infer:
      let outputs = [
        Int16(truncatingIfNeeded: words[1]), Int16(truncatingIfNeeded: words[1] >> 16),
        Int16(truncatingIfNeeded: words[2]),
      ]
      return words[2] >> 16 == 0 && outputs.firstIndex(of: outputs.max() ?? 0) == Int(words[0])
    case .readWeights, .predict: return stride(from: 1, to: words.count, by: 2).allSatisfy { words[$0] >> 16 == 0 }
    case .train: return words[1] < 3 && words[0] < 48 << 16 + 1
    case .exportState: return words.prefix(40).allSatisfy { $0 != 0x8000_0000 }
    default: return true
    }
  }

  @Test("How many words are expected is said where they are others than what they hold")
  func words() throws {
    let honest = try Self.honest()
    for (place, request) in Self.requests.enumerated() where request.0 != .identify && honest[place].count > 1 {
      var number = 0
      var session = Session(
        on: AnsweringController(machine: try Self.machine()) { _, _ in
          defer { number += 1 }
          return number == place ? honest[number] + [0] : honest[number]
        })
      var told = ""
      do throws(FirmwareRefusal) {
        for request in Self.requests[...place] { try session.request(request.0, request.1) }
      } catch { told = error.description }
      let isPacked = [.infer, .readWeights, .predict].contains(request.0)
      #expect(told.contains("\(honest[place].count) words, expected "), "\(told)")
      #expect(told.hasSuffix(" (\(honest[place].count - 1) words)") == isPacked, "\(told)")
    }
  }

  @Test("What is done although it cannot be is a wrong answer too")
  func impossible() throws {
    for (command, words) in [
      (Command.infer, [1, 0] as [UInt32]), (.exportState, []), (.train, [1, 0, 0]), (.erase, [0]),
    ] {
      var session = Session(on: AnsweringController(machine: try Self.machine()) { _, _ in [0] })
      #expect(throws: FirmwareRefusal(command, .wrongAnswer("with status 0, done, expected 4, notConfigured"))) {
        _ = try session.request(command, words)
      }
    }
  }
}
