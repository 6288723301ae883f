import Board

/// How a command ended; `exec` passes on what its program said.
struct ExitStatus: RawRepresentable {
  let rawValue: Int32

  static let success = ExitStatus(rawValue: 0)
  /// It ran, and found a difference or missed a bar.
  static let difference = ExitStatus(rawValue: 1)
  /// It could not run: bad arguments or input.
  static let failure = ExitStatus(rawValue: 2)
  /// The user asked for the end, as the shell tells it.
  static func interrupted(by signal: Int32) -> ExitStatus { ExitStatus(rawValue: 128 + signal) }
  /// The power of the board went.
  static let powerOff = ExitStatus(rawValue: 123)
  /// A program reached a limit that it was given.
  static let limit = ExitStatus(rawValue: 124)
  /// A program cannot go on.
  static let stopped = ExitStatus(rawValue: 125)
}

/// One verb of the command: a file each, whose help is its manual.
protocol Verb {
  static var name: String { get }
  /// One line.
  static var summary: String { get }
  /// After `mblstm`, without options.
  static var usage: String { get }
  static var discussion: String { get }
  static var options: [Option] { get }
  static var operands: [Operand] { get }
  /// Options that there were, and what to write instead.
  static var moved: [String: String] { get }
  static func run(_ arguments: Arguments) throws -> ExitStatus
  /// Files that it reads without their being named: a task's, the product's own.
  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile]
  /// What `--print-chip` writes, of a verb that has it.
  static func chip(_ arguments: Arguments) throws -> ChipConfiguration
}

extension Verb {
  static func chip(_ arguments: Arguments) throws -> ChipConfiguration { try ChipArguments.chip(from: arguments) }
}

extension Verb {
  static var operands: [Operand] { [] }
  static var moved: [String: String] { [:] }
  static var allOptions: [Option] { options + [.help] }

  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile] {
    let hasTask = operands.contains { $0.placeholder == TaskArguments.placeholder }
    return (hasTask ? TaskArguments.files(arguments) : []) + ControllerArguments.files(arguments)
  }
}

extension String {
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func leftPadding(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
