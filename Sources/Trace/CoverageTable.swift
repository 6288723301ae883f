import Registers

/// A state in which a block can be accessed, and refuse.
package enum BlockState: String, Sendable, CaseIterable {
  /// Nothing of what follows.
  case idle
  /// An operation is under way.
  case busy
  /// References or drivers are off.
  case unpowered
  /// References have not settled.
  case unsettled
  /// A bit of ERROR is set.
  case fault
}

/// How often each register was read and written in each state of its block, and each error raised. All tiles count as one
/// block, `MBXn`, and all elements of an array as one register.
package struct CoverageTable: Sendable, Equatable {
  /// Something that can be covered.
  package struct Item: Sendable, Hashable, Comparable {
    package enum Kind: String, Sendable, CaseIterable { case read, write, error }

    package let block: String
    /// Of a register, or of a bit of `ERROR`.
    package let name: String
    package let kind: Kind
    package let state: BlockState

    private var columns: [String] { [block, name, kind.rawValue, state.rawValue] }

    package static func < (one: Self, other: Self) -> Bool { one.columns.lexicographicallyPrecedes(other.columns) }

    /// `FLASH,BUFFER,read,idle`.
    var row: String { columns.joined(separator: ",") }
  }

  /// Where counts of a block's registers begin, and those of its errors.
  struct Part: Sendable, Equatable {
    let block: String
    let registers: [String]
    /// What a chip has to have for each of them.
    let needs: [ChipFeatures]
    let errors: [(name: String, states: [BlockState])]
    let states: [BlockState]
    let first: Int

    static func == (one: Part, other: Part) -> Bool { one.block == other.block && one.first == other.first }

    var firstError: Int { first + registers.count * 2 * BlockState.count }
    var end: Int { firstError + errors.count * BlockState.count }
  }

  let parts: [Part]
  private var counts: [UInt64]

  /// Nothing covered yet.
  package init() {
    var parts: [Part] = []
    for map in BlockMap.board(tiles: 1) {
      let block = "\(map.name)" + (map.number == nil ? "" : "n")
      let rule = CoverageRule(block)
      parts.append(
        Part(
          block: block, registers: map.entries.map { "\($0.register.name)" },
          needs: map.entries.map(\.needs), errors: rule.errors, states: rule.states,
          first: parts.last?.end ?? 0))
    }
    self.parts = parts
    counts = Array(repeating: 0, count: parts.last?.end ?? 0)
  }

  mutating func note(register: Int, of part: Int, _ kind: Transaction.Kind, in state: BlockState) {
    let row = register * 2 + (kind == .write ? 1 : 0)
    counts[parts[part].first + row * BlockState.count + state.place] &+= 1
  }

  mutating func note(error: Int, of part: Int, in state: BlockState) {
    counts[parts[part].firstError + error * BlockState.count + state.place] &+= 1
  }

  /// Adds what another one covered; counts end at the largest there is.
  package mutating func merge(_ other: CoverageTable) {
    for place in counts.indices {
      let sum = counts[place].addingReportingOverflow(other.counts[place])
      counts[place] = sum.overflow ? .max : sum.partialValue
    }
  }

  /// Every item that can be covered, with its count, sorted. What not every chip has is among them once any of it is covered.
  package var items: [(item: Item, count: UInt64)] {
    let covered = places.filter { counts[$0.place] > 0 }.reduce(into: ChipFeatures()) { $0.formUnion($1.needs) }
    return places.filter { covered.isSuperset(of: $0.needs) }.map { ($0.item, counts[$0.place]) }
      .sorted { $0.item < $1.item }
  }

  /// Adds to an item's count; false where it cannot be covered.
  /// - Parameter rows: as `rows` gives them.
  mutating func add(_ count: UInt64, toRow row: String, of rows: [String: Int]) -> Bool {
    guard let place = rows[row] else { return false }
    let sum = counts[place].addingReportingOverflow(count)
    counts[place] = sum.overflow ? .max : sum.partialValue
    return true
  }

  /// Where each row of a file belongs.
  var rows: [String: Int] { Dictionary(uniqueKeysWithValues: places.map { ($0.item.row, $0.place) }) }

  private var places: [(item: Item, place: Int, needs: ChipFeatures)] {
    parts.flatMap { part -> [(Item, Int, ChipFeatures)] in
      let accesses = part.registers.enumerated().flatMap { register, name in
        [(Item.Kind.read, 0), (.write, 1)].flatMap { kind, write in
          part.states.map { state in
            (
              Item(block: part.block, name: name, kind: kind, state: state),
              part.first + (register * 2 + write) * BlockState.count + state.place, part.needs[register]
            )
          }
        }
      }
      let errors = part.errors.enumerated().flatMap { number, error in
        error.states.map { state in
          (
            Item(block: part.block, name: error.name, kind: .error, state: state),
            part.firstError + number * BlockState.count + state.place, part.needs.first ?? []
          )
        }
      }
      return accesses + errors
    }
  }
}

extension BlockState {
  static var count: Int { 5 }

  /// In the order of the cases.
  var place: Int {
    switch self {
    case .idle: 0
    case .busy: 1
    case .unpowered: 2
    case .unsettled: 3
    case .fault: 4
    }
  }
}

/// In which states a block can be, and each of its errors come: `vectors/specification/chip.md` 6 and 7.
private struct CoverageRule {
  var states: [BlockState] = [.idle]
  var errors: [(name: String, states: [BlockState])] = []

  init(_ block: String) {
    switch block {
    case "MBXn":
      states = BlockState.allCases
      errors = TileError.allCases.map { ("\($0.field.name)", Self.states(of: $0)) }
    case "MBX":
      states = [.idle, .fault]
      errors = ChipError.allCases.map { ("\($0.field.name)", [.idle, .fault]) }
    case "FLASH":
      states = [.idle, .busy, .fault]
      errors = FlashError.allCases.map { ("\($0.field.name)", Self.states(of: $0)) }
    case "CELL":
      states = [.idle, .fault]
      errors = CellError.allCases.map { ("\($0.field.name)", [.idle, .fault]) }
    default: break
    }
  }

  /// What a busy tile refuses first is BUSY; the watchdog and a load of WAIT concern a busy one alone.
  private static func states(of error: TileError) -> [BlockState] {
    switch error {
    case .busy, .watchdog, .wait: [.busy]
    case .operation, .code, .locked, .limit, .supply: [.idle, .unpowered, .unsettled, .fault]
    case .index, .stale, .access, .unmapped, .misaligned, .reserved: BlockState.allCases
    }
  }

  private static func states(of error: FlashError) -> [BlockState] {
    switch error {
    case .busy, .worn: [.busy]
    case .operation, .locked, .index, .ones: [.idle, .fault]
    }
  }
}
