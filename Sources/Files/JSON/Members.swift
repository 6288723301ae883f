/// The members of an object, taken one by one; what nobody took is unknown.
package struct Members {
  private var untaken: [JSON.Member]
  /// What was asked for, there or not.
  private var known: [String] = []
  private let node: Node

  init(_ members: [JSON.Member], of node: Node) {
    untaken = members
    self.node = node
  }

  /// The member, or nil where there is none.
  package mutating func takeIfPresent(_ name: String) -> Node? {
    known.append(name)
    guard let place = untaken.firstIndex(where: { $0.name == name }) else { return nil }
    return node.member(untaken.remove(at: place))
  }

  package mutating func take(_ name: String) throws(InputError) -> Node {
    guard let member = takeIfPresent(name) else {
      throw node.error("'\(name)' is missing\(NearestName.hint(name, among: untaken.map(\.name)))")
    }
    return member
  }

  /// Whether a member is there and not yet taken.
  package func has(_ name: String) -> Bool { untaken.contains { $0.name == name } }

  /// All that nobody took.
  package mutating func takeRest() -> [(name: String, node: Node)] {
    defer { untaken = [] }
    return untaken.map { ($0.name, node.member($0)) }
  }

  /// - Throws: when there is a member that nobody took.
  package func end() throws(InputError) {
    guard let first = untaken.first else { return }
    throw node.error(
      "the member '\(first.name)' is unknown\(NearestName.hint(first.name, among: known))", at: first.value)
  }
}
