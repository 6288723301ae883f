import Files
import Vectors

/// Sentences of the specification in what `check` prints.
extension SentenceTrace {
  /// How many sentences have a case; those that have none; the number of cases of the others.
  var text: String {
    let held = lines.filter { $0.cases > 0 }
    let bare = lines.filter { $0.cases == 0 }
    let rows = held.map {
      ["\($0.number)", grouped($0.cases), $0.suites.map(\.rawValue).joined(separator: " ")]
    }
    let list = held.isEmpty ? "" : "\n\n" + table([["", "cases", "suites"]] + rows, indent: "")
    return "\(grouped(lines.count)) sentences, \(grouped(held.count)) with a case\n\nwithout a case\n"
      + bare.map { "  \($0.number): \(shortened($0.text))" }.joined(separator: "\n") + list
  }
}

extension Suspicion {
  /// What a failing case breaks: a line for each of the likeliest sentences, and one with the others.
  func lines(of entry: FileOutcome.Case, _ specification: Specification?) -> [String] {
    let (likeliest, others) = split(entry.holds)
    let told = likeliest.prefix(Self.told).map { number in
      "  breaks \(number)" + (specification?[number].map { ": \(shortened($0))" } ?? "")
    }
    let rest = likeliest.dropFirst(Self.told) + others
    return told + (rest.isEmpty ? [] : ["  or \(rest.map(\.description).joined(separator: ", "))"])
  }

  /// Lines that a reader is ready to take.
  private static var told: Int { 3 }
}

/// A sentence on a line of a terminal.
private func shortened(_ text: String) -> String {
  text.count <= 110 ? text : String(text.prefix(109).trimmed) + "…"
}
