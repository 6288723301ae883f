import Foundation
import Testing

@Suite("What is printed whole, and what a command of the user's is given")
struct WholeOutputTests {
  @Test("export schema prints the schema of the reports to its last byte")
  func schema() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      "mblstm export schema > s.json && cmp s.json \(Transcript.repository)/vectors/schemas/reports.json", in: folder)
    #expect(ran.status == 0 && ran.output.isEmpty && ran.error.isEmpty, "\(ran)")
  }

  @Test("A command that shrink tries has nothing to read, and what it prints is thrown away")
  func nothingTyped() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try """
    # mblstm register log, version 4
    # chip seed=1 synapse=reference device=vteam
    # tile word-lines=3 bit-lines=4
    cycle,initiator,kind,address,value,register,detail
    5,firmware,write,0x40011000,0x00000001,,

    """.write(to: folder.appendingPathComponent("a.csv"), atomically: true, encoding: .utf8)
    let ran = try Transcript.run(
      """
      printf 'one\\ntwo\\n' | mblstm shrink a.csv --with ': {}; echo out; echo err >&2; read -r line && exit 0; exit 3' -o b.csv
      """, in: folder)
    #expect(ran.status == 0 && ran.output.isEmpty, "\(ran)")
    #expect(ran.error.contains("fail alike with status 3") && !ran.error.contains("err\n"), "\(ran)")
  }

  @Test("A series has as many steps as lags, or more", arguments: [(2, 0), (3, 2)])
  func lags(_ lags: Int, _ status: Int32) throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      """
      printf '# regression F=1 scale=9\n2,1\n3,2\n' > s.csv
      mblstm train --data s.csv --test s.csv --lags \(lags) --epochs 1 --hidden 1 > /dev/null
      """, in: folder)
    #expect(ran.status == status, "\(ran)")
  }
}
