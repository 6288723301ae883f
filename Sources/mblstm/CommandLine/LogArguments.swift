import Files
import Tasks
import Trace

extension LogReader {
  /// The log at a path that the user gave.
  init(log path: String) throws {
    guard let input = LogInput(path: path) else {
      throw InputError(path, "cannot be read, expected a register log")
    }
    try self.init(input)
  }
}
