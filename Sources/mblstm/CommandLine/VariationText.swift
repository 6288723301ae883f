import Crossbar

/// What of a chip's variations the head of a report does not name already.
enum VariationText {
  /// A line for what is not ideal, with the line end before it; nothing where all is.
  static func line(_ variation: Variation) -> String {
    var items: [(name: String, value: Double)] = []
    if variation.deviceToDevice != variation.cycleToCycle {
      items += [("d2d", variation.deviceToDevice), ("c2c", variation.cycleToCycle)]
    }
    func add(_ name: String, _ path: KeyPath<Variation, Double>) {
      guard variation[keyPath: path] != Variation.none[keyPath: path] else { return }
      items.append((name, variation[keyPath: path]))
    }
    add("threshold spread", \.thresholdSpread)
    add("bounds spread", \.boundsSpread)
    add("device noise", \.deviceNoise)
    add("program error", \.programError)
    add("stuck LRS", \.stuckLRS)
    add("stuck HRS", \.stuckHRS)
    return items.isEmpty ? "" : "\n" + items.map { "\($0.name) \(percent($0.value))" }.joined(separator: ", ")
  }
}
