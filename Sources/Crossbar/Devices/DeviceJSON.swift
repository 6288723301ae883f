import Files

/// A device in JSON: a published set, and what is different from it, in the units of the parameters:
///
///     {"model": "vteam", "onResistance": 5000, "setThreshold": 0.9}
///     {"model": "measured", "setTablePicosiemens": [[2900000, 325000, 526000], …]}
///
/// What is absent is as published.
extension Device {
  /// - Parameter pulses: reads the CSV file that a member `pulses` of a measured device names; without it there is no
  ///   such member.
  package init(
    _ node: Node, pulses: ((String) throws(InputError) -> MeasuredPulses)? = nil
  ) throws(InputError) {
    var members = try node.members()
    let name = try members.take("model").choice(among: Self.names)
    guard var device = Device(name: name) else { preconditionFailure("\(name) is in the catalog") }
    if let pulses, case .measured = device, let member = members.takeIfPresent("pulses") {
      device = .measured(try pulses(try member.string()))
    }
    for parameter in device.parameters {
      guard let member = members.takeIfPresent(parameter.key) else { continue }
      let value = try member.propertyValue()
      do {
        try device.set(parameter.name, to: value)
      } catch {
        throw member.error("expected \(error.expected), found \(value)")
      }
    }
    for table in device.tables {
      guard let member = members.takeIfPresent(table.key) else { continue }
      device.set(table.name, to: try member.pulseTable())
    }
    try members.end()
    if let problem = device.problem { throw node.error(problem) }
    self = device
  }

  /// With what differs from the published set.
  package var json: JSON {
    let usual = base.device
    let numbers = zip(parameters, usual.parameters).filter { $0.value != $1.value }
      .map { JSON.Member($0.0.key, $0.0.value.json) }
    let tables = zip(tables, usual.tables).filter { $0.table != $1.table }.map { changed, _ in
      JSON.Member(
        changed.key,
        .array(
          changed.table.points.map { .array([$0.conductance, $0.mean, $0.deviation].map(JSON.number)) }))
    }
    return .object([JSON.Member("model", .string(base.name))] + numbers + tables)
  }
}

extension Node {
  fileprivate func propertyValue() throws(InputError) -> PropertyValue {
    switch value.kind {
    case .integer(let number): .whole(number)
    case .number(let number): .real(number)
    case .string(let name): .name(name)
    default: throw mismatch("a number")
    }
  }

  /// `[[conductance, mean step, deviation], …]`, picosiemens.
  fileprivate func pulseTable() throws(InputError) -> PulseTable {
    var points: [PulseTable.Point] = []
    for element in try elements() {
      let numbers = try element.elements(count: 3)
      points.append(
        PulseTable.Point(
          try numbers[0].number(), mean: try numbers[1].number(), deviation: try numbers[2].number()))
    }
    return PulseTable(points)
  }
}

extension PropertyValue {
  package var json: JSON {
    switch self {
    case .whole(let number): .integer(number)
    case .real(let number): .number(number)
    case .name(let name): .string(name)
    }
  }
}
