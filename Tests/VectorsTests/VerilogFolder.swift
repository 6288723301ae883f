import Foundation
import TestSupport
import Vectors

enum Simulator { case icarus, verilator }

/// A folder of its own with what is exported for Verilog.
struct VerilogFolder {
  static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("vectors/rtl")

  static var benches: [String] { VerilogExport.suites.map(\.rawValue) }

  /// From `vectors/rtl`, or one that is exported with its bench.
  static func model(_ bench: String) throws -> String {
    if let file = try export.get().files.first(where: { $0.name == "\(bench).v" }) { return file.text }
    return try String(contentsOf: models.appendingPathComponent("\(bench).v"), encoding: .utf8)
  }

  /// Made once for all tests, from some of the cases: a pulse may take 65 536 steps to simulate.
  private static let export = Result { () throws -> VerilogExport in
    var export = VerilogExport()
    for suite in VerilogExport.suites {
      let file = try VectorFile(path: GoldenVectors.path("\(suite.rawValue).json"))
      let stride = suite == .programRow ? 48 : suite == .registers ? 1 : 12
      try export.add(file.thinned(by: stride))
    }
    return export
  }

  let url: URL
  private let files: [VerilogExport.File]

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("mblstm-rtl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    files = try Self.export.get().files
    for file in files { try write(file.text, to: file.name) }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// Memory files that a bench reads.
  func data(of bench: String) -> [String] {
    let text = files.first { $0.name == "\(bench)_tb.v" }?.text ?? ""
    return files.map(\.name).filter { $0.hasSuffix(".hex") && text.contains("\"\($0)\"") }
  }

  func text(of name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// Nil: the file goes.
  func write(_ text: String?, to name: String) throws {
    let place = url.appendingPathComponent(name)
    guard let text else { return try FileManager.default.removeItem(at: place) }
    try text.write(to: place, atomically: true, encoding: .utf8)
  }

  /// All benches with their models, and wrong models by names of their own, of which `+run=NAME` runs one.
  func build(_ simulator: Simulator, wrong: [(name: String, bench: String, model: String)]) throws -> Simulation {
    var sources: [String] = []
    var tops: [String] = []
    func add(_ name: String, _ bench: String, _ model: String) throws {
      let start = "\n  initial begin\n    compared"
      let text = try self.text(of: "\(bench)_tb.v")
        .replacing(start, with: start.replacing("initial", with: "initial if ($test$plusargs(\"run=\(name)_\")) "))
        .replacing("module \(bench)_tb", with: "module \(name)_tb")
        .replacing("  \(bench) dut", with: "  \(name) dut").replacing("  \(bench) #(", with: "  \(name) #(")
      try write(text, to: "\(name)_run.v")
      try write(
        model.replacing("module \(bench) ", with: "module \(name) ")
          .replacing("module \(bench)(", with: "module \(name)("), to: "\(name).v")
      sources += ["\(name)_run.v", "\(name).v"]
      tops.append("\(name)_tb")
    }
    for bench in Self.benches { try add(bench, bench, try Self.model(bench)) }
    for (name, bench, model) in wrong { try add(name, bench, model) }
    switch simulator {
    case .icarus:
      // One at a time: what is small starts soon.
      for top in tops { try require(try run("iverilog", ["-g2012", "-o", "\(top).vvp", "-s", top] + sources)) }
    case .verilator:
      let fast = "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0"
      try require(
        try run(
          "verilator",
          [
            "--binary", "--timing", "-Wno-MULTITOP", "-CFLAGS", "-O0", "-MAKEFLAGS", fast, "--prefix", "all", "-o",
            "all",
          ]
            + sources))
    }
    return Simulation(folder: self, simulator: simulator)
  }

  private func require(_ built: (output: String, status: Int32)) throws {
    guard built.status == 0 else { throw CannotBuild(output: built.output) }
  }

  struct CannotBuild: Error { let output: String }

  /// In the folder, where a simulation reads its files.
  fileprivate func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
    try Shell.run("/usr/bin/env", ["-C", url.path, program] + arguments)
  }
}

/// What was built of all benches.
struct Simulation {
  fileprivate let folder: VerilogFolder
  fileprivate let simulator: Simulator

  func run(_ name: String) throws -> (output: String, status: Int32) {
    switch simulator {
    case .icarus: try folder.run("vvp", ["-n", "\(name)_tb.vvp", "+run=\(name)_"])
    case .verilator: try folder.run("obj_dir/all", ["+run=\(name)_"])
    }
  }
}
