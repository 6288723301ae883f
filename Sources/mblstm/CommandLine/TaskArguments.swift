import Tasks

/// The task that a verb is for.
enum TaskArguments {
  static let vectors = Option(
    "--vectors", "DIR", .folder(.read), default: .words("found \(ProductFolder.places)"), "The 'vectors' folder.")

  /// - Parameter count: none where options may name files instead.
  static func operand(_ count: ClosedRange<Int> = 1...1) -> Operand {
    Operand(placeholder, "a task", .choice(TaskCatalog.names), count: count)
  }

  static let placeholder = "TASK"

  /// What the named task reads; nothing where there is none, or no such.
  static func files(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard let name = arguments.operands.first,
      let task = try? TaskCatalog(vectors: arguments.text("--vectors")).task(name)
    else { return [] }
    return [task.train, task.test, task.model].compactMap { path in
      path.map { Arguments.NamedFile(name: "the task '\(name)'", path: $0, manner: nil) }
    }
  }

  static func task(_ arguments: Arguments) throws -> TaskCatalog.Task {
    try arguments.expectOperands(1...1, "a task (\(ValueKind.alternatives(TaskCatalog.names)))")
    return try TaskCatalog(vectors: arguments.text("--vectors")).task(arguments.operands[0])
  }
}
