import Foundation
import Testing

@testable import Files

/// A folder that goes when its test does.
private final class Scratch {
  let path = FileManager.default.temporaryDirectory.appending(path: "written-\(UUID().uuidString)").path

  init() throws { try FilePath.makeFolder(path) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("What is written, and read piece by piece")
struct WrittenTextTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private var folder: String { scratch.path }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }

  @Test("JSON for people has a member a line, plain lists on one, and two blanks a level")
  func pretty() {
    let value = JSON.object([
      .init("a", .integers([1, -2])), .init("b\"", .object([])), .init("c", .array([])),
      .init("d", .array([.null, .object([.init("e", .bool(false))]), .array([.array([]), .string("x")])])),
    ])
    #expect(
      value.prettyText == """
        {
          "a": [1, -2],
          "b\\"": {},
          "c": [],
          "d": [
            null,
            {
              "e": false
            },
            [
              [],
              "x"
            ]
          ]
        }

        """)
    #expect(
      value.text
        == "{\"a\": [1, -2], \"b\\\"\": {}, \"c\": [], \"d\": [null, {\"e\": false}, [[], \"x\"]]}")
    #expect(JSON.null.prettyText == "null\n" && JSON.array([.number(0.5)]).prettyText == "[0.5]\n")
    #expect(JSON.Member("k", .integer(3)).text == "\"k\": 3" && value.line == 0)
  }

  @Test("A text is written in ASCII that prints, everything else as its units of UTF-16")
  func quoted() {
    for (text, written) in [
      ("", ""), (" ~", " ~"), ("\"", "\\\""), ("\\", "\\\\"), ("/", "/"), ("\u{1f}", "\\u001f"), ("\u{7f}", "\\u007f"),
      ("\n", "\\u000a"), ("é", "\\u00e9"), ("\u{ffff}", "\\uffff"), ("𝄞", "\\ud834\\udd1e"), ("\u{0}", "\\u0000"),
      ("\u{1000}", "\\u1000"),
    ] { #expect(JSON.string(text).text == "\"\(written)\"", "\(written)") }
  }

  @Test("A file is read in whole pieces, the last as long as it is, and nothing after it")
  func pieces() throws {
    try OutputFile.write("abcdefghij", to: path("a"))
    for (bytes, pieces) in [
      (1, "abcdefghij".map(String.init)), (4, ["abcd", "efgh", "ij"]), (5, ["abcde", "fghij"]), (10, ["abcdefghij"]),
      (11, ["abcdefghij"]),
    ] {
      for isTyped in [false, true] {
        let file = try InputFile(path("a"), expecting: "a text", pieceBytes: bytes)
        var found: [String] = []
        while true {
          let piece = isTyped ? try file.typed(waits: bytes % 2 == 0) : try file.next()
          guard let piece, !piece.isEmpty else { break }
          found.append(String(decoding: piece, as: UTF8.self))
        }
        #expect(found == pieces, "\(bytes)")
        #expect(try file.next().isEmpty && file.typed(waits: true) == nil && file.path == path("a"))
      }
    }
  }

  @Test("A length is refused from the first byte beyond, whether a file has one or a FIFO has none")
  func lengths() throws {
    let kind = FileKind("a list", mostBytes: 4096)
    for count in [0, 1, 4095, 4096, 4097, 8192] {
      let bytes = [UInt8](repeating: 0x78, count: count)
      try OutputFile.write(bytes, to: path("a"))
      let read = Result { try InputFile.bytes(of: path("a"), expecting: kind) }
      #expect((try? read.get()) == (count <= 4096 ? bytes : nil), "\(count)")
      #expect(count <= 4096 || "\(read)".contains("has \(count) bytes; expected a list, of 4 KiB at most"))
      let fifo = path("fifo\(count)")
      #expect(mkfifo(fifo, 0o600) == 0)
      let writer = Thread { try? OutputFile.write(bytes, to: fifo) }
      writer.start()
      let piped = Result { try InputFile.bytes(of: fifo, expecting: kind) }
      #expect((try? piped.get()) == (count <= 4096 ? bytes : nil), "\(count)")
      #expect(count <= 4096 || "\(piped)".contains("is too long; expected a list, of 4 KiB at most"))
    }
  }

  @Test("Bytes in memory are those that were appended, as text with U+FFFD for what is none")
  func memory() {
    var output = MemoryOutput()
    #expect(output.bytes.isEmpty && output.text.isEmpty)
    output.append([0x41, 0x42, 0x43][1...])
    output.append([0xff])
    output.close()
    output.append([0xc3, 0xa9])
    #expect(output.bytes == [0x42, 0x43, 0xff, 0xc3, 0xa9] && output.text == "BC\u{fffd}é")
  }

  @Test("What is dropped is gone; what is closed twice or with a last text is there once")
  func closing() throws {
    let file = try OutputFile(path("a"))
    file.append("one ")
    try file.close(with: "two")
    try file.close()
    #expect(try TextFile(path("a"), expecting: "").lines == ["one two"])
    let bytes = try OutputFile(path("a"))
    try bytes.close(with: [0x78] as [UInt8])
    #expect(try InputFile.bytes(of: path("a"), expecting: "") == [0x78])
    for name in ["", folder + "/", folder + "/none/"] {
      #expect(throws: OutputError.self, "\(name)") { try OutputFile(name) }
    }
    #expect(throws: OutputError("", "No such file or directory")) { try OutputFile("") }
    #expect(throws: OutputError(path("new/"), "Is a directory")) { try OutputFile(path("new/")) }
    #expect(try FilePath.entries(of: folder) == ["a"])
    #expect(OutputFile.isStandardStream("-") && !OutputFile.isStandardStream(path("a")))
    #expect(!OutputFile.isStandardStream("/dev/null") && !OutputFile.isStandardStream(path("none")))
  }

  @Test("The buffer of a file reaches the disk once it has a quarter of a MiB, and not before")
  func buffer() throws {
    for (count, isThere) in [(262_143, false), (262_144, true), (262_145, true)] {
      let file = try OutputFile(path("b"), hasUnnamed: false)
      file.append([UInt8](repeating: 0x61, count: count)[...])
      let partial = try #require(FilePath.entries(of: folder).first)
      #expect((FileStatus(path(partial))?.byteCount ?? -1) == (isThere ? Int64(count) : 0), "\(count)")
    }
    #expect(try FilePath.entries(of: folder).isEmpty)
  }
}
