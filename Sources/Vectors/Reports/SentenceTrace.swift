/// Which sentences of a specification are held by how many cases.
package struct SentenceTrace: Sendable {
  /// A sentence and the cases that hold it.
  package struct Line: Sendable, Equatable {
    package let number: SentenceNumber
    package let text: String
    package var cases = 0
    /// In the order in which their files came.
    package var suites: [Suite] = []
  }

  /// One for each sentence, in their order.
  package private(set) var lines: [Line]
  private let places: [SentenceNumber: Int]

  package init(_ specification: Specification) {
    let numbers = specification.numbers
    lines = numbers.map { Line(number: $0, text: specification[$0] ?? "") }
    places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($0.element, $0.offset) })
  }

  /// Counts the cases of a file. All of them hold what the file itself names.
  package mutating func add(_ file: VectorFile) {
    for entry in file.cases {
      for number in file.holds + entry.holds.filter({ !file.holds.contains($0) }) {
        guard let place = places[number] else { continue }
        lines[place].cases += 1
        if lines[place].suites.last != file.suite { lines[place].suites.append(file.suite) }
      }
    }
  }
}

/// Which of its sentences a failing case breaks, judged by the others: the more of the cases that hold one fail, the
/// likelier it is.
package struct Suspicion: Sendable {
  private var failed: [SentenceNumber: Int] = [:]
  private var held: [SentenceNumber: Int] = [:]

  package init(_ outcomes: [FileOutcome]) {
    for entry in outcomes.flatMap(\.cases) {
      if case .skipped = entry.verdict { continue }
      for number in entry.holds {
        held[number, default: 0] += 1
        if case .failed = entry.verdict { failed[number, default: 0] += 1 }
      }
    }
  }

  /// Of equally likely ones the first in the specification comes first.
  package func likeliestFirst(_ numbers: [SentenceNumber]) -> [SentenceNumber] {
    numbers.sorted { one, other in isLikelier(one, other) || !isLikelier(other, one) && one < other }
  }

  /// Those that are as likely as the likeliest, and the others, each likeliest first.
  package func split(_ numbers: [SentenceNumber]) -> (likeliest: [SentenceNumber], others: [SentenceNumber]) {
    let sorted = likeliestFirst(numbers)
    guard let first = sorted.first else { return ([], []) }
    let count = sorted.prefix { !isLikelier(first, $0) }.count
    return (Array(sorted.prefix(count)), Array(sorted.dropFirst(count)))
  }

  private func isLikelier(_ one: SentenceNumber, _ other: SentenceNumber) -> Bool {
    failed[one, default: 0] * held[other, default: 0] > failed[other, default: 0] * held[one, default: 0]
  }
}
