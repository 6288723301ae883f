import Files
import Foundation
import Testing
import Trace

@Suite("Reading a log piece by piece")
struct LogInputTests {
  @Test("Gives the same lines, however small the pieces", arguments: [150, 151, 160, 200, 333, 1 << 20])
  func pieces(_ bytes: Int) throws {
    let head = "# mblstm register log, version 4\n# seed=1\ncycle,initiator,kind,address,value,register,detail\n"
    let lines = (1...40).map {
      "\($0 * 37),firmware,write,0x40011000,0x0012003\($0 % 10),MBX0.DRIVE[0],EVEN=52 ODD=18\n"
    }
    let text = head + lines.joined()
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }

    func read(_ reader: LogReader) throws -> [LogLine] {
      var reader = reader
      var lines: [LogLine] = []
      while let line = try reader.next() { lines.append(line) }
      return lines
    }
    let whole = try read(LogReader(Array(text.utf8), file: path))
    let input = try InputFile(path, expecting: "a log", pieceBytes: bytes)
    let parts = try read(LogReader(input))
    #expect(whole.count == 40 && parts == whole)

    try String(text.dropLast()).write(toFile: path, atomically: true, encoding: .utf8)
    let short = try InputFile(path, expecting: "a log", pieceBytes: bytes)
    #expect {
      _ = try read(LogReader(short))
    } throws: { error in
      "\(error)".contains(":43: expected a line feed at the end of the file")
    }
    #expect(throws: InputError(path + "/none", "cannot be read: Not a directory; expected a log")) {
      try InputFile(path + "/none", expecting: "a log")
    }
  }
}
