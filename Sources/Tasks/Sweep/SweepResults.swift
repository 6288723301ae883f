import Files

/// The rows of a sweep that are done: a table with its plan in comments before it.
///
///     # mblstm sweep 2 plan=8d0f… points=20 shard=0/1
///     # subject digits inference …
///     # axis variation=0.0,0.05,0.1,0.2
///     # seeds 1,2,3,4,5
///     point,variation,seed,accuracy,…
///     0,0.0,1,0.9549,…
///
/// While a sweep runs its file has rows in the order in which they were done, at the end in that of their numbers.
package struct SweepResults: Sendable, Equatable {
  package let plan: SweepPlan
  package let shard: SweepShard
  /// What the points done resulted in, by number.
  package private(set) var cells: [Int: [String]] = [:]

  package init(_ plan: SweepPlan, _ shard: SweepShard = .whole) {
    self.plan = plan
    self.shard = shard
  }

  /// Points of the shard.
  package var numbers: [Int] { (0..<shard.count(of: plan.count)).map { shard.index + $0 * shard.of } }
  package var missing: [Int] { numbers.filter { cells[$0] == nil } }

  /// - Precondition: the point belongs to the shard; there is a cell for each column.
  mutating func set(_ number: Int, _ row: [String]) {
    precondition(shard.contains(number) && row.count == plan.columns.count && row.allSatisfy(SweepPlan.isCell))
    cells[number] = row
  }

  /// The file of the rows, in order.
  package var text: String {
    plan.head(shard) + numbers.lazy.compactMap { number in cells[number].map { plan.row(number, $0) } }.joined()
  }

  // MARK: Reading

  /// Of as many points as there may be.
  static let kind = FileKind("the results of a sweep", mostBytes: 512 << 20, signatures: ["# mblstm sweep"])

  package init(path: String) throws(InputError) {
    try self.init(try InputFile.bytes(of: path, expecting: Self.kind), named: path)
  }

  /// Reads a file, also one whose last line was not finished: it is passed over.
  package init(_ bytes: [UInt8], named name: String) throws(InputError) {
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
    let lines = try TextFile(Array(whole), named: name).lines[...]
    guard let first = lines.first?.split(separator: " "), first.starts(with: ["#", "mblstm", "sweep"]), first.count > 3
    else { throw InputError(name, Self.kind.refusal) }
    guard first[3] == "\(SweepPlan.version)" else {
      throw InputError(name, "is of version \(first[3]), this program reads version \(SweepPlan.version)")
    }
    guard let shard = (first.last?.dropFirst("shard=".count)).flatMap({ SweepShard($0) }),
      let plan = SweepPlan(head: lines.dropFirst()), lines.starts(with: Self.lines(plan.head(shard)))
    else { throw InputError(name, "has a damaged head") }
    self.init(plan, shard)
    let count = Self.lines(plan.head(shard)).count
    for (number, line) in lines.enumerated().dropFirst(count) {
      try add(line, number + 1, named: name)
    }
  }

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  /// A number of which sums of squares are finite.
  private static func isResult(_ cell: String) -> Bool { Double(cell).map { $0.magnitude <= 1e100 } ?? false }

  private mutating func add(_ line: Substring, _ lineNumber: Int, named name: String) throws(InputError) {
    let items = line.cells.map(String.init)
    let row = Array(items.dropFirst(plan.axes.count + 2))
    guard let number = Int(items[0]), (0..<plan.count).contains(number), row.count == plan.columns.count,
      row.allSatisfy(Self.isResult), plan.row(number, row).dropLast() == line
    else { throw InputError(name, line: lineNumber, "'\(line)' is no row of this sweep") }
    guard shard.contains(number) else {
      throw InputError(name, line: lineNumber, "point \(number) does not belong to shard \(shard)")
    }
    if let before = cells[number], before != row {
      throw InputError(name, line: lineNumber, "point \(number) is there twice with different results")
    }
    cells[number] = row
  }

  // MARK: Merging

  /// Joins the files of all shards.
  /// - Throws: when they are of different plans, when a point is missing, or when one has two results.
  package init(merging paths: [String]) throws(InputError) {
    guard let first = paths.first else { throw InputError("merge", "expected files to merge") }
    self.init(try SweepResults(path: first).plan)
    for path in paths {
      let part = try SweepResults(path: path)
      if let difference = part.plan.difference(from: plan) {
        throw InputError(path, "is of another sweep than \(first): \(difference)")
      }
      for (number, row) in part.cells.sorted(by: { $0.key < $1.key }) {
        if let before = cells[number], before != row {
          throw InputError(path, "point \(number) has another result here than in a file before")
        }
        cells[number] = row
      }
    }
    guard let gap = missing.first else { return }
    let point = plan.point(gap)
    let setting = zip(plan.axes, point.values).map { "\($0.name)=\($1)" } + ["seed=\(point.seed)"]
    throw InputError(
      "merge", "point \(gap) (\(setting.joined(separator: ", "))) is in no file; \(missing.count) are missing")
  }
}

extension SweepPlan {
  /// Reads the lines after the first of a results file; nil where they are none.
  fileprivate init?(head: ArraySlice<Substring>) {
    var subject: String?
    var axes: [Axis] = []
    var seeds: [UInt64] = []
    for (place, line) in zip(head.indices, head) {
      if line.hasPrefix("# subject ") {
        subject = String(line.dropFirst("# subject ".count))
      } else if line.hasPrefix("# axis "), let sign = line.firstIndex(of: "=") {
        let name = line[..<sign].dropFirst("# axis ".count)
        axes.append(Axis(String(name), line[line.index(after: sign)...].split(separator: ",").map(String.init)))
      } else if line.hasPrefix("# seeds ") {
        seeds = line.dropFirst("# seeds ".count).split(separator: ",").compactMap { UInt64($0) }
      } else {
        let columns = head[place].split(separator: ",").dropFirst(axes.count + 2).map(String.init)
        guard let subject, subject.isOneLine, Self.isSound(axes, seeds, columns) else { return nil }
        self.init(subject, axes: axes, seeds: seeds, columns: columns)
        return
      }
    }
    return nil
  }

  /// Whether a plan can be made of what a file says.
  private static func isSound(_ axes: [Axis], _ seeds: [UInt64], _ columns: [String]) -> Bool {
    let names = axes.map(\.name) + columns + ["point", "seed"]
    func isUnique(_ texts: [String]) -> Bool { !texts.isEmpty && Set(texts).count == texts.count }
    return !axes.isEmpty && !columns.isEmpty && isUnique(names) && isUnique(seeds.map(String.init))
      && axes.allSatisfy { isUnique($0.values) } && (names + axes.flatMap(\.values)).allSatisfy(isCell)
      && count(of: axes, seeds: seeds.count) != nil
  }

  /// The first thing in which another plan differs from this one, or nil.
  func difference(from other: SweepPlan) -> String? {
    guard self != other else { return nil }
    let (own, others) = (lines + ["columns \(columns)"], other.lines + ["columns \(other.columns)"])
    guard let (line, wanted) = zip(own, others).first(where: { $0 != $1 }) else { return "it has other axes" }
    return "it has '\(line)', not '\(wanted)'"
  }
}
