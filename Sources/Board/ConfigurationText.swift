import Crossbar
import Files

/// A chip in words, as the heads of register logs and of chip files carry it so that the same chip can be made:
///
///     results version=3
///     chip seed=1 synapse=reference device=vteam d2d=0.1 …
///     tile word-lines=25 bit-lines=64
///
/// A property that is not there is as usual, and one that is as usual is not there: a property that is added later
/// leaves every text as it was.
extension ChipConfiguration: CustomStringConvertible {
  public var description: String { text(Self.properties) }

  /// The words by a table of properties.
  public func text(_ properties: ChipProperties) -> String {
    (["results version=\(ResultsVersion.current)", "chip \(properties.text(of: self))"]
      + tiles.map { "tile word-lines=\($0.wordLines) bit-lines=\($0.bitLines)" })
      .joined(separator: "\n")
  }

  /// Reads a description back.
  /// - Throws: what is missing, unknown, there twice, or outside its range.
  public init(description: String) throws(ConfigurationProblem) {
    try self.init(description: description, Self.properties)
  }

  /// The same by a table of properties.
  public init(description: String, _ properties: ChipProperties) throws(ConfigurationProblem) {
    self = properties.usual
    tiles = []
    var kinds: Set<Substring> = []
    for line in description.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let kind = words.first else { continue }
      let items = try Self.pairs(words.dropFirst())
      guard kind == "tile" || kinds.insert(kind).inserted else {
        throw ConfigurationProblem(description: "the head has two lines '\(kind)'")
      }
      switch kind {
      case "results": try Self.checkResults(items)
      case "chip": try set(items, properties)
      case "tile": tiles.append(try Self.tile(items))
      default:
        throw ConfigurationProblem(unknown: kind, in: "the head", among: ["results", "chip", "tile"])
      }
    }
    guard kinds.contains("chip") else {
      throw ConfigurationProblem(description: "the head names no chip, expected a line 'chip seed=… …'")
    }
    if let problem { throw problem }
  }

  private typealias Pair = (name: Substring, value: Substring)

  private static func pairs(_ items: ArraySlice<Substring>) throws(ConfigurationProblem) -> [Pair] {
    var pairs: [Pair] = []
    for item in items {
      guard let sign = item.firstIndex(of: "=") else {
        throw ConfigurationProblem(description: "'\(item)' in the head, expected name=value")
      }
      let name = item[..<sign]
      guard !pairs.contains(where: { $0.name == name }) else {
        throw ConfigurationProblem(description: "'\(name)' is twice in a line of the head")
      }
      pairs.append((name, item[item.index(after: sign)...]))
    }
    return pairs
  }

  private static func checkResults(_ items: [Pair]) throws(ConfigurationProblem) {
    for item in items where item.name != "version" {
      throw ConfigurationProblem(unknown: item.name, in: "the head", among: ["version"])
    }
    guard let item = items.first, item.value == "\(ResultsVersion.current)" else {
      throw ConfigurationProblem(
        description: "results are of version '\(items.first?.value ?? "")', this program makes version"
          + " \(ResultsVersion.current)")
    }
  }

  private static func tile(_ items: [Pair]) throws(ConfigurationProblem) -> TileConfiguration {
    var tile = TileConfiguration(wordLines: 0, bitLines: 0)
    for (name, value) in items {
      guard let number = Int(value) else {
        throw ConfigurationProblem(description: "\(name) is '\(value)' in the head, expected a whole number")
      }
      switch name {
      case "word-lines": tile.wordLines = number
      case "bit-lines": tile.bitLines = number
      default: throw ConfigurationProblem(unknown: name, in: "the head", among: ["word-lines", "bit-lines"])
      }
    }
    return tile
  }

  private mutating func set(_ items: [Pair], _ properties: ChipProperties) throws(ConfigurationProblem) {
    for item in items where !properties.properties.contains(where: { $0.text == item.name }) {
      throw ConfigurationProblem(unknown: item.name, in: "the head", among: properties.properties.map(\.text))
    }
    for property in properties.properties {
      guard let item = items.first(where: { $0.name == property.text }) else { continue }
      do throws(PropertyProblem) {
        try property.set(property.value(of: item.value), of: &self)
      } catch {
        throw ConfigurationProblem(description: error.message(about: property.text))
      }
    }
  }
}
