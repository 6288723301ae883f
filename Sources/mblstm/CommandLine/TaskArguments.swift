import Tasks

/// The task that a verb is for.
enum TaskArguments {
  static let vectors = Option(
    "--vectors", "DIR", .folder(.read), default: .words("found here or above"), "The 'vectors' folder.")

  /// - Parameter count: none where options may name files instead.
  static func operand(_ count: ClosedRange<Int> = 1...1) -> Operand {
    Operand("TASK", "a task", .choice(TaskCatalog.names), count: count)
  }

  static func task(_ arguments: Arguments) throws -> TaskCatalog.Task {
    try arguments.expectOperands(1...1, "a task (\(ValueKind.alternatives(TaskCatalog.names)))")
    return try TaskCatalog(vectors: arguments.text("--vectors")).task(arguments.operands[0])
  }
}
