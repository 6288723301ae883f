import Files
import Registers

/// Waves of a part of a run, or of some registers.
///
/// It has to be given every entry, so that what it shows is right from its first moment on. Outside of the part the dump is
/// off. Of an access that was not asked for the bus shows nothing; of the chip the variables are declared that belong to a
/// register that was.
public struct PartialVCDLog<Output: ByteOutput>: ClosingLog {
  public static var isActive: Bool { true }

  /// Where the dump goes.
  public private(set) var output: Output
  private var waves: VCDWaves
  private let patterns: PatternFilter?
  private let showsErrors: Bool
  /// An access of which the next entry says whether it was refused.
  private var access: LogEntry?
  private enum State {
    case before, on, off, closed
  }
  private var state = State.before

  /// See `VCDLog`.
  public init(
    to output: Output, tiles: [TileSize], features: ChipFeatures, pulseStep: Int, analog: Bool = false,
    _ selection: LogSelection, _ maps: [BlockMap]
  ) {
    self.output = output
    showsErrors = selection.onlyErrors
    patterns = selection.only.map { PatternFilter($0, maps) }
    let onlyErrors = selection.onlyErrors
    let only = selection.only
    waves = VCDWaves(tiles, features: features, pulseStep: pulseStep, analog: analog) { scope, variable in
      scope == "bus" || (!onlyErrors || variable == "ERROR") && (only?.take(variableOf: variable, scope) ?? true)
    }
    handOver()
  }

  /// Shows everything from a cycle on.
  public mutating func turnOn(at cycle: UInt64) {
    guard state == .before || state == .off else { return }
    settle(refused: false)
    waves.text.clear()
    waves.dump(state == .before ? "$dumpvars" : "$dumpon", at: cycle)
    state = .on
    handOver()
  }

  /// Shows nothing behind the latest entry.
  public mutating func turnOff() {
    guard state == .on else { return }
    settle(refused: false)
    waves.dumpOff()
    handOver()
    state = .off
  }

  /// - Precondition: the entry is of a tile that `init` was told of.
  public mutating func append(_ entry: LogEntry) {
    if case .event(let event) = entry.body {
      settle(refused: event.isError && access?.cycle == entry.cycle)
      waves.append(entry)
    } else if showsErrors {
      settle(refused: false)
      access = entry
    } else {
      show(entry)
    }
    handOver()
  }

  public var takesLevels: Bool { waves.hasReals }

  public mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    waves.append(levels, ofTile: tile)
    handOver()
  }

  /// The access that waits is made.
  private mutating func settle(refused: Bool) {
    guard let entry = access else { return }
    access = nil
    if refused { show(entry) } else { waves.append(entry, onBus: false) }
  }

  private mutating func show(_ entry: LogEntry) {
    guard case .access(let transaction) = entry.body else { return }
    waves.append(entry, onBus: patterns?.takes(transaction.address) ?? true)
  }

  /// Writes the last time, one cycle after the last entry.
  public mutating func close() throws(OutputError) {
    guard state != .closed else { return }
    settle(refused: false)
    if state == .before { turnOn(at: 0) }
    if state == .on { waves.end() }
    handOver()
    state = .closed
    try output.close()
  }

  public mutating func comment(_ text: String) {
    waves.text.clear()
    output.append(Array("$comment \(text) $end\n".utf8)[...])
  }

  private mutating func handOver() {
    if state == .on || state == .before && !isDeclared { output.append(waves.text.bytes) }
    isDeclared = true
    waves.text.clear()
  }

  /// Whether the declarations are out.
  private var isDeclared = false
}

extension PartialVCDLog: Sendable where Output: Sendable {}

extension ChipEvent {
  fileprivate var isError: Bool {
    switch self {
    case .tileError, .chipError, .flash(.error), .cellError: true
    default: false
    }
  }
}

extension RegisterPatterns {
  /// Whether a variable of the waves is of a register that is meant: `SENSE_3` of `SENSE`.
  fileprivate func take(variableOf name: String, _ scope: String) -> Bool {
    takeWhole(scope) || take(name, of: scope) || take(String(name.prefix { $0 != "_" }), of: scope)
      || name.lastIndex(of: "_").map { take(String(name[..<$0]), of: scope) } ?? false
  }
}
