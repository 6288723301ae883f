import Board
import Crossbar
import Registers
import Trace

@testable import mblstm

/// A chip with something wrong between its bus and its inside.
struct FaultyChip: BringUpPort {
  var machine: Machine<NoLog>
  let fault: Fault
  /// Registers that answer as they were written, whatever the chip does.
  var shadow: [UInt32: UInt32] = [:]
  var startedReads = 0

  init(_ chip: ChipConfiguration, _ fault: Fault) throws {
    var chip = chip
    fault.made(&chip)
    machine = try Machine(chip, log: NoLog())
    self.fault = fault
  }

  var mailbox: Mailbox {
    get { machine.mailbox }
    set { machine.mailbox = newValue }
  }

  mutating func read(_ address: UInt32) -> UInt32 { fault.read(&self, address) }
  mutating func write(_ address: UInt32, _ value: UInt32) { fault.write(&self, address, value) }
}

/// A fault, and the step that names it.
struct Fault: CustomStringConvertible {
  let description: String
  let step: Int
  var made: (inout ChipConfiguration) -> Void = { _ in }
  var read: (inout FaultyChip, UInt32) -> UInt32 = { $0.machine.read($1) }
  var write: (inout FaultyChip, UInt32, UInt32) -> Void = { $0.machine.write($1, $2) }

  private static let map = BlockMap("MBX", number: 0, at: MemoryMap.firstTile, of: TileRegister.self)

  /// The tile register at an address, and its index.
  static func tile(_ address: UInt32) -> (register: TileRegister, index: Int, tile: Int)? {
    let number = Int((address &- MemoryMap.firstTile) / MemoryMap.tileStride)
    guard (0..<MemoryMap.maximumTiles).contains(number) else { return nil }
    let offset = address & (MemoryMap.tileStride - 1)
    guard let found = map.find(offset),
      let register = TileRegister(rawValue: found.entry.offset)
    else { return nil }
    return (register, found.index, number)
  }

  static func onRead(
    _ description: String, step: Int, _ wanted: TileRegister, _ change: @escaping (UInt32, Int) -> UInt32
  ) -> Fault {
    Fault(
      description: description, step: step,
      read: { chip, address in
        let value = chip.machine.read(address)
        guard let place = tile(address), place.register == wanted else { return value }
        return change(value, place.index)
      })
  }

  static func onWrite(
    _ description: String, step: Int, _ wanted: TileRegister, _ change: @escaping (UInt32, Int) -> (UInt32, Int)?
  ) -> Fault {
    Fault(
      description: description, step: step,
      write: { chip, address, value in
        guard let place = tile(address), place.register == wanted else { return chip.machine.write(address, value) }
        guard let (value, index) = change(value, place.index) else { return }
        chip.machine.write(MemoryMap.tile(place.tile) + wanted.offset(index), value)
      })
  }

  /// A fault of the shared block's reads.
  static func onChipRead(
    _ description: String, step: Int, _ wanted: ChipRegister, _ change: @escaping (UInt32) -> UInt32
  ) -> Fault {
    Fault(
      description: description, step: step,
      read: { chip, address in
        let value = chip.machine.read(address)
        return address == MemoryMap.chip + wanted.offset() ? change(value) : value
      })
  }

  /// The pulse drivers of two bit lines change places.
  private static func crossed(_ description: String, step: Int, _ one: Int, _ other: Int) -> Fault {
    func address(_ address: UInt32) -> UInt32 {
      guard let place = tile(address), place.register == .pulse, [one, other].contains(place.index) else {
        return address
      }
      return MemoryMap.tile(place.tile) + TileRegister.pulse.offset(place.index == one ? other : one)
    }
    return Fault(
      description: description, step: step, read: { $0.machine.read(address($1)) },
      write: { $0.machine.write(address($1), $2) })
  }

  /// The codes of a word, each changed by its line.
  private static func lanes(_ word: UInt32, _ index: Int, _ change: (Int, Int) -> Int) -> UInt32 {
    Lanes.pack(
      Int16(clamping: change(Int(Lanes.even(word)), 2 * index)),
      Int16(clamping: change(Int(Lanes.odd(word)), 2 * index + 1)))
  }

  /// A fault of a tile's writes that keeps what was written for reads.
  private static func replaced(
    _ description: String, step: Int, _ wanted: TileRegister, by change: @escaping (UInt32) -> UInt32
  ) -> Fault {
    Fault(
      description: description, step: step,
      read: { chip, address in chip.shadow[address] ?? chip.machine.read(address) },
      write: { chip, address, value in
        guard let place = tile(address), place.register == wanted else { return chip.machine.write(address, value) }
        chip.shadow[address] = value
        chip.machine.write(address, change(value))
      })
  }

  /// Amplitudes of a chip that drives less than its register says.
  private static func weak(_ description: String, step: Int, _ path: WritableKeyPath<PulseAmplitudes, Int>) -> Fault {
    Fault(
      description: description, step: step, made: { $0.amplitudes[keyPath: path] = 500 },
      read: { chip, address in
        guard let place = tile(address), place.register == .amplitude else { return chip.machine.read(address) }
        return TileRegister.amplitude.register.reset
      })
  }

  /// What an operation does beside what it should.
  private static func atStart(
    _ description: String, step: Int, _ wanted: Operation, _ act: @escaping (inout FaultyChip, Int, UInt32) -> Void
  ) -> Fault {
    Fault(
      description: description, step: step,
      write: { chip, address, value in
        if let place = tile(address), place.register == .start,
          TileRegister.Start.operation.decode(value) == wanted.rawValue,
          chip.machine.peek(MemoryMap.tile(place.tile) + TileRegister.status.offset()).map({
            TileRegister.Status.locked.decode($0)
          }) == 0 || wanted == .read
        {
          act(&chip, place.tile, value)
        }
        chip.machine.write(address, value)
      })
  }

  static var all: [Fault] {
    [
      onChipRead("the bus swaps bytes", step: 1, .identity) { $0.byteSwapped },
      onRead("a tile with half of its bit lines", step: 2, .geometry) { word, _ in word ^ 0x0040_0000 },
      replaced("a stuck bit of DRIVE", step: 3, .drive) { $0 & ~4 }.withoutShadow,
      onWrite("a bit of PULSE stuck at one", step: 3, .pulse) { word, index in (word | 8, index) },
      onWrite("an address bit of PULSE stuck", step: 4, .pulse) { word, index in (word, index & ~8) },
      onWrite("ERROR does not clear", step: 5, .error) { _, _ in nil },
      onRead("a refused code raises nothing", step: 5, .error) { word, _ in word & ~TileError.code.field.mask },
      onWrite("any word unlocks", step: 6, .unlock) { _, index in (TileRegister.unlockKey, index) },
      onChipRead("no interrupt becomes pending", step: 7, .interruptPending) { _ in 0 },
      Fault(
        description: "conversions take twice as long", step: 7, made: { $0.timing.sample = 38 },
        read: { chip, address in
          guard let place = tile(address), place.register == .timing else { return chip.machine.read(address) }
          return chip.machine.read(address) & ~TileRegister.Timing.convert.mask
            | TileRegister.Timing.convert.encode(UInt32(20))
        }),
      onWrite("WATCHDOG is not looked at", step: 7, .watchdog) { _, _ in nil },
      onRead("a converter with an offset", step: 8, .sense) { word, index in
        lanes(word, index) { $1 == 5 ? $0 + 20 : $0 }
      },
      onRead("converters with a gain of 0.9", step: 9, .sense) { word, index in
        lanes(word, index) { code, _ in code * 9 / 10 }
      },
      onWrite("a gain of TRIM without effect", step: 10, .trim) { word, index in
        (word & 0xffff | TileRegister.Trim.unit, index)
      },
      Fault(
        description: "the two circuits are swapped", step: 11,
        write: { chip, address, value in
          let ports = (
            MemoryMap.chip + ChipRegister.scalarSigmoid.offset(), MemoryMap.chip + ChipRegister.scalarTanh.offset()
          )
          chip.machine.write(address == ports.0 ? ports.1 : address == ports.1 ? ports.0 : address, value)
        }),
      replaced("a dead word line", step: 12, .drive) { $0 }.withDeadLine(7),
      weak("the SET amplitude is not applied", step: 13, \.set),
      crossed("swapped bit lines", step: 13, 2, 3),
      weak("the RESET amplitude is not applied", step: 14, \.reset),
      crossed("swapped bit lines elsewhere", step: 15, 8, 13),
      atStart("half-selected cells move", step: 16, .programRow) { chip, tile, word in
        let base = MemoryMap.tile(tile)
        guard (0..<4).contains(where: { chip.machine.peek(base + TileRegister.pulse.offset($0)) != 0 }) else { return }
        let row = Int(TileRegister.Start.row.decode(word)) + 1
        guard row < chip.machine.chip.tiles[tile].array.wordLines else { return }
        for bitLine in 0..<4 {
          let before = chip.machine.chip.tiles[tile].array.conductance(wordLine: row, bitLine: bitLine)
          chip.machine.setConductance(before + 300_000, tile: tile, wordLine: row, bitLine: bitLine)
        }
      },
      atStart("a cell stuck low", step: 17, .read) { chip, tile, _ in
        chip.machine.setConductance(10_000_000, tile: tile, wordLine: 5, bitLine: 3)
      },
      Fault(
        description: "READ_T mirrors the word lines", step: 18,
        read: { chip, address in
          guard let place = tile(address), place.register == .sense,
            TileRegister.Status.operation.decode(
              chip.machine.read(MemoryMap.tile(place.tile) + TileRegister.status.offset()))
              == Operation.readTransposed.rawValue
          else { return chip.machine.read(address) }
          let word = chip.machine.read(MemoryMap.tile(place.tile) + TileRegister.sense.offset(15 - place.index))
          return Lanes.pack(Lanes.odd(word), Lanes.even(word))
        }),
      Fault(
        description: "the mailbox swaps half-words", step: 19,
        read: { chip, address in
          let value = chip.machine.read(address)
          return address == MemoryMap.host + HostRegister.data.offset() ? value << 16 | value >> 16 : value
        }),
      onWrite("the circuits cannot be selected", step: 20, .activation) { _, _ in nil },
    ]
  }

  /// Reads see what the chip has.
  private var withoutShadow: Fault {
    var fault = self
    fault.read = { $0.machine.read($1) }
    return fault
  }

  /// Nothing that is written to a line of `DRIVE` reaches it.
  private func withDeadLine(_ line: Int) -> Fault {
    var fault = self
    fault.write = { chip, address, value in
      guard let place = Self.tile(address), place.register == .drive else { return chip.machine.write(address, value) }
      chip.shadow[address] = value
      chip.machine.write(address, Self.lanes(value, place.index) { $1 == line ? 0 : $0 })
    }
    return fault
  }
}

extension CrossbarArray {
  fileprivate func conductance(wordLine: Int, bitLine: Int) -> Int32 { conductance[wordLine * bitLines + bitLine] }
}
