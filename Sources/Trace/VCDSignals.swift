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
    /// Of a real variable.
    let unit: Unit?
    /// The variable with whose register it is asked for.
    let code: String
    /// Whether it is declared and written.
    var isShown = true

    init(name: String, width: Int) {
      self.name = name
      self.width = width
      unit = nil
      code = name
    }

    /// A real variable beside a code.
    init(_ name: String, beside code: String, _ unit: Unit) {
      self.name = name
      width = 64
      self.unit = unit
      self.code = code
    }
  }
  /// What a real variable is kept in; its raw value is how many decimal places that has of volts or amperes.
  enum Unit: Int {
    case microvolts = 6
    case attoamperes = 18
  }
  struct Scope: Sendable {
    let name: String
    let variables: Range<Int>
    /// Behind the variables of all scopes, so that the codes of those are the same with or without.
    var reals = 0..<0

    var numbers: [Int] { variables + Array(reals) }
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
    var reals: VCDReals?
  }

  private(set) var variables: [Variable] = []
  private(set) var scopes: [Scope] = []
  private(set) var tiles: [TileNumbers] = []
  private(set) var followers: [Follower] = []
  /// Number of the flash's first variable; behind those of the tiles.
  private(set) var flashFirst = 0
  /// Number of the cell unit's ERROR; nil on a chip without.
  private(set) var cellError: Int?
  /// Whether there are volts and amperes.
  private(set) var showsReals = false

  static let chipFirst = BusSignal.allCases.count

  init(_ sizes: [TileSize], features: ChipFeatures, analog: Bool) {
    addScope("bus", BusSignal.allCases.map { Variable(name: "\($0)", width: $0.width) })
    let chipFlags = ChipSignal.allCases.compactMap(\.flag)
    let otherFlags = VCDFlag.others(of: ChipRegister.self, beside: ChipSignal.allCases.compactMap(\.register))
    follow(chipFlags + otherFlags, from: Self.chipFirst + ChipSignal.pending.rawValue, base: MemoryMap.chip, busy: nil)
    addScope("MBX", [Variable(name: "IRQ", width: 1)] + Self.variables(of: chipFlags + otherFlags))
    let firstTile = scopes.count
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
    if features.contains(.cell) { addCellUnit() }
    if analog { addReals(firstScope: firstTile) }
  }

  private mutating func addCellUnit() {
    let error = VCDFlag(CellRegister.error, isTold: true)
    cellError = variables.count
    follow([error], from: variables.count, base: MemoryMap.cellUnit, busy: nil)
    addScope("CELL", Self.variables(of: [error]))
  }

  /// - Parameter firstScope: of the tiles.
  private mutating func addReals(firstScope: Int) {
    for number in tiles.indices {
      let reals = VCDReals(tiles[number].size, first: variables.count)
      variables += reals.variables
      scopes[firstScope + number].reals = reals.first..<variables.count
      tiles[number].reals = reals
    }
    showsReals = true
  }

  /// Keeps those from being shown that are not asked for, by the names of scope and variable.
  mutating func hide(allBut isAsked: (String, String) -> Bool) {
    for scope in scopes {
      for number in scope.numbers {
        variables[number].isShown = isAsked(scope.name, variables[number].code)
      }
    }
    showsReals = scopes.contains { scope in scope.reals.contains { variables[$0].isShown } }
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
