import Testing

@testable import Trace

@Suite("The head of a log in pieces")
struct CutHeadTests {
  private static let head = "# mblstm register log, version 4\n# results version=2\n# state AAAA\n# state BBBB\n"
  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  @Test("Goes on as long as every line that has begun is a remark, with a byte order mark before it too")
  func cut() {
    for text in [head, head + "cycle,initiator,kind\n1,chip\n", head + "x", "# another file\n# more\n", "cycle\n"] {
      for mark in [[], Self.mark] {
        let bytes = mark + Array(text.utf8)
        var latest = 0
        for count in 0...bytes.count {
          let piece = Array(bytes[..<count])
          let own = piece.dropFirst(piece.starts(with: Self.mark) ? 3 : 0)
          let isLog = own.starts(with: "# mblstm register log, version 4".utf8)
          let begins = own.indices.filter { $0 == own.startIndex || own[$0 - 1] == 10 }
          let isCut = isLog && begins.allSatisfy { own[$0] == 0x23 }
          var line = 0
          #expect(LogHead.isCut(piece, from: &line) == isCut, "\(count) of \(text)")
          // From where it has been looked at before.
          guard !isLog || isCut else { break }
          #expect(LogHead.isCut(piece, from: &latest) == isCut)
        }
      }
    }
  }

  private var head: String { Self.head }
}
