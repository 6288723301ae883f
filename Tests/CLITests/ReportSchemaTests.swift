import Foundation
import TestSupport
import Testing

@testable import mblstm

@Suite("Reports for machines")
struct ReportSchemaTests {
  private static let commands = [
    ("run", "run digits --limit 2 --answers 0.csv"), ("run", "run digits --limit 2 --update m.json --answers 1.csv"),
    ("run", "run digits --limit 2 --boot c.mbx --scrub"), ("train", "train vowels --limit 2 --epochs 2 --hidden 2"),
    ("train", "train airline --epochs 1 --hidden 2"),
    ("train", "train airline --schedule decay --epochs 2 --hidden 2 --checkpoint kept.mbx --after-cut left.mbx"),
    ("updates", "updates vowels --limit 3 --epochs 1 --hidden 2,3 --updates 2"),
    ("updates", "updates vowels --limit 2 --epochs 1 --hidden 2 --device umass"),
    ("check", "check r.json none.json"), ("check", "check r.json --trace"),
    ("bench", "bench --only nothing"), ("bench", "bench --only 128×64 --runs 5 --seconds 0.001"),
    ("version", "version"), ("compare", "compare 0.csv 1.csv"),
    ("device", "device vteam --cells 3"), ("device", "device measured --cells 2"), ("fidelity", "fidelity"),
    ("run", "run digits --limit 2 --technology 130nm"),
    ("train", "train vowels --limit 2 --epochs 1 --hidden 2 --technology 22nm"),
  ]

  @Test("Every --json is what the schema says that 'export schema' prints", .needs(.python3, .jsonschema))
  func valid() throws {
    let script = """
      import json, jsonschema, sys
      schema = json.load(open('schema.json'))
      jsonschema.Draft202012Validator.check_schema(schema)
      for number, name in enumerate(sys.argv[1:]):
          report = json.load(open(f'{number}.json'))
          jsonschema.Draft202012Validator({**schema, '$ref': f'#/$defs/{name}'}).validate(report)
      """
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    try script.write(to: place.appendingPathComponent("valid.py"), atomically: true, encoding: .utf8)
    let runs = Self.commands.enumerated().map { "mblstm \($1.1) --json > \($0).json 2> error.txt" }
    let result = try Transcript.run(
      "mblstm export schema > schema.json; cp \(Transcript.repository)/vectors/tasks/digits/lstm16-hard.json m.json; "
        + "mblstm run digits --limit 1 --commit --save c.mbx --upset 2 > run.txt 2> error.txt; "
        + "mblstm train airline --schedule decay --epochs 1 --hidden 2 --checkpoint kept.mbx --save left.mbx > run.txt 2> error.txt; "
        + "mblstm record digits --out r.json 2> error.txt; sed -i 's/R MBX.TILES 0x00000002/R MBX.TILES 0x00000003/' r.json; "
        + runs.joined(separator: "; ")
        + "; python3 valid.py "
        + Self.commands.map(\.0).joined(separator: " "), in: place)
    #expect(result.status == 0, "\(result.error)")
  }

  @Test("Every verb that has --json is tried")
  func all() {
    let verbs = Command.verbs.filter { $0.options.contains { $0.name == "--json" } }.map { $0.name }
    #expect(Set(verbs) == Set(Self.commands.map(\.0)))
  }
}
