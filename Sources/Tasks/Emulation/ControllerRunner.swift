import Board
import Firmware
import Trace

/// A board with a controller that serves the mailbox: what the host talks to.
public protocol ControllerRunner: ~Copyable {
  associatedtype Log: LogSink
  var machine: Machine<Log> { get set }

  /// Lets the controller work until it waits for the host.
  mutating func serve() throws(ControllerFailure)
}

/// The controller as native code beside the machine.
public struct NativeController<Log: LogSink>: ControllerRunner {
  public var machine: Machine<Log>
  private var controller = Controller()

  public init(_ machine: Machine<Log>) { self.machine = machine }

  public mutating func serve() throws(ControllerFailure) { _ = controller.serve(on: &machine) }
}

extension NativeController: Sendable where Log: Sendable {}

/// A binary that came to an end instead of an answer.
public struct ControllerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// How, and where in the program.
  public let description: String

  public init(_ description: String) { self.description = description }
}
