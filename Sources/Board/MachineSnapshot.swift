import Crossbar
import Registers

/// All that a board needs to go on exactly where it stopped: same accesses, same answers, same log.
///
/// It may be taken at any time between two accesses, also while tiles are busy or without power: an operation under way
/// has had no effect yet and is kept with the cycle at which it will end. What follows from the configuration (rates of
/// the cells, converters) is not in it, and neither is the state of the firmware, which is no part of the board, nor the
/// account of the run: its log, and the diagnostics of a binary.
public struct MachineSnapshot: Sendable, Equatable {
  /// A register that differs from its reset value, that of the map or that of the chip.
  public struct RegisterWord: Sendable, Equatable {
    /// Byte address of the register, or of an element of its array.
    public var address: UInt32
    /// The bits that it holds.
    public var value: UInt32

    /// A register by its byte address, with what it holds.
    public init(address: UInt32, value: UInt32) {
      self.address = address
      self.value = value
    }
  }

  /// What a tile is beyond its configuration and its registers.
  public struct TileState: Sendable, Equatable {
    /// Picosiemens, word line by word line.
    public var conductance: [Int32]
    /// Operations started since reset, which tell random draws apart; below 2⁶².
    public var operationNumber: UInt64
    /// What it has done since reset.
    public var counters: TileCounters
    /// The word of `START` under way, 0 for none; bit 31 where it began before the references had settled.
    public var startWord: UInt32
    /// The cycle at which it ends; 0 for none.
    public var endCycle: UInt64
    /// The cycle at which its references will have settled; 0 where they do not settle.
    public var wakeCycle: UInt64

    /// The state of a tile; idle if no operation is given.
    public init(
      conductance: [Int32], operationNumber: UInt64, counters: TileCounters, startWord: UInt32 = 0,
      endCycle: UInt64 = 0, wakeCycle: UInt64 = 0
    ) {
      self.conductance = conductance
      self.operationNumber = operationNumber
      self.counters = counters
      self.startWord = startWord
      self.endCycle = endCycle
      self.wakeCycle = wakeCycle
    }
  }

  /// What the chip was made with.
  public var configuration: ChipConfiguration
  /// Core clock cycles since reset, below 2⁶².
  public var cycle: UInt64
  /// Exit status, once software wrote to the finisher.
  public var exitStatus: Int32?
  /// Block by block, in the order of the board's maps.
  public var registers: [RegisterWord]
  /// One for each tile of the configuration.
  public var tiles: [TileState]
  /// The board's flash.
  public var flash: FlashState
  /// Faults of its supply, to come and come true.
  public var supply: SupplyState
  /// Words in the mailbox that the controller has not taken, oldest first.
  public var toController: [UInt32]
  /// Words in the mailbox that the host has not collected, oldest first.
  public var fromController: [UInt32]
  /// The host's end of the mailbox.
  public var host: HostState
  /// Bytes typed that software has still to read, oldest first.
  public var uartInput: [UInt8]
  /// Bytes printed that the owner has not collected, oldest first.
  public var uartOutput: [UInt8]
  /// The rest of the UART.
  public var uart: UARTState
  /// Since when interrupt lines are up.
  public var lineTimes: LineTimes
  /// Size of the RAM in words.
  public var ramWords: Int
  /// The RAM up to its last word that is not zero.
  public var ram: [UInt32]

  /// A state by its parts; whether they fit is judged where a machine is made of it.
  public init(
    configuration: ChipConfiguration, cycle: UInt64, exitStatus: Int32?, registers: [RegisterWord], tiles: [TileState],
    flash: FlashState = FlashState(), supply: SupplyState = SupplyState(), toController: [UInt32],
    fromController: [UInt32], host: HostState = HostState(), uartInput: [UInt8], uartOutput: [UInt8],
    uart: UARTState = UARTState(), lineTimes: LineTimes = LineTimes(), ramWords: Int, ram: [UInt32]
  ) {
    self.configuration = configuration
    self.cycle = cycle
    self.exitStatus = exitStatus
    self.registers = registers
    self.tiles = tiles
    self.flash = flash
    self.supply = supply
    self.toController = toController
    self.fromController = fromController
    self.host = host
    self.uartInput = uartInput
    self.uartOutput = uartOutput
    self.uart = uart
    self.lineTimes = lineTimes
    self.ramWords = ramWords
    self.ram = ram
  }
}

extension Machine {
  /// The state of the board now.
  public var snapshot: MachineSnapshot {
    MachineSnapshot(
      configuration: chip.configuration, cycle: cycle, exitStatus: exitStatus, registers: changedRegisters,
      tiles: chip.tiles.map(\.state), flash: flash.state,
      supply: MachineSnapshot.SupplyState(faults: faults, loss: powerLoss), toController: mailbox.untaken,
      fromController: mailbox.fromController, host: mailbox.state, uartInput: uart.unread, uartOutput: uart.output,
      uart: uart.state, lineTimes: lineTimes, ramWords: ram.count,
      ram: Array(ram[..<((ram.lastIndex { $0 != 0 } ?? -1) + 1)]))
  }

  private var changedRegisters: [MachineSnapshot.RegisterWord] {
    maps.flatMap { map in
      zip(words(of: map), map.places).enumerated().compactMap { index, element in
        let (word, place) = element
        // What the configuration fixes is kept too: a file edited into one of another chip is found out.
        guard place != BlockMap.nowhere,
          word != map.resets[index] || word != map.entries[Int(place)].register.reset
        else { return nil }
        return MachineSnapshot.RegisterWord(address: map.base + UInt32(index) * map.registerBytes, value: word)
      }
    }
  }

  func words(of map: BlockMap) -> [UInt32] {
    switch map.base {
    case MemoryMap.finisher: finisher.words
    case MemoryMap.timer: timer.registers.words
    case MemoryMap.uart: uart.registers.words
    case MemoryMap.chip: chip.registers.words
    case MemoryMap.host: host.words
    case MemoryMap.flash: flash.registers.words
    case MemoryMap.cellUnit: chip.cellUnit?.registers.words ?? []
    default: chip.tiles[map.number ?? 0].registers.words
    }
  }
}

extension Tile {
  var state: MachineSnapshot.TileState {
    MachineSnapshot.TileState(
      conductance: array.conductance, operationNumber: operationNumber, counters: counters,
      startWord: underWay?.word ?? 0, endCycle: isBusy ? endCycle : 0, wakeCycle: wakeEnd == .max ? 0 : wakeEnd)
  }
}
