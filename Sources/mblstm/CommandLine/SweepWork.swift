import Board
import Crossbar
import Files
import Synchronization
import Tasks
import Trace

/// What the options of a sweep ask for: what to run, and how to run a point of it.
struct SweepWork {
  /// What is done at a point.
  enum Mode: String, CaseIterable {
    case inference, train, updates, costs

    var axes: PropertyTable<SweepSetting> {
      switch self {
      case .inference: SweepSetting.inference
      case .train: SweepSetting.training
      case .updates: SweepSetting.updates
      case .costs: SweepSetting.costs
      }
    }

    /// Options that only this mode has.
    var options: [Option] {
      switch self {
      case .inference, .train: []
      case .updates: UpdatesArguments.options
      case .costs: [SweepWork.sequences, ControllerArguments.core, ControllerArguments.firmware]
      }
    }
  }

  private static let sequences = Option(
    "--sequences", "N", .integer(1...Int.max), default: .words("the first epoch"),
    "With --mode costs: learn the first N sequences of the training; the second half of them counts.")

  let plan: SweepPlan
  private let point: @Sendable (SweepPlan.Point) throws -> [String]

  init(_ arguments: Arguments) throws {
    let axes = try Self.axes(arguments)
    let seeds = (1...arguments.integer("--seeds") as ClosedRange<Int>).map(UInt64.init)
    switch Self.mode(arguments) {
    case .inference:
      let sweep = try Self.inference(arguments, axes, seeds)
      (plan, point) = (sweep.plan, { try sweep($0) })
    case .train:
      let data = try TrainingData(arguments, seed: 1)
      let sweep = try TrainingSweep(
        train: data.train, test: data.test, base: Self.base(arguments, data),
        technology: TechnologyArguments.technology(arguments), axes: axes, seeds: seeds, files: data.files)
      (plan, point) = (sweep.plan, { try sweep($0) })
    case .updates:
      let sweep = try Self.updates(arguments, axes, seeds)
      (plan, point) = (sweep.plan, { try sweep($0) })
    case .costs:
      let data = try TrainingData(arguments, seed: 1)
      let sweep = try CostSweep(
        train: data.train, base: Self.base(arguments, data),
        sequences: arguments.integer(Self.sequences.name, default: data.train.sequences.count),
        program: ControllerArguments.program(from: arguments, isUsed: Self.usesBinary(arguments)), axes: axes,
        seeds: seeds, files: data.files)
      (plan, point) = (sweep.plan, { try sweep($0) })
    }
  }

  private static func mode(_ arguments: Arguments) -> Mode { arguments.choice("--mode") }

  private static func base(_ arguments: Arguments, _ data: TrainingData) throws -> SweepSetting {
    SweepSetting(
      chip: try ChipArguments.chip(from: arguments), training: data.options, core: arguments.choice("--core"))
  }

  private static func updates(
    _ arguments: Arguments, _ axes: [SweepPlan.Axis], _ seeds: [UInt64]
  ) throws -> UpdatesSweep {
    let data = try TrainingData(arguments, seed: 1)
    guard data.options.rule == .errorFeedback else {
      throw UsageError("--mode updates compares ways to write for error feedback, expected --rule error-feedback")
    }
    return try UpdatesSweep(
      train: data.train, base: base(arguments, data),
      comparing: UpdatesArguments.comparing(arguments, task: arguments.operands.first ?? ""), axes: axes, seeds: seeds,
      files: data.files)
  }

  private static func inference(
    _ arguments: Arguments, _ axes: [SweepPlan.Axis], _ seeds: [UInt64]
  ) throws -> ClassificationSweep {
    let task = try TaskArguments.task(arguments)
    let chip = try ChipArguments.chip(from: arguments)
    guard let path = arguments.text("--model") ?? task.model else {
      throw UsageError("task '\(task.name)' comes without trained weights, expected --model MODEL.json")
    }
    let model = try Model(json: path)
    var test = try task.testSet()
    let limit = arguments.integer("--limit", default: test.sequences.count)
    test.sequences = Array(test.sequences.prefix(limit))
    var run = ClassificationRun(model: model, test: test, activation: model.activation, chip: chip)
    run.technology = try TechnologyArguments.technology(arguments)
    return try ClassificationSweep(run, axes: axes, seeds: seeds, files: [task.test, path])
  }

  /// Runs what the results file lacks, and shows how far it is.
  func run(shard: SweepShard = .whole, threads: Int, file: String) throws -> SweepResults {
    let view = Mutex(ProgressView(points: shard.count(of: plan.count), file: file))
    defer { view.withLock { $0.bar.end() } }
    return try Sweep.run(
      plan, shard: shard, threads: threads, resultsFile: file,
      progress: { done, _ in view.withLock { $0.update(done) } }, point: point)
  }
}

// Axes.
extension SweepWork {
  /// The axes that are asked for, their values in the one way of writing them.
  static func axes(_ arguments: Arguments) throws(UsageError) -> [SweepPlan.Axis] {
    let texts = arguments.texts("--axis")
    guard !texts.isEmpty else { throw UsageError("no axis, expected one or more: --axis variation=0,5%,10%") }
    let mode = mode(arguments)
    if arguments.has(TechnologyArguments.technology.name), mode != .inference, mode != .train {
      throw UsageError("\(TechnologyArguments.technology.name) goes with --mode inference and --mode train")
    }
    for other in Mode.allCases where other != mode {
      if let option = other.options.first(where: { arguments.has($0.name) }) {
        throw UsageError("\(option.name) goes with --mode \(other.rawValue)")
      }
    }
    let table = mode.axes
    var axes: [SweepPlan.Axis] = []
    for text in texts {
      let (name, values) = split(text)
      guard let property = table.named(name) else {
        let hint = NearestName.hint(name, among: table.names)
        throw UsageError(
          "--axis is '\(text)'\(hint); expected NAME=V,V,… with one of: \(table.names.joined(separator: ", "))")
      }
      guard !arguments.givenNames.contains("--\(name)"), !axes.contains(where: { $0.name == name }) else {
        throw UsageError("\(name) is given twice")
      }
      axes.append(SweepPlan.Axis(name, try written(values, of: property)))
    }
    guard SweepPlan.count(of: axes, seeds: arguments.integer("--seeds")) != nil else {
      throw UsageError("--axis and --seeds make too many points, expected at most \(grouped(SweepPlan.mostPoints))")
    }
    return axes
  }

  /// `NAME=V,V,…`.
  private static func split(_ text: String) -> (name: String, values: [Substring]) {
    let parts = text.split(separator: "=", maxSplits: 1)
    let values = parts.count > 1 ? parts[1] : ""
    return (parts.first.map(String.init) ?? "", values.split(separator: ",", omittingEmptySubsequences: false))
  }

  private static func written(
    _ items: [Substring], of property: Property<SweepSetting>
  ) throws(UsageError) -> [String] {
    var values: [String] = []
    for item in items {
      let item = try property.name == deviceName ? device(String(item)) : String(item)
      let value: String
      do throws(PropertyProblem) {
        value = try written(item, of: property)
      } catch {
        throw UsageError(error.message(about: "\(property.name) in --axis"))
      }
      guard !values.contains(value) else { throw UsageError("\(property.name) \(item) is twice in --axis") }
      values.append(value)
    }
    return values
  }

  /// The one way of writing a value. Commas stand between cells: in a table of pulses ';' takes their place.
  static func written(_ text: String, of property: Property<SweepSetting>) throws(PropertyProblem) -> String {
    var setting = SweepSetting()
    try property.set(property.value(of: text), of: &setting)
    return "\(property[setting])".replacing(",", with: ";")
  }

  private static let deviceName = "device"
  private static let coreName = "core"

  /// Whether a point has the controller on the RV32 core.
  private static func usesBinary(_ arguments: Arguments) -> Bool {
    ControllerArguments.usesBinary(arguments)
      || arguments.texts("--axis").map(split).contains {
        $0.name == coreName && $0.values.contains { $0 == ControllerCore.rv32.rawValue }
      }
  }

  /// A device in one word, also one that a file has.
  private static func device(_ item: String) throws(UsageError) -> String {
    guard DeviceFile.isFile(item) else { return item }
    do {
      return try DeviceFile.device(item).description
    } catch {
      throw UsageError("\(deviceName) in --axis: \(error)")
    }
  }

  /// What a sweep reads without an option of its own: files of devices among the values, and the controller's binary.
  static func files(_ arguments: Arguments) -> [Arguments.NamedFile] {
    deviceFiles(arguments) + (usesBinary(arguments) ? ControllerArguments.unnamedBinary(arguments) : [])
  }

  private static func deviceFiles(_ arguments: Arguments) -> [Arguments.NamedFile] {
    arguments.texts("--axis").map(split).filter { $0.name == deviceName }.flatMap(\.values).map(String.init)
      .filter(DeviceFile.isFile).map { Arguments.NamedFile(name: "--axis", path: $0, manner: nil) }
  }
}
