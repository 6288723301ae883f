import Files
import Foundation
import Registers
import TestSupport
import Testing

@testable import Trace

/// What belongs to a name at the edges of blocks, and what waits for its fate.
@Suite("Edges of a selection")
struct SelectionEdgeTests {
  private static let maps = BlockMap.board(tiles: 2)

  private static func access(_ cycle: UInt64, _ address: UInt32, _ value: UInt32 = 1) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.write, address, value)))
  }
  private static func event(_ cycle: UInt64, _ event: ChipEvent) -> LogEntry { LogEntry(cycle: cycle, .event(event)) }

  /// The block that an address is of by the map of the memory: a stride for the chip and its tiles, all registers and at
  /// least 256 bytes for others.
  private static func block(of address: UInt32) -> BlockMap? {
    maps.first { map in
      let isOfChip = map.base == MemoryMap.chip || map.number != nil
      let registers = map.entries.map { $0.offset + UInt32($0.register.count) * map.registerBytes }.max() ?? 0
      return address >= map.base && address - map.base < (isOfChip ? MemoryMap.tileStride : max(registers, 0x100))
    }
  }

  @Test("A block's name takes its whole room on the bus and nothing beside it, a register's name its elements")
  func rooms() throws {
    var addresses: Set<UInt32> = [0, 4, .max, MemoryMap.ram]
    for map in Self.maps {
      for offset: UInt32 in [0, 0xfc, 0xff, 0x100, 0x104, 0xffff, 0x1_0000, 0xbff8, 0xbfff, 0xc000, 0xc100, 0x4000] {
        addresses.formUnion([map.base &+ offset, map.base &- 1])
      }
      for entry in map.entries {
        let bytes = UInt32(entry.register.count) * map.registerBytes
        addresses.formUnion([0, bytes - 1, bytes].map { map.base + entry.offset + $0 })
      }
    }
    for map in Self.maps {
      let name = map.fullName
      let whole = PatternFilter(try RegisterPatterns([name], among: Self.maps), Self.maps)
      for address in addresses {
        #expect(whole.takes(address) == (Self.block(of: address)?.fullName == name), "\(name) \(address)")
      }
      for entry in map.entries {
        let pattern = try RegisterPatterns(["\(name).\(entry.register.name)"], among: Self.maps)
        let register = PatternFilter(pattern, Self.maps)
        let first = map.base + entry.offset
        for address in addresses {
          let isIn = address >= first && address - first < UInt32(entry.register.count) * map.registerBytes
          #expect(register.takes(address) == isIn, "\(name).\(entry.register.name) \(address)")
        }
      }
    }
  }

  private static func kept(_ entries: [LogEntry]) -> [LogEntry] {
    var filter = ErrorFilter()
    var kept: [LogEntry] = []
    for entry in entries {
      filter.append(entry)
      while let next = filter.next() { kept.append(next) }
    }
    filter.end()
    while let next = filter.next() { kept.append(next) }
    return kept
  }

  @Test("The flash's operations are kept with their start if they are aborted, and dropped if they finish or go on")
  func flash() {
    let start = MemoryMap.flash + FlashRegister.start.rawValue
    for operation in FlashOperation.allCases {
      for end in [FlashEvent.finished(operation), .aborted(operation), nil] {
        let begun = [Self.access(1, start), Self.event(1, .flash(.started(operation, page: 3)))]
        let refused = [Self.access(5, start), Self.event(5, .flash(.error(.busy)))]
        let ended = end.map { [Self.event(9, .flash($0))] } ?? []
        let expected: [LogEntry] = end == .aborted(operation) ? begun + refused + ended : refused
        #expect(Self.kept(begun + refused + ended) == expected)
      }
    }
  }

  @Test("Units wait for themselves alone; entries come out in order, and none before what stands before it is decided")
  func units() {
    func start(_ tile: Int) -> ChipEvent {
      .started(
        tile: tile,
        OperationStart(operation: .read, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: []))
    }
    let end = OperationEnd(operation: .read, senseCodes: [], isSaturated: false)
    let begun = [
      Self.event(1, start(0)), Self.event(2, start(1)), Self.event(3, .flash(.started(.erase, page: 0))),
      Self.event(4, .brownOut),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      for fates in 0..<8 {
        let ends = order.map { unit -> LogEntry in
          let isAborted = fates >> unit & 1 == 1
          let event: ChipEvent =
            unit == 2
            ? .flash(isAborted ? .aborted(.erase) : .finished(.erase))
            : isAborted ? .aborted(tile: unit, .read) : .finished(tile: unit, end)
          return Self.event(UInt64(10 + unit), event)
        }
        let expected =
          begun.enumerated().filter { $0.offset == 3 || fates >> $0.offset & 1 == 1 }.map(\.element)
          + zip(order, ends).filter { fates >> $0.0 & 1 == 1 }.map(\.1)
        #expect(Self.kept(begun + ends) == expected, "\(order) \(fates)")
      }
    }
    // An access of another cycle is none of the error's; of the supply only failures are kept.
    #expect(Self.kept([Self.access(1, 0), Self.event(2, .chipError(.unmapped))]).count == 1)
    #expect(Self.kept([Self.access(2, 0), Self.access(2, 4), Self.event(2, .chipError(.unmapped))]).count == 2)
    #expect(Self.kept([Self.event(1, .settled(tile: 0)), Self.event(2, .powerOff)]).map(\.cycle) == [2])
  }

  @Test("An entry comes out as soon as all before it are decided, not at the end of the run")
  func prompt() {
    let error = Self.event(9, .chipError(.unmapped))
    func start(_ tile: Int) -> ChipEvent {
      .started(
        tile: tile,
        OperationStart(operation: .zero, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: []))
    }
    let end = OperationEnd(operation: .zero, senseCodes: [], isSaturated: false)
    for (begin, finish) in [
      (start(0), .finished(tile: 0, end)), (start(1), .aborted(tile: 1, .zero)),
      (.flash(.started(.read, page: 0)), .flash(.finished(.read))),
      (.flash(.started(.program, page: 1)), .flash(.aborted(.program))),
    ] as [(ChipEvent, ChipEvent)] {
      var filter = ErrorFilter()
      filter.append(Self.event(1, begin))
      filter.append(error)
      #expect(filter.next() == nil)
      filter.append(Self.event(10, finish))
      var out: [LogEntry] = []
      while let next = filter.next() { out.append(next) }
      #expect(out.contains(error), "\(finish)")
    }
  }

  private static func errorWaves(_ body: (inout PartialVCDLog<MemoryOutput>) -> Void) throws -> String {
    var selection = LogSelection()
    selection.onlyErrors = true
    var log = PartialVCDLog(
      to: MemoryOutput(), tiles: [randomTileSize, randomTileSize], features: [], pulseStep: 20, selection, maps)
    body(&log)
    try log.close()
    return log.output.text
  }

  @Test("Waves of errors show an access that was refused and no other, where a part ends between them too")
  func errorsInWaves() throws {
    let (busy, free) = (MemoryMap.tile(0) + 8, MemoryMap.tile(1) + 8)
    /// Rises of `bus.valid`, whose identifier is `!`.
    func shown(_ text: String) -> [UInt64] {
      var (time, rises): (UInt64, [UInt64]) = (0, [])
      for line in text.split(separator: "\n") {
        if line.hasPrefix("#") { time = UInt64(line.dropFirst()) ?? 0 }
        if line == "1!" { rises.append(time / 10) }
      }
      return rises
    }
    let text = try Self.errorWaves { log in
      log.turnOn(at: 0)
      log.append(Self.access(5, free))
      log.append(Self.access(7, busy))
      log.append(Self.event(7, .tileError(tile: 0, .busy)))
      log.append(Self.access(9, free))
      log.append(Self.event(10, .tileError(tile: 0, .watchdog)))
      log.append(Self.access(12, 0))
      log.append(Self.event(12, .chipError(.unmapped)))
      log.append(Self.access(14, MemoryMap.flash))
      log.append(Self.event(14, .flash(.error(.busy))))
    }
    #expect(shown(text) == [7, 12, 14])
    // An access that waits when waves are turned off was not refused: what they show is off from its time on.
    let off = try Self.errorWaves { log in
      log.turnOn(at: 0)
      log.append(Self.access(20, free))
      log.turnOff()
      log.turnOn(at: 30)
    }
    #expect(shown(off) == [] && off.contains("\n#210\n$dumpoff\n") && off.contains("\n#300\n$dumpon\n"))
    let beside = try Self.errorWaves { log in
      log.append(Self.access(20, free))
      log.turnOn(at: 25)
      log.append(Self.event(25, .tileError(tile: 0, .busy)))
    }
    #expect(shown(beside) == [])
  }

  @Test("A remark stands in the waves where it was made, with the text that it has")
  func remarks() throws {
    var log = VCDLog(to: MemoryOutput(), tiles: [randomTileSize], features: [])
    log.append(Self.access(3, MemoryMap.tile(0)))
    let before = log.output.text
    log.comment("looked at, twice")
    #expect(log.output.text == before + "$comment looked at, twice $end\n")
    log.append(Self.access(9, MemoryMap.tile(0)))
    try log.close()
    let whole = log.output.text
    #expect(whole.hasPrefix(before + "$comment looked at, twice $end\n") && whole.hasSuffix("#100\n"))
    try log.close()
    #expect(log.output.text == whole)
  }

  @Test("Waves take levels where volts or amperes of a tile that is asked for are shown")
  func levels() throws {
    for (names, takes) in [(["HOST"], false), (["MBX0"], true), (["MBX1"], true), (["MBX"], false), (nil, true)]
      as [([String]?, Bool)]
    {
      for analog in [true, false] {
        var selection = LogSelection()
        selection.only = try names.map { try RegisterPatterns($0, among: Self.maps) }
        let log = PartialVCDLog(
          to: MemoryOutput(), tiles: [randomTileSize, randomTileSize], features: [], pulseStep: 20, analog: analog,
          selection,
          Self.maps)
        #expect(log.takesLevels == (takes && analog), "\(names ?? []) \(analog)")
        #expect(log.output.text.contains("wordline_volts_i, column_volts_j") == (takes && analog))
      }
    }
  }

  @Test("A dump says before its first time what its variables mean")
  func explanations() {
    func explained(_ analog: Bool) -> [String] {
      let log = VCDLog(to: MemoryOutput(), tiles: [randomTileSize], features: [], pulseStep: 60, analog: analog)
      let text = log.output.text
      return text[..<(text.range(of: "$timescale")?.lowerBound ?? text.startIndex)].split(separator: "\n").map(
        String.init)
    }
    let first = ["$version mblstm register log $end", "$comment"]
    let operations = Operation.allCases.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")
    let flash = FlashOperation.allCases.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")
    func errors(_ name: String, _ fields: [Field]) -> String {
      "  \(name).ERROR by bit: " + fields.map { "\($0.lowBit) \($0.name)" }.joined(separator: " ") + "."
    }
    let digital = [
      "  One cycle is 10 ns. bus.valid rises for half a cycle as an access returns.",
      "  MBXn.OPERATION: 0 idle, \(operations).", errors("MBX", ChipError.fields), errors("MBXn", TileError.fields),
      "  FLASH.OPERATION: 0 idle, \(flash).", errors("FLASH", FlashError.fields),
      "  DRIVE_i: DAC code of line i. SENSE_j: ADC code of line j. PULSE_k: pulse width on bit line k, 60 ns.",
      "  These are two's complement.",
    ]
    let reals = [
      "  wordline_volts_i, column_volts_j: what READ and READ_T drive, while they do.",
      "  column_amperes_j, wordline_amperes_i: what they sensed, as they ended.",
      "  pulse_volts: across the selected cells of ROW for the longest PULSE of its sign, + SET, - RESET;",
      "  ERASE gives one to each word line in turn.",
    ]
    #expect(explained(false) == first + digital + ["$end"])
    #expect(explained(true) == first + digital + reals + ["$end"])
  }
}
