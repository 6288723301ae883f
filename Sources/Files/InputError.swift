/// Something wrong with what the user gave: where, and what was expected.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// `file`, or `file:line`.
  public let place: String
  public let message: String

  public init(_ place: String, line: Int? = nil, _ message: String) {
    self.place = line.map { "\(place):\($0)" } ?? place
    self.message = message
  }

  public var description: String { "\(place): \(message)" }
}
