import Firmware
import Registers

/// The controller's inference again and again, over registers that are words of RAM: the firmware's own work, for the
/// benchmark of a core. Prints a checksum of the answers.
@main
struct Main {
  private static let sequences = 300

  static func main() {
    var bus = WordBus()
    var controller = Controller()
    serve(.configure, [8, 16, 10, 512, 512, 1], with: &controller, on: &bus)
    let steps: [UInt32] = [8] + (1...32).map { 0x1234_0123 &* $0 }
    for _ in 0..<sequences { serve(.infer, steps, with: &controller, on: &bus) }
    Console.print("LSTM loop ")
    Console.print(hex: bus.checksum)
    Console.print("\n")
  }

  /// A refusal ends the program with status 1: what is timed is inference.
  private static func serve(
    _ command: Command, _ arguments: [UInt32], with controller: inout Controller, on bus: inout WordBus
  ) {
    bus.post(command, arguments)
    _ = controller.serve(on: &bus)
    if bus.status != Status.done.rawValue { platform_exit(1) }
  }
}

/// Registers as memory: a word of a tile reads as it was written, `SENSE` as a pattern, and the circuit of the scalar port
/// is a wire.
private struct WordBus: Bus {
  /// FNV-1a over the words of the answers (Fowler, Noll and Vo).
  private(set) var checksum: UInt32 = 0x811c_9dc5
  /// The first word of the latest answer.
  private(set) var status: UInt32?
  private var request: [UInt32] = []
  private var tiles: [UInt32]
  private var scalar: UInt32 = 0

  init() {
    tiles = (0..<1024).map { 0x1357_0246 &* $0 }
    for tile in 0..<2 {
      let sheet: [(TileRegister, UInt32)] = [
        (.geometry, 32 | 64 << 16), (.converters, 8 | 12 << 8), (.conductance, 10_000), (.readVoltage, 1575),
        (.wait, 0), (.error, 0),
      ]
      for (register, word) in sheet { tiles[Self.place(MemoryMap.tile(tile) + register.offset())] = word }
      tiles[Self.place(MemoryMap.tile(tile) + TileRegister.conductance.offset(1))] = 100_000
    }
  }

  mutating func post(_ command: Command, _ arguments: [UInt32]) {
    request = arguments.reversed() + [UInt32(arguments.count), command.rawValue]
    status = nil
  }

  mutating func read(_ address: UInt32) -> UInt32 {
    switch address {
    case MemoryMap.firstTile..<MemoryMap.host: return tiles[Self.place(address)]
    case MemoryMap.chip + ChipRegister.scalarValue.offset(): return scalar
    case MemoryMap.chip + ChipRegister.tiles.offset(): return 2
    case MemoryMap.host + HostRegister.level.offset(): return UInt32(request.count)
    case MemoryMap.host + HostRegister.data.offset(): return request.popLast() ?? 0
    default: return 0
    }
  }

  mutating func write(_ address: UInt32, _ value: UInt32) {
    switch address {
    case MemoryMap.firstTile..<MemoryMap.host: tiles[Self.place(address)] = value
    case MemoryMap.chip + ChipRegister.scalarTanh.offset(): scalar = value
    case MemoryMap.host + HostRegister.data.offset():
      if status == nil { status = value }
      checksum = (checksum ^ value) &* 0x0100_0193
    default: break
    }
  }

  /// Sixty-four words for each of the first eight pages of each of two tiles.
  private static func place(_ address: UInt32) -> Int {
    let tile = (address >> 16 & 1) ^ 1
    let page = tile << 3 | (address >> 12 & 7)
    return Int(page << 6 | (address >> 2 & 63))
  }
}
