import Board
import Files
import ModelHeader
import Trace

/// What a caller makes a chip of.
extension ChipConfiguration {
  /// From JSON or from the lines of a log's head; with the usual tiles where JSON has none.
  /// - Parameter name: what errors call it.
  init(text bytes: [UInt8], named name: String) throws(InputError) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.first(where: { !$0.isWhitespace })?.isLetter == true else {
      try self.init(json: try Node(bytes, file: name))
      if tiles.isEmpty { tiles = Self.usualTiles }
      if let problem { throw InputError(name, problem.description) }
      return
    }
    do throws(ConfigurationProblem) { try self.init(description: text) } catch {
      throw InputError(name, error.description)
    }
  }

  /// From an argument of a call.
  init(argument: UnsafePointer<CChar>?) throws(Failure) {
    let text = try argument.text("configuration")
    do throws(InputError) { try self.init(text: Array(text.utf8), named: "configuration") } catch {
      throw .input(error)
    }
  }

  func machine(named name: String) throws(InputError) -> Machine<NoLog> {
    do throws(ConfigurationProblem) { return try Machine(self, log: NoLog()) } catch {
      throw InputError(name, error.description)
    }
  }
}

extension HeldChip {
  /// As after power-up.
  init(_ configuration: ChipConfiguration) throws(Failure) {
    do throws(ConfigurationProblem) { self.init(try Machine(configuration, log: NoLog())) } catch {
      throw .input(error)
    }
  }

  /// From a file: a configuration or a chip file.
  init(path: String) throws(Failure) {
    do throws(InputError) {
      let bytes = try InputFile.bytes(of: path, expecting: ChipFile.orConfiguration)
      let machine: Machine<NoLog>
      if ChipFile.isOne(bytes) {
        machine = try ChipFile(bytes: bytes, named: path).machine(log: NoLog(), named: path)
      } else {
        machine = try ChipConfiguration(text: bytes, named: path).machine(named: path)
      }
      self.init(machine)
    } catch { throw .input(error) }
  }
}

extension Optional where Wrapped == UnsafePointer<CChar> {
  /// A path, which is never a standard stream: those belong to the process.
  func path() throws(Failure) -> String {
    let path = try text("path")
    return path == "-" ? "./-" : path
  }

  /// A file to be written.
  func output() throws(Failure) -> OutputFile {
    let path = try path()
    guard !OutputFile.isStandardStream(path) else {
      throw Failure(MBLSTM_CANNOT_WRITE, "\(path) is a standard stream of the process, expected a file")
    }
    do throws(OutputError) { return try OutputFile(path) } catch { throw .output(error) }
  }
}
