import Crossbar
import Files
import Registers

/// Why a chip cannot be made.
public struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// What, and what was expected.
  public let description: String

  /// A problem in words: what, and what was expected.
  public init(description: String) { self.description = description }

  /// A name that does not exist, with the nearest of those that do.
  public init(unknown name: some StringProtocol, in place: String, among names: [String]) {
    description = "'\(name)' in \(place) is no property\(NearestName.hint(name, among: names))"
  }
}

extension ChipConfiguration {
  /// The first thing outside its range, or nil.
  public var problem: ConfigurationProblem? {
    func outside(_ what: String, _ value: Int, _ range: ClosedRange<Int>) -> ConfigurationProblem? {
      range.contains(value)
        ? nil
        : ConfigurationProblem(
          description: "\(what) is \(value), expected \(range.lowerBound) to \(range.upperBound)")
    }
    let most = MemoryMap.maximumLines
    if let problem = propertyProblem { return problem }
    if let problem = outside("the number of tiles", tiles.count, 1...MemoryMap.maximumTiles) { return problem }
    for (number, tile) in tiles.enumerated() {
      if let problem = outside("word lines of tile \(number)", tile.wordLines, 1...most)
        ?? outside("bit lines of tile \(number)", tile.bitLines, 1...most)
      {
        return problem
      }
      guard tile.bitLines % synapse.bitLinesPerColumn == 0 else {
        return ConfigurationProblem(
          description: "bit lines of tile \(number) are \(tile.bitLines), expected an even number for pairs")
      }
    }
    return nil
  }

  /// The first property outside its range, or nil; all that there is to find without tiles.
  public var propertyProblem: ConfigurationProblem? {
    if let problem = device.problem { return ConfigurationProblem(description: problem) }
    if let problem = Self.properties.problem(of: self) { return ConfigurationProblem(description: "\(problem)") }
    guard variation.stuckLRS + variation.stuckHRS <= 1 else {
      return ConfigurationProblem(description: "the shares of stuck cells are more than 1 together")
    }
    return nil
  }
}
