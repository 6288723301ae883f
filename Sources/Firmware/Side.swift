import Registers

/// One of the two networks that a chip with four tiles holds: one serves while the other is made ready.
public enum Side: UInt32, Sendable, CaseIterable {
  /// On tiles 0 and 1.
  case first = 0
  /// On tiles 2 and 3.
  case second = 1

  private static var tiles: Int { Layer.allCases.count }

  /// The tile that holds a layer.
  public func tile(_ layer: Layer) -> Int { Int(rawValue) * Self.tiles + Int(layer.rawValue) }

  /// Tiles that a chip has to have for it.
  public var tilesNeeded: Int { (Int(rawValue) + 1) * Self.tiles }

  /// Throws if the chip does not have its tiles.
  func expectTiles(on bus: inout some Bus) throws(Status) {
    guard bus.read(MemoryMap.chip + ChipRegister.tiles.offset()) >= UInt32(tilesNeeded) else { throw .doesNotFit }
  }
}

/// The requests that choose between both.
extension Controller {
  mutating func workOn(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let side = try request.nextSide(on: &bus)
    try request.expectEnd()
    try side.expectTiles(on: &bus)
    work(on: side)
    HostPort.answer(on: &bus)
  }

  mutating func switchTo(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let side = try request.nextSide(on: &bus)
    try request.expectEnd()
    guard (side == working ? state : parked).shape != nil else { throw .notConfigured }
    active = side
    HostPort.answer(on: &bus)
  }

  mutating func work(on side: Side) {
    guard side != working else { return }
    swap(&state, &parked)
    working = side
  }
}
