import Registers

/// How many lines a tile has, as its waves show them.
public struct TileSize: Sendable, Equatable {
  public var wordLines: Int
  public var bitLines: Int
  /// Columns that are converted: the bit lines, or half as many where a column is a pair of them.
  public var columns: Int

  public init(wordLines: Int, bitLines: Int, columns: Int) {
    self.wordLines = wordLines
    self.bitLines = bitLines
    self.columns = columns
  }

  /// Lines that `DRIVE` and `SENSE` have.
  var lines: Int { max(wordLines, columns) }
}

/// The variables of scope `bus`, in the order of their declaration.
enum BusSignal: Int, CaseIterable {
  case valid, write, address, data

  var width: Int {
    switch self {
    case .valid, .write: 1
    case .address, .data: 32
    }
  }
}

/// The variables of scope `MBX`.
enum ChipSignal: Int, CaseIterable {
  case interrupt, pending, enable, error

  var name: String {
    switch self {
    case .interrupt: "IRQ"
    case .pending: "\(ChipRegister.interruptPending.register.name)"
    case .enable: "\(ChipRegister.interruptEnable.register.name)"
    case .error: "\(ChipRegister.error.register.name)"
    }
  }

  var width: Int {
    switch self {
    case .interrupt: 1
    case .pending, .enable: MemoryMap.maximumTiles
    case .error: ChipError.allCases.count
    }
  }
}

/// The variables of scope `MBXn` before those of its lines.
enum TileSignal: Int, CaseIterable {
  case busy, operation, gain, linear, row, saturated, locked, error

  var name: String {
    switch self {
    case .busy: "\(TileRegister.Status.busy.name)"
    case .operation: "\(TileRegister.Start.operation.name)"
    case .gain: "\(TileRegister.Start.gain.name)"
    case .linear: "\(TileRegister.Start.linear.name)"
    case .row: "\(TileRegister.Start.row.name)"
    case .saturated: "\(TileRegister.Status.saturated.name)"
    case .locked: "\(TileRegister.Status.locked.name)"
    case .error: "\(TileRegister.error.register.name)"
    }
  }

  var width: Int {
    switch self {
    case .busy, .gain, .linear, .saturated, .locked: 1
    case .operation: Int(TileRegister.Start.operation.width)
    case .row: Int(TileRegister.Start.row.width)
    case .error: TileError.allCases.count
    }
  }
}

/// Which variables there are, and their numbers.
struct VCDSignals: Sendable {
  struct Variable: Sendable {
    let name: String
    let width: Int
  }
  struct Scope: Sendable {
    let name: String
    let variables: Range<Int>
  }
  /// First numbers of a tile's variables.
  struct TileNumbers: Sendable {
    let size: TileSize
    let first: Int
    let drive: Int
    let sense: Int
    let pulse: Int
  }

  private(set) var variables: [Variable] = []
  private(set) var scopes: [Scope] = []
  private(set) var tiles: [TileNumbers] = []

  static let busFirst = 0
  static let chipFirst = BusSignal.allCases.count

  init(_ sizes: [TileSize]) {
    addScope("bus", BusSignal.allCases.map { Variable(name: "\($0)", width: $0.width) })
    addScope("MBX", ChipSignal.allCases.map { Variable(name: $0.name, width: $0.width) })
    for (number, size) in sizes.enumerated() {
      let first = variables.count
      let drive = first + TileSignal.allCases.count
      addScope(
        "MBX\(number)",
        TileSignal.allCases.map { Variable(name: $0.name, width: $0.width) }
          + Self.lines(.drive, size.lines) + Self.lines(.sense, size.lines) + Self.lines(.pulse, size.bitLines))
      tiles.append(
        TileNumbers(
          size: size, first: first, drive: drive, sense: drive + size.lines, pulse: drive + 2 * size.lines))
    }
  }

  private mutating func addScope(_ name: String, _ new: [Variable]) {
    scopes.append(Scope(name: name, variables: variables.count..<variables.count + new.count))
    variables += new
  }

  private static func lines(_ register: TileRegister, _ count: Int) -> [Variable] {
    (0..<count).map { Variable(name: "\(register.register.name)_\($0)", width: 16) }
  }
}

extension ByteText {
  /// The identifier code of a variable: as many of the 94 printable characters as its number needs.
  mutating func append(identifier number: Int) {
    var rest = number
    repeat {
      append(UInt8(truncatingIfNeeded: 33 + rest % 94))
      rest = rest / 94 - 1
    } while rest >= 0
  }

  /// Everything before the first time.
  mutating func append(declarationsOf signals: VCDSignals) {
    append("$version mblstm register log $end\n")
    append("$comment\n")
    append(string: "  One cycle is \(Electrical.nanosecondsPerCycle) ns.")
    append(" bus.valid rises for half a cycle as an access returns.\n")
    append("  MBXn.OPERATION: 0 idle")
    for operation in Operation.allCases {
      append(", ")
      append(decimal: Int(operation.rawValue))
      append(" ")
      append(operation.name)
    }
    append(".\n")
    appendErrors("MBX.ERROR", ChipError.fields)
    appendErrors("MBXn.ERROR", TileError.fields)
    append("  DRIVE_i: DAC code of line i. SENSE_j: ADC code of line j. PULSE_k: pulse width on bit line k, ")
    append(string: "\(Electrical.nanosecondsPerPulseStep) ns.\n")
    append("  These are two's complement.\n$end\n")
    append("$timescale 1ns $end\n")
    for scope in signals.scopes {
      append(string: "$scope module \(scope.name) $end\n")
      for number in scope.variables {
        append(string: "$var wire \(signals.variables[number].width) ")
        append(identifier: number)
        append(string: " \(signals.variables[number].name) $end\n")
      }
      append("$upscope $end\n")
    }
    append("$enddefinitions $end\n")
  }

  private mutating func appendErrors(_ name: StaticString, _ fields: [Field]) {
    append("  ")
    append(name)
    append(" by bit:")
    for field in fields {
      append(" ")
      append(decimal: Int(field.lowBit))
      append(" ")
      append(field.name)
    }
    append(".\n")
  }
}
