/// Where the blocks of the board are. Bases of RAM, UART, CLINT and FINISHER are those of QEMU's riscv32 `virt`.
public enum MemoryMap {
  public static let finisher: UInt32 = 0x0010_0000
  public static let timer: UInt32 = 0x0200_0000
  public static let uart: UInt32 = 0x1000_0000
  public static let chip: UInt32 = 0x4000_0000
  public static let firstTile: UInt32 = 0x4001_0000
  /// Bytes from one tile to the next.
  public static let tileStride: UInt32 = 0x1_0000
  public static let maximumTiles = 8
  public static let host: UInt32 = 0x4010_0000
  public static let ram: UInt32 = 0x8000_0000

  /// Largest number of word lines and of bit lines.
  public static let maximumLines = 1024

  @inlinable
  public static func tile(_ number: Int) -> UInt32 {
    firstTile &+ UInt32(truncatingIfNeeded: number) &* tileStride
  }
}
