import Board
import Crossbar
import Registers
import Tasks

/// The program of a step on one tile, as it is put together.
struct ProgramBuilder {
  let tile: Int
  let size: TileConfiguration
  /// What a read converts.
  let columns: Int
  private(set) var actions: [Action] = []

  init(tile: Int, of chip: ChipConfiguration) {
    self.tile = tile
    size = chip.tiles[tile]
    columns = size.bitLines / chip.synapse.bitLinesPerColumn
  }

  /// Lines that `DRIVE` and `SENSE` have.
  var lines: Int { max(size.wordLines, columns) }

  mutating func append(_ action: Action) { actions.append(action) }

  // MARK: Registers

  mutating func write(_ register: TileRegister, _ value: UInt32) { write(register, 0, value) }
  mutating func write(_ register: TileRegister, _ index: Int, _ value: UInt32) {
    write(at: Place(register, index, tile: tile), value)
  }
  mutating func write(chip register: ChipRegister, _ value: UInt32) { write(at: Place(register), value) }
  mutating func write(at place: Place, _ value: UInt32) {
    append(.write(place, value, c: value < 1 << 16 ? .number(Int(value)) : "\(hex(value))u"))
  }

  mutating func pulse(_ bitLine: Int, _ steps: Int32) {
    append(
      .write(
        Place(.pulse, bitLine, tile: tile), TileRegister.Pulse.width.encode(steps),
        c: "MBX_TILE_PULSE_WIDTH(" + .number(Int(steps)) + ")"))
  }

  /// A write of a 1 for each bit of a field.
  mutating func clear(_ register: TileRegister, _ field: Field) {
    let place = Place(register, tile: tile)
    append(.write(place, field.mask, c: "MBX_TILE_\(register.register.name)_\(field.name)(1)"))
  }
  mutating func clear(chip register: ChipRegister, _ field: Field) {
    append(.write(Place(register), field.mask, c: "MBX_\(register.register.name)_\(field.name)(1)"))
  }

  mutating func expect(_ register: TileRegister, _ band: Band, _ label: String) { expect(register, 0, band, label) }
  mutating func expect(_ register: TileRegister, _ index: Int, _ band: Band, _ label: String) {
    expect(that: .word(Place(register, index, tile: tile)), band, label)
  }
  mutating func expect(_ register: TileRegister, _ field: Field, _ band: Band, _ label: String) {
    expect(register, 0, field, band, label)
  }
  mutating func expect(_ register: TileRegister, _ index: Int, _ field: Field, _ band: Band, _ label: String) {
    expect(that: source(register, index, field), band, label)
  }
  mutating func expect(chip register: ChipRegister, _ band: Band, _ label: String) {
    expect(that: .word(Place(register)), band, label)
  }
  mutating func expect(chip register: ChipRegister, _ field: Field, _ band: Band, _ label: String) {
    expect(that: .field(Place(register), field, c: "MBX_\(register.register.name)_\(field.name)"), band, label)
  }
  mutating func expect(that source: Source, _ band: Band, _ label: String) {
    append(.expect(source, band, label))
  }

  private func source(_ register: TileRegister, _ index: Int, _ field: Field) -> Source {
    .field(Place(register, index, tile: tile), field, c: "MBX_TILE_\(register.register.name)_\(field.name)")
  }

  mutating func keep(_ source: Source, _ slot: Int) { actions.append(.keep(source, slot: slot)) }
  mutating func compare(_ source: Source, _ slot: Int, _ band: Band, _ label: String) {
    append(.compare(source, slot: slot, band, label))
  }

  // MARK: Operations

  mutating func unlocked(_ body: (inout ProgramBuilder) -> Void) {
    append(
      .write(Place(.unlock, tile: tile), TileRegister.unlockKey, c: "MBX_TILE_UNLOCK_KEY"))
    body(&self)
    write(.unlock, 0)
  }

  mutating func perform(_ operation: Operation, row: Int = 0, gain: Int = 0) {
    append(.perform(OperationCall(operation: operation, row: row, gain: gain), tile: tile))
  }

  mutating func drive(_ line: Int, _ code: Int) {
    append(.drive(line: line, code: code, ofLines: lines, tile: tile))
  }

  /// One line driven alone, and all on the other side converted.
  mutating func read(_ line: Int, _ code: Int, transposed: Bool = false) {
    drive(line, code)
    perform(transposed ? .readTransposed : .read, gain: ExpectedCodes.gain)
  }

  mutating func request(_ request: HostRequest, _ answer: [AnswerWord], _ label: String) {
    append(.request(request, answer, label))
  }

  // MARK: Codes

  func sense(_ line: Int) -> Source { .sense(line: line, tile: tile) }

  mutating func sense(_ line: Int, _ band: Band, _ label: String) { expect(that: sense(line), band, label) }

  mutating func sense(_ lines: Range<Int>, _ band: Band, _ label: String) {
    for line in lines { sense(line, band, label) }
  }
  mutating func keep(_ lines: Range<Int>, from slot: Int = 0) {
    for line in lines { keep(sense(line), slot + line) }
  }
}
