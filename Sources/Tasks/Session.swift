import Board
import Files
import Firmware
import Trace

/// Why a request was not carried out.
public struct FirmwareRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// What became of the request.
  public enum Reason: Sendable, Equatable {
    /// The firmware answered another status than `done`, and the words that belong to it: `ERROR` of the tiles with
    /// `hardware`, bytes needed and there with `outOfMemory`.
    case refused(Status, [UInt32])
    /// The answer is none that the protocol has: with what, and what was expected.
    case wrongAnswer(String)
    /// A binary came to an end before its answer.
    case noAnswer(ControllerFailure)
    /// The power of the board went before the answer.
    case powerOff(PowerLoss)
  }

  /// What was asked.
  public let command: Command
  /// What became of it.
  public let reason: Reason
  /// Of the network that was asked, as far as that is known.
  public let side: Side

  /// A request and what became of it.
  public init(_ command: Command, _ reason: Reason, of side: Side = .first) {
    self.command = command
    self.reason = reason
    self.side = side
  }

  /// The end of the board, where its power went.
  package var powerLoss: PowerLoss? { if case .powerOff(let loss) = reason { loss } else { nil } }

  /// The status, where the firmware refused.
  public var status: Status? { if case .refused(let status, _) = reason { status } else { nil } }

  public var description: String {
    switch reason {
    case .powerOff(let loss): return "no answer to '\(command)': \(loss)"
    case .noAnswer(let failure): return "no answer to '\(command)': \(failure)"
    case .wrongAnswer(let text): return "the firmware answered '\(command)' \(text)"
    case .refused(let status, let words):
      let tiles = zip(Layer.allCases, words).map { "MBX\(side.tile($0)).ERROR = 0x\(String($1, radix: 16))" }
      guard status != .hardware || words.contains(where: { $0 != 0 }) else {
        return "the firmware answered '\(status)' to '\(command)': the cell unit had refused something"
      }
      return "the firmware answered '\(status)' to '\(command)'"
        + (tiles.isEmpty || status != .hardware ? "" : ": \(tiles.joined(separator: ", "))")
        + (status == .flash ? ": FLASH.ERROR = 0x\(String(words[0], radix: 16))" : "")
    }
  }
}

/// A board with the firmware on it, and the host's end of the mailbox.
public struct Session<Runner: ControllerRunner & ~Copyable>: ~Copyable {
  /// The board with its controller.
  public var runner: Runner
  private var knowledge = ControllerKnowledge()
  /// Of what came before the board that it has now.
  private var timeBefore = TimeParts()
  /// Cycles that the controller has computed, where the runner does not measure them.
  private var computed: UInt64 = 0
  private var account = ControllerAccount()
  /// What each request has taken, where that is kept.
  package private(set) var costs: [RequestCost]?

  /// A session with a controller as it is: nothing is sent.
  public init(on runner: consuming Runner) { self.runner = runner }

  /// The runner's board.
  public var machine: Machine<Runner.Log> {
    get { runner.machine }
    set { runner.machine = newValue }
  }

  /// Sends one request, lets the firmware serve it, and returns the words after `done`: as many as the protocol has for
  /// the request, each in its range.
  /// - Throws: when the firmware refuses, answers what the protocol does not have, or does not answer.
  @discardableResult
  public mutating func request(_ command: Command, _ words: [UInt32] = []) throws(FirmwareRefusal) -> [UInt32] {
    if let signal = Interruption.signal {
      throw FirmwareRefusal(command, .noAnswer(ControllerFailure("\(Interrupted(signal: signal))")))
    }
    if let loss = runner.machine.lostPower() { throw FirmwareRefusal(command, .powerOff(loss)) }
    let form = knowledge.form(of: command, words)
    if command.isOfSequence { runner.machine.noteSequence() }
    runner.machine.mailbox.post(CollectionOfOne(command.rawValue))
    runner.machine.mailbox.post(CollectionOfOne(UInt32(words.count)))
    runner.machine.mailbox.post(words)
    runner.machine.mailbox.expect(words: 1 + form.largest)
    let (before, begin) = (runner.machine.workDone(), costs == nil ? TimeParts() : runner.time)
    // What is only answered takes what its words say.
    let effort = command.isOfActiveSide ? nil : runner.effort
    do {
      try runner.serve()
    } catch {
      throw FirmwareRefusal(command, .noAnswer(error))
    }
    if let loss = runner.machine.lostPower() { throw FirmwareRefusal(command, .powerOff(loss)) }
    let answer: Answer
    do throws(WrongAnswer) {
      answer = try Answer(runner.machine.mailbox.collect(), to: command, words, form: form, on: before.features)
    } catch {
      throw FirmwareRefusal(command, .wrongAnswer(error.text))
    }
    var work =
      answer.status == .done
      ? knowledge.work(of: command, words, on: before.synapse, with: before.features) : ControllerWork(.other)
    if let effort, let now = runner.effort { work.note(now - effort) }
    let mailbox = Self.frame + words.count + 1 + answer.words.count
    before.note(upTo: runner.machine.workDone(), hostWords: mailbox, in: &work)
    knowledge.note(command, words, answer.status, answer.words)
    work.note(startOf: knowledge.shape)
    let cycles = Runner.measuresComputing ? 0 : account.cycles(of: work)
    computed += cycles
    costs?.append(
      RequestCost(work: work, time: runner.time - begin + TimeParts(controllerCycles: Double(cycles))))
    guard answer.status == .done else {
      throw FirmwareRefusal(command, .refused(answer.status, answer.words), of: knowledge.side(of: command))
    }
    return answer.words
  }

  @discardableResult
  mutating func request(_ request: HostRequest) throws(FirmwareRefusal) -> [UInt32] {
    try self.request(request.command, request.words)
  }

  /// Reads of `HOST` before the words of a request: whether words wait, and two of them.
  private static var frame: Int { 3 }

  /// Time since the session began, by its parts. What a native controller computes is the account of it that
  /// `ControllerCosts` gives; no stamp of a log has it.
  public var time: TimeParts {
    timeBefore + runner.time + TimeParts(controllerCycles: Double(computed))
  }

  /// Has the session go on at a time on a board that was put back.
  mutating func setTime(_ time: TimeParts) { (timeBefore, computed) = (time - runner.time, 0) }

  /// Keeps what each request takes from now on.
  package mutating func recordCosts() { costs = [] }

  /// Which of two networks requests are of.
  var workingSide: Side { knowledge.working }
  /// Which of two networks classifies.
  package var servingSide: Side { knowledge.active }

  /// Asks what the controller is; every other request comes after it.
  /// - Throws: when it speaks another version of the protocol, naming both.
  mutating func identify() throws(FirmwareRefusal) { try request(.identify) }
}

/// What a request had the controller do, and the time that passed.
package struct RequestCost: Sendable {
  package let work: ControllerWork
  package let time: TimeParts

  package init(work: ControllerWork, time: TimeParts) { (self.work, self.time) = (work, time) }
}

extension Command {
  /// Whether it sends a sequence to the controller.
  fileprivate var isOfSequence: Bool { self == .infer || self == .train || self == .predict }
}

extension Session: Copyable where Runner: Copyable {}

extension Session {
  /// With the firmware as native code.
  public init<Log>(_ machine: Machine<Log>) where Runner == NativeController<Log> {
    self.init(on: NativeController(machine))
  }
}
