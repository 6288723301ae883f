import Board
import Crossbar
import Files
import ModelHeader
import RV32
import Trace

/// A chip that a caller has: with a log or without, so that one without pays for none. It is reached in its place, and
/// never copied for an access.
struct HeldChip: Held, ~Copyable {
  static var kind: UInt64 { 1 }

  /// Exactly one of the two is there.
  private(set) var silent: UnsafeMutablePointer<Machine<NoLog>>?
  private(set) var logged: UnsafeMutablePointer<Machine<ChipLog>>?

  init(_ machine: Machine<NoLog>) { silent = .allocate(machine) }

  deinit {
    silent?.release()
    logged?.release()
  }

  mutating func become(_ machine: Machine<NoLog>) {
    logged?.release()
    logged = nil
    silent?.release()
    silent = .allocate(machine)
  }

  mutating func become(_ machine: Machine<ChipLog>) {
    silent?.release()
    silent = nil
    logged?.release()
    logged = .allocate(machine)
  }

  var cycle: UInt64 { silent?.pointee.cycle ?? logged?.pointee.cycle ?? 0 }
  var hasPower: Bool {
    if let silent { return silent.pointee.powerLoss == nil }
    return logged?.pointee.powerLoss == nil
  }
  var snapshot: MachineSnapshot {
    guard let snapshot = silent?.pointee.snapshot ?? logged?.pointee.snapshot else {
      preconditionFailure("a chip is there")
    }
    return snapshot
  }
  private var currents: [SensedCurrents] { silent?.pointee.currents ?? logged?.pointee.currents ?? [] }
  var tiles: [Tile] { silent?.pointee.chip.tiles ?? logged?.pointee.chip.tiles ?? [] }

  // MARK: Bus

  @inline(__always)
  func read(_ address: UInt32, _ width: AccessWidth) -> (value: UInt32, status: mblstm_status) {
    if let silent { return answer(silent.pointee.read(address, width), silent.pointee.powerLoss) }
    if let logged { return answer(logged.pointee.read(address, width), logged.pointee.powerLoss) }
    return (0, MBLSTM_NO_POWER)
  }

  @inline(__always)
  func write(_ address: UInt32, _ value: UInt32, _ width: AccessWidth) -> mblstm_status {
    if let silent { return status(silent.pointee.write(address, value, width), silent.pointee.powerLoss) }
    if let logged { return status(logged.pointee.write(address, value, width), logged.pointee.powerLoss) }
    return MBLSTM_NO_POWER
  }

  func readRegister(_ address: UInt32) -> (value: UInt32, status: mblstm_status) {
    if let silent { return answer(silent.pointee.readRegister(address), silent.pointee.powerLoss) }
    if let logged { return answer(logged.pointee.readRegister(address), logged.pointee.powerLoss) }
    return (0, MBLSTM_NO_POWER)
  }

  func writeRegister(_ address: UInt32, _ value: UInt32) -> mblstm_status {
    if let silent { return status(silent.pointee.writeRegister(address, value), silent.pointee.powerLoss) }
    if let logged { return status(logged.pointee.writeRegister(address, value), logged.pointee.powerLoss) }
    return MBLSTM_NO_POWER
  }

  @inline(__always)
  private func answer(_ answer: (value: UInt32, isError: Bool), _ loss: PowerLoss?) -> (UInt32, mblstm_status) {
    (answer.value, status(answer.isError, loss))
  }

  @inline(__always)
  private func status(_ isError: Bool, _ loss: PowerLoss?) -> mblstm_status {
    isError ? MBLSTM_BUS_ERROR : loss == nil ? MBLSTM_OK : MBLSTM_NO_POWER
  }

  /// Lets cycles pass.
  mutating func pass(_ cycles: UInt64) throws(Failure) {
    let (target, overflows) = cycle.addingReportingOverflow(cycles)
    guard !overflows else { throw .argument("\(cycles) cycles, expected to end below 2^61") }
    try advance(to: target)
  }

  mutating func advance(to target: UInt64) throws(Failure) {
    guard target >= cycle, target < 1 << 61 else {
      throw .argument("cycle \(target), expected one from now, \(cycle), on and below 2^61")
    }
    guard hasPower else { throw .noPower }
    silent?.pointee.advance(to: target)
    logged?.pointee.advance(to: target)
    guard hasPower else { throw .noPower }
  }

  // MARK: Logs

  /// Changes the log; a chip that has none begins one.
  mutating func log(_ change: (inout ChipLog, MachineSnapshot) throws(Failure) -> Void) throws(Failure) {
    guard hasPower else { throw .noPower }
    let (state, sensed) = (snapshot, currents)
    var log = logged?.pointee.log ?? ChipLog()
    try change(&log, state)
    if let logged { logged.pointee.log = log } else { become(try state.machine(log: log, currents: sensed)) }
  }

  mutating func closeLog() throws(Failure) {
    guard let log = logged?.pointee.log else { return }
    become(try snapshot.machine(log: NoLog(), currents: currents))
    try log.closed()
  }

  /// - Throws: where a log is open.
  func expectNoLog(_ what: StaticString) throws(Failure) {
    guard logged == nil else { throw Failure(MBLSTM_BAD_ORDER, "\(what) needs the logs to be closed") }
  }
}

extension MachineSnapshot {
  /// The same chip with another log.
  fileprivate func machine<Log: LogSink>(log: Log, currents: [SensedCurrents]) throws(Failure) -> Machine<Log> {
    do throws(SnapshotProblem) {
      var machine = try Machine(self, log: log)
      machine.currents = currents
      return machine
    } catch { throw .input(error) }
  }
}

extension UnsafeMutablePointer {
  fileprivate static func allocate(_ value: Pointee) -> Self {
    let pointer = allocate(capacity: 1)
    pointer.initialize(to: value)
    return pointer
  }

  fileprivate func release() {
    deinitialize(count: 1)
    deallocate()
  }
}

extension Failure {
  static var noPower: Failure {
    Failure(MBLSTM_NO_POWER, "the board has no power, expected mblstm_chip_power_cycle before")
  }
}
