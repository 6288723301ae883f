import Foundation

/// What is wrong with a dump.
struct VCDProblem: Error, Equatable {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A value change dump, read as strictly as its grammar allows; shares nothing with the writer.
struct VCDDocument {
  struct Variable: Equatable {
    let path: String
    let width: Int
    var isReal = false
  }
  struct Change: Equatable {
    let time: UInt64
    let path: String
    let value: String
  }

  private(set) var variables: [Variable] = []
  private(set) var initial: [String: String] = [:]
  private(set) var changes: [Change] = []
  private(set) var times: [UInt64] = []
  private var byIdentifier: [Substring: Variable] = [:]

  init(_ text: String) throws(VCDProblem) {
    guard let split = text.range(of: "$enddefinitions $end\n#0\n$dumpvars\n") else {
      throw VCDProblem("no $dumpvars at time 0")
    }
    try declare(text[..<split.lowerBound])
    guard let end = text[split.upperBound...].range(of: "$end\n") else { throw VCDProblem("$dumpvars without end") }
    for line in text[split.upperBound..<end.lowerBound].split(separator: "\n") {
      let (variable, value) = try change(line)
      guard initial.updateValue(value, forKey: variable.path) == nil else { throw VCDProblem("twice: \(line)") }
    }
    guard initial.count == variables.count else { throw VCDProblem("a variable without initial value") }
    try dump(text[end.upperBound...])
  }

  private mutating func declare(_ text: Substring) throws(VCDProblem) {
    var words = text.split { $0 == " " || $0 == "\n" }[...]
    var scopes: [Substring] = []
    while let keyword = words.popFirst() {
      guard let end = words.firstIndex(of: "$end") else { throw VCDProblem("\(keyword) without $end") }
      let body = Array(words[..<end])
      words = words[(end + 1)...]
      switch keyword {
      case "$version", "$comment": break
      case "$timescale": guard body == ["1ns"] else { throw VCDProblem("timescale \(body)") }
      case "$scope": scopes.append(body[1])
      case "$upscope": scopes.removeLast()
      case "$var":
        guard body.count == 4, body[0] == "wire" || body[0] == "real" && body[1] == "64", let width = Int(body[1])
        else {
          throw VCDProblem("\(body)")
        }
        guard body[2].utf8.allSatisfy({ (33...126).contains($0) }) else { throw VCDProblem("code \(body[2])") }
        guard body[3].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { throw VCDProblem("\(body[3])") }
        let path = (scopes + [body[3]]).joined(separator: ".")
        let variable = Variable(path: path, width: width, isReal: body[0] == "real")
        variables.append(variable)
        guard byIdentifier.updateValue(variable, forKey: body[2]) == nil else { throw VCDProblem("code \(body[2])") }
      default: throw VCDProblem("keyword \(keyword)")
      }
    }
    guard scopes.isEmpty, Set(variables.map(\.path)).count == variables.count else { throw VCDProblem("scopes") }
  }

  private func change(_ line: Substring) throws(VCDProblem) -> (Variable, String) {
    if line.hasPrefix("r") { return try realChange(line) }
    let isVector = line.hasPrefix("b")
    let parts = isVector ? line.dropFirst().split(separator: " ") : [line.prefix(1), line.dropFirst()]
    guard parts.count == 2, let variable = byIdentifier[parts[1]] else { throw VCDProblem("undeclared: \(line)") }
    guard isVector == (variable.width > 1), !variable.isReal else { throw VCDProblem("kind: \(line)") }
    let isBinary = parts[0].count == variable.width && parts[0].allSatisfy { $0 == "0" || $0 == "1" }
    guard isBinary || parts[0] == "x" else { throw VCDProblem("width: \(line)") }
    return (variable, String(parts[0]))
  }

  private func realChange(_ line: Substring) throws(VCDProblem) -> (Variable, String) {
    let parts = line.dropFirst().split(separator: " ")
    guard parts.count == 2, let variable = byIdentifier[parts[1]] else { throw VCDProblem("undeclared: \(line)") }
    guard variable.isReal, Double(parts[0]) != nil else { throw VCDProblem("kind: \(line)") }
    return (variable, String(parts[0]))
  }

  private mutating func dump(_ text: Substring) throws(VCDProblem) {
    guard text.hasSuffix("\n"), text.split(separator: "\n").last?.hasPrefix("#") == true else {
      throw VCDProblem("no time at the end")
    }
    var time: UInt64 = 0
    var values = initial
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") {
        guard let next = UInt64(line.dropFirst()), next > time else { throw VCDProblem("after \(time): \(line)") }
        time = next
        times.append(time)
        continue
      }
      let (variable, value) = try change(line)
      guard values.updateValue(value, forKey: variable.path) != value else { throw VCDProblem("no change: \(line)") }
      changes.append(Change(time: time, path: variable.path, value: value))
    }
  }

  /// Times and values of one variable, the initial one first.
  func history(_ path: String) -> [Change] {
    [Change(time: 0, path: path, value: initial[path] ?? "")] + changes.filter { $0.path == path }
  }

  /// What a real variable is at a time, all changes of then made.
  func real(_ path: String, at time: UInt64) -> Double? {
    history(path).last { $0.time <= time }.flatMap { Double($0.value) }
  }

  /// The dump without its real variables, and without the times at which nothing else changes.
  static func withoutReals(_ text: String) -> String {
    var lines: [Substring] = []
    var dropped = false
    for line in text.split(separator: "\n") {
      let isNote = ["  wordline_", "  column_", "  pulse_", "  ERASE "].contains { line.hasPrefix($0) }
      if line.hasPrefix("r") || line.hasPrefix("$var real") || isNote {
        dropped = true
        continue
      }
      if line.hasPrefix("#"), dropped, lines.last?.hasPrefix("#") == true { lines.removeLast() }
      lines.append(line)
      dropped = false
    }
    return lines.map { "\($0)\n" }.joined()
  }

  /// Last value of each variable, as an unsigned number; nil while unknown.
  func last() -> [String: UInt32?] {
    var values = initial
    for change in changes { values[change.path] = change.value }
    return values.mapValues { UInt32($0, radix: 2) }
  }
}
