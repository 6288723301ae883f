import Foundation
import TestSupport
import Testing
import Vectors

/// The models of `vectors/rtl` against what is exported for Verilog, by Icarus Verilog.
@Suite("Models in Verilog")
struct VerilogTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("vectors/rtl")

  /// A mistake in a model, and the bench that says so.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let bench: String
    let text: String
    let replacement: String
    var testDescription: String { "\(bench): \(text) → \(replacement)" }
  }

  static let mistakes = [
    Mistake(bench: "activation", text: "SHIFT = 11", replacement: "SHIFT = 12"),
    Mistake(bench: "activation", text: "(1 << (SHIFT - 1))", replacement: "0"),
    Mistake(bench: "activation", text: "z >= breakpoint", replacement: "z > breakpoint"),
    Mistake(bench: "activation", text: "line <= low_rail", replacement: "line < low_rail"),
    Mistake(
      bench: "program_row",
      text: "if (positive != 0) pulse(POSITIVE);\n        else if (negative != 0) pulse(NEGATIVE);",
      replacement: "if (negative != 0) pulse(NEGATIVE);\n        else if (positive != 0) pulse(POSITIVE);"),
    Mistake(
      bench: "program_row", text: "assign set = phase == POSITIVE", replacement: "assign set = phase == NEGATIVE"),
    Mistake(bench: "program_row", text: "RELAX = 50", replacement: "RELAX = 49"),
    Mistake(bench: "program_row", text: "STEP = 2", replacement: "STEP = 1"),
    Mistake(bench: "program_row", text: "elapsed <= 1;", replacement: "elapsed <= 2;"),
    Mistake(bench: "program_row", text: "? -widths", replacement: "? ~widths"),
  ]

  @Test("The models pass", .needs(.iverilog))
  func models() throws {
    let run = try Self.check(Self.folder.path)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("activation: passed: ") && run.output.contains("program_row: passed: "))
  }

  @Test("A model with one mistake fails", .needs(.iverilog), arguments: mistakes)
  func mistaken(_ mistake: Mistake) throws {
    let name = "\(mistake.bench).v"
    let model = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    try #require(model.ranges(of: mistake.text).count == 1)
    let copies = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: copies) }
    try model.replacing(mistake.text, with: mistake.replacement)
      .write(to: copies.appendingPathComponent(name), atomically: true, encoding: .utf8)
    let run = try Self.check(copies.path)
    #expect(run.status == 1, "\(run.output)")
    #expect(run.output.hasPrefix("\(mistake.bench): failed: "))
  }

  /// What is exported, made once for all tests.
  private static let export = Result { () throws -> VerilogExport in
    var export = VerilogExport()
    for suite in [Suite.activation, .programRow] {
      try export.add(try VectorFile(path: GoldenVectors.path("\(suite.rawValue).json")))
    }
    return export
  }

  private static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mblstm-rtl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func check(_ models: String) throws -> (output: String, status: Int32) {
    let vectors = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: vectors) }
    for file in try export.get().files {
      try file.text.write(to: vectors.appendingPathComponent(file.name), atomically: true, encoding: .utf8)
    }
    return try Shell.run(folder.appendingPathComponent("check.sh").path, [models, vectors.path])
  }
}
