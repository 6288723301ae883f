import Registers

/// What a board's snapshot has beyond its blocks' registers, cells and pages.
extension MachineSnapshot {
  /// The supply of the board.
  public struct SupplyState: Sendable, Equatable {
    /// What is scheduled, none of it in the past; of a board without power `powerCut` is when that went.
    public var faults: SupplyFaults
    /// What the power ended as it went; nil while it is there.
    public var loss: PowerLoss?

    /// A supply that is there, and stays but for what is given.
    public init(faults: SupplyFaults = SupplyFaults(), loss: PowerLoss? = nil) {
      self.faults = faults
      self.loss = loss
    }
  }

  /// The host's end of the mailbox.
  public struct HostState: Sendable, Equatable {
    /// Words of an answer that the host takes, the margin included; nil where there is no host.
    public var room: Int?
    /// Whether the controller has sent more.
    public var isFlooded: Bool
    /// Reads of LEVEL and of DATA while no word waited, since the controller last did anything else.
    public var emptyLevels: Int
    /// The same of DATA.
    public var emptyTakes: Int

    /// As it is before a host has asked for anything.
    public init(room: Int? = nil, isFlooded: Bool = false, emptyLevels: Int = 0, emptyTakes: Int = 0) {
      self.room = room
      self.isFlooded = isFlooded
      self.emptyLevels = emptyLevels
      self.emptyTakes = emptyTakes
    }
  }

  /// What the UART is beyond its registers and what was typed and printed.
  public struct UARTState: Sendable, Equatable {
    /// Bytes sent in loopback and not read, oldest first; at most 16.
    public var looped: [UInt8]
    /// `DLL` and `DLM`.
    public var divisor: (low: UInt8, high: UInt8)
    /// Whether more may be typed.
    public var isInputOpen: Bool

    /// As after power-up.
    public init(looped: [UInt8] = [], divisor: (low: UInt8, high: UInt8) = (12, 0), isInputOpen: Bool = false) {
      self.looped = looped
      self.divisor = divisor
      self.isInputOpen = isInputOpen
    }

    public static func == (one: UARTState, other: UARTState) -> Bool {
      one.looped == other.looped && one.divisor == other.divisor && one.isInputOpen == other.isInputOpen
    }
  }

  /// Cycles by which it is told how fast a hart answers its lines.
  public struct LineTimes: Sendable, Equatable {
    /// When the chip's interrupt line went up, if it is up and that was seen.
    public var chipRaised: UInt64?
    /// The same of the flash.
    public var flashRaised: UInt64?
    /// Of the last write of the timer.
    public var timerWritten: UInt64
    /// The longest that an access has held its master, cycles.
    public var longestStall: UInt64

    /// As after power-up.
    public init(
      chipRaised: UInt64? = nil, flashRaised: UInt64? = nil, timerWritten: UInt64 = 0, longestStall: UInt64 = 0
    ) {
      self.chipRaised = chipRaised
      self.flashRaised = flashRaised
      self.timerWritten = timerWritten
      self.longestStall = longestStall
    }
  }
}

extension Machine {
  var lineTimes: MachineSnapshot.LineTimes {
    MachineSnapshot.LineTimes(
      chipRaised: chipRaised, flashRaised: flashRaised, timerWritten: timer.written, longestStall: longestStall)
  }

  /// Takes over what does not follow from the blocks; those are restored already.
  mutating func restore(_ times: MachineSnapshot.LineTimes) {
    chipRaised = times.chipRaised
    flashRaised = times.flashRaised
    noteFlash(at: cycle)
    timer.written = times.timerWritten
    longestStall = times.longestStall
  }

  mutating func restore(_ supply: MachineSnapshot.SupplyState) throws(SnapshotProblem) {
    guard supply.faults.next >= cycle else { throw SnapshotProblem("a fault of the supply is in the past") }
    if let loss = supply.loss {
      let ended = loss.operations.map(\.tile)
      guard loss.cycle == cycle, supply.faults.powerCut == cycle, ended == ended.sorted(),
        loss.operations.allSatisfy({ end in
          chip.tiles.indices.contains(end.tile) && chip.tiles[end.tile].earlyEnd(of: end.operation) == end
        }), !chip.tiles.contains(where: \.isBusy), !flash.isBusy
      else { throw SnapshotProblem("the power went in a way in which it cannot") }
    }
    chip.powerEnd = supply.faults.powerCut ?? .max
    chip.brownOutCycle = supply.faults.brownOut ?? .max
    powerLoss = supply.loss
  }
}

extension Mailbox {
  var state: MachineSnapshot.HostState {
    MachineSnapshot.HostState(
      room: hasHost ? room : nil, isFlooded: isFlooded, emptyLevels: emptyLevels, emptyTakes: emptyTakes)
  }

  /// A mailbox with words in both queues, oldest first.
  init(
    _ state: MachineSnapshot.HostState, toController: [UInt32], fromController: [UInt32]
  ) throws(SnapshotProblem) {
    // Counted on from here: far from where a count ends.
    guard (0..<1 << 62).contains(state.emptyLevels), (0..<1 << 62).contains(state.emptyTakes),
      state.room ?? 0 >= 0
    else { throw SnapshotProblem("the mailbox has a count beyond 2^62") }
    self.toController = toController
    self.fromController = fromController
    hasHost = state.room != nil
    room = state.room ?? .max
    isFlooded = state.isFlooded
    emptyLevels = state.emptyLevels
    emptyTakes = state.emptyTakes
  }
}
