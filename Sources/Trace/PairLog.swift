import Files

/// A log whose end has to be written.
public protocol ClosingLog: LogSink {
  /// Writes what is left and makes the log's file final; nothing may be appended afterwards, and further calls do
  /// nothing.
  /// - Throws: the first thing that went wrong since the log was made.
  mutating func close() throws(OutputError)
  /// Says something that is no entry, where the form of the log can hold it.
  /// - Parameter text: one line.
  mutating func comment(_ text: String)
}

extension ClosingLog {
  public mutating func comment(_ text: String) {}

  /// Where the user asked for the end of the run: says so, and makes the log final up to the record it is at.
  public mutating func closeIfInterrupted() throws(OutputError) {
    guard let signal = Interruption.signal else { return }
    comment("\(Interrupted(signal: signal))")
    try close()
  }
}

extension NoLog: ClosingLog {
  public mutating func close() {}
}

/// A log that is there or is not: nothing is said to one that is not.
extension Optional: LogSink where Wrapped: LogSink {
  public static var isActive: Bool { Wrapped.isActive }
  public mutating func append(_ entry: LogEntry) { self?.append(entry) }
  public var takesLevels: Bool { self?.takesLevels ?? false }
  public mutating func append(_ levels: LineLevels, ofTile tile: Int) { self?.append(levels, ofTile: tile) }
}

extension Optional: ClosingLog where Wrapped: ClosingLog {
  public mutating func close() throws(OutputError) { try self?.close() }
  public mutating func comment(_ text: String) { self?.comment(text) }
}

/// Two logs of the same run.
public struct PairLog<First: LogSink, Second: LogSink>: LogSink {
  public static var isActive: Bool { First.isActive || Second.isActive }

  /// Given every entry first, where it is active.
  public var first: First
  /// Given every entry after the first log, where it is active.
  public var second: Second

  /// A pair of logs, each going on as it is.
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  public mutating func append(_ entry: LogEntry) {
    if First.isActive { first.append(entry) }
    if Second.isActive { second.append(entry) }
  }

  public var takesLevels: Bool { first.takesLevels || second.takesLevels }

  public mutating func append(_ levels: LineLevels, ofTile tile: Int) {
    if first.takesLevels { first.append(levels, ofTile: tile) }
    if second.takesLevels { second.append(levels, ofTile: tile) }
  }
}

extension PairLog: Sendable where First: Sendable, Second: Sendable {}

extension PairLog: ClosingLog where First: ClosingLog, Second: ClosingLog {
  public mutating func close() throws(OutputError) {
    try first.close()
    try second.close()
  }

  public mutating func comment(_ text: String) {
    first.comment(text)
    second.comment(text)
  }
}
