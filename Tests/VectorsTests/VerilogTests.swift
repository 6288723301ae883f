import Foundation
import TestSupport
import Testing
import Vectors

/// The models of `vectors/rtl` against what is exported for Verilog, by Icarus Verilog and by Verilator.
@Suite("Models in Verilog")
struct VerilogTests {
  /// A mistake in a model, and the bench that says so.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let bench: String
    let text: String
    let replacement: String
    var testDescription: String { "\(bench): \(text) → \(replacement)" }

    init(_ bench: String, _ text: String, _ replacement: String) {
      self.bench = bench
      self.text = text
      self.replacement = replacement
    }

    func model() throws -> String {
      let model = try VerilogFolder.model(bench)
      try #require(model.ranges(of: text).count == 1)
      return model.replacing(text, with: replacement)
    }
  }

  static let mistakes = [
    Mistake("activation", "SHIFT = 11", "SHIFT = 12"),
    Mistake("activation", "(1 << (SHIFT - 1))", "0"),
    Mistake("activation", "z >= breakpoint", "z > breakpoint"),
    Mistake("activation", "line <= low_rail", "line < low_rail"),
    Mistake(
      "program_row",
      "if (positive != 0) pulse(POSITIVE);\n        else if (negative != 0) pulse(NEGATIVE);",
      "if (negative != 0) pulse(NEGATIVE);\n        else if (positive != 0) pulse(POSITIVE);"),
    Mistake("program_row", "assign set = phase == POSITIVE", "assign set = phase == NEGATIVE"),
    Mistake("program_row", "RELAX = 50", "RELAX = 49"),
    Mistake("program_row", "STEP = 2", "STEP = 1"),
    Mistake("program_row", "elapsed <= 1;", "elapsed <= 2;"),
    Mistake("program_row", "? -widths", "? ~widths"),
    Mistake("dac", "largest / 64'sd2", "64'sd0"),
    Mistake("dac", "code < 0 ? -bend : bend", "bend"),
    Mistake("dac", "64'sd4", "64'sd3"),
    Mistake("dac", "+ 64'(offset)", "- 64'(offset)"),
    Mistake("adc", "rounded > top ? top", "rounded > top + 64'sd1 ? top"),
    Mistake("adc", "64'sd1 <<< 14", "64'sd1 <<< 13"),
    Mistake("adc", "trim_offset = trim[15:0]", "trim_offset = 0"),
    Mistake("adc", "{48'b0, trim[31:16]}", "{{48{trim[31]}}, trim[31:16]}"),
    Mistake("adc", "overrange = rounded > top + 64'sd1", "overrange = rounded > top"),
    Mistake("adc", "+ (64'sd1 <<< (8'd16 - bits))", "+ 64'sd0"),
    Mistake("registers", "address[1:0] != 0", "0"),
    Mistake("registers", "(data & reserved) != 0", "0"),
    Mistake("registers", "index >= elements", "0"),
    Mistake("registers", "write && is_guarded && locked", "0"),
    Mistake("registers", "lane >= -127", "lane >= -128"),
    Mistake("registers", "lane <= 127", "lane <= 128"),
    Mistake("registers", "is_code = value != 0", "is_code = 1"),
    Mistake("registers", "~(replaced | (data & clear))", "~replaced"),
    Mistake("registers", "word[ERROR_ADDRESS] = address;", ""),
    Mistake("registers", "32'h55555555", "32'h15555555"),
    Mistake("mvm", "first ? current : sum + current", "sum + current"),
    Mistake("mvm", "highest + 64'sd131067", "highest"),
    Mistake("mvm", "+ STEP / 64'sd2 ", ""),
    Mistake("mvm", " || limited != amplified", ""),
    Mistake("mvm", "differential ? steps(minus)", "1'b0 ? steps(minus)"),
    Mistake("mvm", "{32'b0, lowest}", "64'd0"),
  ]

  /// Two models that answer nothing right, and a bench that compares unknowns with unknowns would pass.
  static let empty = ["value = z; assign slope = lines[15:0];", ""].map { body in
    """
    module activation(input [31:0] count, rails, input [511:0] breaks, lines, input signed [15:0] z,
      output signed [15:0] value, slope);
      \(body.isEmpty ? "" : "assign \(body)")
    endmodule

    """
  }

  @Test("The models pass, by the script that holds them or others", .needs(.iverilog))
  func models() throws {
    let folder = try VerilogFolder()
    defer { folder.remove() }
    let script = VerilogFolder.models.appendingPathComponent("check.sh").path
    let run = try Shell.run(script, [VerilogFolder.models.path, folder.url.path])
    #expect(run.status == 0, "\(run.output)")
    for bench in VerilogFolder.benches { #expect(run.output.contains("\(bench): passed: "), "\(run.output)") }
  }

  @Test("A model with one mistake fails", .needs(.iverilog), arguments: mistakes)
  func mistaken(_ mistake: Mistake) throws {
    let folder = try VerilogFolder()
    defer { folder.remove() }
    let place = folder.url.appendingPathComponent("mistaken")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try mistake.model().write(
      to: place.appendingPathComponent("\(mistake.bench).v"), atomically: true, encoding: .utf8)
    let run = try Shell.run(
      VerilogFolder.models.appendingPathComponent("check.sh").path, [place.path, folder.url.path])
    #expect(run.status == 1, "\(run.output)")
    #expect(run.output.hasPrefix("\(mistake.bench): failed: "), "\(run.output)")
  }

  @Test(
    "Every bench fails without its data: missing, empty, cut, longer, changed in a bit, with an x; in Icarus Verilog",
    .needs(.iverilog))
  func dataInIcarus() throws { try data(.icarus) }

  @Test(
    "Every bench fails without its data: missing, empty, cut, longer, changed in a bit, with an x; in Verilator",
    .needs(.verilator))
  func dataInVerilator() throws { try data(.verilator) }

  /// Models right and wrong in one build, since a build takes longest.
  private func data(_ simulator: Simulator) throws {
    let folder = try VerilogFolder()
    defer { folder.remove() }
    var wrong: [(name: String, bench: String, model: String)] = []
    for (number, model) in Self.empty.enumerated() { wrong.append(("empty\(number)", "activation", model)) }
    for bench in VerilogFolder.benches {
      guard let mistake = Self.mistakes.first(where: { $0.bench == bench }) else { continue }
      wrong.append(("wrong_\(bench)", bench, try mistake.model()))
    }
    let simulation = try folder.build(simulator, wrong: wrong)
    for (name, bench, _) in wrong {
      for file in folder.data(of: bench).prefix(1) {
        let whole = try folder.text(of: file)
        for text in [whole, nil] {
          try folder.write(text, to: file)
          let run = try simulation.run(name)
          #expect(
            run.status != 0 && run.output.contains("failed: ") && !run.output.contains("passed"), "\(name): \(run)")
        }
        try folder.write(whole, to: file)
      }
    }
    for bench in VerilogFolder.benches {
      let run = try simulation.run(bench)
      #expect(run.status == 0 && run.output.contains("passed: "), "\(bench): \(run)")
      for name in folder.data(of: bench) {
        for alteration in Alteration.allCases {
          let whole = try folder.text(of: name)
          try folder.write(alteration.applied(to: whole), to: name)
          let run = try simulation.run(bench)
          #expect(
            run.status != 0 && run.output.contains("failed: ") && !run.output.contains("passed"),
            "\(bench), \(name) \(alteration): \(run)")
          try folder.write(whole, to: name)
        }
      }
    }
  }
}

/// What may have become of a memory file.
enum Alteration: CaseIterable {
  case missing, empty, fiveLines, oneLineLess, oneLineMore, halfALine, lowestBit, highestBit, unknown, zerosUnknown
  case exchanged

  /// Nil where there is no file any more.
  func applied(to text: String) -> String? {
    var lines = text.split(separator: "\n").map(String.init)
    let last = lines.count - 1
    switch self {
    case .missing: return nil
    case .empty: return ""
    case .fiveLines: lines = Array(lines.prefix(5))
    case .oneLineLess: lines.removeLast()
    case .oneLineMore: lines.append(lines[last])
    case .halfALine: lines[last] = String(lines[last].prefix(lines[last].count / 2))
    case .lowestBit: lines[last] = String(lines[last].dropLast()) + Self.flipped(lines[last].last)
    case .highestBit: lines[1] = Self.flipped(lines[1].first) + String(lines[1].dropFirst())
    case .unknown: lines[last] = String(lines[last].dropLast()) + "x"
    case .zerosUnknown: lines = lines.map { $0.hasPrefix("//") ? $0 : $0.replacing("0", with: "x") }
    case .exchanged:
      let other = lines.dropFirst().firstIndex { $0 != lines[last] } ?? last
      lines.swapAt(other, last)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func flipped(_ digit: Character?) -> String {
    String((digit?.hexDigitValue ?? 0) ^ 1, radix: 16)
  }
}
