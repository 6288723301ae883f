import Files

/// A file of golden vectors, read strictly: what is not in the format is an error that names its place.
public struct VectorFile: Sendable {
  /// The version of the format, which a file has to be of.
  public static let format = 2
  private static let kind = FileKind("a file of golden vectors", mostBytes: 64 << 20)

  /// What errors call the file.
  public let path: String
  /// The version of the set that the file is of; nil of a recorded one, which is of none.
  public let version: String?
  /// Which part of an implementation its cases are about.
  public let suite: Suite
  /// Whether passing it shows that something is right, or that nothing changed.
  public let provenance: Provenance
  /// What an implementation that passes has shown.
  public let purpose: String
  /// Sentences of the specification that its cases hold together, beside those that each of them names.
  public let holds: [SentenceNumber]
  /// Kinds of mistakes that its cases are for, each with its meaning.
  public let flags: [(name: String, meaning: String)]
  private(set) var cases: [VectorCase]

  /// How many cases there are.
  public var count: Int { cases.count }

  /// Reads a file.
  /// - `specification`: whose sentences its cases hold; nil leaves their numbers alone.
  /// - Throws: when it cannot be read, or for the first thing in it that is not in the format.
  public init(path: String, specification: Specification? = nil) throws(InputError) {
    try self.init(try InputFile.bytes(of: path, expecting: Self.kind), path: path, specification: specification)
  }

  /// Reads a file by its content.
  /// - `path`: what the file is called in errors.
  /// - `specification`: whose sentences its cases hold; nil leaves their numbers alone.
  /// - Throws: for the first thing that is not in the format.
  public init(_ bytes: [UInt8], path: String, specification: Specification? = nil) throws(InputError) {
    var members = try Node(bytes, file: path).members()
    let format = try members.take("format")
    guard try format.integer() == Self.format else {
      throw format.mismatch("format \(Self.format)")
    }
    let version = members.takeIfPresent("version")
    let name = try members.take("suite")
    guard let suite = Suite(rawValue: try name.string()) else {
      let known = Suite.allCases.map(\.rawValue).joined(separator: ", ")
      throw name.error("a file without a runner: no suite is called '\(try name.string())', expected one of \(known)")
    }
    let kind = try members.take("kind")
    guard try kind.choice(Suite.Kind.self) == suite.kind else {
      throw kind.error("expected '\(suite.kind.rawValue)', the kind of \(suite.rawValue)")
    }
    self.path = path
    self.suite = suite
    provenance = try members.take("provenance").choice()
    self.version = try Self.version(version, members, isNeeded: provenance == .golden)
    purpose = try members.take("purpose").string()
    try Self.checkSource(try members.take("source"))
    holds = try members.takeIfPresent("holds")?.sentences(of: specification) ?? []
    flags = try Self.meanings(members.takeIfPresent("flags"))
    _ = try Self.meanings(members.take("fields"))
    let head = VectorCase.Head(
      suite: suite, isGolden: provenance == .golden, flags: flags.map(\.name), specification: specification)
    cases = try Self.cases(try members.take("cases"), head)
    try members.end()
  }

  /// The same with every `stride`-th case alone, from the first on.
  package func thinned(by stride: Int) -> VectorFile {
    var file = self
    file.cases = cases.filter { ($0.id - 1) % stride == 0 }
    return file
  }

  private static func checkSource(_ node: Node) throws(InputError) {
    var source = try node.members()
    _ = try source.take("generator").string()
    _ = try source.take("specification").string()
    try source.end()
  }

  /// `1.10`.
  private static func version(
    _ node: Node?, _ members: Members, isNeeded: Bool
  ) throws(InputError) -> String? {
    guard let node else {
      var members = members
      if isNeeded { _ = try members.take("version") }
      return nil
    }
    let text = try node.string()
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 2, numbers.allSatisfy({ UInt32($0).map(String.init) == String($0) }) else {
      throw node.mismatch("the version of a set, two numbers, as 1.10")
    }
    return text
  }

  private static func meanings(_ node: Node?) throws(InputError) -> [(name: String, meaning: String)] {
    var members = try node?.members()
    return try members?.takeRest().map { name, node throws(InputError) in (name, try node.string()) } ?? []
  }

  /// Ids are 1, 2, 3 … in order.
  private static func cases(
    _ node: Node, _ head: VectorCase.Head
  ) throws(InputError) -> [VectorCase] {
    var cases: [VectorCase] = []
    for element in try node.elements() {
      var members = try element.members()
      let id: Int = try members.take("id").integer(in: 1...Int.max)
      guard id == cases.count + 1 else {
        throw element.error(
          id <= cases.count
            ? "the id \(id) is there twice" : "the id is \(id), expected \(cases.count + 1): ids have no gaps")
      }
      cases.append(try VectorCase(id: id, element.asPart("case \(id)"), head))
    }
    guard !cases.isEmpty else { throw node.error("expected at least one case") }
    return cases
  }
}

/// One case, ready to run.
struct VectorCase: Sendable {
  enum Body: Sendable {
    case value(any ValueVector)
    case bus(BusVector)
    case firmware(FirmwareVector)
  }

  /// What the head of a file says of all its cases.
  struct Head {
    let suite: Suite
    let isGolden: Bool
    /// Kinds of mistakes.
    let flags: [String]
    let specification: Specification?
  }

  let id: Int
  let note: String?
  /// Nil where nobody has said.
  let verdict: VerdictClass?
  /// Kinds of mistakes that it is for.
  let flags: [String]
  /// Sentences that it would not pass with, were they broken.
  let holds: [SentenceNumber]
  let body: Body

  fileprivate init(id: Int, _ node: Node, _ head: Head) throws(InputError) {
    self.id = id
    var members = try node.members()
    _ = try members.take("id")
    note = try members.takeIfPresent("note").map { node throws(InputError) in try node.string() }
    let verdict = head.isGolden ? try members.take("verdict") : members.takeIfPresent("verdict")
    self.verdict = try verdict?.choice()
    let measured = members.takeIfPresent("holds")
    holds = try measured?.sentences(of: head.specification) ?? []
    flags = measured == nil ? [] : try members.take("flags").flags(of: head.flags)
    let free = members.takeIfPresent("free")
    var given = try members.take("given").members()
    var expect = try members.take("expect").members()
    switch head.suite.kind {
    case .value:
      if let free { throw free.error("nothing is free in a suite of values") }
      body = .value(try Self.value(head.suite, &given, &expect))
    case .bus:
      body = .bus(try BusVector(&given, &expect, free: try Freedom(free), self.verdict))
    case .firmware:
      body = .firmware(try FirmwareVector(&given, &expect, free: try Freedom(free)))
    }
    if let verdict, let found = self.verdict { try body.check(found, at: verdict) }
    try given.end()
    try expect.end()
    try members.end()
  }

  private static func value(
    _ suite: Suite, _ given: inout Members, _ expect: inout Members
  ) throws(InputError) -> any ValueVector {
    switch suite {
    case .fixed: try FixedVector(&given, &expect)
    case .activation: try ActivationVector(&given, &expect)
    case .dac: try DACVector(&given, &expect)
    case .adc: try ADCVector(&given, &expect)
    case .pulse: try PulseVector(&given, &expect)
    case .random: try RandomVector(&given, &expect)
    case .energy: try EnergyVector(&given, &expect)
    case .mvm, .registers, .programRow, .abort, .limits, .interrupts, .reset, .power, .flash, .settle, .windows,
      .cell, .programVerify, .lstmStep, .dense, .inference, .trainingStep, .calibration, .boot, .sides, .scrub,
      .features:
      preconditionFailure("\(suite) is no suite of values")
    }
  }
}

extension Node {
  /// Kinds of mistakes that the head of the file has, each once.
  fileprivate func flags(of known: [String]) throws(InputError) -> [String] {
    var flags: [String] = []
    for element in try elements() {
      let name = try element.choice(among: known)
      guard !flags.contains(name) else { throw element.error("'\(name)' is there twice") }
      flags.append(name)
    }
    return flags
  }
}
