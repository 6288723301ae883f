import Board
import Crossbar
import Files
import Tasks

/// The options that choose a chip, for every verb that makes one.
enum ChipArguments {
  static let options =
    files + PropertyOptions.options(table).filter { $0.name != DeviceArguments.device.name } + [
      DeviceArguments.device, DeviceArguments.set, doseVariation,
    ]

  /// All but the seed, for verbs that choose seeds themselves.
  static let seedlessOptions = options.filter { $0.name != "--seed" }

  static let usualTiles = ChipConfiguration.usualTiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")

  private static let table = ChipConfiguration.properties
  private static let files = [
    Option(
      "--chip", "F.json", .input("json"), "A chip as --print-chip writes it; other options override what it says."),
    Option("--print-chip", "Write the chip that the options make as JSON, and do nothing else."),
  ]
  private static let doseVariation = PropertyOptions.option(
    ChipConfiguration.doseVariation, default: .words("as d2d and c2c"))

  /// With the tiles that a file says it has; none without one.
  /// - Parameter device: of a verb that has no option for it.
  static func chip(from arguments: Arguments, device: Device? = nil) throws -> ChipConfiguration {
    var chip = table.usual
    if let path = arguments.text("--chip") {
      let bytes = try InputFile.bytes(of: path, expecting: "a chip as --print-chip writes it")
      chip = try ChipConfiguration(json: try Node(bytes, file: path))
    }
    // Those behind say more.
    if let device = try device ?? DeviceArguments.device(from: arguments, instead: chip.device) {
      chip.change(to: device)
    }
    let properties = [ChipConfiguration.doseVariation] + table.properties.filter { $0.name != "device" }
    try PropertyOptions.set(properties, of: &chip, from: arguments)
    if let problem = chip.propertyProblem { throw UsageError("\(problem)") }
    return chip
  }

  /// The same with tiles of its own.
  /// - Parameter tiles: what overrides those of a file.
  static func board(from arguments: Arguments, tiles: [String]? = nil) throws -> ChipConfiguration {
    var chip = try chip(from: arguments)
    if let tiles {
      chip.tiles = tiles.compactMap(tile)
    } else if chip.tiles.isEmpty {
      chip.tiles = ChipConfiguration.usualTiles
    }
    if let problem = chip.problem { throw UsageError("--tiles: \(problem)") }
    return chip
  }

  /// Whether anything about a chip was said.
  static func isGiven(_ arguments: Arguments) -> Bool {
    options.contains { $0.name != "--print-chip" && arguments.has($0.name) }
  }

  /// The chip of `--load`, which nothing else is to be said of; nil without one.
  static func loaded(_ arguments: Arguments) throws -> ChipFile? {
    try expectNothingElse(arguments)
    return try arguments.text("--load").map { try ChipFile(path: $0) }
  }

  /// - Throws: when something is said of a chip beside `--load`.
  static func expectNothingElse(_ arguments: Arguments) throws(UsageError) {
    guard arguments.has("--load"), isGiven(arguments) else { return }
    throw UsageError("--load brings its chip, expected no option that says something of one")
  }

  /// `32x64`.
  static func tile(_ text: String) -> TileConfiguration? {
    let sizes = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sizes.count == 2, let wordLines = sizes[0], let bitLines = sizes[1] else { return nil }
    return TileConfiguration(wordLines: wordLines, bitLines: bitLines)
  }
}
