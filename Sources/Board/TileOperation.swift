import Crossbar
import FixedPoint
import Registers
import Trace

/// A word of `START`, decoded.
struct StartCommand: Sendable {
  var operation: Operation
  var gain: Int
  var isLinear: Bool
  var row: Int
  /// Whether it began before the references had settled.
  var isUnsettled: Bool

  /// What no word of software has.
  private static let unsettled = UInt32(1) << 31

  init?(_ word: UInt32) {
    guard let operation = Operation(rawValue: TileRegister.Start.operation.decode(word)) else { return nil }
    self.operation = operation
    gain = Int(TileRegister.Start.gain.decode(word))
    isLinear = TileRegister.Start.linear.decode(word) == 1
    row = Int(TileRegister.Start.row.decode(word))
    isUnsettled = word & Self.unsettled != 0
  }

  /// The word that starts it, with a mark where that was too early.
  var word: UInt32 {
    operation.rawValue | TileRegister.Start.gain.encode(UInt32(gain)) | TileRegister.Start.linear.encode(isLinear)
      | TileRegister.Start.row.encode(UInt32(row)) | (isUnsettled ? Self.unsettled : 0)
  }
}

/// What happens by itself in a tile.
enum TileMoment {
  case finished(Operation, isUnsettled: Bool)
  /// By the watchdog.
  case aborted(Operation)
  case settled
}

/// The life of an operation: accepted, under way for its time, ended all at once.
extension Tile {
  /// Accepts a start or says why not.
  mutating func start(_ word: UInt32, cycle: UInt64) -> TileError? {
    guard var command = StartCommand(word) else { return .operation }
    switch command.operation {
    case .programRow, .erase:
      guard !isLocked else { return .locked }
      guard command.operation == .erase || command.row < array.wordLines else { return .index }
      guard supplied.drivers else { return .supply }
    case .read, .readTransposed, .zero, .reference:
      guard supplied.analog else { return .supply }
    }
    command.isUnsettled = !supplied.settled
    underWay = command
    operationNumber += 1
    registers.set(TileRegister.Status.operation, of: .status, to: command.operation.rawValue)
    endCycle = cycle + span(of: command).lasts
    refreshStatus()
    return nil
  }

  /// What is under way, and the cycle it ends: `PROGRAM_ROW row=3 until cycle 5120`.
  package var operationUnderWay: String? {
    underWay.map { command in
      "\(command.operation.name)\(command.operation == .programRow ? " row=\(command.row)" : "") until cycle \(endCycle)"
    }
  }

  /// Cycles that an operation takes if nothing ends it.
  private func duration(of command: StartCommand) -> UInt64 {
    switch command.operation {
    case .read, .readTransposed, .zero, .reference: conversionCycles
    case .programRow: timing.phase(longest(.set)) + timing.phase(longest(.reset))
    case .erase: UInt64(array.wordLines) * timing.phase(eraseWidth)
    }
  }

  /// Of a conversion, settling included.
  var conversionCycles: UInt64 {
    UInt64(settleCycles) + UInt64(TileRegister.Timing.convert.decode(registers[.timing]))
  }

  /// From when lines are driven to when they are sampled.
  var settleCycles: UInt32 { TileRegister.settleCycles.decode(registers[.settle]) }

  /// Cycles of an operation from its start to its end, and whether the watchdog has brought that forward.
  func span(of command: StartCommand) -> (lasts: UInt64, isOverdue: Bool) {
    let limit = UInt64(registers[.watchdog])
    let duration = duration(of: command)
    return limit > 0 && duration > limit ? (limit, true) : (duration, false)
  }

  /// The operation's own view of itself, for the log.
  func description(of command: StartCommand) -> OperationStart {
    let driven: Int
    switch command.operation {
    case .read: driven = array.wordLines
    case .readTransposed: driven = array.columns
    default: driven = 0
    }
    let pulsed = command.operation == .programRow ? array.bitLines : 0
    return OperationStart(
      operation: command.operation, gain: command.gain, isLinear: command.isLinear, row: command.row,
      driveCodes: driveCodes(driven), pulseWidths: (0..<pulsed).map { Lanes.even(registers[.pulse, $0]) })
  }

  /// Ends what is under way when its time is up, its own or that of the watchdog.
  /// - Returns: what it was, and how it ended.
  mutating func finish(_ activation: ActivationUnit) -> TileMoment {
    guard let command = underWay else { preconditionFailure("nothing is under way") }
    let (cycles, isOverdue) = span(of: command)
    guard !isOverdue else {
      end(command, after: cycles)
      _ = raise(.watchdog)
      return .aborted(command.operation)
    }
    guard !command.isUnsettled else {
      endUnsettled(command, after: cycles)
      return .finished(command.operation, isUnsettled: true)
    }
    settle()
    switch command.operation {
    case .read: convert(command, .forward, activation)
    case .readTransposed: convert(command, .transposed, activation)
    case .programRow: programRow(command.row, cycles: cycles)
    case .erase: erase(cycles: cycles)
    case .zero: convertConstant(0)
    case .reference: convertConstant(Int32(AnalogScale.reference))
    }
    refreshStatus()
    return .finished(command.operation, isUnsettled: false)
  }

  /// Ends what is under way at a cycle before its end.
  /// - Returns: nil when nothing is.
  mutating func endEarly(at cycle: UInt64) -> Operation? {
    guard let command = underWay else { return nil }
    end(command, after: span(of: command).lasts - (endCycle - cycle))
    return command.operation
  }

  private mutating func settle() {
    underWay = nil
    endCycle = .max
  }

  /// Ends a conversion whose references had not settled: its lines were driven, and no code was taken over.
  @inline(never)
  private mutating func endUnsettled(_ command: StartCommand, after cycles: UInt64) {
    settle()
    switch command.operation {
    case .read: dissipate(.forward, cycles: cycles)
    case .readTransposed: dissipate(.transposed, cycles: cycles)
    case .zero, .reference, .programRow, .erase: break
    }
    isStale = true
    refreshStatus()
  }

  /// Ends an operation before its time: it has had its effect up to then, and `ABORTED` tells where it stood.
  private mutating func end(_ command: StartCommand, after cycles: UInt64) {
    settle()
    var progress = Progress(cycles: cycles)
    switch command.operation {
    case .programRow: progress = programRow(command.row, cycles: cycles)
    case .erase: progress = erase(cycles: cycles)
    case .read: dissipate(.forward, cycles: cycles)
    case .readTransposed: dissipate(.transposed, cycles: cycles)
    case .zero, .reference: break
    }
    if sensedLines(command.operation) > 0 { isStale = true }
    let phase: UInt32 =
      switch progress.polarity {
      case nil: 0
      case .set: 1
      case .reset: 2
      }
    registers[.aborted] =
      TileRegister.Aborted.operation.encode(command.operation.rawValue) | TileRegister.Aborted.phase.encode(phase)
      | TileRegister.Aborted.row.encode(UInt32(progress.row))
    registers[.abortedCycles] = UInt32(clamping: progress.cycles)
    refreshStatus()
  }
}

/// Where an operation stands: the phase that was begun last, and the cycles that it, or else the operation, has had.
struct Progress {
  var polarity: Polarity?
  var row = 0
  var cycles: UInt64
}
