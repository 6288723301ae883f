import Board
import Crossbar
import FixedPoint
import Registers
import Tasks

extension Experiment {
  /// Networks, settings and chips as a seed draws them: any task, rule, shape, batch, truncation, path, synapse, device and
  /// feature, trained shortly or until little is left to be learned.
  static func drawn(_ count: Int, seed: UInt64, fitted isFitted: Bool) -> [Experiment] {
    var source = SplitMix(state: seed)
    return (1...count).map { drawn("\(seed).\($0)", from: &source, fitted: isFitted) }
  }

  private static func drawn(_ number: String, from source: inout SplitMix, fitted isFitted: Bool) -> Experiment {
    let task = source.one(of: TaskCatalog.names)
    let rule = source.one(of: TrainingOptions.RuleName.allCases)
    let device = source.one(of: [nil, "umass", source.one(of: Device.catalog.map(\.name))])
    let (hidden, batch) = (source.one(of: [1, 2] + Array(1...28)), source.one(of: [1, 1, 2, 3, 8]))
    let (truncation, path) = (
      source.one(of: [0, 0, 0, 1, 3, 8]), source.one(of: [TrainingOptions.PathName.array, .array, .array, .readBack])
    )
    let momentum = rule == .errorFeedback ? 0 : source.one(of: [0, 0, 2])
    let epochs = task == "pixels" ? 1 : source.one(of: [1, 2, 2, 4, 8])
    let activation = source.one(of: [ActivationKind.hard, .hard, .pwl5, .plan, .pwl16])
    let synapse = source.one(of: [Synapse.reference, .reference, .differential])
    let features = source.one(of: [ChipFeatures(), .windows, .cell, .all])
    let words = [
      "\(hidden)", "batch \(batch)", truncation > 0 ? "truncated to \(truncation)" : "",
      path == .readBack ? "read back" : "", momentum > 0 ? "momentum" : "",
      activation == .hard ? "" : activation.rawValue, "epochs \(epochs)",
      synapse == .differential ? "differential" : "", features.isEmpty ? "" : features.words,
    ]
    let name = ([number, "hidden"] + words.filter { !$0.isEmpty }).joined(separator: " ")
    return Experiment(
      task, name, fitted: isFitted, sequences: task == "pixels" ? 3 : 8, rule: rule, device: device,
      isTiny: hidden < 4
    ) { options, chip in
      (options.hidden, options.batch, options.truncation) = (hidden, batch, truncation)
      options.activation = activation
      (options.path, options.momentum, options.epochs) = (path, momentum, epochs)
      (chip.synapse, chip.features) = (synapse, features)
    }
  }
}

/// Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
private struct SplitMix {
  var state: UInt64

  mutating func one<Element>(of elements: [Element]) -> Element {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return elements[Int((mixed ^ mixed >> 31) % UInt64(elements.count))]
  }
}
