import Registers
import Testing

@testable import Trace

@Suite struct EntryTextTests {
  private func text(_ event: ChipEvent) -> String {
    let text = EntryText(event)
    return "\(text.register): \(text.detail)"
  }

  private func start(_ operation: Operation, gain: Int = 0, linear: Bool = false, row: Int = 0) -> ChipEvent {
    .started(
      tile: 1,
      OperationStart(
        operation: operation, gain: gain, isLinear: linear, row: row, driveCodes: [1], pulseWidths: [2]))
  }

  private func end(_ operation: Operation, saturated: Bool = false) -> ChipEvent {
    .finished(tile: 1, OperationEnd(operation: operation, senseCodes: [3], isSaturated: saturated))
  }

  @Test func eventsReadAsDocumented() {
    #expect(text(start(.read)) == "MBX1: started READ gain=0")
    #expect(text(start(.readTransposed, gain: 1, linear: true)) == "MBX1: started READ_T gain=1 linear")
    #expect(text(start(.programRow, row: 3)) == "MBX1: started PROGRAM_ROW row=3")
    #expect(text(start(.programRow)) == "MBX1: started PROGRAM_ROW row=0")
    #expect(text(start(.erase)) == "MBX1: started ERASE")
    #expect(text(start(.zero, gain: 1)) == "MBX1: started ZERO gain=1")
    #expect(text(end(.read)) == "MBX1: finished READ")
    #expect(text(end(.read, saturated: true)) == "MBX1: finished READ saturated")
    #expect(text(.aborted(tile: 7, .erase)) == "MBX7: aborted ERASE")
    #expect(text(.tileError(tile: 0, .busy)) == "MBX0: error BUSY")
    #expect(text(.chipError(.unmapped)) == "MBX: error UNMAPPED")
    #expect(text(.powerOff) == "MBX: power off")
    #expect(text(.brownOut) == "MBX: brown-out")
    #expect(text(.settled(tile: 3)) == "MBX3: settled")
    #expect(text(.supply(tile: 0, analog: true, drivers: false)) == "MBX0: supply ANALOG=1 DRIVERS=0")
    #expect(text(.flash(.started(.program, page: 127))) == "FLASH: started PROGRAM page=127")
    #expect(text(.flash(.finished(.read))) == "FLASH: finished READ")
    #expect(text(.flash(.aborted(.erase))) == "FLASH: aborted ERASE")
    #expect(text(.flash(.error(.worn))) == "FLASH: error WORN")
  }

  @Test func differentEventsHaveDifferentTextsAndEachTextIsReadBack() {
    var events: [ChipEvent] = ChipError.allCases.map { .chipError($0) } + [.powerOff, .brownOut]
    for tile in [0, 7] {
      events.append(.settled(tile: tile))
      for analog in [false, true] {
        for drivers in [false, true] { events.append(.supply(tile: tile, analog: analog, drivers: drivers)) }
      }
    }
    for error in TileError.allCases { events += [.tileError(tile: 0, error), .tileError(tile: 7, error)] }
    for error in FlashError.allCases { events.append(.flash(.error(error))) }
    for operation in FlashOperation.allCases {
      events += [
        .flash(.started(operation, page: 0)), .flash(.started(operation, page: 12)), .flash(.finished(operation)),
        .flash(.aborted(operation)),
      ]
    }
    for operation in Operation.allCases {
      let unsettled = OperationEnd(operation: operation, senseCodes: [], isSaturated: false, isUnsettled: true)
      events += [
        .aborted(tile: 1, operation), end(operation), end(operation, saturated: true),
        .finished(tile: 1, unsettled),
      ]
      for gain in 0...1 {
        for row in [0, 1, 1023] {
          events += [
            start(operation, gain: gain, row: row), start(operation, gain: gain, linear: true, row: row),
          ]
        }
      }
    }
    let texts = events.map { EntryText($0) }
    #expect(Set(texts).count == events.count)
    for text in texts { #expect(ChipEvent(text).map { EntryText($0) } == text) }
  }

  @Test func anEntryIsRenderedAsTheLogWritesIt() {
    let names = RegisterNames(BlockMap.board(tiles: 1))
    let write = LogEntry(cycle: 4, .access(Transaction(.write, MemoryMap.tile(0) + 0x1000, 0xfffd_0034)))
    #expect(names.text(of: write) == EntryText(register: "MBX0.DRIVE[0]", detail: "EVEN=52 ODD=-3"))
    let nowhere = LogEntry(cycle: 4, .access(Transaction(.read, 0, 0)))
    #expect(names.text(of: nowhere) == EntryText(register: "", detail: ""))
    let event = LogEntry(cycle: 4, .event(end(.zero)))
    #expect(names.text(of: event) == EntryText(register: "MBX1", detail: "finished ZERO"))
  }
}
