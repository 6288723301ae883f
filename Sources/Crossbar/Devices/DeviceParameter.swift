/// A number that makes a device: what the model says of it, and what it is here.
public struct DeviceParameter: Sendable {
  /// As `--device-set` takes it: `on-resistance`.
  public let name: String
  /// As a member of JSON, in the parameter's unit.
  public let key: String
  /// What `value` and `range` count.
  public let unit: PropertyUnit
  /// What it means: the beginning of a sentence, without its end.
  public let meaning: String
  /// What values it may have, in its unit.
  public let range: PropertyRange
  /// What this device has, in its unit.
  public let value: PropertyValue
  /// For people, with its unit.
  public let described: String
  /// What it may be, with its unit: `0.05 to 5 V`.
  public let limits: String
}

/// A table that makes a device.
public struct DeviceTable: Sendable {
  /// In a text of the device: `set-table`.
  public let name: String
  /// As a member of JSON, with its unit: `setTablePicosiemens`.
  public let key: String
  /// What it and the numbers of its points mean: the beginning of a sentence, without its end.
  public let meaning: String
  /// What this device has.
  public let table: PulseTable
}

extension Device {
  /// What it is, in a line.
  public var summary: String { type(of: model).summary }
  /// What its model leaves out, in a sentence.
  public var leavesOut: String { type(of: model).leavesOut }
  /// Whether only voltages beyond a threshold move a cell, by a law of the model's own source.
  public var hasThreshold: Bool { type(of: model).hasThreshold }

  /// Every number that makes it, in the order of its model.
  public var parameters: [DeviceParameter] { model.listed }
  /// Every table that makes it beside the numbers, in the order of its model; empty for most models.
  public var tables: [DeviceTable] { model.listedTables }

  /// The published set that it is nearest to, itself for a published one.
  public var base: Published {
    let name = model.baseName
    guard let base = Self.catalog.first(where: { $0.name == name }) else {
      preconditionFailure("\(name) is in no catalog")
    }
    return base
  }

  /// Parameters that are not as in the published set, in words: `on-resistance 5000 Ω`.
  public var changes: [String] {
    let usual = base.device
    return zip(parameters, usual.parameters).filter { $0.value != $1.value }.map { "\($0.0.name) \($0.0.described)" }
      + zip(tables, usual.tables).filter { $0.table != $1.table }
      .map { "\($0.0.name) of \($0.0.table.points.count) points" }
  }

  /// Sets the parameter of a name; whether it fits the others is not yet looked at.
  /// - Throws: when it is out of its range.
  /// - Precondition: the model has one of that name.
  public mutating func set(_ name: String, to value: PropertyValue) throws(PropertyProblem) {
    self = try model.setting(name, to: value)
  }

  /// Sets the table of a name; whether it fits the rest is not yet looked at.
  /// - Precondition: the model has one of that name.
  public mutating func set(_ name: String, to table: PulseTable) {
    self = model.setting(name, to: table)
  }
}

extension DeviceModel {
  fileprivate var baseName: String { nearest.name }

  fileprivate var listed: [DeviceParameter] {
    Self.parameters.map { parameter in
      DeviceParameter(
        name: parameter.name, key: Property<Self>.key(parameter.name), unit: parameter.unit,
        meaning: parameter.meaning, range: parameter.range, value: parameter[self],
        described: parameter.described(parameter[self]), limits: parameter.limits)
    }
  }

  fileprivate var listedTables: [DeviceTable] {
    Self.tables.map { DeviceTable(name: $0.name, key: $0.key, meaning: $0.meaning, table: self[keyPath: $0.path]) }
  }

  fileprivate func setting(_ name: String, to value: PropertyValue) throws(PropertyProblem) -> Device {
    guard let parameter = Self.parameters.first(where: { $0.name == name }) else {
      preconditionFailure("no parameter \(name)")
    }
    var model = self
    try parameter.set(value, of: &model)
    return model.device
  }

  fileprivate func setting(_ name: String, to points: PulseTable) -> Device {
    guard let table = Self.tables.first(where: { $0.name == name }) else { preconditionFailure("no table \(name)") }
    var model = self
    model[keyPath: table.path] = points
    return model.device
  }
}
