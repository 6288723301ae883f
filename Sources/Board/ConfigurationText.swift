import Crossbar

/// A chip in words, as the head of a register log carries it so that a replay can make the same chip:
///
///     chip seed=1 synapse=reference device=vteam dac-bits=8 adc-bits=12 device-to-device=0.0 …
///     tile word-lines=25 bit-lines=64
///
/// Variations that came later than this form are named only where they are not ideal, so that older texts stay as
/// they are.
extension ChipConfiguration: CustomStringConvertible {
  public var description: String {
    let chip =
      "chip seed=\(seed) synapse=\(synapse.rawValue) device=\(device) dac-bits=\(dacBits) adc-bits=\(adcBits)"
      + " device-to-device=\(variation.deviceToDevice) cycle-to-cycle=\(variation.cycleToCycle)"
      + " read-noise-ps=\(variation.readNoise) adc-offset-uv=\(mismatch.adcOffset) adc-gain-ppm=\(mismatch.adcGain)"
      + " dac-offset-uv=\(mismatch.dacOffset) dac-inl-uv=\(mismatch.dacNonlinearity)" + rareVariations
    return ([chip] + tiles.map { "tile word-lines=\($0.wordLines) bit-lines=\($0.bitLines)" })
      .joined(separator: "\n")
  }

  private var rareVariations: String {
    Self.rareVariations.filter { variation[keyPath: $0.path] != Variation.none[keyPath: $0.path] }
      .map { " \($0.name)=\(variation[keyPath: $0.path])" }.joined()
  }

  private static var rareVariations: [(name: String, path: WritableKeyPath<Variation, Double>)] {
    [
      ("threshold-spread", \.thresholdSpread), ("bounds-spread", \.boundsSpread), ("device-noise", \.deviceNoise),
      ("program-error", \.programError), ("stuck-lrs", \.stuckLRS), ("stuck-hrs", \.stuckHRS),
    ]
  }

  /// Reads a description back.
  /// - Throws: what is missing or outside its range.
  public init(description: String) throws(ConfigurationProblem) {
    self.init(tiles: [])
    var isComplete = false
    for line in description.split(separator: "\n") {
      var items = line.split(separator: " ")
      guard !items.isEmpty else { continue }
      switch items.removeFirst() {
      case "chip":
        for item in items { try set(item) }
        isComplete = true
      case "tile": tiles.append(try Self.tile(items))
      default: break
      }
    }
    guard isComplete else {
      throw ConfigurationProblem(description: "the head names no chip, expected a line 'chip seed=… …'")
    }
    if let problem { throw problem }
  }

  private static func pair(_ item: Substring) throws(ConfigurationProblem) -> (Substring, Substring) {
    guard let sign = item.firstIndex(of: "=") else {
      throw ConfigurationProblem(description: "'\(item)' in the head, expected name=value")
    }
    return (item[..<sign], item[item.index(after: sign)...])
  }

  private static func number<Number: LosslessStringConvertible>(
    _ value: Substring, for name: Substring
  ) throws(ConfigurationProblem) -> Number {
    guard let number = Number(String(value)) else {
      throw ConfigurationProblem(description: "\(name) is '\(value)' in the head, expected a number")
    }
    return number
  }

  private static func tile(_ items: [Substring]) throws(ConfigurationProblem) -> TileConfiguration {
    var tile = TileConfiguration(wordLines: 0, bitLines: 0)
    for item in items {
      let (name, value) = try pair(item)
      switch name {
      case "word-lines": tile.wordLines = try number(value, for: name)
      case "bit-lines": tile.bitLines = try number(value, for: name)
      default: throw ConfigurationProblem(description: "'\(name)' in the head, expected word-lines or bit-lines")
      }
    }
    return tile
  }

  private mutating func set(_ item: Substring) throws(ConfigurationProblem) {
    let (name, value) = try Self.pair(item)
    switch name {
    case "seed": seed = try Self.number(value, for: name)
    case "synapse":
      guard let synapse = Synapse(rawValue: String(value)) else {
        throw ConfigurationProblem(description: "synapse is '\(value)', expected reference or differential")
      }
      self.synapse = synapse
    case "device":
      do {
        device = try Device(value)
      } catch {
        throw ConfigurationProblem(description: error.description)
      }
    case "dac-bits": dacBits = try Self.number(value, for: name)
    case "adc-bits": adcBits = try Self.number(value, for: name)
    case "device-to-device": variation.deviceToDevice = try Self.number(value, for: name)
    case "cycle-to-cycle": variation.cycleToCycle = try Self.number(value, for: name)
    case "read-noise-ps": variation.readNoise = try Self.number(value, for: name)
    case "adc-offset-uv": mismatch.adcOffset = try Self.number(value, for: name)
    case "adc-gain-ppm": mismatch.adcGain = try Self.number(value, for: name)
    case "dac-offset-uv": mismatch.dacOffset = try Self.number(value, for: name)
    case "dac-inl-uv": mismatch.dacNonlinearity = try Self.number(value, for: name)
    default:
      guard let variation = Self.rareVariations.first(where: { $0.name == name }) else {
        throw ConfigurationProblem(description: "'\(name)' in the head is no property of a chip")
      }
      self.variation[keyPath: variation.path] = try Self.number(value, for: name)
    }
  }
}
