import Files
import Registers
import Trace

/// Two register logs held against each other, an entry at a time.
package struct LogComparison {
  package struct Options: Sendable {
    /// What may differ between the accesses.
    package var free = Freedom()
    package var comparesCycles = false
    /// Only `MBX`, its tiles and what they do.
    package var onlyChip = false

    package init() {}
  }

  private var expected: OrderedLines
  private var got: OrderedLines
  private let options: Options
  private let registers = RegisterText()
  package private(set) var accesses = 0
  package private(set) var events = 0

  package init(_ expected: LogReader, named: String, against got: LogReader, named other: String, _ options: Options) {
    self.expected = OrderedLines(reader: expected, file: named, options: options)
    self.got = OrderedLines(reader: got, file: other, options: options)
    self.options = options
  }

  /// The first difference, in words; nil when there is none.
  /// - Throws: what is wrong with one of the files.
  package mutating func firstDifference() throws(InputError) -> String? {
    if let difference = differenceOfChips { return "\(expected.file), \(got.file): \(difference)" }
    while true {
      let (line, other) = (try expected.next(), try got.next())
      guard line != nil || other != nil else { return nil }
      guard let difference = difference(line, other) else { continue }
      let places = [(expected.file, line), (got.file, other)].map { file, line in
        "\(file)\(line.map { ":\($0.number)" } ?? "")"
      }
      return "\(places.joined(separator: ", ")): \(difference)"
    }
  }

  private var differenceOfChips: String? {
    let filters = [expected.filter, got.filter].map {
      $0.map { "a log filtered (\($0))" } ?? "one that is not filtered"
    }
    guard filters[0] == filters[1] else { return "other entries: expected \(filters[0]), got \(filters[1])" }
    func items(_ description: String) -> [Substring] {
      description.split(separator: "\n").filter { $0.hasPrefix("chip ") || $0.hasPrefix("tile ") }
        .flatMap { $0.split(separator: " ") }
    }
    let (one, other) = (items(expected.description), items(got.description))
    for place in 0..<max(one.count, other.count) {
      let item = place < one.count ? "'\(one[place])'" : "nothing more"
      let otherItem = place < other.count ? "'\(other[place])'" : "nothing more"
      if item != otherItem { return "another chip: expected \(item), got \(otherItem)" }
    }
    return nil
  }

  private mutating func difference(_ line: LogLine?, _ other: LogLine?) -> String? {
    switch (line?.body, other?.body) {
    case (.access(let transaction, _), .access(let made, _)):
      accesses += 1
      guard options.free.allows(made, for: transaction) else {
        return "access \(accesses): " + registers.words(expected: transaction, got: made)
      }
    case (.event(let text), .event(let happened)) where text == happened: events += 1
    default: return "expected \(words(line)), got \(words(other))"
    }
    guard options.comparesCycles, let line, let other, line.cycle != other.cycle else { return nil }
    return "\(words(line)): expected cycle \(line.cycle), got \(other.cycle)"
  }

  private func words(_ line: LogLine?) -> String {
    switch line?.body {
    case .access(let transaction, _): registers.words(transaction)
    case .event(let text): "'\(text.register) \(text.detail)'"
    case nil: "the end of the log"
    }
  }
}

/// The lines of a log that are compared, in an order that does not depend on what is free.
private struct OrderedLines {
  private var reader: LogReader
  let file: String
  private let options: LogComparison.Options
  /// Read and not yet handed on.
  private var queue: ArraySlice<LogLine> = []
  /// Pulses of a run that are put in order together: more than all tiles have.
  private static var longestRun: Int { 1 << 14 }

  init(reader: LogReader, file: String, options: LogComparison.Options) {
    self.reader = reader
    self.file = file
    self.options = options
  }

  var description: String { reader.description }
  var filter: String? { reader.origin.filter }

  mutating func next() throws(InputError) -> LogLine? {
    if let line = queue.popFirst() { return line }
    guard let line = try read() else { return nil }
    guard options.free.pulseOrder, address(ofPulse: line) != nil else { return line }
    var run = [line]
    var following: LogLine?
    while following == nil, run.count < Self.longestRun, let line = try read() {
      if address(ofPulse: line) == nil { following = line } else { run.append(line) }
    }
    // By register; two writes to the same one keep their order.
    run.sort { (address(ofPulse: $0) ?? 0, $0.number) < (address(ofPulse: $1) ?? 0, $1.number) }
    queue = (run + [following].compactMap(\.self))[...]
    return queue.popFirst()
  }

  private func address(ofPulse line: LogLine) -> UInt32? {
    guard case .access(let transaction, _) = line.body, Freedom.isPulse(transaction) else { return nil }
    return transaction.address
  }

  /// The next line that is compared.
  private mutating func read() throws(InputError) -> LogLine? {
    while let line = try reader.next() {
      guard options.onlyChip, case .access(let transaction, _) = line.body else { return line }
      if AccessLog.holds(transaction) { return line }
    }
    return nil
  }
}
