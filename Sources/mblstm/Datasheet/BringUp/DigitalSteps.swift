import Board
import Crossbar
import Registers

/// The steps that no voltage is needed for: the bus, the registers, their refusals, the clock.
extension BringUpGuide {
  var digitalSteps: [BringUpStep] { [identity, dataSheet, walkingOnes, addresses, errors, lock, time] }

  private func program(_ tile: Int, _ body: (inout ProgramBuilder) -> Void) -> [Action] {
    var builder = ProgramBuilder(tile: tile, of: chip)
    body(&builder)
    return builder.actions
  }

  private var identity: BringUpStep {
    BringUpStep(
      title: "The bus finds the chip",
      meaning: "Power, clock, reset and the bus work: the words are those of this register map.",
      remedy: "Clock and reset at the pins; the base address of the block; the order of bytes and bits on the bus. A"
        + " word of all ones or zeros is no answer at all. Another VERSION needs that map's data sheet.",
      program: { tile in
        program(tile) {
          $0.expect(chip: .identity, Band(ChipRegister.identityWord), "ID")
          $0.expect(chip: .version, Band(ChipRegister.version.register.reset), "VERSION")
          $0.expect(chip: .tiles, Band(chip.tiles.count), "TILES")
          $0.expect(chip: .clock, Band(Electrical.clockHertz), "CLOCK, hertz")
        }
      }, isOfEachTile: false)
  }

  /// Registers that cannot be written and have one value on this chip.
  private static let facts: [TileRegister] = [.geometry, .converters, .readVoltage, .timing]

  private var dataSheet: BringUpStep {
    BringUpStep(
      title: "A tile is what was ordered",
      meaning: "Size, converters, device and times are those of this data sheet, and the tile is as after reset: idle,"
        + " locked, without an error.",
      remedy: "The options that the chip was made with against `--print-chip`; for an error after reset, the supply's"
        + " rise and the length of the reset.",
      program: { tile in
        program(tile) { builder in
          let map = chip.map(ofTile: tile)
          for register in Self.facts {
            let value = map.resets[Int(register.rawValue / map.registerBytes)]
            builder.expect(register, Band(value), "\(register.register.name)")
          }
          for index in 0..<2 {
            let value = map.resets[Int(TileRegister.conductance.offset(index) / map.registerBytes)]
            builder.expect(.conductance, index, Band(value), "CONDUCTANCE, nS")
          }
          builder.expect(.status, TileRegister.Status.busy, Band(0), "idle")
          builder.expect(.status, TileRegister.Status.locked, Band(1), "locked")
          builder.expect(.error, Band(0), "no error")
        }
      })
  }

  private var walkingOnes: BringUpStep {
    BringUpStep(
      title: "Walking ones over DRIVE and PULSE",
      meaning: "Every data bit of the bus and of the two register files is its own: none stuck, none tied to another.",
      remedy: "The bit that differs, in the data bus if it is in both registers, in the register file if in one.",
      program: { tile in
        program(tile) { builder in
          let (even, odd) = (TileRegister.drive.register.fields[0], TileRegister.drive.register.fields[1])
          let bits = (0..<chip.dacBits - 1).map { Int32(1) << Int32($0) }
          for code in bits + bits.map({ -$0 }) {
            for word in [even.encode(code), odd.encode(code)] {
              builder.write(.drive, word)
              builder.expect(.drive, Band(word), "DRIVE as written")
            }
          }
          builder.write(.drive, 0)
          for bit in 0..<16 where 1 << bit <= chip.longestPulse {
            builder.write(.pulse, 1 << UInt32(bit))
            builder.expect(that: .word(Place(.pulse, tile: tile)), Band(1 << bit), "PULSE as written")
          }
          let least = TileRegister.Pulse.width.encode(-Int32(chip.longestPulse))
          builder.write(.pulse, least)
          builder.expect(that: .word(Place(.pulse, tile: tile)), Band(least), "PULSE as written")
          builder.write(.pulse, 0)
        }
      })
  }

  private var addresses: BringUpStep {
    BringUpStep(
      title: "Every address has its own register",
      meaning: "Each element of PULSE and of DRIVE keeps a number of its own while all others are written.",
      remedy: "Address bits: elements that answer for each other differ in the stuck or swapped bit of the address.",
      program: { tile in
        program(tile) { builder in
          let (bitLines, words) = (builder.size.bitLines, builder.lines / 2)
          for bitLine in 0..<bitLines { builder.write(.pulse, bitLine, UInt32(bitLine + 1)) }
          for word in 0..<words {
            builder.write(.drive, word, TileRegister.drive.register.fields[0].encode(drive(word)))
          }
          for bitLine in 0..<bitLines { builder.expect(.pulse, bitLine, Band(bitLine + 1), "PULSE of each bit line") }
          for word in 0..<words {
            let field = TileRegister.drive.register.fields[0]
            builder.expect(.drive, word, field, Band(drive(word)), "DRIVE of each line")
          }
          for bitLine in 0..<bitLines { builder.write(.pulse, bitLine, 0) }
          for word in 0..<words { builder.write(.drive, word, 0) }
        }
      })
  }

  /// A code that differs from word to word as far as codes go.
  private func drive(_ word: Int) -> Int32 { Int32(word % (2 * chip.largestDriveCode + 1) - chip.largestDriveCode) }

  private var errors: BringUpStep {
    BringUpStep(
      title: "Misuse is noticed, and forgotten when told",
      meaning:
        "Each error bit rises for its own misuse, shows in STATUS and goes with a written 1; nothing else happens.",
      remedy: "The bit's decoder. A bit that does not go: the write of ones to ERROR, step 3's data bits.",
      program: { tile in
        program(tile) { builder in
          if tile == 0 { chipErrors(&builder) }
          builder.write(.start, OperationCall.unknown)
          check(.operation, &builder)
          builder.write(.drive, TileRegister.drive.register.fields[0].encode(Int32(chip.largestDriveCode + 1)))
          check(.code, &builder)
          builder.write(.geometry, 0)
          check(.access, &builder)
          if builder.size.bitLines < MemoryMap.maximumLines {
            builder.write(.pulse, builder.size.bitLines, 0)
            check(.index, &builder)
          }
          builder.write(.pulse, 1 << 31)
          check(.reserved, &builder)
        }
      })
  }

  private func check(_ error: TileError, _ builder: inout ProgramBuilder) {
    builder.expect(.error, Band(error.field.mask), "ERROR.\(error.field.name) alone")
    builder.expect(.status, TileRegister.Status.error, Band(1), "STATUS.ERROR with it")
    builder.clear(.error, error.field)
    builder.expect(.error, Band(0), "ERROR cleared")
    builder.expect(.status, TileRegister.Status.error, Band(0), "STATUS.ERROR cleared")
  }

  private func chipErrors(_ builder: inout ProgramBuilder) {
    let gap = MemoryMap.chip + chip.firstGap
    builder.expect(that: .word(Place(nowhereAt: gap)), Band(0), "a read of nothing")
    check(.unmapped, at: gap, &builder)
    builder.write(chip: .identity, 0)
    check(.access, at: Place(.identity).address, &builder)
    let outside = ~ChipRegister.interruptEnable.register.mask
    builder.write(chip: .interruptEnable, outside & ~(outside - 1))
    check(.reserved, at: Place(.interruptEnable).address, &builder)
    builder.write(chip: .sigmoidCount, 0)
    check(.code, at: Place(.sigmoidCount).address, &builder)
  }

  private func check(_ error: ChipError, at address: UInt32, _ builder: inout ProgramBuilder) {
    builder.expect(chip: .error, Band(error.field.mask), "MBX.ERROR.\(error.field.name) alone")
    builder.expect(chip: .errorAddress, Band(address), "its address")
    builder.clear(chip: .error, error.field)
    builder.expect(chip: .error, Band(0), "MBX.ERROR cleared")
  }

  private var lock: BringUpStep {
    BringUpStep(
      title: "The lock holds, and opens to its key alone",
      meaning: "Nothing is programmed without the key, so that the rest of the steps cannot harm an array by mistake.",
      remedy: "UNLOCK's comparison with the key. Do not go on with drivers that cannot be locked.",
      program: { tile in
        program(tile) { builder in
          builder.write(.unlock, 0)
          for word in [TileRegister.unlockKey ^ 1, TileRegister.unlockKey ^ 0x8000_0000] {
            builder.write(.unlock, word)
            builder.expect(.status, TileRegister.Status.locked, Band(1), "locked with a wrong key")
          }
          builder.perform(.programRow)
          builder.expect(.error, Band(TileError.locked.field.mask), "PROGRAM_ROW refused")
          builder.clear(.error, TileError.locked.field)
          builder.unlocked {
            $0.expect(.status, TileRegister.Status.locked, Band(0), "open with the key")
            // No pulse is asked for.
            $0.perform(.programRow)
            $0.expect(.error, Band(0), "PROGRAM_ROW taken")
          }
          builder.expect(.status, TileRegister.Status.locked, Band(1), "locked again")
        }
      })
  }

  private var time: BringUpStep {
    let cycles = Int64(chip.timing.settle + chip.conversionCycles)
    return BringUpStep(
      title: "A conversion takes its time, interrupts, and can be cut short",
      meaning:
        "From before START to behind WAIT pass the \(cycles) cycles of TIMING and the accesses themselves; the end"
        + " sets the tile's bit of IRQ_PENDING; a WATCHDOG of one cycle ends the next one early, and it says so.",
      remedy: "Much more: the settling or converting state machine, or a clock of the converters' own. No bit pending:"
        + " the end-of-operation strobe. No abort: WATCHDOG's comparator.",
      program: { tile in
        program(tile) { builder in
          let pending = ChipRegister.interruptPending.register.fields[0]
          builder.write(chip: .interruptPending, pending.mask)
          builder.write(chip: .snapshot, 0)
          builder.keep(.word(Place(.cycles)), 0)
          builder.perform(.zero)
          builder.write(chip: .snapshot, 0)
          builder.compare(
            .word(Place(.cycles)), 0, Band(cycles, cycles + max(8, 3 * cycles / 4)), "cycles of a conversion")
          builder.expect(chip: .interruptPending, pending, Band(Int64(1) << Int64(tile)), "its interrupt pending")
          builder.write(chip: .interruptPending, pending.encode(UInt32(1) << UInt32(tile)))
          builder.expect(chip: .interruptPending, pending, Band(0), "and cleared")
          watchdog(&builder)
        }
      })
  }

  private func watchdog(_ builder: inout ProgramBuilder) {
    builder.unlocked { $0.write(.watchdog, 1) }
    builder.perform(.zero)
    builder.expect(.error, TileError.watchdog.field, Band(1), "aborted by WATCHDOG")
    builder.expect(.status, TileRegister.Status.stale, Band(1), "codes stale")
    builder.expect(.aborted, TileRegister.Aborted.operation, Band(Operation.zero.rawValue), "what was aborted")
    builder.expect(.abortedCycles, Band(1), "after how many cycles")
    builder.clear(.error, TileError.watchdog.field)
    builder.unlocked { $0.write(.watchdog, 0) }
    builder.perform(.zero)
    builder.expect(.status, TileRegister.Status.stale, Band(0), "codes fresh again")
    builder.expect(.error, Band(0), "no error")
  }
}

extension OperationCall {
  /// A word of `START` whose operation there is not.
  fileprivate static var unknown: UInt32 {
    let known = Set(Operation.allCases.map(\.rawValue))
    let codes = 1...TileRegister.Start.operation.decode(.max)
    guard let code = codes.last(where: { !known.contains($0) }) else { preconditionFailure("every code is taken") }
    return TileRegister.Start.operation.encode(code)
  }
}
