import Files

/// What a network answered to each sequence of a test set, as a file:
///
///     # mblstm answers 1 task=digits sequences=1797 data=af36578f
///     sequence,label,answer,right
///     1,8,8,1
///
/// `data` is the checksum of the sequences as the chip sees them: files of other test sets are not compared.
package struct AnswerFile: Sendable, Equatable {
  package let task: String
  /// CRC-32 of the test set, eight hexadecimal digits.
  package let data: String
  /// Of each sequence, from 0.
  package let labels: [Int]
  /// A class for each sequence, from 0.
  package let answers: [Int]

  static let version = 1
  static let kind = FileKind("answers to a test set", mostBytes: 64 << 20, signatures: ["# mblstm answers"])
  private static let names = "sequence,label,answer,right"

  /// - Precondition: an answer for each sequence, and no regression.
  package init(_ answers: [Int], to test: SequenceSet) {
    precondition(answers.count == test.sequences.count && !test.isRegression, "an answer for each sequence")
    (task, data, labels) = (test.name, test.checksum, test.sequences.map(\.label))
    self.answers = answers
  }

  /// Share of the sequences that are right.
  package var accuracy: Double { Double(right) / Double(max(labels.count, 1)) }
  private var right: Int { zip(labels, answers).count { $0 == $1 } }

  package var text: String {
    "# mblstm answers \(Self.version) task=\(task) sequences=\(labels.count) data=\(data)\n\(Self.names)\n"
      + labels.indices.map { Self.row($0, labels[$0], answers[$0]) + "\n" }.joined()
  }

  private static func row(_ place: Int, _ label: Int, _ answer: Int) -> String {
    "\(place + 1),\(label),\(answer),\(label == answer ? 1 : 0)"
  }

  /// - Throws: the first thing wrong, with its line.
  package init(path: String) throws(InputError) {
    try self.init(try InputFile.bytes(of: path, expecting: Self.kind), named: path)
  }

  /// - Parameter name: what errors call the file.
  package init(_ bytes: [UInt8], named name: String) throws(InputError) {
    let file = try TextFile(bytes, named: name)
    guard let first = file.lines.first, first.hasPrefix("# mblstm answers ") else {
      throw InputError(name, Self.kind.refusal)
    }
    var items = try HeaderItems(first.dropFirst("# mblstm answers ".count), of: name, line: 1)
    guard items.take("\(Self.version)") != nil else {
      throw file.error(line: 1, "is of another version, this program reads version \(Self.version)")
    }
    guard let task = items.take("task"), let data = items.take("data"), let count = items.take("sequences") else {
      throw items.error("expected task=…, sequences=… and data=…")
    }
    try items.end()
    guard file.lines.count > 1, file.lines[1] == Self.names else {
      throw file.error(line: 2, "expected '\(Self.names)'")
    }
    (self.task, self.data) = (task, data)
    (labels, answers) = try Self.rows(of: file)
    guard Int(count) == labels.count, !labels.isEmpty else {
      throw items.error("sequences=\(count), the file has \(labels.count)")
    }
  }

  private static func rows(of file: TextFile) throws(InputError) -> (labels: [Int], answers: [Int]) {
    var (labels, answers): ([Int], [Int]) = ([], [])
    for (place, line) in file.lines.dropFirst(2).enumerated() {
      let cells = line.cells.map { Int($0) }
      guard cells.count == 4, let label = cells[1], let answer = cells[2], label >= 0, answer >= 0,
        row(place, label, answer) == line
      else {
        throw file.error(
          line: place + 3,
          "'\(line)', expected sequence \(place + 1), its label, the answer, and 1 where they are equal")
      }
      labels.append(label)
      answers.append(answer)
    }
    return (labels, answers)
  }

  /// Both, sequence by sequence.
  /// - Parameter names: what errors call the two files.
  /// - Throws: when they are not of the same test set.
  package func compared(with other: AnswerFile, named names: (String, String)) throws(InputError) -> RightAnswers {
    guard task == other.task, data == other.data, labels == other.labels else {
      throw InputError(
        names.1,
        "is of another test set than \(names.0): \(other.task), \(other.labels.count) sequences, checksum \(other.data),"
          + " not \(task), \(labels.count) sequences, checksum \(data)")
    }
    return RightAnswers(answers, other.answers, labels: labels)
  }
}
