import Crossbar
import Files

/// A chip as JSON: what an option can say of it, and its tiles.
///
///     {"resultsVersion": 3, "seed": 1, "synapse": "reference", "device": "vteam", "dacBits": 8, …,
///      "readVoltageMicrovolts": 200000, …, "tiles": [[25, 64], [17, 10]]}
///
/// Any member may be absent and is then as usual; an unknown one is refused.
extension ChipConfiguration {
  /// Every property, and the tiles if there are any.
  package var json: JSON {
    var members = [JSON.Member("resultsVersion", .integer(ResultsVersion.current))]
    members += Self.properties.members(of: self)
    if !tiles.isEmpty {
      members.append(.init("tiles", .array(tiles.map { .integers([$0.wordLines, $0.bitLines]) })))
    }
    return .object(members)
  }

  /// - Throws: what is unknown, of another kind, or out of its range.
  package init(json node: Node) throws(InputError) {
    self.init(tiles: [])
    var members = try node.members()
    if let version = members.takeIfPresent("resultsVersion") {
      guard try version.integer(in: 0...Int.max) == ResultsVersion.current else {
        throw version.mismatch("\(ResultsVersion.current), that of this program's results")
      }
    }
    if let node = members.takeIfPresent("tiles") { tiles = try node.tiles() }
    try take(Self.properties.properties, from: &members)
    try members.end()
    if let problem = tiles.isEmpty ? propertyProblem : problem { throw node.error("\(problem)") }
  }

  /// Sets the properties that are there.
  package mutating func take(_ properties: [ChipProperty], from members: inout Members) throws(InputError) {
    for property in properties {
      guard let node = members.takeIfPresent(property.key) else { continue }
      if case .object = node.value.kind, property.name == "device" {
        change(to: try Device(node))
        continue
      }
      let value = try node.value(of: property)
      do throws(PropertyProblem) { try property.set(value, of: &self) } catch {
        throw error.reason.map { node.error($0) } ?? node.mismatch(error.expected)
      }
    }
  }
}

extension PropertyTable {
  /// Every property by its key.
  package func members(of owner: Owner) -> [JSON.Member] { properties.map { JSON.Member($0.key, $0[owner].json) } }
}

extension Node {
  /// Of the kind that a property has; whether it is in range is for the property to say.
  public func value<Owner>(of property: Property<Owner>) throws(InputError) -> PropertyValue {
    switch property.range {
    case .whole: .whole(try integer())
    case .real: .real(try number())
    case .names(let names): .name(try choice(among: names))
    case .words: .name(try string())
    }
  }

  /// `[[wordLines, bitLines], …]`.
  public func tiles() throws(InputError) -> [TileConfiguration] {
    try elements().map { node throws(InputError) in
      let sizes = try node.elements(count: 2)
      return TileConfiguration(wordLines: try sizes[0].integer(), bitLines: try sizes[1].integer())
    }
  }
}
