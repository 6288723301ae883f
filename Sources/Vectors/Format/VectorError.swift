/// Why a file of golden vectors cannot be used: `FILE: case 17: given.script[3]: …`.
public struct VectorError: Error, Sendable, Equatable, CustomStringConvertible {
  public let file: String
  /// Id of the case, where it is inside one.
  public let caseID: Int?
  /// Path inside the case or the file, empty for all of it.
  public let field: String
  /// What is there, and what was expected.
  public let message: String

  public init(file: String, caseID: Int? = nil, field: String = "", _ message: String) {
    self.file = file
    self.caseID = caseID
    self.field = field
    self.message = message
  }

  public var description: String {
    ([file] + (caseID.map { ["case \($0)"] } ?? []) + (field.isEmpty ? [] : [field]) + [message])
      .joined(separator: ": ")
  }
}
