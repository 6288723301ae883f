import Foundation
import TestSupport
import Testing

/// `mblstm check` beside the sentences of the specification, and what it covers.
@Suite("Sentences and coverage of a check")
struct CheckTraceTests {
  private static let vectors = Transcript.repository + "/vectors/v1"

  private func run(_ script: String) throws -> (status: Int32, output: String, error: String) {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let run = try Transcript.run(script, in: place)
    return (run.status, run.output, run.error)
  }

  @Test("--trace prints the sentences without a case, and the number of cases of the others")
  func trace() throws {
    let ran = try run("mblstm check \(Self.vectors)/dac.json --trace")
    #expect(ran.status == 0, "\(ran.error)")
    let lines = ran.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("CHIP-3.3.1 81 dac"))
    #expect(lines.contains { $0.hasPrefix("CHIP-1.1.2: Saturated add / subtract: exact result") })
    #expect(lines.contains("without a case"))
  }

  @Test("A failing case names the sentence that it breaks, and --json all that it may")
  func failure() throws {
    let ran = try run(
      """
      sed 's/"stepMicrovolts":1575,/"stepMicrovolts":1576,/' \(Self.vectors)/dac.json >dac.json
      mblstm check dac.json --all; mblstm check dac.json --json | tr -d ' \\n'
      """)
    #expect(ran.output.contains("\n  breaks CHIP-3.3.1: c_max = 2^(dacBits−1) − 1;"), "\(ran.output)")
    #expect(ran.output.contains(#""breaks":["CHIP-3.3."#))
  }

  @Test("A file that names a sentence that is not there is refused")
  func unknown() throws {
    let ran = try run("sed 's/CHIP-3.3.1/CHIP-3.3.99/' \(Self.vectors)/dac.json >dac.json; mblstm check dac.json")
    #expect(ran.status == 2 && ran.error.contains("the specification has no sentence CHIP-3.3.99"), "\(ran.error)")
  }

  @Test("Coverages of suites merge, and are summed up with what is not covered")
  func coverage() throws {
    let ran = try run(
      """
      mblstm check \(Self.vectors)/limits.json --coverage a.csv >shown.txt && head -2 a.csv
      mblstm coverage a.csv a.csv -o b.csv
      cat a.csv b.csv | sed -n 's/^MBXn,LIMIT,error,idle,/counted /p'
      """)
    #expect(ran.status == 0, "\(ran.error)")
    #expect(ran.output.hasPrefix("# mblstm coverage 1\nblock,name,kind,state,count\n"))
    #expect(ran.output.contains("\nnot covered\n") && ran.output.contains("\n  FLASH.BUFFER read: busy fault idle\n"))
    let counts = ran.output.split(separator: "\n").filter { $0.hasPrefix("counted ") }.compactMap {
      Int($0.dropFirst(8))
    }
    #expect(counts.count == 2 && counts[0] > 0 && counts[1] == 2 * counts[0], "\(counts)")
  }

  @Test("A register log is as good as a coverage")
  func log() throws {
    let ran = try run(
      """
      printf ':0200000480007A\\n:10000000B7021000375300001303535523A06200BA\\n:00000001FF\\n' >end.hex
      mblstm exec end.hex --log end.csv; mblstm coverage end.csv -o c.csv >shown.txt; cat c.csv
      """)
    #expect(
      ran.output == "# mblstm coverage 1\nblock,name,kind,state,count\nFINISHER,FINISH,write,idle,1\n", "\(ran.error)")
  }
}
