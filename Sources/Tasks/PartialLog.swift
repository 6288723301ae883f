import Board
import Crossbar
import Files
import Registers
import Trace

/// The logs of a part of a run.
///
/// Text begins with its first entry, when the chip's state is known; waves are given every entry, to have the levels right
/// when they begin.
public struct PartialLog<Output: ByteOutput>: ClosingLog, StagedLog {
  public static var isActive: Bool { true }

  private typealias Text = SelectedLog<CSVLog<Output>>
  private let selection: LogSelection
  private let makeText: (_ state: [UInt8]) -> Text?
  private var text: Text?
  private var waves: PartialVCDLog<Output>?

  private var sequence = 0
  private var isBegun = false
  private var isOver = false
  /// Whether the sequence at hand is one of those that are wanted.
  private var isChosen: Bool

  /// - Parameters:
  ///   - selection: what of the run is wanted.
  ///   - csv: where the register log goes, if one is wanted.
  ///   - vcd: where the waves go.
  ///   - analog: whether the waves have volts and amperes too.
  ///   - chip: that of the run.
  ///   - symbols: of the binary, if one runs.
  ///   - state: the chip where the run begins, as a chip file; empty for a fresh one.
  public init(
    _ selection: LogSelection, csv: Output?, vcd: Output?, analog: Bool = false, of chip: ChipConfiguration,
    symbols: ProgramSymbols? = nil, state: [UInt8] = []
  ) {
    let maps = chip.maps
    self.selection = selection
    makeText = { state in
      csv.map {
        let log = CSVLog(
          to: $0, description: "\(chip)", names: RegisterNames(maps), symbols: symbols,
          origin: LogOrigin(state: state, filter: selection.filter))
        return SelectedLog(log, selection, maps)
      }
    }
    waves = vcd.map {
      PartialVCDLog(
        to: $0, tiles: chip.tileSizes, features: chip.features, pulseStep: chip.timing.stepNanoseconds, analog: analog,
        selection, maps)
    }
    isChosen = selection.every == 1
    if selection.from == nil { begin(with: state, at: 0) }
  }

  /// Where the register log has gone; nil before it begins.
  package var csv: Output? { text?.base.output }
  /// Where the waves have gone.
  package var vcd: Output? { waves?.output }

  // MARK: Where it begins and ends

  public var firstCycle: UInt64? { if case .cycle(let first) = selection.from { first } else { nil } }

  public mutating func beginSequence() -> Bool {
    sequence += 1
    if case .sequence(let last) = selection.to, sequence > last { end() }
    let wasChosen = isChosen
    isChosen = (sequence - 1) % selection.every == 0
    if isBegun, !isOver, isChosen != wasChosen {
      if isChosen { waves?.turnOn(at: 0) } else { waves?.turnOff() }
    }
    return selection.from == .sequence(sequence)
  }

  public mutating func begin(on state: MachineSnapshot) {
    begin(with: state.logState, at: firstCycle ?? state.cycle)
  }

  private mutating func begin(with state: [UInt8], at cycle: UInt64) {
    isBegun = true
    text = makeText(state)
    if isChosen { waves?.turnOn(at: cycle) }
  }

  private mutating func end() {
    isOver = true
    waves?.turnOff()
  }

  // MARK: Entries

  public mutating func append(_ entry: LogEntry) {
    if !isOver, case .cycle(let last) = selection.to, entry.cycle > last { end() }
    guard !isOver else { return }
    waves?.append(entry)
    if isBegun, isChosen { text?.append(entry) }
  }

  public var takesLevels: Bool { waves?.takesLevels ?? false }

  public mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    if !isOver { waves?.append(levels, ofTile: tile) }
  }

  public mutating func close() throws(OutputError) {
    beginInVain()
    try text?.close()
    try waves?.close()
  }

  /// Where the run was over before: a log without an entry.
  private mutating func beginInVain() {
    guard !isBegun else { return }
    begin(with: [], at: 0)
    comment("the run was over before the log began")
  }

  public mutating func comment(_ text: String) {
    beginInVain()
    self.text?.comment(text)
    waves?.comment(text)
  }
}
