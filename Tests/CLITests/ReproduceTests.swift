import Foundation
import TestSupport
import Testing

@testable import mblstm

/// The product's own tables take an hour; these take a second.
@Suite("Tables made again")
struct ReproduceTests {
  private static let tables = """
    {
      "format": 2,
      "sweeps": {
        "programmed": "digits --axis variation=0,20% --seeds 2 --limit 5",
        "taught": "vowels --mode train --hidden 2 --epochs 1 --limit 4 --axis device=vteam,umass --seeds 2"
      },
      "tables": {
        "small": {
          "heads": ["what"],
          "columns": [
            {"head": "one", "at": {"variation": "0%"}, "sweep": "programmed", "show": "mean"},
            {"head": "taught", "sweep": "taught", "at": {"device": "umass"}, "show": "interval", "decimals": 2}
          ],
          "rows": [{"texts": ["a row"]}, {"texts": ["the same"]}]
        },
        "costs": {
          "heads": ["device"],
          "columns": [
            {"head": "accuracy", "show": "mean"}, {"head": "writes", "show": "writes"},
            {"head": "pulses", "show": "pulses"}, {"head": "time", "show": "pulse-time"},
            {"head": "energy", "show": "programming-energy"}
          ],
          "rows": [
            {"texts": ["VTEAM"], "sweep": "taught", "at": {"device": "vteam"}},
            {"texts": ["UMass"], "sweep": "taught", "at": {"device": "umass"}}
          ]
        }
      },
      "plots": {"drawn": "programmed"},
      "others": {"elsewhere": {"command": "make elsewhere", "settings": {"what": [1, 2]}}}
    }

    """

  /// A folder with a product of its own: README.md, `vectors` with tables, tasks and plots.
  final class Product {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init(_ tables: String = ReproduceTests.tables) throws {
      try FileManager.default.createDirectory(
        at: place.appendingPathComponent("vectors/plots"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: place.path + "/vectors/tasks", withDestinationPath: Transcript.repository + "/vectors/tasks")
      try write(tables, "vectors/tables.json")
    }

    deinit { try? FileManager.default.removeItem(at: place) }

    func write(_ text: String, _ name: String) throws {
      try text.write(to: place.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: place.appendingPathComponent(name), encoding: .utf8)
    }

    func run(_ words: String) throws -> (output: String, error: String, status: Int32) {
      try Transcript.run("mblstm reproduce \(words) --vectors vectors", in: place)
    }
  }

  @Test("Writes each table with what its sweeps gave, and each plot; what is there already is not run again")
  func written() throws {
    let product = try Product()
    let run = try product.run("-o out")
    #expect(run.status == 0 && run.output == "out/small.md\nout/costs.md\nout/drawn.svg\n", "\(run)")
    let small = try product.text("out/small.md").split(separator: "\n")
    #expect(small.prefix(2) == ["| what | one | taught |", "|---|---|---|"] && small.count == 4)
    #expect(small[2].hasPrefix("| a row | 100.0 ± 0.0 % | ") && small[2].dropFirst(9) == small[3].dropFirst(12))
    let rows = try Self.rows(of: product.text("out/taught.csv"))
    let costs = try product.text("out/costs.md").split(separator: "\n")
    for (line, device) in zip(costs.dropFirst(2), ["vteam", "umass"]) {
      let own = rows.filter { $0["device"] == device }
      func mean(_ column: String) -> Double { own.reduce(0) { $0 + (Double($1[column] ?? "") ?? .nan) } / 2 }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let pulses = try #require(Double(cells[3].replacing(" ", with: "")))
      #expect(own.count == 2 && cells[1].hasPrefix(String(format: "%.1f ± ", 100 * mean("accuracy"))), "\(line)")
      #expect(cells[2] == String(format: "%.2f %%", 100 * mean("writes_per_weight_and_update")))
      #expect(abs(pulses / mean("pulses") - 1) <= 0.05 && pulses != mean("pulses"), "\(line)")
      #expect(cells[4] == quantity(mean("pulse_seconds"), "s") && cells[5] == quantity(mean("program_joules"), "J"))
    }
    let again = try product.run("small -o out")
    #expect(again.output == "out/small.md\n" && again.error.contains("out/taught.csv holds 4 of 4 points already"))
  }

  /// The rows of a sweep's results by the names of their columns.
  static func rows(of results: String) throws -> [[String: String]] {
    let lines = results.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: ",").map(String.init)
    }
    let names = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  @Test("Threads change no byte, nor does an end in the middle")
  func sameBytes() throws {
    let (one, two) = (try Product(), try Product())
    #expect(try one.run("-o out --threads 1").status == 0)
    #expect(try two.run("-o out --threads 2").status == 0)
    let results = try one.text("out/taught.csv")
    let third = try Product()
    try FileManager.default.createDirectory(
      at: third.place.appendingPathComponent("out"), withIntermediateDirectories: true)
    try third.write(String(results.dropLast(results.count / 5)), "out/taught.csv")
    #expect(try third.run("-o out").status == 0)
    for name in ["small.md", "costs.md", "drawn.svg", "taught.csv", "programmed.csv"] {
      let text = try one.text("out/" + name)
      #expect(try two.text("out/" + name) == text && third.text("out/" + name) == text, "\(name)")
    }
  }

  @Test("--check passes what was made, and tells the first line that is another, in the README and in a plot")
  func check() throws {
    let product = try Product()
    #expect(try product.run("-o out").status == 0)
    let readme = try """
    # Mine
    <!-- table costs -->
    \(product.text("out/costs.md"))<!-- end costs -->
    text
    <!-- table small -->
    \(product.text("out/small.md"))<!-- end small -->

    """
    let plot = try product.text("out/drawn.svg")
    try product.write(readme, "README.md")
    try product.write(plot, "vectors/plots/drawn.svg")
    let same = try product.run("--check -o out")
    #expect(same.status == 0 && same.output == "no difference in small, costs, drawn\n", "\(same)")
    let row = try #require(try product.text("out/small.md").split(separator: "\n").last)
    let small = "vectors/../README.md"
    for (old, new, message) in [
      (
        "the same | 100.0", "the same | 99.9",
        "\(small):13: expected '\(row)', found '\(row.replacing("100.0", with: "99.9"))' (table 'small')"
      ),
      ("\(row)\n", "", "\(small):13: expected '\(row)', found no line (table 'small')"),
      ("| energy |", "| energies |", "\(small):3: expected '| device | accuracy | writes | pulses | time | energy |'"),
    ] {
      try product.write(readme.replacing(old, with: new), "README.md")
      let other = try product.run("--check -o out")
      #expect(other.status == 1 && other.output.hasPrefix(message), "\(other)")
    }
    try product.write(readme.replacing("<!-- end small -->", with: ""), "README.md")
    let unmarked = try product.run("--check -o out")
    #expect(
      unmarked.status == 2 && unmarked.error.contains("has the line '<!-- end small -->' 0 times, expected it once"))
    try product.write(plot.replacing("digits", with: "letters"), "vectors/plots/drawn.svg")
    let drawn = try product.run("drawn --check -o out")
    #expect(drawn.status == 1 && drawn.output.hasPrefix("vectors/plots/drawn.svg:"), "\(drawn)")
    try product.write(plot.replacing("\n", with: "\r\n"), "vectors/plots/drawn.svg")
    #expect(try product.run("drawn --check -o out").output == "vectors/plots/drawn.svg: the ends of lines are others\n")
  }

  @Test("--list runs nothing")
  func list() throws {
    let product = try Product()
    let list = try product.run("--list")
    let lines = list.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      lines == [
        "name kind runs made by", "small table 8 mblstm reproduce small", "costs table 4 mblstm reproduce costs",
        "drawn plot 4 mblstm reproduce drawn", "elsewhere table – make elsewhere",
      ])
    #expect(!FileManager.default.fileExists(atPath: product.place.path + "/reproduced"))
    #expect(try product.run("drawn --list").output.split(separator: "\n").count == 2)
  }

  @Test(
    "What the settings cannot be is told with its line and member, before anything runs",
    arguments: [
      (#""format": 2"#, #""format": 1"#, "2: format: expected a whole number from 2 to 2, found 1"),
      ("--limit 5", "--limt 5", "4: sweeps.programmed: is no sweep: unknown option '--limt', did you mean '--limit'?"),
      ("--limit 5", "--threads 5", "4: sweeps.programmed: is no sweep: expected no --threads"),
      ("variation=0,20%", "variation=0,200%", "4: sweeps.programmed: is no sweep: variation in --axis is '200%'"),
      (#""drawn": "programmed""#, #""drawn": "programed""#, "did you mean 'programmed'?"),
      (#""drawn": "programmed""#, #""small": "programmed""#, "'small' is two tables or plots"),
      (#""variation": "0%""#, #""variation": "3%""#, "the sweep 'programmed' has no variation '3%'"),
      (#""variation": "0%""#, #""adc-bits": "3""#, "the sweep 'programmed' has no axis 'adc-bits'"),
      (
        #""head": "energy", "show""#, #""at": {"device": "umass"}, "head": "energy", "show""#,
        "21: tables.costs.columns[4].at.device: 'device' is said in the row and in its column"
      ),
      (#""at": {"device": "vteam"}"#, #""at": {}"#, "'at' says no 'device', of which the sweep 'taught' has 2 values"),
      (#"["VTEAM"]"#, #"["VTEAM", "more"]"#, "expected 1 elements, found 2"),
      (#"["VTEAM"]"#, #"["VTEAM"], "more": 1"#, "the member 'more' is unknown"),
      (#"["VTEAM"]"#, #"["VT|EAM"]"#, "'VT|EAM' cannot stand in a cell of Markdown"),
      (#""show": "pulses""#, #""show": "pulse""#, "expected one of mean, interval, writes, pulses, operations"),
      (#", "show": "writes""#, "", "'show' is missing, in the row and its column"),
      (
        #"{"texts": ["VTEAM"], "sweep": "taught", "#, #"{"texts": ["VTEAM"], "#,
        "'sweep' is missing, in the row and its column"
      ),
      (
        #""sweep": "programmed", "show": "mean""#, #""sweep": "programmed", "show": "writes""#,
        "the sweep 'programmed' tells nothing of 'writes'"
      ),
      (#""decimals": 2"#, #""decimal": 2"#, "the member 'decimal' is unknown, did you mean 'decimals'?"),
      (#""elsewhere": "#, #""small": "#, "'small' is two tables or plots"),
      (#""make elsewhere""#, #""""#, "others.elsewhere.command: expected a command in one line"),
      (#""settings""#, #""setting""#, "the member 'setting' is unknown, did you mean 'settings'?"),
      (#""plots": {"drawn": "programmed"}"#, #""plots": {"Drawn": "programmed"}"#, "'Drawn' is no name"),
      ("digits --axis", "merge --axis", "is no sweep: expected a sweep that runs, not 'merge'"),
      ("digits --axis variation=0,20%", "reber --axis variation=0,20%", "comes without trained weights"),
    ])
  func refused(_ old: String, _ new: String, _ message: String) throws {
    let text = Self.tables.replacing(old, with: new)
    #expect(text != Self.tables, "\(old)")
    let product = try Product(text)
    let run = try product.run("-o out")
    #expect(run.status == 2 && run.error.contains("vectors/tables.json:") && run.error.contains(message), "\(run)")
    #expect(!FileManager.default.fileExists(atPath: product.place.path + "/out"))
  }

  @Test("A table that is not there, a sweep of no table and two wishes at once are refused")
  func refusals() throws {
    let product = try Product()
    #expect(
      try product.run("smal").error.contains(
        "vectors/tables.json has no table 'smal', did you mean 'small'?; expected some of: small, costs, drawn"))
    #expect(
      try product.run("elsewhere").error.contains(
        "the table 'elsewhere' is not made of sweeps; what makes it: make elsewhere"))
    #expect(try product.run("--check --list").status == 2)
    try product.write(
      Self.tables.replacing(#""taught": "vowels"#, with: #""idle": "digits --axis variation=0", "taught": "vowels"#),
      "vectors/tables.json")
    #expect(try product.run("--list").error.contains("sweeps.idle: is in no table and no plot, expected it in one"))
    try product.write(Self.tables, "vectors/tables.json")
    #expect(try product.run("--check").error.contains("README.md"))
    let other = try product.run("drawn -o out")
    #expect(other.status == 0)
    try product.write(Self.tables.replacing("--limit 5", with: "--limit 6"), "vectors/tables.json")
    #expect(try product.run("drawn -o out").error.contains("out/programmed.csv: holds another sweep: it has 'subject"))
  }

  @Test("The product's own settings are of the schema, and can be run", .needs(.python3, .jsonschema))
  func own() throws {
    let vectors = Transcript.repository + "/vectors"
    let script = """
      import json, jsonschema
      schema = json.load(open('\(vectors)/schemas/tables.json'))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.Draft202012Validator(schema).validate(json.load(open('\(vectors)/tables.json')))
      """
    let result = try Shell.run("/usr/bin/env", ["python3", "-c", script])
    #expect(result.status == 0, "\(result.output)")
    let file = try TablesFile(path: vectors + "/tables.json")
    _ = try Reproduction(file, file.names, vectors: vectors, folder: "nowhere", threads: 1)
  }

  @Test("Every table of the settings stands in README.md between its markers, with its heads and the texts of its rows")
  func readme() throws {
    let file = try TablesFile(path: Transcript.repository + "/vectors/tables.json")
    let readme = try String(contentsOfFile: Transcript.repository + "/README.md", encoding: .utf8)
    for table in file.tables {
      let parts = readme.split(separator: "<!-- table \(table.name) -->\n").flatMap {
        $0.split(separator: "<!-- end \(table.name) -->\n")
      }
      try #require(parts.count == 3, "\(table.name)")
      let lines = parts[1].split(separator: "\n")
      #expect(lines.first.map(String.init) == table.head && lines.count == table.rows.count + 2, "\(table.name)")
      for (line, row) in zip(lines.dropFirst(2), table.rows) {
        let begin = TablesFile.Table.line(row.texts).dropLast()
        #expect(
          line.hasPrefix(begin) && line.split(separator: " | ").count == row.texts.count + row.cells.count, "\(line)")
      }
    }
    for other in file.others {
      for marker in ["<!-- table \(other.name) -->\n", "<!-- end \(other.name) -->\n"] {
        #expect(readme.split(separator: marker).count == 2, "\(marker)")
      }
    }
    for plot in file.plots {
      #expect(FileManager.default.fileExists(atPath: "\(Transcript.repository)/vectors/plots/\(plot.name).svg"))
    }
  }
}
