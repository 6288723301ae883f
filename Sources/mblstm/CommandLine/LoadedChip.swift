import Board
import Files
import Firmware
import Tasks
import Trace

/// A chip from a file, with the network that its arrays hold.
struct LoadedChip {
  let path: String
  let file: ChipFile
  let model: Model
  /// Whose tiles hold the network.
  let side: Side

  init(path: String) throws {
    self.path = path
    file = try ChipFile(path: path)
    let facts = try NetworkFacts(file, named: path)
    model = facts.model(of: try file.machine(log: NoLog(), named: path))
    side = facts.side
  }

  /// - Throws: when a network does not fit on the first two tiles.
  func expectRoom(for shape: NetworkShape) throws(InputError) {
    let chip = file.snapshot.configuration
    guard !chip.hasRoom(for: shape) else { return }
    let tiles = chip.tiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
    throw InputError(path, "has tiles of \(tiles), too small for \(shape)")
  }

  /// Has the controller start from the chip's record.
  /// - Throws: when it does not, with what to do.
  func boot<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws -> CommissioningRecord {
    let anew = "commission the chip anew: mblstm run TASK --load \(path) --commit --save NEW.mbx"
    let record: CommissioningRecord
    do throws(FirmwareRefusal) {
      record = try session.boot()
    } catch {
      switch error.status {
      case .noRecord: throw InputError(path, "its flash holds no commissioning record; \(anew)")
      case .damagedRecord: throw InputError(path, "the commissioning record in its flash is damaged; \(anew)")
      case .foreignRecord:
        throw InputError(path, "the commissioning record in its flash is that of another die; \(anew)")
      default: throw error
      }
    }
    guard record.shape == model.shape, record.side == side else {
      throw InputError(
        path,
        "its commissioning record is for \(record.shape) on side \(record.side.rawValue), the file says"
          + " \(model.shape) on side \(side.rawValue); \(anew)")
    }
    return record
  }
}
