import Registers

/// How many lines a tile has, as its waves show them.
public struct TileSize: Sendable, Equatable {
  /// 1 … 1024.
  public var wordLines: Int
  /// 1 … 1024.
  public var bitLines: Int
  /// Columns that are converted: the bit lines, or half as many where a column is a pair of them.
  public var columns: Int

  /// A tile by its lines.
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

/// The variables of scope `MBX` before its other flags.
enum ChipSignal: Int, CaseIterable {
  case interrupt, pending, enable, error, causes

  /// The register that the variable shows; nil for the interrupt line.
  var register: ChipRegister? {
    switch self {
    case .interrupt: nil
    case .pending: .interruptPending
    case .enable: .interruptEnable
    case .error: .error
    case .causes: .resetCause
    }
  }

  var flag: VCDFlag? { register.map { VCDFlag($0, isTold: true) } }
}

/// The variables of scope `MBXn` before its other flags and those of its lines.
enum TileSignal: Int, CaseIterable {
  case busy, operation, gain, linear, row, saturated, locked, error, analog, drivers, settled

  /// The field that the variable shows; nil for all bits of `ERROR`.
  private var field: Field? {
    switch self {
    case .busy: TileRegister.Status.busy
    case .operation: TileRegister.Start.operation
    case .gain: TileRegister.Start.gain
    case .linear: TileRegister.Start.linear
    case .row: TileRegister.Start.row
    case .saturated: TileRegister.Status.saturated
    case .locked: TileRegister.Status.locked
    case .error: nil
    case .analog: TileRegister.Supply.present.analog
    case .drivers: TileRegister.Supply.present.drivers
    case .settled: TileRegister.Supply.settled
    }
  }

  var name: String { field.map { "\($0.name)" } ?? Self.errorFlag.name }
  var width: Int { field.map { Int($0.width) } ?? Self.errorFlag.width }

  static var errorFlag: VCDFlag { VCDFlag(TileRegister.error, isTold: true) }
}

/// The variables of scope `FLASH`.
enum FlashSignal: Int, CaseIterable {
  case busy, operation, page, error

  private var field: Field? {
    switch self {
    case .busy: FlashRegister.Status.busy
    case .operation: FlashRegister.Start.operation
    case .page: FlashRegister.Start.page
    case .error: nil
    }
  }

  var name: String { field.map { "\($0.name)" } ?? Self.errorFlag.name }
  var width: Int { field.map { Int($0.width) } ?? Self.errorFlag.width }

  static var errorFlag: VCDFlag { VCDFlag(FlashRegister.error, isTold: true) }
}

/// Which variables there are, and their numbers.
struct VCDSignals: Sendable {
  struct Variable: Sendable {
    let name: String
    let width: Int
    /// Whether it is declared and written.
    var isShown = true
  }
  struct Scope: Sendable {
    let name: String
    let variables: Range<Int>
  }
  /// A variable that follows a register.
  struct Follower: Sendable {
    let flag: VCDFlag
    let address: UInt32
    let number: Int
    /// The variable that says whether the register's tile is busy.
    let busy: Int?
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
  private(set) var followers: [Follower] = []
  /// Number of the flash's first variable; behind those of the tiles.
  private(set) var flashFirst = 0

  static let busFirst = 0
  static let chipFirst = BusSignal.allCases.count

  init(_ sizes: [TileSize]) {
    addScope("bus", BusSignal.allCases.map { Variable(name: "\($0)", width: $0.width) })
    let chipFlags = ChipSignal.allCases.compactMap(\.flag)
    let otherFlags = VCDFlag.others(of: ChipRegister.self, beside: ChipSignal.allCases.compactMap(\.register))
    follow(chipFlags + otherFlags, from: Self.chipFirst + ChipSignal.pending.rawValue, base: MemoryMap.chip, busy: nil)
    addScope("MBX", [Variable(name: "IRQ", width: 1)] + Self.variables(of: chipFlags + otherFlags))
    let tileFlags = VCDFlag.others(of: TileRegister.self, beside: [.error])
    for (number, size) in sizes.enumerated() {
      let first = variables.count
      let drive = first + TileSignal.allCases.count + tileFlags.count
      follow(
        [TileSignal.errorFlag] + tileFlags, from: first + TileSignal.error.rawValue, base: MemoryMap.tile(number),
        busy: first + TileSignal.busy.rawValue)
      addScope(
        "MBX\(number)",
        TileSignal.allCases.map { Variable(name: $0.name, width: $0.width) } + Self.variables(of: tileFlags)
          + Self.lines(.drive, size.lines) + Self.lines(.sense, size.lines) + Self.lines(.pulse, size.bitLines))
      tiles.append(
        TileNumbers(
          size: size, first: first, drive: drive, sense: drive + size.lines, pulse: drive + 2 * size.lines))
    }
    flashFirst = variables.count
    follow(
      [FlashSignal.errorFlag], from: flashFirst + FlashSignal.error.rawValue, base: MemoryMap.flash, busy: nil)
    addScope("FLASH", FlashSignal.allCases.map { Variable(name: $0.name, width: $0.width) })
  }

  /// Keeps those from being shown that are not asked for, by the names of scope and variable.
  mutating func hide(allBut isAsked: (String, String) -> Bool) {
    for scope in scopes {
      for number in scope.variables {
        variables[number].isShown = isAsked(scope.name, variables[number].name)
      }
    }
  }

  private mutating func follow(_ flags: [VCDFlag], from first: Int, base: UInt32, busy: Int?) {
    for (index, flag) in flags.enumerated() {
      followers.append(Follower(flag: flag, address: base + flag.offset, number: first + index, busy: busy))
    }
  }

  private static func variables(of flags: [VCDFlag]) -> [Variable] {
    flags.map { Variable(name: $0.name, width: $0.width) }
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

  private mutating func appendOperations(_ name: StaticString, _ operations: [(code: UInt32, name: StaticString)]) {
    append("  ")
    append(name)
    append(": 0 idle")
    for operation in operations {
      append(", ")
      append(decimal: Int(operation.code))
      append(" ")
      append(operation.name)
    }
    append(".\n")
  }

  /// Everything before the first time.
  mutating func append(declarationsOf signals: VCDSignals, pulseStep: Int) {
    append("$version mblstm register log $end\n")
    append("$comment\n")
    append(string: "  One cycle is \(Electrical.nanosecondsPerCycle) ns.")
    append(" bus.valid rises for half a cycle as an access returns.\n")
    appendOperations("MBXn.OPERATION", Operation.allCases.map { ($0.rawValue, $0.name) })
    appendErrors("MBX.ERROR", ChipError.fields)
    appendErrors("MBXn.ERROR", TileError.fields)
    appendOperations("FLASH.OPERATION", FlashOperation.allCases.map { ($0.rawValue, $0.name) })
    appendErrors("FLASH.ERROR", FlashError.fields)
    append("  DRIVE_i: DAC code of line i. SENSE_j: ADC code of line j. PULSE_k: pulse width on bit line k, ")
    append(decimal: pulseStep)
    append(" ns.\n")
    append("  These are two's complement.\n$end\n")
    append("$timescale 1ns $end\n")
    for scope in signals.scopes where scope.variables.contains(where: { signals.variables[$0].isShown }) {
      append(string: "$scope module \(scope.name) $end\n")
      for number in scope.variables where signals.variables[number].isShown {
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
