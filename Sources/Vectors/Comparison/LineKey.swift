import Registers
import Tasks
import Trace

/// What lines of two logs have in common that are of the same step, whatever their values.
enum LineKey: Equatable {
  case access(Transaction.Kind, UInt32)
  case event(EntryText)

  /// - Parameter isOneDie: whether events that tell of a converter's limit tell steps apart.
  init(_ line: LogLine, isOneDie: Bool) {
    switch line.body {
    case .access(let transaction, _): self = .access(transaction.kind, transaction.address)
    case .event(let text): self = .event(isOneDie ? text : text.withoutSaturation)
    }
  }
}

extension LogLine {
  /// Whether it may be part of rounds of pulses and reads: what does not change which lines are driven, and only starts
  /// operations, waits for them, and takes their codes.
  var isOfRounds: Bool {
    switch body {
    case .event(let text): return text.register.hasPrefix("MBX") && text.register.count > 3
    case .access(let transaction, _):
      let interrupts = MemoryMap.chip + ChipRegister.interruptPending.offset()
      if transaction.address == interrupts { return true }
      guard let place = tilePlace(transaction.address) else { return false }
      switch transaction.kind {
      case .write: return place == TileRegister.start.rawValue || Freedom.isPulse(transaction)
      case .read:
        return [TileRegister.wait.rawValue, TileRegister.status.rawValue].contains(place)
          || TileRegister.saturated.rawValue..<TileRegister.drive.rawValue ~= place
          || TileRegister.sense.rawValue..<TileRegister.pulse.rawValue ~= place
      }
    }
  }

  /// The operation that it starts, with its tile.
  var start: (tile: UInt32, operation: Operation)? {
    guard case .access(let transaction, _) = body, transaction.kind == .write,
      tilePlace(transaction.address) == TileRegister.start.rawValue,
      let operation = Operation(rawValue: TileRegister.Start.operation.decode(transaction.value))
    else { return nil }
    return (transaction.address, operation)
  }

  private func tilePlace(_ address: UInt32) -> UInt32? {
    let offset = address &- MemoryMap.firstTile
    return offset < UInt32(MemoryMap.maximumTiles) &* MemoryMap.tileStride ? offset % MemoryMap.tileStride : nil
  }
}
