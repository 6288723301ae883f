import Registers

extension BlockMap {
  /// `MBX0`.
  package var fullName: String { "\(name)" + (number.map { "\($0)" } ?? "") }
}

/// A name in which `*` stands for any text: `MBX*`.
package struct NamePattern: Sendable, Equatable, CustomStringConvertible {
  /// As it is written.
  package let description: String
  /// What stands between the stars.
  private let parts: [String]

  package init(_ text: some StringProtocol) {
    description = String(text)
    parts = text.split(separator: "*", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Whether it is the pattern of a name.
  package func matches(_ name: some StringProtocol) -> Bool {
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == description }
    guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    // The first place that fits each part leaves most for those behind.
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
