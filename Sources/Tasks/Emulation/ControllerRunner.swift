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

  /// Time since the controller was put on its board, by its parts: what has passed on the board.
  var time: TimeParts { get }
  /// Whether `time` has what the controller computes; if not, it is told by an account of it: `ControllerCosts`.
  static var measuresComputing: Bool { get }

  /// Gradients of both layers, empty before training is configured; nil where the controller cannot be looked into.
  var gradients: (lstm: [Int32], dense: [Int32])? { get }
  /// Since the network was configured; nil where the controller cannot be looked into.
  var effort: Effort? { get }
}

extension ControllerRunner where Self: ~Copyable {
  public var gradients: (lstm: [Int32], dense: [Int32])? { nil }
  public var effort: Effort? { nil }

  /// Of a controller that takes no time to compute: what is no access is waiting.
  public var time: TimeParts {
    TimeParts(
      arrayCycles: Double(machine.heldCycles + machine.idleCycles), busCycles: Double(machine.accesses))
  }

  public static var measuresComputing: Bool { false }
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
  public var effort: Effort? { controller.effort }
}

extension NativeController: Sendable where Log: Sendable {}

/// The same with interrupts: it sleeps while an operation is under way, and while there are no requests.
public struct SleepingController<Log: LogSink>: ControllerRunner {
  private var bus: SleepingBus<Machine<Log>>
  private var controller = Controller()

  public var machine: Machine<Log> {
    get { bus.base }
    _modify { yield &bus.base }
  }

  /// A controller that knows no network yet, asleep on a board.
  public init(_ machine: Machine<Log>) {
    bus = SleepingBus(machine)
    bus.listenToHost()
  }

  public mutating func serve() throws(ControllerFailure) {
    bus.ignoreHost()
    if controller.serve(on: &bus) { bus.listenToHost() }
  }

  public var gradients: (lstm: [Int32], dense: [Int32])? { controller.gradients ?? ([], []) }
  public var effort: Effort? { controller.effort }
}

extension SleepingController: Sendable where Log: Sendable {}

extension Machine: WakingBus {
  /// - Precondition: the line is raised, or an operation is under way, whose end raises it, or there is no power.
  public mutating func sleep() {
    while !isExternalRaised, powerLoss == nil {
      guard let end = nextOperationEnd else { preconditionFailure("a sleep that nothing ends") }
      advance(to: end)
    }
  }
}

/// A binary that came to an end instead of an answer.
public struct ControllerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// How, and where in the program.
  public let description: String

  /// A failure in words: how, and where in the program.
  public init(_ description: String) { self.description = description }
}
