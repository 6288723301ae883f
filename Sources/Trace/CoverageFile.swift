import Files

/// Coverage as a file: a row for each item that was covered, sorted, so that files of many runs can be merged.
extension CoverageTable {
  package static let firstLine = "# mblstm coverage 1"
  private static let head = "block,name,kind,state,count"

  /// The file's text.
  package var text: String {
    let rows = items.filter { $0.count > 0 }.map { "\($0.item.row),\($0.count)" }
    return ([Self.firstLine, Self.head] + rows).map { $0 + "\n" }.joined()
  }

  /// - Throws: for the first line that is not in the format.
  package init(path: String) throws(InputError) {
    try self.init(TextFile(path, expecting: "a coverage, as 'mblstm check --coverage' writes it"))
  }

  package init(_ file: TextFile) throws(InputError) {
    self.init()
    for (line, text) in [Self.firstLine, Self.head].enumerated() {
      guard file.lines.count > line, file.lines[line] == text else {
        throw file.error(line: line + 1, "expected '\(text)'")
      }
    }
    let rows = rows
    for (number, line) in file.lines.enumerated().dropFirst(2) {
      guard let comma = line.lastIndex(of: ","), let count = UInt64(line[line.index(after: comma)...]), count > 0 else {
        throw file.error(line: number + 1, "is '\(line)', expected \(Self.head) and a count from 1 on")
      }
      guard add(count, toRow: String(line[..<comma]), of: rows) else {
        throw file.error(line: number + 1, "'\(line[..<comma])' is nothing that can be covered")
      }
    }
  }
}
