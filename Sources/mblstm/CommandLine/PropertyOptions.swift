import Crossbar

/// Properties as options of a command.
enum PropertyOptions {
  /// - Parameter fallback: what holds when an option is not given; without it what is usual.
  static func options<Owner>(_ table: PropertyTable<Owner>, default fallback: Option.Fallback? = nil) -> [Option] {
    table.properties.map { option($0, default: fallback ?? .value($0.written($0[table.usual]))) }
  }

  static func option<Owner>(_ property: Property<Owner>, default fallback: Option.Fallback) -> Option {
    Option(name(property), placeholder(property), kind(property), default: fallback, property.meaning + ".")
  }

  /// Sets those that are given.
  static func set<Owner>(
    _ properties: [Property<Owner>], of owner: inout Owner, from arguments: Arguments
  ) throws(UsageError) {
    for property in properties {
      let name = name(property)
      guard arguments.declares(name), arguments.has(name), let text = arguments.text(name) else { continue }
      do throws(PropertyProblem) {
        try property.set(property.value(of: text), of: &owner)
      } catch {
        throw UsageError(error.message(about: name))
      }
    }
  }

  static func name<Owner>(_ property: Property<Owner>) -> String { "--\(property.name)" }

  private static func placeholder<Owner>(_ property: Property<Owner>) -> String {
    switch property.range {
    case .names, .words: "NAME"
    case .whole, .real: property.unit.placeholder
    }
  }

  private static func kind<Owner>(_ property: Property<Owner>) -> ValueKind {
    if case .names(let names) = property.range { return .choice(names) }
    if case .words = property.range { return .text }
    let domain = property.unit == .share || property.range == .whole(0...Int128(UInt64.max)) ? nil : property.limits
    return .form(expected: property.expected, domain: domain) { (try? property.value(of: $0)) != nil }
  }
}
