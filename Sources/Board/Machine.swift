import Crossbar
import RV32
import Registers
import Trace

/// The board: a chip, a mailbox, RAM and a few peripherals on one bus. This file is its wiring.
///
/// Time is in core clock cycles: an access takes one, and reading `WAIT` stalls until the tile is idle. The bus is the
/// only place that logs.
public struct Machine<Log: LogSink>: Bus {
  /// The blocks on the bus, their registers as they are after reset of this chip.
  public let maps: [BlockMap]
  /// `MBX`: the tiles and what they share.
  public internal(set) var chip: Chip
  /// `FLASH`: what stays without power.
  public internal(set) var flash: Flash
  /// `HOST`: where requests to the controller go and its answers come from.
  public var mailbox = Mailbox()
  /// `UART`: what software prints, and what is typed.
  public var uart: UART
  /// `CLINT`: timer and software interrupt.
  public internal(set) var timer: MachineTimer
  var finisher: RegisterFile<FinisherRegister>
  var host: RegisterFile<HostRegister>
  /// Words from `MemoryMap.ram` on, for masters of the bus; a core has its own RAM.
  public internal(set) var ram: [UInt32]
  /// Exit status, once software wrote to the finisher.
  public internal(set) var exitStatus: Int32?
  /// Core clock cycles since reset.
  public internal(set) var cycle: UInt64 = 0
  /// The instruction that makes the access at hand, when a binary runs.
  var pc: UInt32?
  /// What was refused of the access at hand.
  var refusal: Refused?
  /// How the access at hand ends the hart's run, if it does.
  var hartEnd: RV32.ExitStatus?
  /// What was under way as the power went; nil while it is there. A board without power stands still: it can be looked
  /// at, but no time passes, writes are lost and reads change nothing.
  public internal(set) var powerLoss: PowerLoss?
  /// Whether the log wants to be told of more than entries: it is a `StagedLog`.
  var isStaged = false
  /// Whether interrupt lines or the next event may have changed, for a hart that has to look at them again then.
  var isDisturbed = false
  /// When the chip's interrupt line went up, if it is.
  var chipRaised: UInt64?
  /// The same of `FLASH`.
  var flashRaised: UInt64?
  /// The longest that an access has held its master, cycles: a load of `WAIT`.
  public internal(set) var longestStall: UInt64 = 0
  /// What time went for since the board was made.
  var timePassed = TimePassed()
  /// What was refused of accesses of a binary.
  public var diagnostics = Diagnostics()
  /// Behind all that has the same place whatever the log.
  public var log: Log

  /// 256 KiB.
  public static var defaultRAMBytes: Int { 256 * 1024 }

  /// - Throws: what is wrong with the configuration.
  public init(_ configuration: ChipConfiguration, log: Log, ramBytes: Int = defaultRAMBytes)
    throws(ConfigurationProblem)
  {
    if let problem = configuration.problem { throw problem }
    maps = configuration.maps
    chip = Chip(configuration, maps: maps)
    func map(_ base: UInt32, _ maps: [BlockMap]) -> BlockMap {
      guard let map = maps.first(where: { $0.base == base }) else { preconditionFailure("no block at \(base)") }
      return map
    }
    uart = UART(map(MemoryMap.uart, maps))
    timer = MachineTimer(map(MemoryMap.timer, maps))
    finisher = RegisterFile(map(MemoryMap.finisher, maps))
    host = RegisterFile(map(MemoryMap.host, maps))
    flash = Flash(map(MemoryMap.flash, maps))
    ram = Array(repeating: 0, count: ramBytes / 4)
    self.log = log
    stageLog()
  }

  /// Number of the tile that an address belongs to.
  @inline(__always)
  func tile(at address: UInt32) -> Int? {
    let number = Int((address &- MemoryMap.firstTile) >> 16)
    return number < chip.tiles.count ? number : nil
  }

  @specialized(where Log == NoLog)
  public mutating func read(_ address: UInt32) -> UInt32 {
    cycle &+= 1
    guard pass(by: cycle) else { return readWithoutPower(address) }
    guard let tile = tile(at: address) else {
      let answer = readBoard(address)
      refusal = answer.error.map { .chip($0) }
      if Log.isActive, powerLoss == nil { record(Transaction(.read, address, answer.value)) }
      return answer.value
    }
    let offset = address & (MemoryMap.tileStride - 1)
    if offset == TileRegister.wait.rawValue, !stall(until: tile) { return readWithoutPower(address) }
    return read(address, of: tile)
  }

  /// The access itself, when all that it waits for has passed.
  @inline(__always)
  mutating func read(_ address: UInt32, of tile: Int) -> UInt32 {
    let answer = chip.tiles[tile].read(address & (MemoryMap.tileStride - 1))
    note(answer.error, of: tile)
    if Log.isActive { record(Transaction(.read, address, answer.value)) }
    return answer.value
  }

  @specialized(where Log == NoLog)
  public mutating func write(_ address: UInt32, _ value: UInt32) {
    cycle &+= 1
    guard pass(by: cycle) else { return }
    guard let tile = tile(at: address) else {
      refusal = writeBoard(address, value)
      guard Log.isActive, powerLoss == nil else { return }
      record(Transaction(.write, address, value))
      recordFlashStart(address)
      return
    }
    let offset = address & (MemoryMap.tileStride - 1)
    let error = chip.tiles[tile].write(offset, value, cycle: cycle)
    note(error, of: tile)
    if Log.isActive { record(Transaction(.write, address, value)) }
    // What sets something off is up to there: most writes are of lines' registers, far behind.
    guard error == nil, offset <= TileRegister.supply.rawValue else { return }
    if offset == TileRegister.start.rawValue { noteStart(of: tile) }
    if offset == TileRegister.supply.rawValue { noteSwitch(of: tile) }
  }

  private mutating func noteStart(of tile: Int) {
    chip.noteStart(on: tile)
    isDisturbed = true
    guard Log.isActive, let command = chip.tiles[tile].underWay else { return }
    append(.event(.started(tile: tile, chip.tiles[tile].description(of: command))), at: cycle)
    tellLevels(atStartOf: command, tile: tile)
  }

  @inline(never)
  private mutating func noteSwitch(of tile: Int) {
    chip.noteEnds()
    isDisturbed = true
    if Log.isActive { append(.event(chip.tiles[tile].supplyEvent), at: cycle) }
  }

  /// What a read would return, without any effect; nil where there is nothing.
  public func peek(_ address: UInt32) -> UInt32? {
    if let tile = tile(at: address) { return chip.tiles[tile].peek(address & (MemoryMap.tileStride - 1)) }
    return peekBoard(address)
  }

  /// Lets time pass without an access.
  /// - Precondition: `target` is not in the past.
  public mutating func advance(to target: UInt64) {
    precondition(target >= cycle, "time does not run backwards")
    guard pass(by: target) else { return }
    timePassed.idle &+= target &- cycle
    cycle = target
  }

  /// Finishes what is due by a cycle without letting time pass: an access that stalls until then is still to come.
  @inline(__always)
  public mutating func finishOperations(by target: UInt64) { _ = pass(by: target) }

  /// Has happen what is due by a cycle.
  /// - Returns: whether there is power then; if not, time stands where it went.
  @inline(__always)
  mutating func pass(by target: UInt64) -> Bool { target < chip.nextMoment || passMoments(by: target) }

  /// Refuses an access of another size than the registers there have, or one that no register takes.
  /// - Parameters:
  ///   - transaction: What was asked, and at which address.
  ///   - size: Of the access.
  public mutating func refuse(_ transaction: Transaction, size: AccessSize = .byte) {
    cycle &+= 1
    guard pass(by: cycle) else { return }
    let error = registerBytes(at: transaction.address) == nil ? ChipError.unmapped : .misaligned
    refusal = .chip(chip.raise(error, at: transaction.address))
    isDisturbed = true
    if Log.isActive { record(transaction, size) }
  }

  /// Has the chip note what another part of the board refused of an access.
  public mutating func note(_ error: ChipError, of transaction: Transaction) {
    guard powerLoss == nil else { return }
    append(.event(.chipError(chip.raise(error, at: transaction.address))), at: cycle)
  }

  /// Keeps what a tile refused of the access at hand, if anything.
  @inline(__always)
  private mutating func note(_ error: TileError?, of tile: Int) {
    refusal = error.map { .tile(tile, $0) }
    guard error != nil else { return }
    chip.noteError(of: tile)
    isDisturbed = true
  }

  // MARK: Time

  /// The cycle at which a load of a busy tile's `WAIT` returns: at the end of the operation, which a brown-out may bring
  /// forward, or where it gives up.
  func stallEnd(of tile: Int, from cycle: UInt64) -> UInt64 {
    let limit = UInt64(chip.tiles[tile].registers[.waitLimit])
    let end = min(chip.tiles[tile].endCycle, chip.brownOutCycle)
    return limit > 0 ? min(end, cycle + limit) : end
  }

  private mutating func passMoments(by target: UInt64) -> Bool {
    guard powerLoss == nil else {
      stop()
      return false
    }
    if chip.firstLogged <= target {
      guard beginLog() else { return false }
      guard target >= chip.nextMoment else { return true }
    }
    isDisturbed = true
    let last = min(target, chip.powerEnd)
    if chip.brownOutCycle <= last {
      finishDueOperations(by: chip.brownOutCycle)
      brownOut(at: chip.brownOutCycle)
    }
    finishDueOperations(by: last)
    guard target >= chip.powerEnd else { return true }
    cycle = chip.powerEnd
    losePower()
    return false
  }

  /// The cycle at which the next operation ends, of tiles and flash; never, while none is under way.
  @inline(__always)
  var nextEnd: UInt64 { min(chip.nextEnd, chip.flashEnd) }

  /// After what may have moved the end of the flash's operation, or its line.
  mutating func noteFlash(at moment: UInt64) {
    chip.flashEnd = flash.endCycle
    flashRaised = flash.interrupts ? flashRaised ?? moment : nil
  }

  private mutating func finishDueOperations(by target: UInt64) {
    while nextEnd <= target {
      if chip.flashEnd < chip.nextEnd { finishFlash() } else { passMoments(ofTilesBy: min(target, chip.flashEnd)) }
    }
  }

  private mutating func finishFlash() {
    let end = flash.endCycle
    let (operation, error) = flash.finish()
    noteFlash(at: end)
    guard Log.isActive else { return }
    append(.event(.flash(.finished(operation))), at: end)
    if let error { append(.event(.flash(.error(error))), at: end) }
  }

  private mutating func passMoments(ofTilesBy target: UInt64) {
    while let (tile, cycle, moment) = chip.passNext(by: target) {
      noteChipLine(at: cycle)
      guard Log.isActive else { continue }
      switch moment {
      case .settled: append(.event(.settled(tile: tile)), at: cycle)
      case .aborted(let operation):
        append(.event(.aborted(tile: tile, operation)), at: cycle)
        append(.event(.tileError(tile: tile, .watchdog)), at: cycle)
      case .finished(let operation, let isUnsettled):
        let end = chip.tiles[tile].end(of: operation, isUnsettled: isUnsettled)
        append(.event(.finished(tile: tile, end)), at: cycle)
        tellLevels(atEndOf: operation, isUnsettled: isUnsettled, tile: tile)
      }
    }
  }

  // MARK: Log

  private mutating func record(_ transaction: Transaction, _ size: AccessSize = .own) {
    log.append(LogEntry(cycle: cycle, .access(transaction), pc: pc, size: size))
    if let refusal { append(.event(refusal.event), at: cycle) }
  }

  /// What a write of `FLASH.START` started.
  private mutating func recordFlashStart(_ address: UInt32) {
    guard address == MemoryMap.flash + FlashRegister.start.rawValue, refusal == nil, let command = flash.underWay else {
      return
    }
    append(.event(.flash(.started(command.operation, page: command.page))), at: cycle)
  }

  mutating func append(_ body: LogEntry.Body, at cycle: UInt64) {
    log.append(LogEntry(cycle: cycle, body))
  }
}

extension Machine: Sendable where Log: Sendable {}
