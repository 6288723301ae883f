import Foundation

/// The tasks that come with the product: where their sequences and models are.
public struct TaskCatalog: Sendable {
  public struct Task: Sendable, Equatable {
    public var name: String
    public var test: String
    public var train: String
    public var model: String
  }

  private let folder: String

  /// Finds `vectors/` in the given folder, or in those above the current one and the program.
  /// - Throws: when there is none.
  public init(vectors given: String? = nil) throws(InputError) {
    if let given {
      guard FileManager.default.fileExists(atPath: given + "/tasks") else {
        throw InputError(given, "has no folder 'tasks', expected the 'vectors' folder of the product")
      }
      folder = given + "/tasks"
      return
    }
    let program = Bundle.main.executablePath ?? "."
    let starts = [FileManager.default.currentDirectoryPath, (program as NSString).deletingLastPathComponent]
    for start in starts {
      var place = start
      while !place.isEmpty {
        let candidate = (place == "/" ? "" : place) + "/vectors/tasks"
        if FileManager.default.fileExists(atPath: candidate) {
          folder = Self.shortened(candidate)
          return
        }
        if place == "/" { break }
        place = (place as NSString).deletingLastPathComponent
      }
    }
    throw InputError("vectors/tasks", "not found here or above; name the 'vectors' folder with --vectors")
  }

  /// The path as the user would write it from the current folder.
  private static func shortened(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }

  /// Name and model of every task, in the order of the manual.
  private static let models = [("digits", "lstm16-hard.json"), ("vowels", ""), ("reber", ""), ("airline", "")]

  public static var names: [String] { models.map(\.0) }

  public func task(_ name: String) throws(InputError) -> Task {
    guard let model = Self.models.first(where: { $0.0 == name })?.1 else {
      throw InputError("task '\(name)'", "is unknown, expected one of: \(Self.names.joined(separator: ", "))")
    }
    return Task(
      name: name, test: "\(folder)/\(name)/test.csv", train: "\(folder)/\(name)/train.csv",
      model: "\(folder)/\(name)/\(model)")
  }
}
