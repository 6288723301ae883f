import Files

/// The tasks that come with the product: where their sequences and models are.
public struct TaskCatalog: Sendable {
  /// A task and its files.
  public struct Task: Sendable, Equatable {
    /// One of `names`.
    public var name: String
    /// Path of the test set, which `testSet` reads.
    public var test: String
    /// Path of the training set, which `trainingSet` reads.
    public var train: String
    /// Stored weights, where the task has some.
    public var model: String?
    /// Values of a step, where the files are those of another task and are read in other steps.
    public var inputs: Int?

    /// What the task is learned from.
    /// - Throws: the first thing wrong, with file and line.
    public func trainingSet() throws(InputError) -> SequenceSet { try sequences(train) }

    /// What it is measured on.
    /// - Parameter history: what a series goes on from.
    /// - Throws: the first thing wrong, with file and line.
    public func testSet(after history: SequenceSet? = nil) throws(InputError) -> SequenceSet {
      try sequences(test, after: history)
    }

    private func sequences(_ path: String, after history: SequenceSet? = nil) throws(InputError) -> SequenceSet {
      let set = try SequenceSet(csv: path, after: history)
      guard let inputs else { return set }
      guard var steps = set.inSteps(of: inputs) else {
        let found = set.isRegression ? "a series" : "\(set.features) values a step"
        throw InputError(path, "has \(found), expected sequences in steps of \(inputs), or a multiple, for '\(name)'")
      }
      steps.name = name
      return steps
    }
  }

  private let folder: String

  /// Finds `vectors/` in the given folder, or in those above the current one and the program.
  /// - Throws: when there is none.
  public init(vectors given: String? = nil) throws(InputError) { folder = try Self.vectors(given) + "/tasks" }

  /// The folder `vectors`: the given one, or that in the folders above the current one and the program.
  /// - Throws: when there is none.
  package static func vectors(_ given: String?) throws(InputError) -> String {
    if let given {
      guard FilePath.exists(given + "/tasks") else {
        throw InputError(given, "has no folder 'tasks', expected the 'vectors' folder of the product")
      }
      return given
    }
    return FilePath.folder(
      of: try ProductFolder.found("vectors/tasks", or: "name the 'vectors' folder with --vectors"))
  }

  /// What the catalogue has of a task.
  private struct Entry {
    let name: String
    /// In its folder.
    var model: String?
    /// The task whose files it reads, if not its own, and the values of a step.
    var framing: (files: String, inputs: Int)?
  }

  /// Of every task, in the order of the manual.
  private static let entries = [
    Entry(name: "digits", model: "lstm16-hard.json"), Entry(name: "vowels"), Entry(name: "reber"),
    Entry(name: "airline"), Entry(name: "pixels", framing: ("digits", 1)), Entry(name: "recall"),
  ]

  /// Of every task, in the order of the manual.
  public static var names: [String] { entries.map(\.name) }

  /// The task of that name; whether its files are there is seen when they are read.
  /// - Throws: for a name that is not in `names`.
  public func task(_ name: String) throws(InputError) -> Task {
    guard let entry = Self.entries.first(where: { $0.name == name }) else {
      throw InputError("task '\(name)'", "is unknown, expected one of: \(Self.names.joined(separator: ", "))")
    }
    let files = "\(folder)/\(entry.framing?.files ?? name)"
    return Task(
      name: name, test: "\(files)/test.csv", train: "\(files)/train.csv",
      model: entry.model.map { "\(folder)/\(name)/\($0)" }, inputs: entry.framing?.inputs)
  }
}
