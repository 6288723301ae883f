/// Where the blocks of the board are. Bases of RAM, UART, CLINT and FINISHER are those of QEMU's riscv32 `virt`.
public enum MemoryMap {
  /// Base of `FINISHER`.
  public static let finisher: UInt32 = 0x0010_0000
  /// Base of `CLINT`.
  public static let timer: UInt32 = 0x0200_0000
  /// Base of `UART`.
  public static let uart: UInt32 = 0x1000_0000
  /// Base of `MBX`, what the tiles share.
  public static let chip: UInt32 = 0x4000_0000
  /// Base of `MBX0`.
  public static let firstTile: UInt32 = 0x4001_0000
  /// Bytes from one tile to the next.
  public static let tileStride: UInt32 = 0x1_0000
  /// The most tiles that a chip has.
  public static let maximumTiles = 8
  /// Bytes of `MBX` and of all tiles that a chip may have.
  public static let chipBytes = firstTile - chip + UInt32(maximumTiles) * tileStride
  /// Base of `HOST`.
  public static let host: UInt32 = 0x4010_0000
  /// Base of `FLASH`.
  public static let flash: UInt32 = 0x4011_0000
  /// Bytes of `FLASH`.
  public static let flashBytes: UInt32 = 0x1000
  /// Base of `CELL`.
  public static let cellUnit: UInt32 = 0x4012_0000
  /// Bytes of `CELL`.
  public static let cellUnitBytes: UInt32 = 0x1000
  /// Address of the first byte of RAM.
  public static let ram: UInt32 = 0x8000_0000

  /// Largest number of word lines and of bit lines.
  public static let maximumLines = 1024

  /// Whether an address is of hardware that the controller works with: `MBX`, its tiles, the flash, and the cell unit.
  @inlinable
  public static func isOfChip(_ address: UInt32) -> Bool {
    address &- chip < chipBytes || address &- flash < flashBytes || address &- cellUnit < cellUnitBytes
  }

  /// Base of tile `number`, from 0.
  @inlinable
  public static func tile(_ number: Int) -> UInt32 {
    firstTile &+ UInt32(truncatingIfNeeded: number) &* tileStride
  }
}
