import Board
import Firmware
import Trace

/// What the firmware answered instead of `done`.
public struct FirmwareRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  public let command: Command
  public let status: Status
  /// `ERROR` of the tiles, with `hardware`.
  public let words: [UInt32]

  public var description: String {
    let tiles = words.enumerated().map { "MBX\($0.offset).ERROR = 0x\(String($0.element, radix: 16))" }
    return "the firmware answered '\(status)' to '\(command)'"
      + (tiles.isEmpty ? "" : ": \(tiles.joined(separator: ", "))")
  }
}

/// A board with the firmware running natively on it, and the host's end of the mailbox.
public struct Session<Log: LogSink> {
  public var machine: Machine<Log>
  private var controller = Controller()

  public init(_ machine: Machine<Log>) { self.machine = machine }

  /// Sends one request, lets the firmware serve it, and returns the words after `done`.
  public mutating func request(_ command: Command, _ words: [UInt32] = []) throws(FirmwareRefusal) -> [UInt32] {
    machine.mailbox.post(CollectionOfOne(command.rawValue))
    machine.mailbox.post(CollectionOfOne(UInt32(words.count)))
    machine.mailbox.post(words)
    _ = controller.serve(on: &machine)
    let answer = machine.mailbox.collect()
    guard let first = answer.first, let status = Status(rawValue: first) else {
      throw FirmwareRefusal(command: command, status: .badLength, words: answer)
    }
    guard status == .done else {
      throw FirmwareRefusal(command: command, status: status, words: Array(answer.dropFirst()))
    }
    return Array(answer.dropFirst())
  }
}
