import Foundation
import TestSupport
import Testing

@testable import mblstm

@Suite("Where options end")
struct OptionEndTests {
  @Test("A line of help ends where the next word does not fit in 118 columns", arguments: OptionTableTests.names)
  func wrapping(_ name: String) throws {
    let manual = HelpText.manual(try Command.verb(name))
    let lines = manual.split(separator: "\n").drop { $0 != "options:" }.dropFirst()
    for (line, next) in zip(lines, lines.dropFirst()) where next.hasPrefix("      ") {
      let word = next.split(separator: " ").first ?? ""
      #expect(line.count <= 118 && line.count + 1 + word.count > 118, "\(line)\n\(next)")
    }
  }

  @Test("Labels stand two columns in, and all explanations four behind the longest", arguments: OptionTableTests.names)
  func columns(_ name: String) throws {
    let verb = try Command.verb(name)
    let longest = verb.allOptions.map(\.label.count).max() ?? 0
    let lines = HelpText.manual(verb).split(separator: "\n").drop { $0 != "options:" }.dropFirst()
    #expect(lines.count >= verb.allOptions.count)
    for line in lines {
      let (label, rest) = (line.prefix(longest + 4), line.dropFirst(longest + 4))
      #expect(label.hasPrefix("  ") && label.hasSuffix("  ") && rest.first?.isWhitespace == false, "\(line)")
    }
  }

  @Test(
    "A log may begin and end at one moment, and not end before it",
    arguments: [
      ("5", "5", true), ("5", "4", false), ("1", "4611686018427387904", true), ("sequence:2", "sequence:2", true),
      ("sequence:2", "sequence:1", false), ("sequence:2", "1", true), ("900", "sequence:1", true),
    ])
  func moments(_ from: String, _ to: String, _ isTaken: Bool) throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      "mblstm run --data data.csv --model model.json --log a.csv --log-from \(from) --log-to \(to) >told", in: folder)
    #expect(ran.status == (isTaken ? 0 : 2), "\(ran.error)")
    #expect(ran.error.contains("--log-to is before --log-from") == !isTaken, "\(ran.error)")
  }

  @Test("One difference is one, more are differences, and how many accesses were compared is told")
  func differences() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      """
      mblstm exec end.hex --log a.csv >told 2>&1; tail -n 1 a.csv >>a.csv; sed '$s/0x00005555/0x00013333/' a.csv >b.csv
      sed 's/0x00005555/0x00013333/' a.csv >c.csv
      for other in a b c; do mblstm diff --all a.csv $other.csv; echo "status $?"; done
      mblstm diff a.csv c.csv | wc -l; mblstm replay --load x
      """, in: folder)
    let lines = ran.output.split(separator: "\n").filter { !$0.hasPrefix("a.csv:") }
    #expect(
      lines == [
        "no difference in 2 accesses and 0 events", "status 0", "1 difference in 2 accesses and 0 events", "status 1",
        "2 differences in 2 accesses and 0 events", "status 1", "1",
      ], "\(ran)")
    #expect(ran.error.contains("--load is gone; use 'mblstm replay LOG.csv; the log holds its chip'"), "\(ran.error)")
  }

  @Test("What is kept apart for validation is a share above 0 and below 1", arguments: ["0", "0%", "1", "100%", "4/4"])
  func validation(_ share: String) throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      "mblstm train --data data.csv --test data.csv --hidden 1 --epochs 1 --validation \(share)", in: folder)
    #expect(ran.status == 2)
    #expect(ran.error.contains("--validation is '\(share)', expected a share above 0 and below 1, or a file"))
  }
}
