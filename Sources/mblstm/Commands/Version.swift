/// Tells which product this is.
enum VersionVerb: Verb {
  static let name = "version"
  static let summary = "Tell the version, and what it stands on."
  static let usage = "version [--json]"
  static let discussion = """
    The commit is that of the checkout around the program; the number of the results is raised when the same command
    gives others. Checksums are CRC-32: of the memory map as
    'mblstm map --tiles 8' prints it, and of the files vectors/v1/*.json without the schema, one after another.
    'mblstm --version' does the same.

    example: mblstm version
    """
  static let options: [Option] = [.json]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let version = ProductVersion()
    if arguments.has("--json") { try Console.json(version) } else { Console.print(version.text) }
    return .success
  }
}
