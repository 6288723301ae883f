import Board
import Firmware
import Trace

/// A board with a controller that serves the mailbox: what the host talks to.
public protocol ControllerRunner: ~Copyable {
  /// Where the board's log goes.
  associatedtype Log: LogSink
  /// The board, with the host's end of the mailbox.
  var machine: Machine<Log> { get set }

  /// Lets the controller work until it waits for the host.
  mutating func serve() throws(ControllerFailure)

  /// Gradients of both layers, empty before training is configured; nil where the controller cannot be looked into.
  var gradients: (lstm: [Int32], dense: [Int32])? { get }
}

extension ControllerRunner where Self: ~Copyable {
  public var gradients: (lstm: [Int32], dense: [Int32])? { nil }
}

/// The controller as native code beside the machine.
public struct NativeController<Log: LogSink>: ControllerRunner {
  /// The board, with the host's end of the mailbox.
  public var machine: Machine<Log>
  private var controller = Controller()

  /// A controller that knows no network yet, on a board.
  public init(_ machine: Machine<Log>) { self.machine = machine }

  public mutating func serve() throws(ControllerFailure) { _ = controller.serve(on: &machine) }

  public var gradients: (lstm: [Int32], dense: [Int32])? { controller.gradients ?? ([], []) }
}

extension NativeController: Sendable where Log: Sendable {}

/// A binary that came to an end instead of an answer.
public struct ControllerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// How, and where in the program.
  public let description: String

  /// A failure in words: how, and where in the program.
  public init(_ description: String) { self.description = description }
}
