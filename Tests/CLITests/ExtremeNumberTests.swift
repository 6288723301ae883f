import Board
import Foundation
import TestSupport
import Testing

@testable import Tasks
@testable import mblstm

/// What no number that a user or a file gives may do: end the process by a signal.
@Suite("Extreme numbers")
struct ExtremeNumberTests {
  static let extremes = [
    "0", "-1", "1", "-0", "1.5", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "18446744073709551615", "4611686018427387903", "4611686018427387904", "4294967295", "4294967296", "2147483647",
    "-2147483648", "65536", "-32768", "1024", "1025", "1e308", "-1e308", "1e400", "1e100", "1e-320", "nan", "inf",
    "170141183460469231731687303715884105727", String(repeating: "9", count: 400),
  ]

  /// How the commands end that ran: well, with a difference, with words, at a limit, at a cut of the power.
  private static let statuses: Set<Int32> = [0, 1, 2, 123, 124, 125]

  /// A short run of each verb; the option tried goes behind it.
  private static let runs = [
    "run": "run --data data.csv --model model.json", "train": "train --data data.csv --test data.csv --epochs 1",
    "updates": "updates --data data.csv --epochs 1 --hidden 1 --updates 2",
    "sweep":
      "sweep --mode train --data data.csv --test data.csv --epochs 1 --seeds 1 --axis variation=0 --threads 1 --out new.csv",
    "exec": "exec end.hex --max-instructions 1000", "debug": "debug none.elf", "check": "check none.json",
    "record": "record digits --out new.json", "replay": "replay log.csv", "diff": "diff log.csv log.csv",
    "compare": "compare answers.csv answers.csv", "reproduce": "reproduce --list --tables tables.json",
    "shadow": "shadow log.csv", "shrink": "shrink log.csv --with false --out small.csv", "coverage": "coverage log.csv",
    "device": "device vteam", "map": "map", "datasheet": "datasheet", "export": "export schema",
    "bench": "bench --only nothing",
  ]

  private static func isNumber(_ kind: ValueKind) -> Bool {
    switch kind {
    case .whole, .number, .share, .address, .form: true
    case .list(of: let kind): isNumber(kind)
    case .text, .choice, .input, .nameOrInput, .output, .folder: false
    }
  }

  /// The value in the form of an option.
  private static func value(_ placeholder: String, _ random: inout SeededRandom) -> String {
    let one = random.pick(extremes)
    return switch placeholder {
    case "WxB,…": "\(one)x\(random.pick(extremes))"
    case "I/N": "\(one)/\(random.pick(extremes))"
    case "NAME=V,V,…": "\(random.pick(["variation", "adc-bits", "wake-up", "rate", "window"]))=\(one)"
    case "NAME=V,…": "\(random.pick(["on-resistance", "set-threshold", "reset-rate"]))=\(one)"
    default: random.next() % 8 == 0 ? one + random.pick(["%", "k", "mV", "G"]) : one
    }
  }

  @Test("In any option of any verb they are values or refused in words")
  func options() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let all = Command.verbs.flatMap { verb in
      verb.allOptions.compactMap { option in
        option.value.flatMap { Self.isNumber($0.kind) ? (verb.name, option.name, $0.placeholder) : nil }
      }
    }
    #expect(Set(all.map(\.0)).isSubset(of: Set(Self.runs.keys)))
    for _ in 0..<Trials.count(40, long: 10_000) {
      let (verb, option, placeholder) = random.pick(all)
      guard var words = Self.runs[verb]?.split(separator: " ").map(String.init) else { continue }
      let value = Self.value(placeholder, &random)
      if let place = words.firstIndex(of: option) { words[place + 1] = value } else { words += [option, value] }
      // What is a value may be one of much work: the run is ended then.
      let command = "ulimit -c 0; timeout 20 mblstm " + words.map { "'\($0)'" }.joined(separator: " ")
      let run = try Transcript.run(command, in: folder)
      #expect(Self.statuses.contains(run.status), "seed \(seed): \(command): \(run.status) \(run.error)")
      if run.status == 2 { #expect(run.error.contains("mblstm"), "seed \(seed): \(command)") }
    }
  }

  private struct Sample {
    let file: String
    /// With `FILE` for it.
    let command: String
  }

  private static let samples = [
    Sample(file: "data.csv", command: "train --data FILE --test FILE --hidden 1 --epochs 1 --json"),
    Sample(file: "framed.csv", command: "train --data FILE --test FILE --hidden 1 --epochs 1"),
    Sample(file: "series.csv", command: "train --data FILE --test FILE --hidden 1 --epochs 1 --lags 2 --json"),
    Sample(file: "changes.csv", command: "train --data FILE --test FILE --hidden 1 --epochs 1 --json"),
    Sample(file: "model.json", command: "run --data data.csv --model FILE --json"),
    Sample(file: "chip.json", command: "run --data data.csv --model model.json --chip FILE --json"),
    Sample(file: "device.json", command: "device FILE --json"),
    Sample(file: "table.json", command: "run --data data.csv --model model.json --device FILE --json"),
    Sample(file: "pulses.csv", command: "device FILE --json"),
    Sample(file: "log.csv", command: "replay FILE"), Sample(file: "log.csv", command: "diff --cycles log.csv FILE"),
    Sample(file: "chip.mbx", command: "run --data data.csv --load FILE"),
    Sample(file: "chip.mbx", command: "run --data data.csv --boot FILE"),
    Sample(file: "chip.mbx", command: "exec end.hex --load FILE"),
    Sample(file: "check.mbx", command: "train --data data.csv --test data.csv --hidden 1 --epochs 2 --checkpoint FILE"),
    Sample(file: "sweep.csv", command: "sweep merge FILE --out merged.csv --svg merged.svg"),
    Sample(file: "answers.csv", command: "compare FILE FILE --json"),
    Sample(file: "tables.json", command: "reproduce --list --tables FILE"),
    Sample(file: "end.hex", command: "exec FILE --max-instructions 1000"),
    Sample(file: "waivers", command: "check none.json --waivers FILE"),
    Sample(file: "vectors.json", command: "check FILE"),
  ]

  private static let texts = [
    "data.csv": "# name=d T=2 F=2 classes=2 offset=0 scale=2\n0,1,0,-1,2\n1,-1,1,0,0\n",
    "framed.csv": "# n=2 T=4 F=1 frame=2 classes=2 offset=0 scale=2 variable_length=1\n0,1,0,-1,2\n1,-1,1,0,0\n",
    "series.csv": "# regression name=s F=1 offset=1 scale=4\n1,2\n2,3\n3,4\n2,1\n1,2\n",
    "changes.csv":
      "# regression name=c F=1 transform=log-difference season=2 offset=0 scale=2\n1,2\n2,3\n3,4\n2,1\n1,2\n",
    "model.json":
      #"{"version":1,"inputs":2,"hidden":1,"outputs":2,"activation":"hard","window":1,"lstm":[[0,0.5,0,0],"#
      + #"[0,0,0,0.1],[0,0,0,0],[0,0,0,-1]],"dense":[[0,0.25],[0,0]]}"#,
    "device.json": #"{"model":"vteam","onResistance":5000,"offResistance":200000,"setThreshold":0.9}"#,
    "table.json":
      #"{"model":"measured","setTablePicosiemens":[[2900000,325000,526000],[90700000,250000,540000]]}"#,
    "pulses.csv": "conductance (µS),pulse,mean step (nS),deviation (nS)\n2.9,SET,325,526\n4.7,SET,250,540\n"
      + "2.9,RESET,-2.8,380\n4.7,RESET,-76.4,518\n",
    "answers.csv":
      "# mblstm answers 1 task=d sequences=2 data=01234567\nsequence,label,answer,right\n1,0,1,0\n2,1,1,1\n",
    "tables.json":
      #"{"format":2,"sweeps":{"s":"digits --axis variation=0,0.1 --seeds 2 --limit 3"},"tables":{"t":{"heads":["h"],"#
      + #""columns":[{"head":"c","show":"mean","decimals":2}],"rows":[{"texts":["r"],"sweep":"s","at":{"variation":"0.1"}}]}},"#
      + #""plots":{"p":"s"},"others":{}}"#,
    "waivers": "fixed 1, why\n",
  ]

  /// The first cases of one of the product's own files.
  private func vectors(_ random: inout SeededRandom) throws -> [UInt8] {
    let v1 = URL(fileURLWithPath: Transcript.repository + "/vectors/v1")
    let names = try FileManager.default.contentsOfDirectory(atPath: v1.path).filter { $0 != "schema.json" }.sorted()
    let data = try Data(contentsOf: v1.appendingPathComponent(random.pick(names)))
    guard var file = try JSONSerialization.jsonObject(with: data) as? [String: Any], let cases = file["cases"] as? [Any]
    else { return [] }
    file["cases"] = Array(cases.prefix(2))
    return [UInt8](try JSONSerialization.data(withJSONObject: file, options: .sortedKeys))
  }

  private func prepare(_ folder: URL) throws {
    for (name, text) in Self.texts {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    for command in [
      "run --data data.csv --model model.json --log log.csv --save chip.mbx --commit",
      "train --data data.csv --test data.csv --hidden 1 --epochs 1 --checkpoint check.mbx",
      "sweep --mode train --data data.csv --test data.csv --hidden 1 --epochs 1 --axis variation=0,0.1 --seeds 2"
        + " --out sweep.csv",
      "run --data data.csv --model model.json --print-chip > chip.json",
    ] {
      let run = try Transcript.run("mblstm \(command)", in: folder)
      #expect(run.status == 0, "\(command): \(run.error)")
    }
  }

  /// With one of its numbers an extreme; a chip file's head or bytes, with the checksum that they then have.
  private static func changed(_ bytes: [UInt8], isChip: Bool, _ random: inout SeededRandom) -> [UInt8] {
    let text = String(decoding: bytes.prefix { !isChip || $0 < 0x80 && $0 != 0 }, as: UTF8.self)
    let numbers = text.ranges(of: /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/)
    guard !isChip || random.next() % 2 == 0 else {
      var bytes = Array(bytes.dropLast(4))
      let end = bytes.count - 1
      let first = text.utf8.count + Int(random.next() % 600)
      for place in min(first, end)...min(first + Int(random.next() % 8), end) {
        bytes[place] = random.pick([0, 0xff, 0x7f, 0x80])
      }
      return sealed(bytes)
    }
    let number = random.pick(numbers)
    let start = text.utf8.distance(from: text.startIndex, to: number.lowerBound)
    let end = text.utf8.distance(from: text.startIndex, to: number.upperBound)
    let changed = bytes[..<start] + Array(random.pick(extremes).utf8) + bytes[end...]
    return isChip ? sealed(Array(changed.dropLast(4))) : Array(changed)
  }

  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    bytes + withUnsafeBytes(of: CRC32.checksum(bytes).littleEndian, Array.init)
  }

  @Test("In any place of any file they are values or refused in words")
  func files() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try prepare(folder)
    for sample in Self.samples {
      let name = "changed." + (sample.file.split(separator: ".").last ?? "")
      for _ in 0..<Trials.count(2, long: 1000) {
        let bytes =
          sample.file == "vectors.json"
          ? try vectors(&random) : [UInt8](try Data(contentsOf: folder.appendingPathComponent(sample.file)))
        let changed = Self.changed(bytes, isChip: name.hasSuffix("mbx"), &random)
        try Data(changed).write(to: folder.appendingPathComponent(name))
        let command = sample.command.replacing("FILE", with: name)
        let run = try Transcript.run("ulimit -c 0; timeout 60 mblstm \(command)", in: folder)
        #expect(Self.statuses.contains(run.status), "seed \(seed): \(command): \(run.status) \(run.error)")
      }
    }
  }

  @Test("What has no end and what is huge is refused at once, without its memory", arguments: ["zero", "huge"])
  func endless(_ source: String) throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["huge.csv", "huge.json", "huge.mbx"] {
      let path = folder.appendingPathComponent(name).path
      _ = FileManager.default.createFile(atPath: path, contents: Data())
      #expect(truncate(path, 100 << 30) == 0)
    }
    for line in FileMannersTests.lines {
      // What a program reads is taken as it comes.
      for option in line.options where try option != "--uart-input" && !FileMannersTests.isOutput(line, option) {
        let path = source == "zero" ? "/dev/zero" : "huge.csv"
        let command = line.with(option, path).replacing("TASK", with: "digits")
        let run = try Transcript.run("ulimit -c 0; ulimit -v 500000; timeout 20 \(command)", in: folder)
        #expect(run.status == 2 && run.error.contains("mblstm"), "\(command): \(run.status) \(run.error)")
      }
    }
  }
}
