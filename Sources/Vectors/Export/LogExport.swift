import Board
import Files
import Registers
import Trace

/// The register logs of a file's bus cases, as this product does them: what another bench that drives a chip through the
/// same accesses has to log, byte for byte.
package struct LogExport: Sendable {
  /// Suites of bus accesses.
  package static var suites: [Suite] { Suite.allCases.filter { $0.kind == .bus } }

  /// `mvm-17.csv`, with the head that makes the same chip.
  package struct File: Sendable {
    package let name: String
    package let bytes: [UInt8]
  }

  /// In the order of the cases; none of a suite that is none of accesses.
  package let files: [File]

  /// - Throws: when the product itself differs from the file, which therefore says nothing.
  package init(_ file: VectorFile) throws(InputError) {
    if file.suite.kind == .bus, let difference = file.check().firstDifference {
      throw InputError(file.path, "not exported, the product differs: \(difference)")
    }
    files = file.cases.compactMap { entry in
      guard case .bus(let vector) = entry.body else { return nil }
      return File(name: "\(file.suite.rawValue)-\(entry.id).csv", bytes: vector.log)
    }
  }
}

extension BusVector {
  /// The log of the script; its head has the chip, and the cells that were given.
  fileprivate var log: [UInt8] {
    let state = Machine(chip, conductances, log: NoLog()).snapshot.logState
    let log = CSVLog(
      to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps),
      origin: LogOrigin(state: state))
    var machine = Machine(chip, conductances, log: log)
    for line in script { machine.perform(line) }
    return machine.log.output.bytes
  }
}
