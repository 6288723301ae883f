import Registers
import TestSupport
import Trace

/// The size of every tile that random entries speak of.
let randomTileSize = TileSize(wordLines: 5, bitLines: 8, columns: 4)

/// Entries of two tiles, each kind of event among them, cycles not decreasing.
func randomEntries(_ count: Int, seed: UInt64) -> [LogEntry] {
  var random = SeededRandom(seed)
  var cycle: UInt64 = 0
  return (0..<count).map { _ in
    cycle += UInt64.random(in: 0...3, using: &random)
    let body = randomBody(&random)
    guard case .access = body else { return LogEntry(cycle: cycle, body) }
    let size = UInt64.random(in: 0...9, using: &random) > 0 ? .own : AccessSize.allCases.randomElement(using: &random)
    return LogEntry(cycle: cycle, body, size: size ?? .own)
  }
}

private func randomBody(_ random: inout SeededRandom) -> LogEntry.Body {
  let tile = Int.random(in: 0...1, using: &random)
  let operation = Operation.allCases.randomElement(using: &random) ?? .read
  func codes(_ count: Int) -> [Int16] { (0..<count).map { _ in .random(in: .min ... .max, using: &random) } }
  switch Int.random(in: 0...12, using: &random) {
  case 0:
    return .event(
      .started(
        tile: tile,
        OperationStart(
          operation: operation, gain: .random(in: 0...1, using: &random), isLinear: .random(using: &random),
          row: .random(in: 0...1023, using: &random), driveCodes: codes(5), pulseWidths: codes(8))))
  case 1:
    let end = OperationEnd(operation: operation, senseCodes: codes(5), isSaturated: .random(using: &random))
    return .event(.finished(tile: tile, end))
  case 2: return .event(.aborted(tile: tile, operation))
  case 3: return .event(.tileError(tile: tile, TileError.allCases.randomElement(using: &random) ?? .busy))
  case 4: return .event(.chipError(ChipError.allCases.randomElement(using: &random) ?? .code))
  case 12: return .event(.flash(randomFlashEvent(&random)))
  case 5: return .access(Transaction(.read, .random(in: 0 ... .max, using: &random), 0))
  default:
    let bases = [MemoryMap.chip, MemoryMap.tile(tile), MemoryMap.host, MemoryMap.uart, MemoryMap.timer]
    let base = bases.randomElement(using: &random) ?? 0
    let address = base + UInt32.random(in: 0..<0x1400, using: &random) * 4
    let kind: Transaction.Kind = Bool.random(using: &random) ? .read : .write
    return .access(Transaction(kind, address, .random(in: 0 ... .max, using: &random)))
  }
}

private func randomFlashEvent(_ random: inout SeededRandom) -> FlashEvent {
  let operation = FlashOperation.allCases.randomElement(using: &random) ?? .read
  switch Int.random(in: 0...3, using: &random) {
  case 0: return .started(operation, page: .random(in: 0..<FlashRegister.pages, using: &random))
  case 1: return .finished(operation)
  case 2: return .aborted(operation)
  default: return .error(FlashError.allCases.randomElement(using: &random) ?? .worn)
  }
}
