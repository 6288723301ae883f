import Files
import Foundation
import Testing

@Suite("Files are looked at before they are read")
struct LineReaderTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)").path
    try FilePath.makeFolder(folder)
  }

  private func make(_ name: String, _ text: String) throws -> String {
    try OutputFile.write(text, to: "\(folder)/\(name)")
    return "\(folder)/\(name)"
  }

  @Test("Lines are whole where a piece of the file ends in them, and numbered from 1")
  func pieces() throws {
    let lines = (0..<30_000).map { String(repeating: "ä", count: $0 % 97) + "\($0)" }
    var reader = try LineReader(try make("long", lines.joined(separator: "\r\n")), expecting: "a text")
    for (index, line) in lines.enumerated() {
      let read = try reader.next()
      guard read == line, reader.number == index + 1 else {
        Issue.record("line \(index + 1): \(read ?? "none"), number \(reader.number)")
        return
      }
    }
    #expect(try reader.next() == nil)
  }

  @Test("A line without an end is refused before it has taken memory")
  func endless() throws {
    var reader = try LineReader("/dev/zero", expecting: "a text")
    let error = #expect(throws: InputError.self) { try reader.next() }
    #expect(error?.description == "/dev/zero:1: is longer than 16 MiB, expected a shorter line")
  }

  @Test("A file longer than any of its kind is refused by its length, one without a length where it gets too long")
  func lengths() throws {
    let path = try make("sparse", "")
    #expect(truncate(path, 100 << 30) == 0)
    let kind = FileKind("a list", mostBytes: 1 << 20)
    #expect(throws: InputError(path, "has 107374182400 bytes; expected a list, of 1024 KiB at most")) {
      try InputFile.bytes(of: path, expecting: kind)
    }
    #expect(throws: InputError("/dev/zero", "is too long; expected a list, of 1024 KiB at most")) {
      try InputFile.bytes(of: "/dev/zero", expecting: kind)
    }
    let exact = try make("exact", String(repeating: "x", count: 1 << 20))
    #expect(try InputFile.bytes(of: exact, expecting: kind).count == 1 << 20)
  }

  @Test("A file that begins otherwise is refused by its first bytes; an empty one and a mark before them are not")
  func signatures() throws {
    let kind = FileKind("a list", mostBytes: 1 << 40, signatures: ["list ", "LIST"])
    #expect(throws: InputError("/dev/zero", "is not a list, expected it to begin with 'list '")) {
      try InputFile.bytes(of: "/dev/zero", expecting: kind)
    }
    for text in ["list of", "LIST", "\u{feff}list ", "li", ""] {
      #expect(try InputFile.bytes(of: try make("list", text), expecting: kind) == Array(text.utf8))
    }
  }

  @Test("A message that quotes what is no text stays short")
  func longMessages() {
    let error = InputError("f", String(repeating: "x", count: 1 << 20))
    #expect(error.description.utf8.count < 1 << 14 && error.description.hasSuffix("…"))
  }

}
