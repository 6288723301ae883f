import Board
import Crossbar
import Registers
import Trace

/// A run of the emulated chip that is drawn.
struct TimingFigure {
  let name: String
  let title: String
  let svg: String
}

/// The runs behind the timing diagrams: a few lines of the chip, doing one thing each.
struct TimingRuns {
  private typealias Bench = Machine<MemoryLog>
  private let chip: ChipConfiguration

  private static let lines = 4

  init(_ chip: ChipConfiguration) {
    var small = chip
    small.tiles = [TileConfiguration(wordLines: Self.lines, bitLines: Self.lines)]
    self.chip = small
  }

  func figures() throws -> [TimingFigure] {
    [
      try conversion("read", "READ: word lines driven, columns converted", .read),
      try conversion("read-t", "READ_T: columns driven, word lines converted", .readTransposed),
      try programming(), try abort(), try interrupt(), try reset(), try powerUp(), try brownOut(),
    ]
  }

  // MARK: Programs

  private func run(_ body: (inout Bench) -> Void) throws -> Bench {
    var bench = try Bench(chip, log: MemoryLog(), ramBytes: 0)
    body(&bench)
    return bench
  }

  private var code: Int16 { Int16(chip.largestDriveCode) }

  private func conversion(_ name: String, _ title: String, _ operation: Operation) throws -> TimingFigure {
    let bench = try run { bench in
      bench.write(.drive, 0, Lanes.pack(code, code / 2))
      bench.start(operation)
      _ = bench.read(.wait)
      _ = bench.read(.sense)
    }
    return figure(
      name, title, bench,
      [
        .bus, .level("MBX0.BUSY"), .operation("MBX0.OPERATION"), .code("MBX0.DRIVE_0"), .code("MBX0.DRIVE_1"),
        .code("MBX0.SENSE_0"), .code("MBX0.SENSE_1"),
      ])
  }

  /// Widths in steps, of both phases.
  private static let widths: [Int16] = [12, 6, -10, -5]

  private func pulse(_ bench: inout Bench, _ widths: [Int16]) {
    bench.write(.unlock, TileRegister.unlockKey)
    for (bitLine, width) in widths.enumerated() {
      bench.write(.pulse, bitLine, TileRegister.Pulse.width.encode(Int32(width)))
    }
  }

  /// Cycles that PROGRAM_ROW takes with some widths.
  private func duration(_ widths: [Int16]) throws -> UInt64 {
    let bench = try run { bench in
      pulse(&bench, widths)
      bench.start(.programRow)
      _ = bench.read(.wait)
    }
    return bench.durations[0]
  }

  private func programming() throws -> TimingFigure {
    let bench = try run { bench in
      pulse(&bench, Self.widths)
      bench.start(.programRow)
      _ = bench.read(.wait)
      bench.write(.unlock, 0)
    }
    return figure(
      "program-row", "PROGRAM_ROW: phase P, then phase N", bench,
      [.bus, .level("MBX0.BUSY"), .operation("MBX0.OPERATION"), .level("MBX0.LOCKED")] + (try pulses(cut: nil)))
  }

  /// Pulses on the bit lines; the second phase begins where an operation with the first alone ends.
  private func pulses(cut: UInt64?) throws -> [TimingRow] {
    let first = try duration(Self.widths.map { max($0, 0) })
    return Self.widths.enumerated().map { bitLine, width in
      let length = UInt64(width.magnitude) * UInt64(chip.timing.pulseStep)
      let start = width > 0 ? 0 : first
      return .pulse(
        bitLine: bitLine, from: start, to: max(start, min(start + length, cut ?? .max)), isSet: width > 0)
    }
  }

  private func abort() throws -> TimingFigure {
    // In the middle of the longest RESET.
    let first = try duration(Self.widths.map { max($0, 0) })
    let longest = Self.widths.map { max(-$0, 0) }.max() ?? 0
    let limit = first + UInt64(longest) * UInt64(chip.timing.pulseStep) / 2
    let bench = try run { bench in
      pulse(&bench, Self.widths)
      bench.write(.watchdog, UInt32(limit))
      bench.start(.programRow)
      _ = bench.read(.wait)
      for register in [TileRegister.error, .aborted, .abortedCycles] { _ = bench.read(register) }
      _ = bench.read(.pulse, 2)
    }
    return figure(
      "abort", "An operation that WATCHDOG ends in its second phase", bench,
      [.bus, .level("MBX0.BUSY"), .operation("MBX0.OPERATION"), .value("MBX0.ERROR")] + (try pulses(cut: limit)))
  }

  private func interrupt() throws -> TimingFigure {
    let bench = try run { bench in
      let enable = MemoryMap.chip + ChipRegister.interruptEnable.offset()
      let pending = MemoryMap.chip + ChipRegister.interruptPending.offset()
      bench.write(enable, 1)
      bench.start(.read)
      bench.advance(to: bench.cycle + UInt64(chip.timing.settle + chip.conversionCycles) + 4)
      _ = bench.read(pending)
      bench.write(pending, 1)
      _ = bench.read(.sense)
    }
    return figure(
      "interrupt", "The end of a READ as an interrupt, taken and cleared", bench,
      [
        .bus, .level("MBX0.BUSY"), .value("MBX.IRQ_ENABLE"), .value("MBX.IRQ_PENDING"), .level("MBX.IRQ"),
        .code("MBX0.SENSE_0"),
      ])
  }

  /// A reset of the tile in the middle of the first phase.
  private func reset() throws -> TimingFigure {
    let half = UInt64(Self.widths.max() ?? 0) * UInt64(chip.timing.pulseStep) / 2
    let bench = try run { bench in
      pulse(&bench, Self.widths)
      bench.start(.programRow)
      bench.advance(to: bench.cycle + half - 1)
      bench.write(MemoryMap.chip + ChipRegister.reset.offset(), ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(1)))
      _ = bench.read(MemoryMap.chip + ChipRegister.resetCause.offset())
      for register in [TileRegister.status, .aborted, .abortedCycles] { _ = bench.read(register) }
    }
    return figure(
      "reset", "RESET of a tile in the first phase of PROGRAM_ROW", bench,
      [.bus, .level("MBX0.BUSY"), .operation("MBX0.OPERATION"), .level("MBX0.LOCKED")] + (try pulses(cut: half)))
  }

  /// Both supplies down and up again in their order, with a conversion that is too early.
  private func powerUp() throws -> TimingFigure {
    let bench = try run { bench in
      bench.write(.drive, 0, Lanes.pack(code, code / 2))
      for word: UInt32 in [1, 0, 1] { bench.write(.supply, word) }
      bench.start(.read)
      _ = bench.read(.wait)
      bench.write(.supply, 3)
      bench.advance(to: bench.cycle + UInt64(chip.timing.wakeUp))
      bench.write(.supply, 3)
      bench.start(.read)
      _ = bench.read(.wait)
      _ = bench.read(.sense)
    }
    return figure(
      "power-up", "Supplies down, up, and settled: a READ too early, drivers too early, and both in time", bench,
      supplyRows + [.level("MBX0.BUSY"), .value("MBX0.ERROR"), .code("MBX0.SENSE_0")])
  }

  private var supplyRows: [TimingRow] {
    [.bus, .level("MBX0.ANALOG"), .level("MBX0.SETTLED"), .level("MBX0.DRIVERS")]
  }

  /// The supplies fail in the middle of the first phase.
  private func brownOut() throws -> TimingFigure {
    let half = UInt64(Self.widths.max() ?? 0) * UInt64(chip.timing.pulseStep) / 2
    let bench = try run { bench in
      pulse(&bench, Self.widths)
      bench.start(.programRow)
      bench.advance(to: bench.cycle + half)
      bench.brownOut()
      _ = bench.read(MemoryMap.chip + ChipRegister.resetCause.offset())
      for register in [TileRegister.error, .supplyState, .aborted, .abortedCycles] { _ = bench.read(register) }
    }
    return figure(
      "brown-out", "The supplies of references and drivers fail in the first phase of PROGRAM_ROW", bench,
      supplyRows + [.level("MBX0.BUSY"), .value("MBX0.ERROR"), .value("MBX.RESET_CAUSE")]
        + (try pulses(cut: half)))
  }

  private func figure(_ name: String, _ title: String, _ bench: Bench, _ rows: [TimingRow]) -> TimingFigure {
    let start = bench.log.entries.first { if case .event(.started) = $0.body { true } else { false } }?.cycle ?? 0
    return TimingFigure(
      name: name, title: title,
      svg: TimingDiagram(title: title, waves: Waves(bench.log.entries, of: chip), start: start, rows: rows).svg)
  }
}

extension Machine where Log == MemoryLog {
  fileprivate mutating func read(_ register: TileRegister, _ index: Int = 0) -> UInt32 {
    read(MemoryMap.tile(0) + register.offset(index))
  }
  fileprivate mutating func write(_ register: TileRegister, _ value: UInt32) { write(register, 0, value) }
  fileprivate mutating func write(_ register: TileRegister, _ index: Int, _ value: UInt32) {
    write(MemoryMap.tile(0) + register.offset(index), value)
  }
  fileprivate mutating func start(_ operation: Operation) { write(.start, OperationCall(operation: operation).word) }

  /// Cycles of the operations that ran, from the events of their start and end.
  var durations: [UInt64] {
    var start: UInt64 = 0
    return log.entries.compactMap { entry in
      switch entry.body {
      case .event(.started):
        start = entry.cycle
        return nil
      case .event(.finished): return entry.cycle - start
      default: return nil
      }
    }
  }
}
