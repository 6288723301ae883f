/// All properties of something, in the order in which they are set and written.
///
/// Texts hold what differs from the usual: a property that is added later and is as usual changes no text.
public struct PropertyTable<Owner: Sendable>: Sendable {
  /// In the order in which they are set and written.
  public let properties: [Property<Owner>]
  /// With every property as it is when nothing is said of it.
  public let usual: Owner

  /// - Precondition: no name, no text and no key is there twice.
  public init(usual: Owner, _ properties: [Property<Owner>]) {
    self.usual = usual
    self.properties = properties
    for path in [\Property<Owner>.name, \Property<Owner>.text, \Property<Owner>.key] {
      precondition(Set(properties.map { $0[keyPath: path] }).count == properties.count, "a property is there twice")
    }
  }

  /// The same with more properties behind the others.
  public func adding(_ more: [Property<Owner>]) -> PropertyTable { PropertyTable(usual: usual, properties + more) }

  /// The name of each, in the order of the table.
  public var names: [String] { properties.map(\.name) }
  /// The one of that name, or nil.
  public func named(_ name: some StringProtocol) -> Property<Owner>? { properties.first { $0.name == name } }

  /// Whether `owner` has the value that `usual` has.
  public func isUsual(_ property: Property<Owner>, in owner: Owner) -> Bool { property[owner] == property[usual] }

  /// Those that a text has to hold.
  public func written(of owner: Owner) -> [Property<Owner>] {
    properties.filter { $0.isAlwaysWritten || !isUsual($0, in: owner) }
  }

  /// The first number out of its range, or nil.
  public func problem(of owner: Owner) -> PropertyProblem? {
    for property in properties {
      if property.range.isOfNames { continue }
      if property.range.clean(property[owner]) == nil { return property.problem("\(property[owner])") }
    }
    return nil
  }

  /// `name=value` for each that a text has to hold, with a space between.
  public func text(of owner: Owner) -> String {
    written(of: owner).map { "\($0.text)=\($0[owner])" }.joined(separator: " ")
  }
}
