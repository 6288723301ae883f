import Files

/// The tasks that come with the product: where their sequences and models are.
public struct TaskCatalog: Sendable {
  /// A task and its files.
  public struct Task: Sendable, Equatable {
    /// One of `names`.
    public var name: String
    /// Path of the test set, for `SequenceSet.init(csv:)`.
    public var test: String
    /// Path of the training set.
    public var train: String
    /// Stored weights, where the task has some.
    public var model: String?
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
    guard let found = ProductFolder.path("vectors/tasks") else {
      throw InputError("vectors/tasks", "not found here or above; name the 'vectors' folder with --vectors")
    }
    return FilePath.folder(of: found)
  }

  /// Name and model of every task, in the order of the manual.
  private static let models: [(name: String, file: String?)] = [
    ("digits", "lstm16-hard.json"), ("vowels", nil), ("reber", nil), ("airline", nil),
  ]

  /// Of every task, in the order of the manual.
  public static var names: [String] { models.map(\.name) }

  /// The task of that name; whether its files are there is seen when they are read.
  /// - Throws: for a name that is not in `names`.
  public func task(_ name: String) throws(InputError) -> Task {
    guard let (_, model) = Self.models.first(where: { $0.name == name }) else {
      throw InputError("task '\(name)'", "is unknown, expected one of: \(Self.names.joined(separator: ", "))")
    }
    return Task(
      name: name, test: "\(folder)/\(name)/test.csv", train: "\(folder)/\(name)/train.csv",
      model: model.map { "\(folder)/\(name)/\($0)" })
  }
}
