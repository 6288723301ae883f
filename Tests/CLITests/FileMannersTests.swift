import Foundation
import TestSupport
import Testing

@testable import mblstm

/// Every option and operand that names a file, of every verb, from the verbs' own tables: all have the same manners.
@Suite("Files: the same manners at every verb")
struct FileMannersTests {
  /// A command that works, and the options whose files it reads or writes; "" for an operand.
  struct Line {
    let words: String
    let options: [String]

    var verb: String { String(words.prefix { $0 != " " }) }

    /// With another file for an option, or for the first operand.
    func with(_ option: String, _ path: String) -> String {
      var all = words.split(separator: " ").map(String.init)
      if option.isEmpty {
        all[1] = path
      } else if let place = all.firstIndex(of: option) {
        all[place + 1] = path
      } else {
        all += [option, path]
      }
      return "mblstm \(all.joined(separator: " "))"
    }
  }

  static let lines = [
    Line(
      words: "run --data data.csv --model model.json",
      options: ["--data", "--model", "--update", "--log", "--vcd", "--save", "--chip", "--answers"]),
    Line(words: "run --data data.csv --model model.json --technology 65nm", options: ["--budget"]),
    Line(words: "train --data data.csv --test data.csv --hidden 1 --epochs 1 --technology 65nm", options: ["--budget"]),
    Line(words: "run --data data.csv --load chip.mbx", options: ["--load"]),
    Line(words: "run --data data.csv --boot booting.mbx", options: ["--boot"]),
    Line(words: "run --data data.csv --model model.json --core rv32", options: ["--firmware", "--profile"]),
    Line(
      words: "train --data data.csv --test data.csv --hidden 1 --epochs 1",
      options: [
        "--data", "--test", "--log", "--vcd", "--save", "--curve", "--maps", "--predictions", "--checkpoint",
        "--answers", "--record", "--chip", "--load",
      ]),
    Line(
      words: "train --data data.csv --test data.csv --hidden 1 --epochs 1 --core rv32",
      options: ["--firmware", "--profile"]),
    Line(
      words: "train --data data.csv --test data.csv --hidden 1 --epochs 1 --checkpoint model.json",
      options: ["--after-cut"]),
    Line(
      words: "updates --data data.csv --hidden 1 --epochs 1 --updates 1", options: ["--data", "--chip"]),
    Line(
      words: "sweep --mode train --data data.csv --test data.csv --hidden 1 --epochs 1 --axis variation=0 --seeds 1"
        + " --out new.csv",
      options: ["--data", "--test", "--out", "--svg", "--chip"]),
    Line(
      words: "sweep --mode costs --core rv32 --data data.csv --test data.csv --hidden 1 --epochs 1 --axis variation=0"
        + " --seeds 1 --out new.csv",
      options: ["--firmware"]),
    Line(
      words: "exec end.hex",
      options: [
        "", "--log", "--vcd", "--trace-instructions", "--coverage", "--profile", "--signature", "--chip", "--load",
        "--uart-input", "--save",
      ]),
    Line(words: "debug none.elf --gdb 0", options: ["", "--chip", "--load"]),
    Line(words: "check vector.json", options: ["", "--junit", "--waivers", "--coverage"]),
    Line(words: "check vector.json --firmware end.hex", options: ["--firmware"]),
    Line(words: "record TASK --out new.json", options: ["--out", "--chip"]),
    Line(words: "record TASK --out new.json --core rv32", options: ["--firmware"]),
    Line(words: "replay log.csv", options: ["", "--waivers"]),
    Line(words: "diff log.csv log.csv", options: ["", "--waivers"]),
    Line(words: "compare answers.csv answers.csv", options: [""]),
    Line(words: "reproduce --list", options: ["--tables"]),
    Line(words: "coverage log.csv", options: ["", "--out"]),
    Line(words: "shadow log.csv", options: ["", "--waivers", "--firmware"]),
    Line(words: "shrink log.csv --with true --out new.csv", options: ["", "--out"]),
    Line(words: "device vteam", options: ["--svg", "--chip"]),
    Line(words: "map", options: ["--chip"]),
    Line(words: "datasheet", options: ["--chip"]),
  ]

  /// Read only in company that this small table does not make: a task's own files, and those behind a kind of export.
  private static let elsewhere = ["sweep --model", "sweep ", "export "]

  private static func isFile(_ kind: ValueKind) -> Bool {
    switch kind {
    case .input, .output: true
    default: false
    }
  }

  @Test("The table above knows every option that names a file")
  func complete() {
    for verb in Command.verbs {
      let tried = Self.lines.filter { $0.verb == verb.name }.flatMap(\.options)
      let options = verb.allOptions.filter { $0.value.map { Self.isFile($0.kind) } ?? false }.map(\.name)
      let operands = verb.operands.contains { Self.isFile($0.kind) } ? [""] : []
      for option in options + operands where !Self.elsewhere.contains("\(verb.name) \(option)") {
        #expect(tried.contains(option), "\(verb.name) \(option)")
      }
    }
  }

  static func isOutput(_ line: Line, _ option: String) throws -> Bool {
    let verb = try Command.verb(line.verb)
    guard case .output? = verb.allOptions.first(where: { $0.name == option })?.value?.kind else { return false }
    return true
  }

  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("folder"), withIntermediateDirectories: true)
    let files = [
      "data.csv": "# F=1 classes=2\n0,1\n1,-1\n",
      "model.json": #"{"inputs":1,"hidden":1,"outputs":2,"activation":"hard","window":1,"lstm":[[0,0,0,0],[0,0,0,0],"#
        + #"[0,0,0,0]],"dense":[[0,0],[0,0]]}"#,
      // lui t0, 0x100; lui t1, 5; addi t1, t1, 0x555; sw t1, 0(t0): the finisher, status 0.
      "end.hex": ":0200000480007A\n:10000000B7021000375300001303535523A06200BA\n:00000001FF\n",
    ]
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test(
    "A file that is longer than any of its kind is refused with its length before it is read; a longest one is not for it",
    arguments: [
      ("check big", "a file of golden vectors", 64), ("run --data data.csv --model big", "a model file", 64),
      ("compare big big", "answers to a test set", 64), ("run --data data.csv --load big", "a chip file", 256),
      ("exec big", "a program", 256), ("map --chip big", "a chip as --print-chip writes it", 4),
      ("sweep merge big -o all.csv", "the results of a sweep", 512),
      ("sweep digits --axis dac-bits=4 -o big", "the results of a sweep", 512),
    ])
  func longest(_ words: String, _ kind: String, _ mebibytes: Int) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (bytes, isRefused) in [(mebibytes << 20 + 1, true), (mebibytes << 20, false)] {
      let ran = try Transcript.run("truncate -s \(bytes) big; mblstm \(words)", in: folder)
      let told = "big: has \(bytes) bytes; expected \(kind), of \(mebibytes << 10) KiB at most"
      #expect(ran.error.contains(told) == isRefused && ran.status == 2, "\(ran)")
    }
  }

  @Test("What is not there, a folder, a file as a folder: the system's reason and status 2, at once and nothing left")
  func reasons() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for line in Self.lines {
      for option in line.options {
        var cases = [
          ("data.csv/x", "Not a directory"), ("folder", "Is a directory"), ("none/x", "No such file or directory"),
        ]
        if try !Self.isOutput(line, option) { cases.append(("none.csv", "No such file or directory")) }
        for (path, reason) in cases {
          let command = line.with(option, path).replacing("TASK", with: "digits")
          let run = try Transcript.run(command, in: folder)
          #expect(run.status == 2 && run.error.contains(reason), "\(command): \(run.status) \(run.error)")
        }
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".partial") }
    #expect(left.isEmpty)
  }

  @Test("An output that is an input, or another output, is refused, through links too")
  func clashes() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let link = folder.appendingPathComponent("link.csv").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "data.csv")
    for line in Self.lines where line.words.contains("data.csv") {
      for option in line.options where try Self.isOutput(line, option) {
        for path in ["data.csv", "link.csv", "folder/../data.csv"] {
          let run = try Transcript.run(line.with(option, path), in: folder)
          #expect(
            run.status == 2 && run.error.contains("\(option) is '\(path)', which is read"),
            "\(line.with(option, path)): \(run.status) \(run.error)")
        }
      }
    }
    let vectors = folder.appendingPathComponent("vectors/tasks/digits")
    try FileManager.default.createDirectory(at: vectors, withIntermediateDirectories: true)
    for name in ["train.csv", "test.csv", "lstm16-hard.json"] {
      _ = FileManager.default.createFile(atPath: vectors.appendingPathComponent(name).path, contents: Data())
    }
    for (command, name) in [
      ("run digits --log", "test.csv"), ("run digits --vcd", "lstm16-hard.json"), ("train digits --save", "train.csv"),
      ("record digits --out", "test.csv"), ("sweep digits --axis adc-bits=8 -o", "lstm16-hard.json"),
      ("run digits --answers", "test.csv"),
    ] {
      let run = try Transcript.run("mblstm \(command) vectors/tasks/digits/\(name) --vectors vectors", in: folder)
      #expect(run.status == 2 && run.error.contains("is read (the task 'digits')"), "\(command): \(run.error)")
    }
    for (one, other) in [("x", "x"), ("x", "folder/../x"), ("-", "-")] {
      let run = try Transcript.run(
        "mblstm run --data data.csv --model model.json --log \(one) --vcd \(other)", in: folder)
      #expect(run.status == 2 && run.error.contains("are one file"), "\(run.error)")
    }
  }

  @Test("A full disk is a message and status 2, under a file, standard output and standard error")
  func full() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for command in [
      "mblstm run --data data.csv --model model.json --log /dev/full",
      "mblstm run --data data.csv --model model.json --vcd /dev/full", "mblstm map > /dev/full",
      "mblstm train --data data.csv --test data.csv --hidden 1 --epochs 1 --save /dev/full",
      "mblstm device > /dev/full",
    ] {
      let run = try Transcript.run(command, in: folder)
      #expect(run.status == 2 && run.error.contains("No space left on device"), "\(command): \(run.error)")
    }
    #expect(try Transcript.run("mblstm nothing 2> /dev/full", in: folder).status == 2)
  }

  @Test("A closed pipe ends quietly; '-' is standard output, with the report beside it")
  func pipes() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let closed = try Transcript.run("mblstm map --svd --tiles 8 | head -n 1", in: folder)
    #expect(closed.error.isEmpty && closed.output.hasPrefix("<?xml"))
    let log = try Transcript.run("mblstm run --data data.csv --model model.json --log - > log.csv", in: folder)
    #expect(log.status == 0 && log.error.contains("accuracy over 2 sequences"))
    let piped = try Transcript.run("cat log.csv | mblstm replay -", in: folder)
    #expect(piped.status == 0 && piped.output.hasPrefix("-: no difference"), "\(piped.error)")
  }

  @Test(
    "SIGINT and SIGTERM end a run, or a training while its first weights are written: the log is whole and says so",
    arguments: [("INT", 130), ("TERM", 143)],
    ["run digits", "train digits --hidden 8 --truncate 1 --read-noise 1% --variation 20% --synapse differential"])
  func signals(_ signal: (name: String, status: Int32), _ command: String) throws {
    let (name, status) = signal
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let vectors = "\(Transcript.repository)/vectors"
    // Its log has begun once it has written a megabyte, however fast it is.
    let hasBegun = "[ \"$(sed -n 's/^wchar: //p' /proc/$!/io)\" -gt 1000000 ]"
    let run = try Transcript.run(
      "\"\(Transcript.program)\" \(command) --vectors \(vectors) --log log.csv & "
        + "while kill -0 $! && ! \(hasBegun); do sleep 0.05; done; kill -\(name) $!; wait $!",
      in: folder)
    #expect(run.status == status && run.error.contains("interrupted by SIG\(name)"), "\(run.error)")
    let text = try String(contentsOf: folder.appendingPathComponent("log.csv"), encoding: .utf8)
    #expect(text.hasSuffix("# interrupted by SIG\(name)\n"))
    #expect(try Transcript.run("mblstm replay log.csv", in: folder).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasSuffix(".partial") })
  }
}
