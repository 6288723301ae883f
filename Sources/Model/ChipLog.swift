import Board
import Files
import ModelHeader
import Registers
import Trace

/// The logs of a chip that its caller asked for.
struct ChipLog: ClosingLog {
  static var isActive: Bool { true }

  var csv: CSVLog<OutputFile>?
  var waves: VCDLog<OutputFile>?
  var told: ToldLog?

  var takesLevels: Bool { waves?.takesLevels ?? false }

  mutating func append(_ entry: LogEntry) {
    csv?.append(entry)
    waves?.append(entry)
    told?.append(entry)
  }

  mutating func append(_ levels: LineLevels, ofTile tile: Int) { waves?.append(levels, ofTile: tile) }

  /// Closes all of them, whatever becomes of each.
  mutating func close() throws(OutputError) {
    var first: OutputError?
    do throws(OutputError) { try csv?.close() } catch { first = error }
    do throws(OutputError) { try waves?.close() } catch { first = first ?? error }
    if let first { throw first }
  }

  /// Closes them for a caller.
  consuming func closed() throws(Failure) {
    var log = self
    do throws(OutputError) { try log.close() } catch { throw .output(error) }
  }
}

/// A log that is told to a caller's function, entry by entry.
struct ToldLog: LogSink {
  static var isActive: Bool { true }

  private var csv: CSVLog<LatestLine>
  private let entry: mblstm_log_entry
  private let context: UnsafeMutableRawPointer?

  init(_ chip: ChipConfiguration, _ origin: LogOrigin, entry: mblstm_log_entry, context: UnsafeMutableRawPointer?) {
    csv = CSVLog(
      to: LatestLine(), description: "\(chip)", names: RegisterNames(chip.maps),
      origin: origin)
    self.entry = entry
    self.context = context
    csv.output.withText { entry(context, MBLSTM_ENTRY_HEAD.rawValue, 0, 0, 0, $0) }
  }

  mutating func append(_ next: LogEntry) {
    csv.append(next)
    csv.output.withText { line in
      switch next.body {
      case .access(let access):
        let kind = access.kind == .read ? MBLSTM_ENTRY_READ : MBLSTM_ENTRY_WRITE
        entry(context, kind.rawValue, next.cycle, access.address, access.value, line)
      case .event: entry(context, MBLSTM_ENTRY_EVENT.rawValue, next.cycle, 0, 0, line)
      }
    }
  }
}

/// The text that was appended last.
private struct LatestLine: ByteOutput {
  private var bytes: [UInt8] = []

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    self.bytes.removeAll(keepingCapacity: true)
    self.bytes.append(contentsOf: bytes.dropLast())
    self.bytes.append(0)
  }

  mutating func close() {}

  /// Without its last line feed, ended by a zero.
  func withText(_ body: (UnsafePointer<CChar>?) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress) } }
  }
}
