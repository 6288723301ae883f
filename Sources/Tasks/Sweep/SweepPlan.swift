/// What a sweep does: a grid of settings, each point of it with every seed.
package struct SweepPlan: Sendable, Equatable {
  /// One setting and what it is set to, in this order.
  package struct Axis: Sendable, Equatable {
    package var name: String
    package var values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// One run of the sweep.
  package struct Point: Sendable, Equatable {
    /// From 0: seeds run fastest, the first axis slowest.
    package var number: Int
    /// One for each axis.
    package var values: [String]
    package var seed: UInt64
  }

  /// One line: what is done at every point, with what. Whatever changes the results belongs here.
  package let subject: String
  package let axes: [Axis]
  package let seeds: [UInt64]
  /// Names of what a point results in.
  package let columns: [String]

  /// - Precondition: one axis or more, everything unique and not empty, and no commas, blanks or line ends in names.
  package init(_ subject: String, axes: [Axis], seeds: [UInt64], columns: [String]) {
    let names = axes.map(\.name) + columns + ["point", "seed"]
    precondition(!axes.isEmpty && !seeds.isEmpty && !columns.isEmpty, "axes, seeds and columns")
    precondition(
      Set(names).count == names.count && Set(seeds).count == seeds.count
        && axes.allSatisfy { !$0.values.isEmpty && Set($0.values).count == $0.values.count }, "everything is unique")
    precondition((names + axes.flatMap(\.values)).allSatisfy(Self.isCell), "names and values are plain")
    precondition(!subject.contains(where: \.isNewline), "the subject is one line")
    self.subject = subject
    self.axes = axes
    self.seeds = seeds
    self.columns = columns
  }

  /// Whether a text can stand in the table.
  static func isCell(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0 == "," || $0 == "\"" || $0 == "#" || $0.isWhitespace }
  }

  /// What fits in a file and in memory.
  package static var mostPoints: Int { 10_000_000 }

  /// Points of a plan with these axes; nil where they are too many for one.
  package static func count(of axes: [Axis], seeds: Int) -> Int? {
    var count = seeds
    for axis in axes {
      let (product, overflows) = count.multipliedReportingOverflow(by: axis.values.count)
      guard !overflows, product <= mostPoints else { return nil }
      count = product
    }
    return count
  }

  package var count: Int { axes.reduce(seeds.count) { $0 * $1.values.count } }

  package func point(_ number: Int) -> Point {
    var rest = number / seeds.count
    var values: [String] = []
    for axis in axes.reversed() {
      values.insert(axis.values[rest % axis.values.count], at: 0)
      rest /= axis.values.count
    }
    return Point(number: number, values: values, seed: seeds[number % seeds.count])
  }

  /// The first point of each setting.
  var settings: [Point] { stride(from: 0, to: count, by: seeds.count).map(point) }

  // MARK: As text

  /// The lines before the rows of a results file.
  func head(_ shard: SweepShard) -> String {
    (["# mblstm sweep \(Self.version) plan=\(hash) points=\(count) shard=\(shard)"] + lines.map { "# " + $0 } + [
      (["point"] + axes.map(\.name) + ["seed"] + columns).joined(separator: ",") + "\n"
    ]).joined(separator: "\n")
  }

  static let version = 2

  var lines: [String] {
    ["subject \(subject)"] + axes.map { "axis \($0.name)=\($0.values.joined(separator: ","))" }
      + ["seeds \(seeds.map(String.init).joined(separator: ","))"]
  }

  /// What tells this plan from others: FNV-1a of its text.
  package var hash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (lines + columns).joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The row of a point, with its line end.
  func row(_ number: Int, _ cells: [String]) -> String {
    let point = point(number)
    return (["\(number)"] + point.values + ["\(point.seed)"] + cells).joined(separator: ",") + "\n"
  }
}

/// The part of a sweep that one process does: every `of`-th point, from `index` on.
package struct SweepShard: Sendable, Equatable, CustomStringConvertible {
  package var index: Int
  package var of: Int

  package static let whole = SweepShard(0, of: 1)

  /// - Precondition: 0 ≤ index < of.
  package init(_ index: Int, of: Int) {
    precondition(of > 0 && (0..<of).contains(index), "a shard is one of several")
    self.index = index
    self.of = of
  }

  /// Reads `2/8`; nil where that is none.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let of = Int(parts[1]), of > 0, (0..<of).contains(index)
    else { return nil }
    self.init(index, of: of)
  }

  package var description: String { "\(index)/\(of)" }
  package func contains(_ point: Int) -> Bool { point % of == index }
  /// How many of so many points belong to it.
  package func count(of points: Int) -> Int { points > index ? (points - index - 1) / of + 1 : 0 }
}
