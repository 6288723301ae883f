import Board
import Files
import Firmware
import Trace

/// What the firmware answered instead of `done`.
public struct FirmwareRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was asked.
  public let command: Command
  /// What was answered; `badLength` where there was no answer, or one without a status.
  public let status: Status
  /// Behind the status: with `hardware` the `ERROR` of both tiles, with `outOfMemory` need and have in bytes.
  public let words: [UInt32]
  /// Why a binary did not answer at all.
  public var failure: ControllerFailure?

  public var description: String {
    if let failure { return "no answer to '\(command)': \(failure)" }
    let tiles = words.enumerated().map { "MBX\($0.offset).ERROR = 0x\(String($0.element, radix: 16))" }
    return "the firmware answered '\(status)' to '\(command)'"
      + (tiles.isEmpty ? "" : ": \(tiles.joined(separator: ", "))")
  }
}

/// A board with the firmware on it, and the host's end of the mailbox.
public struct Session<Runner: ControllerRunner & ~Copyable>: ~Copyable {
  /// The board with its controller.
  public var runner: Runner

  /// A session with a controller as it is: nothing is sent.
  public init(on runner: consuming Runner) { self.runner = runner }

  /// The runner's board.
  public var machine: Machine<Runner.Log> {
    get { runner.machine }
    set { runner.machine = newValue }
  }

  /// Sends one request, lets the firmware serve it, and returns the words after `done`.
  public mutating func request(_ command: Command, _ words: [UInt32] = []) throws(FirmwareRefusal) -> [UInt32] {
    if let signal = Interruption.signal {
      let failure = ControllerFailure("\(Interrupted(signal: signal))")
      throw FirmwareRefusal(command: command, status: .badLength, words: [], failure: failure)
    }
    runner.machine.mailbox.post(CollectionOfOne(command.rawValue))
    runner.machine.mailbox.post(CollectionOfOne(UInt32(words.count)))
    runner.machine.mailbox.post(words)
    do {
      try runner.serve()
    } catch {
      throw FirmwareRefusal(command: command, status: .badLength, words: [], failure: error)
    }
    let answer = runner.machine.mailbox.collect()
    guard let first = answer.first, let status = Status(rawValue: first) else {
      throw FirmwareRefusal(command: command, status: .badLength, words: answer)
    }
    guard status == .done else {
      throw FirmwareRefusal(command: command, status: status, words: Array(answer.dropFirst()))
    }
    return Array(answer.dropFirst())
  }
}

extension Session: Copyable where Runner: Copyable {}

extension Session {
  /// With the firmware as native code.
  public init<Log>(_ machine: Machine<Log>) where Runner == NativeController<Log> {
    self.init(on: NativeController(machine))
  }
}
