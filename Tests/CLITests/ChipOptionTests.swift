import Board
import Crossbar
import Foundation
import TestSupport
import Testing

@testable import mblstm

@Suite("A chip by its options and by its file")
struct ChipOptionTests {
  /// A value other than the usual one, as an option takes it.
  private static func other(_ property: ChipProperty) throws -> String {
    let usual = property[ChipConfiguration.properties.usual]
    let candidates: [PropertyValue] =
      switch property.range {
      case .whole(let range):
        [
          .whole(min(max(usual.number.map(Int128.init) ?? 0, range.lowerBound) + 1, range.upperBound)),
          .whole(range.upperBound - 1),
        ]
      case .real(let range): [.real((range.upperBound - range.lowerBound) / 100), .real(range.lowerBound)]
      case .names(let names), .words(let names): names.map { .name($0) }
      }
    let value = try #require(candidates.first { $0 != usual }, "\(property.name)")
    return "--\(property.name) \(property.written(value))"
  }

  @Test("What --print-chip writes of any options makes, by --chip, the same log as the options")
  func printedChip() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "# F=1 classes=2\n0,1\n1,-1\n".write(
      to: folder.appendingPathComponent("data.csv"), atomically: true, encoding: .utf8)
    let model =
      #"{"inputs":1,"hidden":1,"outputs":2,"activation":"hard","window":1,"lstm":[[0,0,0,0],[0,0,0,0],[0,0,0,0]],"#
      + #""dense":[[0,0],[0,0]]}"#
    try model.write(to: folder.appendingPathComponent("model.json"), atomically: true, encoding: .utf8)
    let options = try ChipConfiguration.properties.properties.map(Self.other).joined(separator: " ")
    let run = "mblstm run --data data.csv --model model.json"
    let made = try Transcript.run(
      "\(run) --print-chip \(options) > chip.json && \(run) \(options) --log options.csv"
        + " && \(run) --chip chip.json --log file.csv && cmp options.csv file.csv && mblstm replay file.csv",
      in: folder)
    #expect(made.status == 0, "\(options): \(made.error)")
    let printed = try String(contentsOf: folder.appendingPathComponent("chip.json"), encoding: .utf8)
    for property in ChipConfiguration.properties.properties { #expect(printed.contains("\"\(property.key)\"")) }
  }

  @Test("What a verb's file reads of the command line is in its table")
  func declared() throws {
    let folder = "\(Transcript.repository)/Sources/mblstm/Commands"
    var read = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".swift") {
      // `RunSetting.swift` is a part of `run`.
      let file = name.dropLast(".swift".count).lowercased()
      let verb = try #require(Command.verbs.first { file.hasPrefix($0.name) }, "\(name)")
      let declared = Set(verb.allOptions.map(\.name))
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let calls = text.matches(
        of:
          /arguments\.(?:outputs\.)?(?:has|text|texts|required|integer|number|share|address|choice|list|file|write)\(\s*"(--[a-z-]+)"/
      )
      for call in calls {
        #expect(declared.contains(String(call.1)), "\(name): \(call.1)")
        read += 1
      }
    }
    #expect(read > 40)
  }
}
