import Files
import Registers
import Tasks
import Trace

/// Differences of logs that someone has looked at and lets be, one kind a line:
///
///     MBX0.SENSE, another die
///     MBX*.SENSE[3].ODD lines 100-240, the column that is bonded otherwise
///     event MBX1 cycles 0-5000, its supply comes up later
///
/// A register, or one of its fields, by name, where `*` stands for any text; without an index all of an array; or what a
/// block does. Then, if wanted, the lines or cycles of the first log, a comma and a reason. A waiver of a field lets other
/// values of it be, one of a register also that an access is missing, more, or of another cycle. Empty lines and those that
/// begin with `#` say nothing.
package struct LogWaivers: Sendable {
  package struct Waiver: Sendable {
    fileprivate let block: NamePattern
    /// Nil for what a block does.
    fileprivate let register: NamePattern?
    fileprivate let index: Int?
    fileprivate let field: NamePattern?
    fileprivate let span: Span
    /// As it is written, without the reason.
    package let what: String
    package let reason: String
    package let line: Int
  }

  /// Where a waiver holds.
  fileprivate struct Span: Sendable {
    let lines: ClosedRange<UInt64>
    let cycles: ClosedRange<UInt64>
  }

  package let path: String
  package let waivers: [Waiver]
  /// Those that mean a register, or a block's events: few of many, looked for once.
  private var named: [Named: [Int]] = [:]
  private enum Named: Hashable {
    case register(RegisterPlace)
    case events(of: String)
  }
  /// Whether each has waived something.
  private var isUsed: [Bool]
  private let maps = BlockMap.board(tiles: MemoryMap.maximumTiles)

  /// - Throws: for the first line that is none, or that names what no board has.
  package init(path: String) throws(InputError) {
    try self.init(TextFile(path, expecting: "waivers: a register, a comma and a reason a line"))
  }

  package init(_ file: TextFile) throws(InputError) {
    path = file.path
    var waivers: [Waiver] = []
    for (number, line) in file.lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      waivers.append(try Self.waiver(line, number + 1, file.path, maps))
    }
    self.waivers = waivers
    isUsed = Array(repeating: false, count: waivers.count)
  }

  private static func waiver(
    _ line: Substring, _ number: Int, _ path: String, _ maps: [BlockMap]
  ) throws(InputError) -> Waiver {
    let parts = line.split(separator: ",", maxSplits: 1)
    var words = (parts.first ?? "").split { $0.isWhitespace }[...]
    let reason = parts.count == 2 ? parts[1].trimmed : ""
    let isEvent = words.first == "event"
    if isEvent { words = words.dropFirst() }
    guard let name = words.popFirst(), !reason.isEmpty else { throw malformed(line, number, path) }
    var ranges: [Substring: ClosedRange<UInt64>] = [:]
    while let kind = words.popFirst() {
      guard kind == "lines" || kind == "cycles", ranges[kind] == nil, let range = words.popFirst().flatMap(range) else {
        throw malformed(line, number, path)
      }
      ranges[kind] = range
    }
    let names = name.split(separator: ".", omittingEmptySubsequences: false)
    guard isEvent ? names.count == 1 : (2...3).contains(names.count) else { throw malformed(line, number, path) }
    var (register, index) = (names.count > 1 ? names[1] : nil, nil as Int?)
    if let written = register, let bracket = written.firstIndex(of: "[") {
      let text = written[written.index(after: bracket)...].dropLast()
      guard written.hasSuffix("]"), text == "*" || Int(text) != nil else { throw malformed(line, number, path) }
      (register, index) = (written[..<bracket], Int(text))
    }
    let waiver = Waiver(
      block: NamePattern(names[0]), register: register.map { NamePattern($0) }, index: index,
      field: names.count > 2 ? NamePattern(names[2]) : nil,
      span: Span(lines: ranges["lines"] ?? 0...(.max), cycles: ranges["cycles"] ?? 0...(.max)),
      what: "\(isEvent ? "event " : "")\(name)", reason: String(reason), line: number)
    if let problem = waiver.problem(among: maps) { throw InputError(path, line: number, problem) }
    return waiver
  }

  private static func malformed(_ line: Substring, _ number: Int, _ path: String) -> InputError {
    InputError(
      path, line: number,
      "is '\(line)', expected a register or 'event' and a block, then 'lines A-B' or 'cycles A-B' if wanted, a comma and a"
        + " reason: 'MBX0.SENSE[3].ODD lines 10-20, why'")
  }

  /// `10-20`, or `10`.
  private static func range(_ text: Substring) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), let first = UInt64(ends[0]), let last = UInt64(ends[ends.count - 1]),
      first <= last
    else { return nil }
    return first...last
  }

  /// Whether one waiver, or several together, cover a difference.
  package mutating func waives(_ subject: DifferenceSubject, line: Int, cycle: UInt64) -> Bool {
    var used: [Int] = []
    switch subject {
    case .head: return false
    case .event(let block): used = near(.events(of: block), line, cycle)
    case .access(let address, let fields):
      guard let place = RegisterPlace(address, in: maps) else { return false }
      let near = near(.register(place), line, cycle)
      if let whole = near.first(where: { waivers[$0].field == nil }) {
        used = [whole]
      } else {
        for field in fields {
          guard let waiver = near.first(where: { waivers[$0].field?.matches(field) ?? false }) else { return false }
          used.append(waiver)
        }
      }
    }
    for waiver in used { isUsed[waiver] = true }
    return !used.isEmpty
  }

  /// Waivers of what is named that hold at a line and cycle, in their order.
  private mutating func near(_ name: Named, _ line: Int, _ cycle: UInt64) -> [Int] {
    let meant = named[name] ?? find(name)
    named[name] = meant
    return meant.filter {
      waivers[$0].span.lines.contains(UInt64(max(line, 0))) && waivers[$0].span.cycles.contains(cycle)
    }
  }

  private func find(_ name: Named) -> [Int] {
    switch name {
    case .events(let block):
      return waivers.indices.filter { waivers[$0].register == nil && waivers[$0].block.matches(block) }
    case .register(let place): return waivers.indices.filter { waivers[$0].covers(place) }
    }
  }

  /// Those that have waived nothing.
  package var unused: [Waiver] { waivers.indices.filter { !isUsed[$0] }.map { waivers[$0] } }
}

/// The names of an address.
private struct RegisterPlace: Hashable {
  let block: String
  let register: String
  let index: Int

  init?(_ address: UInt32, in maps: [BlockMap]) {
    for map in maps {
      guard let found = map.find(address &- map.base) else { continue }
      block = map.fullName
      register = "\(found.entry.register.name)"
      index = found.index
      return
    }
    return nil
  }
}

extension LogWaivers.Waiver {
  /// Whether the register, or a field of it, is meant.
  fileprivate func covers(_ place: RegisterPlace) -> Bool {
    guard let register, index ?? place.index == place.index else { return false }
    return block.matches(place.block) && register.matches(place.register)
  }

  /// What no board has.
  fileprivate func problem(among maps: [BlockMap]) -> String? {
    let blocks = maps.filter { block.matches($0.fullName) }
    guard !blocks.isEmpty else {
      return "no block is called '\(block)'\(NearestName.hint(block.description, among: maps.map(\.fullName)))"
    }
    guard let register else { return nil }
    let all = blocks.flatMap { $0.entries.map(\.register) }
    let registers = all.filter { register.matches("\($0.name)") }
    guard !registers.isEmpty else {
      let hint = NearestName.hint(register.description, among: all.map { "\($0.name)" })
      return "no register of \(block) is called '\(register)'\(hint)"
    }
    if let index, !registers.contains(where: { index >= 0 && index < Int($0.count) }) {
      return "\(block).\(register) has no element \(index)"
    }
    guard let field else { return nil }
    let fields = registers.flatMap { $0.fields.map { "\($0.name)" } }
    guard fields.contains(where: { field.matches($0) }) else {
      return
        "no field of \(block).\(register) is called '\(field)'\(NearestName.hint(field.description, among: fields))"
    }
    return nil
  }
}
