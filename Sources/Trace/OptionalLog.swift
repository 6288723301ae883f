/// A log that may not be wanted in this run.
extension Optional: LogSink where Wrapped: LogSink {
  public static var isActive: Bool { Wrapped.isActive }
  public mutating func append(_ entry: LogEntry) { self?.append(entry) }
}

extension Optional: ClosingLog where Wrapped: ClosingLog {
  public mutating func close() throws(LogFileError) { try self?.close() }
}
