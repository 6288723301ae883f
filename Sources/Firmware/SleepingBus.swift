import Registers

/// A bus whose master can sleep until an interrupt line that it has enabled is raised.
public protocol WakingBus: Bus {
  /// Lets time pass until the line is raised; none where it is.
  mutating func sleep()
}

/// The bus of a controller that sleeps through operations, where the usual one stalls in a load of `WAIT`.
///
/// A `START` first clears what is pending, and a read of a tile's `WAIT` becomes a sleep until the end of the operation
/// or an error is pending, and a read of `STATUS`: conductances and replies are those of a controller that stalls.
/// One operation may be under way at a time. Source: `vectors/specification/firmware.md` 1.4.
public struct SleepingBus<Base: WakingBus>: Bus {
  /// The bus beneath.
  public var base: Base

  /// Begins to listen to every end of an operation and every error of the chip: one access.
  public init(_ base: Base) {
    self.base = base
    let sources = ChipRegister.Interrupt.fields(.readWrite).reduce(0) { $0 | $1.mask }
    self.base.write(MemoryMap.chip + ChipRegister.interruptEnable.offset(), sources)
  }

  public mutating func read(_ address: UInt32) -> UInt32 {
    if address == Self.flash(.wait) { return sleepThroughFlash() }
    guard Self.isTile(.wait, address) else { return base.read(address) }
    let statusAddress = address &- TileRegister.wait.offset() &+ TileRegister.status.offset()
    var status: UInt32
    repeat {
      base.sleep()
      status = base.read(statusAddress)
    } while TileRegister.Status.busy.decode(status) == 1
    return status
  }

  public mutating func write(_ address: UInt32, _ value: UInt32) {
    if Self.isTile(.start, address) || address == Self.flash(.start) { clearPending() }
    base.write(address, value)
  }

  /// A read of `FLASH.WAIT`: its own line is listened to as long as that takes.
  private mutating func sleepThroughFlash() -> UInt32 {
    base.write(Self.flash(.interruptEnable), FlashRegister.InterruptEnable.idle.mask)
    var status: UInt32
    repeat {
      base.sleep()
      status = base.read(Self.flash(.status))
    } while FlashRegister.Status.busy.decode(status) == 1
    base.write(Self.flash(.interruptEnable), 0)
    return status
  }

  /// What comes before a sleep that words of the host end: two accesses.
  public mutating func listenToHost() {
    clearPending()
    base.write(Self.hostInterrupts, HostRegister.InterruptEnable.waiting.mask)
  }

  /// What comes behind it, since words wait while a request is carried out: one access.
  public mutating func ignoreHost() { base.write(Self.hostInterrupts, 0) }

  private mutating func clearPending() {
    base.write(MemoryMap.chip + ChipRegister.interruptPending.offset(), .max)
  }

  private static var hostInterrupts: UInt32 { MemoryMap.host + HostRegister.interruptEnable.offset() }

  private static func flash(_ register: FlashRegister) -> UInt32 { MemoryMap.flash + register.offset() }

  @inline(__always)
  private static func isTile(_ register: TileRegister, _ address: UInt32) -> Bool {
    let offset = address &- MemoryMap.firstTile
    return offset & (MemoryMap.tileStride - 1) == register.rawValue
      && offset < MemoryMap.tileStride &* UInt32(MemoryMap.maximumTiles)
  }
}

extension SleepingBus: Sendable where Base: Sendable {}
