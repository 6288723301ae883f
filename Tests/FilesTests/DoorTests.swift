import Files
import Foundation
import Testing

@Suite("Files in and out")
struct DoorTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "doors-\(UUID().uuidString)").path
    try FilePath.makeFolder(folder)
  }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }

  private func make(_ name: String, _ text: String) throws -> String {
    try OutputFile.write(text, to: path(name))
    return path(name)
  }

  @Test("The reason that the system gives is passed on, by reader and writer alike")
  func reasons() throws {
    let file = try make("file", "x")
    let cases = [
      (path("none"), "No such file or directory", nil), (folder, "Is a directory", "Is a directory"),
      (file + "/x", "Not a directory", "Not a directory"),
      (path("none/x"), "No such file or directory", "No such file or directory"),
    ]
    for (path, reading, writing) in cases {
      #expect(throws: InputError(path, "cannot be read: \(reading); expected a text")) {
        try TextFile(path, expecting: "a text")
      }
      if let writing { #expect(throws: OutputError(path, writing)) { try OutputFile(path) } }
    }
  }

  @Test("Lines are the same however a system ends them", arguments: ["a\nb\n", "a\nb", "a\r\nb\r\n", "\u{feff}a\r\nb"])
  func lines(_ text: String) throws {
    #expect(try TextFile(Array(text.utf8), named: "f").lines == ["a", "b"])
  }

  @Test("What is no UTF-8 is told by its line")
  func noText() {
    #expect(throws: InputError("f", line: 2, "is not UTF-8 text")) {
      try TextFile([UInt8(ascii: "a"), 10, 0xff, 10], named: "f")
    }
  }

  @Test("What is not closed leaves the old file and nothing beside it; what is closed has its permissions")
  func whole() throws {
    let file = try make("file", "old")
    #expect(chmod(file, 0o640) == 0)
    do { try OutputFile(file).append("new") }
    #expect(try FilePath.entries(of: folder) == ["file"])
    #expect(try TextFile(file, expecting: "").lines == ["old"])
    try OutputFile.write("new", to: file)
    #expect(try FilePath.entries(of: folder) == ["file"])
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(try TextFile(file, expecting: "").lines == ["new"] && mode == 0o640)
  }

  @Test("Links are written through, also to what is not there yet")
  func links() throws {
    #expect(symlink("real", path("link")) == 0 && symlink("link", path("second")) == 0)
    try OutputFile.write("text", to: path("second"))
    #expect(try FilePath.entries(of: folder) == ["link", "real", "second"])
    #expect(try TextFile(path("real"), expecting: "").lines == ["text"])
  }

  @Test("As many links as the system follows, 40, lead to their end")
  func chain() throws {
    for number in 1...40 {
      #expect(symlink(number == 1 ? "end" : "\(number - 1)", path("\(number)")) == 0)
    }
    #expect(FilePath.resolvingLinks(path("40")) == path("end"))
  }

  @Test("A FIFO is written and read as it is")
  func fifo() throws {
    let fifo = path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    let writer = Thread { try? OutputFile.write("a\nb\n", to: fifo) }
    writer.start()
    #expect(try TextFile(fifo, expecting: "").lines == ["a", "b"])
  }

  @Test("A full disk is told when the file is closed")
  func full() throws {
    let file = try OutputFile("/dev/full")
    file.append("x")
    #expect(throws: OutputError("/dev/full", "No space left on device")) { try file.close() }
  }

  @Test("An item of a head has a key before its first equals sign and a value behind it, either of which may be empty")
  func headItems() throws {
    var items = try HeaderItems("a=1=2 =x b= c", of: "f", line: 3)
    #expect(["a", "", "b", "c", "d"].map { items.take($0) } == ["1=2", "x", "", "", nil])
    try items.end()
    #expect(throws: InputError("f", line: 3, "the header: '' is there twice")) {
      try HeaderItems("=x =y", of: "f", line: 3)
    }
    let left = try HeaderItems("=x", of: "f", line: 3)
    #expect(throws: InputError("f", line: 3, "the header: '' is unknown")) { try left.end() }
  }
}
