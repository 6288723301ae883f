import Board
import Crossbar
import Files
import Trace

extension ChipConfiguration {
  /// The chip's properties as vectors have them: read noise in picosiemens.
  static let vectorProperties = properties.properties.map { property in
    property.name == "read-noise"
      ? ChipProperty(
        "read-noise", \.variation.readNoise, in: 0...2_000_000_000, .picosiemens, property.meaning)
      : property
  }
}

extension Node {
  /// `{"tiles": [[wordLines, bitLines], …], …}`; an absent key is its default.
  func chip() throws(InputError) -> ChipConfiguration {
    var members = try self.members()
    let tiles = try members.take("tiles").elements().map { node throws(InputError) in
      let sizes: [Int] = try node.integers(count: 2)
      return TileConfiguration(wordLines: sizes[0], bitLines: sizes[1])
    }
    var chip = ChipConfiguration(tiles: tiles)
    try chip.take(ChipConfiguration.vectorProperties, from: &members)
    try members.end()
    if let problem = chip.problem { throw error("\(problem)") }
    return chip
  }

  /// `{"0": [pS, …], …}`: where cells of some of a chip's tiles are put, row-major.
  func givenConductances(of chip: ChipConfiguration) throws(InputError) -> [Int: [Int32]] {
    let variation = chip.variation
    let given = try conductances(of: chip, in: chip.device.conductanceRange)
    guard given.isEmpty || variation.boundsSpread == 0 && variation.stuckLRS == 0 && variation.stuckHRS == 0 else {
      throw error("cells with bounds of their own begin as after reset, expected no conductances")
    }
    return given
  }

  /// The same, where they are expected in the end.
  func expectedConductances(of chip: ChipConfiguration) throws(InputError) -> [Int: [Int32]] {
    try conductances(of: chip, in: 1...Int32.max)
  }

  private func conductances(
    of chip: ChipConfiguration, in range: ClosedRange<Int32>
  ) throws(InputError) -> [Int: [Int32]] {
    var members = try self.members()
    var conductances: [Int: [Int32]] = [:]
    for (name, node) in members.takeRest() {
      let tile = try node.tile(named: name, of: chip)
      let cells = chip.tiles[tile].wordLines * chip.tiles[tile].bitLines
      let picosiemens: [Int32] = try node.integers(in: range)
      guard picosiemens.count == cells else {
        throw node.error("expected \(cells) conductances, found \(picosiemens.count)")
      }
      conductances[tile] = picosiemens
    }
    return conductances
  }

  func tile(named name: String, of chip: ChipConfiguration) throws(InputError) -> Int {
    guard let tile = chip.tiles.indices.first(where: { "\($0)" == name }) else {
      throw error("expected a tile, 0 to \(chip.tiles.count - 1)")
    }
    return tile
  }
}

extension Machine {
  /// A fresh machine with its cells in a known state.
  init(_ chip: ChipConfiguration, _ conductances: [Int: [Int32]], log: Log) {
    do throws(ConfigurationProblem) {
      self = try Machine(chip, log: log)
    } catch {
      preconditionFailure("a vector's chip is checked when it is read: \(error)")
    }
    for (tile, cells) in conductances {
      let width = chip.tiles[tile].bitLines
      for (cell, picosiemens) in cells.enumerated() {
        setConductance(picosiemens, tile: tile, wordLine: cell / width, bitLine: cell % width)
      }
    }
  }

  /// The first cell that is not in the state expected, in words.
  func difference(conductances: [Int: [Int32]]) -> String? {
    for (tile, expected) in conductances.sorted(by: { $0.key < $1.key }) {
      let array = chip.tiles[tile].array
      guard let cell = expected.indices.first(where: { expected[$0] != array.conductance[$0] }) else { continue }
      return "tile \(tile), word line \(cell / array.bitLines), bit line \(cell % array.bitLines): "
        + "expected \(expected[cell]) pS, got \(array.conductance[cell]) pS"
    }
    return nil
  }
}
