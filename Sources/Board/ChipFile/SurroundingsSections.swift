import Crossbar
import Registers

// What a chip file has of the board beyond its blocks. A cycle that never comes is written as the greatest number.

extension SectionReader {
  /// nil for anything but 0 and 1.
  fileprivate mutating func flag() -> Bool? {
    switch next(UInt32.self) {
    case 0: false
    case 1: true
    default: nil
    }
  }

  /// The cycle, or nil for never; nil when too few bytes are left.
  fileprivate mutating func cycle() -> UInt64?? { next(UInt64.self).map { $0 == .max ? nil : $0 } }
}

extension MachineSnapshot.SupplyState {
  /// Faults to come, and what the power ended: whether it went, the flash's operation, the cycle, then tile, operation,
  /// polarity, row, cycles and steps of each that ended early.
  var section: BinarySection {
    var section = BinarySection("supply", [faults.powerCut ?? .max, faults.brownOut ?? .max])
    section.append(UInt32(loss == nil ? 0 : 1))
    guard let loss else { return section }
    section.append(loss.flash?.rawValue ?? 0)
    section.append(loss.cycle)
    for end in loss.operations {
      section.append(UInt32(end.tile))
      section.append(end.operation.rawValue)
      section.append(UInt32(end.polarity.map { $0 == .set ? 1 : 2 } ?? 0))
      section.append(UInt32(end.row))
      section.append(end.cycles)
      section.append(end.steps)
    }
    return section
  }

  init?(_ section: BinarySection) {
    var reader = SectionReader(section)
    guard let powerCut = reader.cycle(), let brownOut = reader.cycle(), let isLost = reader.flag() else { return nil }
    self.init(faults: SupplyFaults(powerCut: powerCut, brownOut: brownOut))
    guard isLost else {
      guard reader.isAtEnd else { return nil }
      return
    }
    guard let flash: UInt32 = reader.next(), let cycle: UInt64 = reader.next(),
      flash == 0 || FlashOperation(rawValue: flash) != nil
    else { return nil }
    var operations: [EarlyEnd] = []
    while !reader.isAtEnd {
      guard let tile: UInt32 = reader.next(), let operation: UInt32 = reader.next(),
        let polarity: UInt32 = reader.next(), let row: UInt32 = reader.next(), let cycles: UInt64 = reader.next(),
        let steps: UInt64 = reader.next(), let operation = Operation(rawValue: operation), polarity < 3
      else { return nil }
      operations.append(
        EarlyEnd(
          tile: Int(tile), operation: operation, polarity: [nil, .set, .reset][Int(polarity)], row: Int(row),
          cycles: cycles, steps: steps))
    }
    loss = PowerLoss(cycle: cycle, operations: operations, flash: FlashOperation(rawValue: flash))
  }
}

extension MachineSnapshot.HostState {
  var section: BinarySection {
    var section = BinarySection(
      "host", [room.map { UInt64($0) } ?? .max, UInt64(emptyLevels), UInt64(emptyTakes)])
    section.append(UInt32(isFlooded ? 1 : 0))
    return section
  }

  init?(_ section: BinarySection) {
    var reader = SectionReader(section)
    guard let room = reader.cycle(), let emptyLevels: UInt64 = reader.next(),
      let emptyTakes: UInt64 = reader.next(), let isFlooded = reader.flag(), reader.isAtEnd
    else { return nil }
    self.init(
      room: room.map { Int(clamping: $0) }, isFlooded: isFlooded, emptyLevels: Int(clamping: emptyLevels),
      emptyTakes: Int(clamping: emptyTakes))
  }
}

extension MachineSnapshot.UARTState {
  var section: BinarySection {
    var section = BinarySection("uart.state", [UInt32(isInputOpen ? 1 : 0)])
    for byte in [divisor.low, divisor.high] + looped { section.append(byte) }
    return section
  }

  init?(_ section: BinarySection) {
    var reader = SectionReader(section)
    guard let isInputOpen = reader.flag(), let low: UInt8 = reader.next(), let high: UInt8 = reader.next()
    else { return nil }
    self.init(divisor: (low, high), isInputOpen: isInputOpen)
    while let byte: UInt8 = reader.next() { looped.append(byte) }
  }
}

extension MachineSnapshot.LineTimes {
  var section: BinarySection {
    BinarySection("lines", [chipRaised ?? .max, flashRaised ?? .max, timerWritten, longestStall])
  }

  init?(_ section: BinarySection) {
    var reader = SectionReader(section)
    guard let chipRaised = reader.cycle(), let flashRaised = reader.cycle(), let timerWritten: UInt64 = reader.next(),
      let longestStall: UInt64 = reader.next(), reader.isAtEnd
    else { return nil }
    self.init(
      chipRaised: chipRaised, flashRaised: flashRaised, timerWritten: timerWritten, longestStall: longestStall)
  }
}
