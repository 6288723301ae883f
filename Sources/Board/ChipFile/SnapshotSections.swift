import Crossbar
import Files

/// The board's state as sections of a chip file.
extension MachineSnapshot {
  /// `board`, `registers`, `mailbox`, `uart`, `ram`, `flash`, `supply`, `host`, `uart.state`, `lines`, and `tileN.state`,
  /// `tileN.cells` for each tile.
  var sections: [BinarySection] {
    var board = BinarySection("board")
    board.append(cycle)
    board.append(exitStatus == nil ? UInt32(0) : 1)
    board.append(exitStatus ?? 0)
    board.append(UInt64(ramWords))
    var mailbox = BinarySection("mailbox", [UInt32(toController.count)])
    for word in toController + fromController { mailbox.append(word) }
    var uart = BinarySection("uart", [UInt32(uartInput.count)])
    for byte in uartInput + uartOutput { uart.append(byte) }
    return [board, BinarySection("registers", registers.flatMap { [$0.address, $0.value] }), mailbox, uart]
      + [BinarySection("ram", ram), flash.section, supply.section, host.section, self.uart.section, lineTimes.section]
      + tiles.enumerated().flatMap { number, tile in
        [tile.section("tile\(number).state"), BinarySection("tile\(number).cells", tile.conductance)]
      }
  }

  /// Takes the board's sections out of a file's, leaving the others.
  init(
    _ configuration: ChipConfiguration, takingFrom sections: inout [BinarySection], named file: String
  ) throws(InputError) {
    func take(_ name: String) throws(InputError) -> BinarySection {
      guard let place = sections.firstIndex(where: { $0.name == name }) else {
        throw InputError(file, "has no section '\(name)'")
      }
      return sections.remove(at: place)
    }
    let section = try take("board")
    var board = SectionReader(section)
    guard let cycle: UInt64 = board.next(), let hasExited: UInt32 = board.next(), let status: Int32 = board.next(),
      let ramWords: UInt64 = board.next(), board.isAtEnd
    else { throw Self.wrongSize(section, file) }
    let registers = try Self.registers(try take("registers"), file)
    let mailbox = try Self.split(try take("mailbox"), as: UInt32.self, file)
    let uart = try Self.split(try take("uart"), as: UInt8.self, file)
    let ram: [UInt32] = try Self.integers(try take("ram"), file)
    func state<State>(_ name: String, _ make: (BinarySection) -> State?) throws(InputError) -> State {
      let section = try take(name)
      guard let state = make(section) else { throw InputError(file, "section '\(name)' holds what no board has") }
      return state
    }
    let flash = try state("flash") { FlashState($0) }
    let supply = try state("supply") { SupplyState($0) }
    let host = try state("host") { HostState($0) }
    let uartState = try state("uart.state") { UARTState($0) }
    let lineTimes = try state("lines") { LineTimes($0) }
    var tiles: [TileState] = []
    for (number, tile) in configuration.tiles.enumerated() {
      let state = try take("tile\(number).state")
      let cells: [Int32] = try Self.integers(try take("tile\(number).cells"), file)
      guard cells.count == tile.wordLines * tile.bitLines else {
        throw InputError(
          file, "tile \(number) has \(cells.count) cells, its configuration \(tile.wordLines) × \(tile.bitLines)")
      }
      guard let tile = TileState(state, conductance: cells) else { throw Self.wrongSize(state, file) }
      tiles.append(tile)
    }
    self.init(
      configuration: configuration, cycle: cycle, exitStatus: hasExited == 0 ? nil : status, registers: registers,
      tiles: tiles, flash: flash, supply: supply, toController: mailbox.0, fromController: mailbox.1, host: host,
      uartInput: uart.0, uartOutput: uart.1, uart: uartState, lineTimes: lineTimes,
      ramWords: Int(clamping: ramWords), ram: ram)
  }

  private static func registers(_ section: BinarySection, _ file: String) throws(InputError) -> [RegisterWord] {
    let words: [UInt32] = try integers(section, file)
    guard words.count % 2 == 0 else { throw wrongSize(section, file) }
    return stride(from: 0, to: words.count, by: 2).map { RegisterWord(address: words[$0], value: words[$0 + 1]) }
  }

  private static func integers<Number: FixedWidthInteger>(
    _ section: BinarySection, _ file: String
  ) throws(InputError) -> [Number] {
    guard let numbers: [Number] = section.integers() else { throw wrongSize(section, file) }
    return numbers
  }

  private static func wrongSize(_ section: BinarySection, _ file: String) -> InputError {
    InputError(file, "section '\(section.name)' cannot have \(section.bytes.count) bytes")
  }

  /// A count, as many numbers, and all the others.
  private static func split<Number: FixedWidthInteger>(
    _ section: BinarySection, as _: Number.Type, _ file: String
  ) throws(InputError) -> ([Number], [Number]) {
    var reader = SectionReader(section)
    guard let count: UInt32 = reader.next() else { throw wrongSize(section, file) }
    var numbers: [Number] = []
    while let number: Number = reader.next() { numbers.append(number) }
    guard reader.isAtEnd, Int(count) <= numbers.count else { throw wrongSize(section, file) }
    return (Array(numbers[..<Int(count)]), Array(numbers[Int(count)...]))
  }
}

extension MachineSnapshot.FlashState {
  /// What is under way, then each page that is not as new: number, cycles, words.
  fileprivate var section: BinarySection {
    var section = BinarySection("flash")
    section.append(endCycle)
    section.append(startWord)
    for numbered in pages {
      section.append(UInt32(numbered.number))
      section.append(numbered.page.cycles)
      for word in numbered.page.words { section.append(word) }
    }
    return section
  }

  fileprivate init?(_ section: BinarySection) {
    var reader = SectionReader(section)
    guard let endCycle: UInt64 = reader.next(), let startWord: UInt32 = reader.next() else { return nil }
    var pages: [NumberedPage] = []
    while !reader.isAtEnd {
      var page = Flash.Page()
      guard let number: UInt32 = reader.next(), let cycles: UInt32 = reader.next() else { return nil }
      page.cycles = cycles
      for place in page.words.indices {
        guard let word: UInt32 = reader.next() else { return nil }
        page.words[place] = word
      }
      pages.append(NumberedPage(number: Int(number), page: page))
    }
    self.init(pages: pages, startWord: startWord, endCycle: endCycle)
  }
}

extension MachineSnapshot.TileState {
  fileprivate func section(_ name: String) -> BinarySection {
    var section = BinarySection(
      name,
      [
        operationNumber, endCycle, wakeCycle, counters.reads, counters.phases, counters.pulses, counters.programCycles,
        counters.serialCycles,
      ])
    section.append(counters.readEnergy.raw)
    section.append(counters.programEnergy.raw)
    section.append(startWord)
    return section
  }

  fileprivate init?(_ section: BinarySection, conductance: [Int32]) {
    var reader = SectionReader(section)
    var counters = TileCounters.zero
    guard let operationNumber: UInt64 = reader.next(), let endCycle: UInt64 = reader.next(),
      let wakeCycle: UInt64 = reader.next(), let reads: UInt64 = reader.next(), let phases: UInt64 = reader.next(),
      let pulses: UInt64 = reader.next(),
      let programCycles: UInt64 = reader.next(), let serialCycles: UInt64 = reader.next(),
      let readEnergy: UInt128 = reader.next(), let programEnergy: UInt128 = reader.next(),
      let startWord: UInt32 = reader.next(), reader.isAtEnd
    else { return nil }
    counters.reads = reads
    counters.phases = phases
    counters.pulses = pulses
    counters.programCycles = programCycles
    counters.serialCycles = serialCycles
    counters.readEnergy = Energy(raw: readEnergy)
    counters.programEnergy = Energy(raw: programEnergy)
    self.init(
      conductance: conductance, operationNumber: operationNumber, counters: counters, startWord: startWord,
      endCycle: endCycle, wakeCycle: wakeCycle)
  }
}
