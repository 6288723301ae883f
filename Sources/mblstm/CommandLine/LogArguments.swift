import Files
import Tasks
import Trace

extension LogReader {
  /// The log at a path that the user gave.
  init(log path: String) throws {
    try self.init(try InputFile(path, expecting: "a register log"))
  }
}
