import Board
import Files
import Firmware
import Tasks
import Trace

/// A chip from a file, with the network that it serves with.
struct LoadedChip {
  let path: String
  let file: ChipFile
  let facts: NetworkFacts

  /// - Parameter boots: whether it serves with the network of its record, else with the one that the file names.
  /// - Throws: when it cannot: what is wrong, and what to do.
  init(path: String, boots: Bool) throws {
    self.path = path
    file = try ChipFile(path: path)
    guard boots else {
      facts = try NetworkFacts(file, on: try file.servingSide(named: path), named: path)
      return
    }
    // The record says which network that is: a controller on a board of its own reads it first.
    var session = Session(try file.poweredUp(log: NoLog(), named: path))
    let record = try Self.boot(&session, path)
    facts = try NetworkFacts(file, on: record.side, named: path)
    guard record.shape == facts.shape else {
      throw InputError(
        path, "its commissioning record is for \(record.shape), the file says \(facts.shape); \(Self.anew(path))")
    }
  }

  /// The weights that arrays hold: those of the file, or of a board that was made of it.
  func model<Log>(of machine: Machine<Log>) -> Model { facts.model(of: machine) }

  /// The weights that the file's arrays hold.
  var model: Model { get throws { model(of: try file.machine(log: NoLog(), named: path)) } }

  /// - Throws: when a network does not fit on the first two tiles.
  func expectRoom(for shape: NetworkShape) throws(InputError) {
    let chip = file.snapshot.configuration
    guard !chip.hasRoom(for: shape) else { return }
    let tiles = chip.tiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
    throw InputError(path, "has tiles of \(tiles), too small for \(shape)")
  }

  /// Has a controller start from the chip's record.
  /// - Throws: when it does not, with what to do.
  func boot<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws -> CommissioningRecord {
    try Self.boot(&session, path)
  }

  private static func boot<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, _ path: String
  ) throws -> CommissioningRecord {
    do throws(FirmwareRefusal) {
      return try session.boot()
    } catch {
      switch error.status {
      case .noRecord: throw InputError(path, "its flash holds no commissioning record; \(anew(path))")
      case .damagedRecord:
        throw InputError(path, "the commissioning record in its flash is damaged; \(anew(path))")
      case .foreignRecord:
        throw InputError(path, "the commissioning record in its flash is that of another die; \(anew(path))")
      default: throw error
      }
    }
  }

  private static func anew(_ path: String) -> String {
    "commission the chip anew: mblstm run TASK --load \(path) --commit --save NEW.mbx"
  }
}
