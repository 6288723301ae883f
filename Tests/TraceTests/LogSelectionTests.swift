import Files
import Registers
import TestSupport
import Testing
import Trace

@Suite("Parts of a log")
struct LogSelectionTests {
  private static let maps = BlockMap.board(tiles: 2)

  private func log(
    _ entries: [LogEntry], only: [String]? = nil, errors: Bool = false
  ) throws -> [String] {
    var selection = LogSelection()
    selection.only = try only.map { try RegisterPatterns($0, among: Self.maps) }
    selection.onlyErrors = errors
    let text = CSVLog(
      to: MemoryOutput(), description: "", names: RegisterNames(Self.maps), origin: LogOrigin(filter: selection.filter))
    var log = SelectedLog(text, selection, Self.maps)
    for entry in entries { log.append(entry) }
    try log.close()
    return log.base.output.text.split(separator: "\n").map(String.init)
  }

  /// Block and register of a line, or block and event.
  private func name(_ line: String) -> String {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    return cells[2] == "event" ? "\(cells[5]):\(cells[6])" : String(cells[5])
  }

  @Test(
    "Of random entries those are kept that the names mean",
    arguments: [
      (["MBX0"], #"MBX0[.:].*"#), (["MBX*"], #"MBX\d?[.:].*"#), (["HOST", "MBX1.SENSE"], #"HOST\..*|MBX1\.SENSE\[.*"#),
      (["MBX*.DRIVE"], #"MBX\d\.DRIVE\[.*"#), (["*.SENSE", "*.PULSE"], #"MBX\d\.(SENSE|PULSE)\[.*"#),
    ])
  func only(_ names: [String], _ pattern: String) throws {
    let expected = try Regex(pattern)
    let entries = randomEntries(6000, seed: 7)
    let whole = try log(entries).dropFirst(2)
    let some = try log(entries, only: names)
    #expect(some[1] == "# filtered only=\(names.joined(separator: ","))")
    let kept = some.dropFirst(3)
    // Places without a register have no name: they are of their block.
    #expect(kept.filter { !name($0).isEmpty } == whole.filter { name($0).wholeMatch(of: expected) != nil })
    #expect(kept.count > 3 && kept.count < whole.count)
  }

  @Test(
    "A name that nothing has is refused with the nearest",
    arguments: [
      ("MBX9", "'MBX9' is no block and no register of the board, did you mean 'MBX'?"),
      ("mbx0", "'mbx0' is no block and no register of the board, did you mean 'MBX0'?"),
      ("MBX0.SENS", "'MBX0.SENS' is no block and no register of the board, did you mean 'MBX0.SENSE'?"),
      ("", "'' is no block and no register of the board"),
      (
        String(repeating: "*M", count: 60),
        "'\(String(repeating: "*M", count: 60))' is no block and no register of the board"
      ),
    ])
  func unknown(_ name: String, _ complaint: String) {
    #expect {
      try RegisterPatterns([name], among: Self.maps)
    } throws: { error in
      "\(error)".hasPrefix(complaint)
    }
  }

  @Test(
    "Of errors are kept: what was refused, with its access; what ended early, with its start; failures of the supply")
  func errors() throws {
    func access(_ cycle: UInt64, _ address: UInt32, _ value: UInt32 = 1) -> LogEntry {
      LogEntry(cycle: cycle, .access(Transaction(.write, address, value)))
    }
    func event(_ cycle: UInt64, _ event: ChipEvent) -> LogEntry { LogEntry(cycle: cycle, .event(event)) }
    func start(_ tile: Int) -> ChipEvent {
      .started(
        tile: tile,
        OperationStart(operation: .erase, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: []))
    }
    let end = OperationEnd(operation: .erase, senseCodes: [], isSaturated: false)
    let (zero, one) = (MemoryMap.tile(0) + 8, MemoryMap.tile(1) + 8)
    let lines = try log(
      [
        access(1, zero), event(1, start(0)), access(2, one), event(2, start(1)), access(3, zero),
        event(3, .tileError(tile: 0, .busy)), access(4, MemoryMap.host), event(5, .finished(tile: 1, end)),
        access(6, one), event(6, start(1)), event(7, .aborted(tile: 0, .erase)),
        event(7, .tileError(tile: 0, .watchdog)), event(8, .supply(tile: 0, analog: false, drivers: false)),
        access(9, 0), event(9, .chipError(.unmapped)), event(10, .brownOut),
      ], errors: true)
    #expect(lines[1] == "# filtered errors")
    #expect(
      lines.dropFirst(3).map { "\($0.prefix { $0 != "," }) \(name($0))" } == [
        "1 MBX0.START", "1 MBX0:started ERASE", "3 MBX0.START", "3 MBX0:error BUSY", "7 MBX0:aborted ERASE",
        "7 MBX0:error WATCHDOG", "9 ", "9 MBX:error UNMAPPED", "10 MBX:brown-out",
      ])
  }

  @Test(
    "A moment is a cycle or a sequence",
    arguments: [
      ("1", .cycle(1)), ("4611686018427387904", .cycle(1 << 62)), ("sequence:3", .sequence(3)), ("0", nil), ("-1", nil),
      ("4611686018427387905", nil), ("sequence:0", nil), ("sequence:", nil), ("3#", nil), ("", nil),
      ("sequence:9223372036854775808", nil),
    ] as [(String, LogSelection.Moment?)])
  func moment(_ text: String, _ moment: LogSelection.Moment?) {
    #expect(LogSelection.Moment(text) == moment)
  }

  @Test(
    "Of a register that is asked for every variable is declared, of others none",
    arguments: [
      ("MBX.RESET_CAUSE", ["MBX.RESET_CAUSE"]), ("MBX.ERROR", ["MBX.ERROR"]), ("MBX0.ERROR", ["MBX0.ERROR"]),
      ("MBX1.SENSE", (0..<randomTileSize.wordLines).map { "MBX1.SENSE_\($0)" }),
    ])
  func variables(_ pattern: String, _ paths: [String]) throws {
    var selection = LogSelection()
    selection.only = try RegisterPatterns([pattern], among: Self.maps)
    var part = PartialVCDLog(
      to: MemoryOutput(), tiles: [randomTileSize, randomTileSize], features: [], pulseStep: 20, selection, Self.maps)
    part.turnOn(at: 0)
    try part.close()
    let declared = try VCDDocument(part.output.text).variables.map(\.path).filter { !$0.hasPrefix("bus.") }
    #expect(declared == paths)
  }

  @Test(
    "Waves of a part have from its first moment on the levels of the whole", arguments: 1...4 as ClosedRange<UInt64>)
  func waves(seed: UInt64) throws {
    let entries = randomEntries(1500, seed: seed)
    let tiles = [randomTileSize, randomTileSize]
    var whole = VCDLog(to: MemoryOutput(), tiles: tiles, features: [])
    var selection = LogSelection()
    if seed % 2 == 0 { selection.only = try RegisterPatterns(["MBX1"], among: Self.maps) }
    var part = PartialVCDLog(to: MemoryOutput(), tiles: tiles, features: [], pulseStep: 20, selection, Self.maps)
    let first = entries[700].cycle
    for entry in entries {
      if entry.cycle >= first { part.turnOn(at: first) }
      whole.append(entry)
      part.append(entry)
    }
    try whole.close()
    try part.close()
    // The part reads as one that begins at 0.
    let text = part.output.text.replacing("#\(first * 10)\n$dumpvars", with: "#0\n$dumpvars")
    let (all, some) = (try VCDDocument(whole.output.text), try VCDDocument(text))
    let isMeant = { (path: String) in seed % 2 == 1 || path.hasPrefix("MBX1.") }
    #expect(some.variables == all.variables.filter { isMeant($0.path) || $0.path.hasPrefix("bus.") })
    #expect(
      some.changes.filter { $0.time > 0 && isMeant($0.path) }
        == all.changes.filter { $0.time > first * 10 && isMeant($0.path) })
    #expect(some.last().filter { isMeant($0.key) } == all.last().filter { isMeant($0.key) })
    #expect(some.changes.count > 100)
  }
}
