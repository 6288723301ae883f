import Files

/// The files that a command is going to write: opened, or proved writable, before its work starts.
///
/// What is not closed leaves nothing behind.
final class Outputs {
  /// By the name of the option.
  private var open: [String: OutputFile] = [:]
  /// Of what is replaced at every step: nobody else writes it meanwhile.
  private var locks: [FileLock] = []

  /// - Throws: when one cannot be written, or is also another, or is read.
  init(_ outputs: [Arguments.NamedFile], beside inputs: [Arguments.NamedFile]) throws {
    try Claims.check(outputs, inputs)
    for output in outputs {
      switch output.manner {
      case .whole, .stream, .streamOfPart: open[output.name] = try OutputFile(output.path)
      case .resumed, .grown:
        guard output.path != OutputFile.standardOutput else {
          throw UsageError("\(output.name) is '-', expected a file: it is read again")
        }
        _ = try OutputFile(output.path)
        if output.manner == .resumed { try lock(output.path) }
      case nil: break
      }
    }
  }

  private func lock(_ path: String) throws {
    guard FileStatus(path)?.isRegular ?? true else { return }
    guard let lock = try FileLock(of: path) else {
      throw InputError(path, "another run is writing it; expected a file that no other has")
    }
    locks.append(lock)
  }

  /// The file of an option, if it was given.
  func file(_ name: String) -> OutputFile? { open[name] }

  /// Makes the whole of a file, if it was asked for.
  func write(_ name: String, _ text: @autoclosure () throws -> String) throws {
    if let file = open[name] { try file.close(with: try text()) }
  }

  func write(_ name: String, bytes: @autoclosure () throws -> [UInt8]) throws {
    if let file = open[name] { try file.close(with: try bytes()) }
  }
}

/// Who has which file: each is written by one, and not read by another.
private enum Claims {
  /// What tells files apart, also before they are there.
  private enum Key: Hashable {
    case standard
    case existing(FileStatus.Identity)
    case coming(folder: FileStatus.Identity, name: String)
  }

  static func check(_ outputs: [Arguments.NamedFile], _ inputs: [Arguments.NamedFile]) throws(UsageError) {
    var writers: [Key: Arguments.NamedFile] = [:]
    for output in outputs {
      guard let key = key(output) else { continue }
      if let other = writers[key] {
        throw UsageError("\(other.name) and \(output.name) are one file, '\(output.path)'; expected a file for each")
      }
      writers[key] = output
    }
    for input in inputs where input.path != OutputFile.standardOutput {
      guard let key = key(input), let writer = writers[key] else { continue }
      throw UsageError("\(writer.name) is '\(writer.path)', which is read (\(input.name)); expected another file")
    }
    let standardInputs = inputs.filter { $0.path == "-" }
    guard standardInputs.count < 2 else {
      throw UsageError("standard input is to be read \(standardInputs.count) times; it can be read once")
    }
  }

  /// Nil for what any number may write to, and for what cannot be.
  private static func key(_ file: Arguments.NamedFile) -> Key? {
    if file.path == OutputFile.standardOutput { return .standard }
    let path = FilePath.resolvingLinks(file.path)
    if let status = FileStatus(path) { return status.isDevice ? nil : .existing(status.identity) }
    return FileStatus(FilePath.folder(of: path)).map { .coming(folder: $0.identity, name: FilePath.name(of: path)) }
  }
}
