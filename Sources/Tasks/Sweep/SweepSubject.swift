import Board
import Crossbar
import Files

extension SweepPlan {
  /// The content of files in a few digits each, so that results of other data are another sweep's.
  static func checksums(of files: [String]) throws(InputError) -> String {
    var checksums: [String] = []
    for file in files {
      let data = try InputFile.bytes(of: file, expecting: "a file of the sweep")
      let name = FilePath.name(of: file).replacing(/\s/, with: "_")
      checksums.append("\(name)=\(CRC32.digits(data))")
    }
    return checksums.joined(separator: " ")
  }

  /// The chip that every point begins with, without its seed, and how results are computed.
  static func base(
    _ chip: ChipConfiguration, _ properties: ChipProperties = ChipConfiguration.properties
  ) -> String {
    var chip = chip
    chip.seed = 0
    return "results=\(ResultsVersion.current) chip \(properties.text(of: chip))"
  }

  /// What the sweep is about first: its first column.
  package var quality: String { columns[0] }
  /// Whether that is a share of the test sequences.
  package var isOfShares: Bool { quality == "accuracy" }

  /// What that is in words.
  package var qualityName: String { quality.replacing("_", with: " ") }
  /// Whether that is a time.
  package var isOfSeconds: Bool { quality.hasSuffix("_seconds") }

  /// Sequences of the test set, as the subject tells; of a sweep that trains nothing those are all that there are.
  var testSequences: Int? {
    let words = subject.split(separator: " ").dropFirst()
    for name in ["test-sequences=", "sequences="] {
      if let word = words.first(where: { $0.hasPrefix(name) }) { return Int(word.dropFirst(name.count)) }
    }
    return nil
  }

  /// 95 % interval of the mean of `quality` at a setting: of an accuracy over chips and test sequences, else over chips.
  package func interval(at setting: SweepSummary.Setting) -> MeanInterval? {
    guard isOfShares else {
      return MeanInterval(mean: setting.mean, deviation: setting.deviation, seeds: setting.points)
    }
    return testSequences.flatMap {
      MeanInterval(accuracy: setting.mean, deviation: setting.deviation, seeds: setting.points, sequences: $0)
    }
  }
}

extension SweepResults {
  /// The first column over the first axis, with the float network beside it where it was run too.
  package var plot: LinePlot {
    let name = plan.subject.prefix { $0 != " " }
    let isShare = plan.isOfShares
    let hasFloat = plan.columns.contains("float_accuracy")
    return SweepSummary.plot(
      self, of: plan.quality, scale: isShare ? 100 : 1, titled: plan.qualityName + (isShare ? " (%)" : ""),
      title: "\(name): \(plan.qualityName) against \(plan.axes[0].name)",
      baseline: hasFloat ? ("float_accuracy", "floating point") : nil)
  }
}
