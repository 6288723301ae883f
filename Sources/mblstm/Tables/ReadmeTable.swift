import Files

/// Where a table stands in README.md: the lines between `<!-- table NAME -->` and `<!-- end NAME -->`.
struct ReadmeTable {
  private let name: String
  private let path: String
  /// Without the markers.
  let lines: [Substring]
  /// Of the first, from 1.
  let firstLine: Int

  /// - Throws: when a marker is not there, or not once.
  init(_ name: String, in file: TextFile) throws(InputError) {
    func place(_ marker: String) throws(InputError) -> Int {
      let places = file.lines.indices.filter { file.lines[$0] == marker }
      guard places.count == 1 else {
        throw InputError(file.path, "has the line '\(marker)' \(places.count) times, expected it once")
      }
      return places[0]
    }
    let (begin, end) = (try place("<!-- table \(name) -->"), try place("<!-- end \(name) -->"))
    guard begin < end else {
      throw file.error(line: end + 1, "the table '\(name)' ends before it begins")
    }
    firstLine = begin + 2
    lines = Array(file.lines[begin + 1..<end])
    (self.name, path) = (name, file.path)
  }

  /// The first line that is another than it should be, or nil.
  func difference(from made: [String]) -> String? {
    TextDifference(lines, made).map { "\($0.text(in: path, from: firstLine)) (table '\(name)')" }
  }
}

/// The first line in which a text is another than it should be.
struct TextDifference {
  /// From 0.
  private let place: Int
  private let found: String
  private let expected: String

  /// Nil where there is none.
  init?(_ there: [Substring], _ made: [String]) {
    func line(_ lines: some RandomAccessCollection<some StringProtocol>, _ place: Int) -> String {
      let index = lines.index(lines.startIndex, offsetBy: min(place, lines.count))
      return index < lines.endIndex ? "'\(lines[index])'" : "no line"
    }
    let places = 0..<max(there.count, made.count)
    guard let place = places.first(where: { line(there, $0) != line(made, $0) }) else { return nil }
    (self.place, found, expected) = (place, line(there, place), line(made, place))
  }

  /// - Parameter first: line of the file at which the text begins, from 1.
  func text(in path: String, from first: Int) -> String {
    "\(path):\(first + place): expected \(expected), found \(found)"
  }
}
