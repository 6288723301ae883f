import Registers
import Trace

/// What of a tile has its supply: references, amplifiers and converters first, then the drivers of pulses; down the
/// other way.
struct Supplied: Sendable {
  var analog = true
  var drivers = true
  var settled = true

  /// As after power-up.
  init() {}

  /// What is switched on, references settled.
  init(analog: Bool, drivers: Bool) {
    (self.analog, self.drivers) = (analog, drivers)
  }

  /// What a word of `SUPPLY` switches on, on references that are settled or not.
  init(wanted word: UInt32, settled: Bool) {
    analog = TileRegister.Supply.wanted.analog.decode(word) == 1
    drivers = TileRegister.Supply.wanted.drivers.decode(word) == 1
    self.settled = settled && analog
  }

  /// What a word of `SUPPLY_STATE` tells.
  init(state word: UInt32) {
    analog = TileRegister.Supply.present.analog.decode(word) == 1
    drivers = TileRegister.Supply.present.drivers.decode(word) == 1
    settled = TileRegister.Supply.settled.decode(word) == 1
  }

  var isWaking: Bool { analog && !settled }

  /// Whether some order leads here: drivers only ever come up on settled references, which need their supply.
  var isInOrder: Bool { (analog || !settled) && (settled || !drivers) }

  /// Whether supplies may be switched so.
  func mayBecome(_ next: Supplied) -> Bool {
    guard next.analog else { return !next.drivers && !drivers }
    return !next.drivers || settled
  }

  /// The word of `SUPPLY`.
  var wanted: UInt32 {
    TileRegister.Supply.wanted.analog.encode(analog) | TileRegister.Supply.wanted.drivers.encode(drivers)
  }

  /// The word of `SUPPLY_STATE`.
  var state: UInt32 {
    TileRegister.Supply.logic.mask | TileRegister.Supply.present.analog.encode(analog)
      | TileRegister.Supply.present.drivers.encode(drivers) | TileRegister.Supply.settled.encode(settled)
  }
}

extension Tile {
  /// Takes over what `SUPPLY` has got at a cycle, or puts it back and says why; references that come up settle from
  /// there.
  @inline(never)
  mutating func switchSupply(cycle: UInt64) -> TileError? {
    let next = Supplied(wanted: registers[.supply], settled: supplied.settled)
    guard supplied.mayBecome(next) else {
      registers[.supply] = supplied.wanted
      return .supply
    }
    if !supplied.analog && next.analog { wakeEnd = cycle + UInt64(timing.wakeUp) }
    take(next)
    return nil
  }

  private mutating func take(_ next: Supplied) {
    supplied = next
    if !next.isWaking { wakeEnd = .max }
    registers[.supply] = next.wanted
    registers[.supplyState] = next.state
  }

  /// References and amplifiers have had their supply long enough.
  mutating func settleSupply() {
    take(Supplied(wanted: registers[.supply], settled: true))
  }

  /// Both supplies fail.
  /// - Returns: whether there was one.
  mutating func loseSupply() -> Bool {
    guard supplied.analog else { return false }
    take(Supplied(wanted: 0, settled: false))
    return true
  }

  /// What is supplied, for people: `references settled, drivers on`.
  package var supplies: String {
    let references =
      supplied.settled ? "settled" : supplied.analog ? "settling until cycle \(wakeEnd)" : "off"
    return "references \(references), drivers \(supplied.drivers ? "on" : "off")"
  }

  /// What is supplied, for the log.
  var supplyEvent: ChipEvent { .supply(tile: number, analog: supplied.analog, drivers: supplied.drivers) }
}
