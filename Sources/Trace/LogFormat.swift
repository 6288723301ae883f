import Files

extension InputError {
  /// What a log holds in place of what its format demands.
  /// - Parameter found: as it is there, cut to a readable length.
  init(log file: String, line: Int, expected: String, found: String) {
    self.init(file, line: line, "expected \(expected), found \(found)")
  }
}
