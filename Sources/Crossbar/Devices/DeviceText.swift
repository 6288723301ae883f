import Files

/// A device that cannot be, in words.
public struct DeviceProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  /// A problem in these words: a sentence without its end.
  public init(_ description: String) { self.description = description }
}

/// A device in one word, as heads of files hold it and options take it: a published set, and behind colons what is
/// different from it, in the units of the parameters:
///
///     vteam
///     vteam:on-resistance=5000:set-threshold=0.9
///     measured:set-table=2900000/325000/526000,4700000/…
///
/// Numbers are the shortest that read back as the same bits.
extension Device: CustomStringConvertible {
  public var description: String { model.text(withTables: true) }

  /// For people: tables only by their number of points.
  public var name: String { model.text(withTables: false) }

  /// - Throws: what is unknown, unreadable, out of its range or unusable with the rest.
  public init(_ description: some StringProtocol) throws(DeviceProblem) {
    var items = String(description).split(separator: ":", omittingEmptySubsequences: false)
    let name = items.removeFirst()
    guard let device = Device(name: name) else { throw Self.unknown(name) }
    self = device
    try set(items)
    if let problem { throw DeviceProblem(problem) }
  }

  /// That there is no such device.
  public static func unknown(_ name: some StringProtocol) -> DeviceProblem {
    DeviceProblem(
      "device is '\(name)', expected one of: \(names.joined(separator: ", "))\(NearestName.hint(name, among: names))")
  }

  /// Sets parameters by `name=value`, each with or without its unit; whether they fit together is not yet looked at.
  /// - Throws: what is unknown, unreadable or out of its range.
  public mutating func set(_ items: some Sequence<Substring>) throws(DeviceProblem) {
    var seen: Set<Substring> = []
    for item in items {
      guard let sign = item.firstIndex(of: "=") else {
        throw DeviceProblem("'\(item)' of the device, expected name=value")
      }
      let name = item[..<sign]
      guard seen.insert(name).inserted else { throw DeviceProblem("'\(name)' of the device is given twice") }
      self = try model.setting(name, to: item[item.index(after: sign)...])
    }
  }
}

extension DeviceModel {
  /// The published set that the fewest parameters differ from, the first of several.
  var nearest: PublishedParameters<Self> {
    let distances = Self.published.map { set in
      Self.parameters.count { $0[self] != $0[set.model] }
        + Self.tables.count { self[keyPath: $0.path] != set.model[keyPath: $0.path] }
    }
    return Self.published[distances.indices.min { distances[$0] < distances[$1] } ?? 0]
  }

  func text(withTables: Bool) -> String {
    let base = nearest
    let numbers = Self.parameters.filter { $0[self] != $0[base.model] }.map { "\($0.name)=\($0[self].shortest())" }
    let tables = Self.tables.filter { self[keyPath: $0.path] != base.model[keyPath: $0.path] }.map { table in
      let points = self[keyPath: table.path]
      return "\(table.name)=\(withTables ? "\(points)" : "(\(points.points.count) points)")"
    }
    return ([base.name] + numbers + tables).joined(separator: ":")
  }

  func setting(_ name: Substring, to written: Substring) throws(DeviceProblem) -> Device {
    var model = self
    if let parameter = Self.parameters.first(where: { $0.name == name }) {
      do {
        try parameter.set(try parameter.value(of: written), of: &model)
      } catch {
        throw DeviceProblem("\(error)")
      }
    } else if let table = Self.tables.first(where: { $0.name == name }) {
      guard let points = PulseTable(String(written)) else {
        throw DeviceProblem("\(name) is '\(written)', expected conductance/mean/deviation of each point, in pS")
      }
      model[keyPath: table.path] = points
    } else {
      let names = Self.parameters.map(\.name) + Self.tables.map(\.name)
      throw DeviceProblem(
        "'\(name)' is no parameter of \(nearest.name), expected one of: \(names.joined(separator: ", "))"
          + NearestName.hint(name, among: names))
    }
    return model.device
  }
}
