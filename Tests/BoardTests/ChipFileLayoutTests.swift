import Crossbar
import Files
import Registers
import Testing

@testable import Board

/// Bytes as the format has them: integers little-endian, one behind the other.
private struct Layout {
  private(set) var bytes: [UInt8] = []

  private func adding(_ value: UInt64, _ count: Int) -> Layout {
    var layout = self
    layout.bytes += (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    return layout
  }

  func u8(_ values: UInt8...) -> Layout { values.reduce(self) { $0.adding(UInt64($1), 1) } }
  func u32(_ values: UInt32...) -> Layout { values.reduce(self) { $0.adding(UInt64($1), 4) } }
  func u64(_ values: UInt64...) -> Layout { values.reduce(self) { $0.adding($1, 8) } }
}

/// What files hold that are already written.
@Suite("The layout of a chip file")
struct ChipFileLayoutTests {
  private static let never = UInt64.max
  private static let configuration = ChipConfiguration(tiles: [
    .init(wordLines: 1, bitLines: 2), .init(wordLines: 1, bitLines: 1),
  ])

  /// Every part with numbers of its own.
  private static var snapshot: MachineSnapshot {
    var counters = TileCounters.zero
    (counters.reads, counters.phases, counters.pulses) = (0x41, 0x42, 0x43)
    (counters.programCycles, counters.serialCycles) = (0x44, 0x45)
    counters.readEnergy = Energy(raw: 0x46 << 64 | 0x47)
    counters.programEnergy = Energy(raw: 0x48 << 64 | 0x49)
    var page = Flash.Page()
    (page.cycles, page.words[0], page.words[FlashRegister.pageWords - 1]) = (0x51, 0x52, 0x53)
    return MachineSnapshot(
      configuration: configuration, cycle: 0x0102_0304_0506, exitStatus: nil,
      registers: [.init(address: 0x4000_0004, value: 0x21), .init(address: 0x4001_0008, value: 0x22)],
      tiles: [
        .init(
          conductance: [0x1234_5678, 5], operationNumber: 0x31, counters: counters, startWord: 0x32, endCycle: 0x33,
          wakeCycle: 0x34),
        .init(conductance: [7], operationNumber: 0, counters: .zero),
      ],
      flash: .init(pages: [.init(number: 6, page: page)], startWord: 0x54, endCycle: 0x55),
      toController: [0x61, 0x62], fromController: [0x63], host: .init(room: 0x64, emptyLevels: 0x65, emptyTakes: 0x66),
      uartInput: [0x71, 0x72, 0x73], uartOutput: [0x74], uart: .init(looped: [0x75, 0x76], divisor: (0x77, 0x78)),
      lineTimes: .init(chipRaised: 0x81, flashRaised: nil, timerWritten: 0x82, longestStall: 0x83), ramWords: 0x91,
      ram: [0x92, 0x93])
  }

  private static func bytes(_ name: String, of snapshot: MachineSnapshot) -> [UInt8]? {
    snapshot.sections.first { $0.name == name }?.bytes
  }

  private static func section(_ name: String, _ change: (inout MachineSnapshot) -> Void = { _ in }) -> [UInt8]? {
    var changed = snapshot
    change(&changed)
    return bytes(name, of: changed)
  }

  private static func read(_ snapshot: MachineSnapshot) throws -> MachineSnapshot {
    try ChipFile(bytes: ChipFile(snapshot).bytes, named: "f").snapshot
  }

  @Test("Each section has its numbers in its order and in their sizes")
  func sections() {
    let expected: [(String, Layout)] = [
      ("board", Layout().u64(0x0102_0304_0506).u32(0, 0).u64(0x91)),
      ("registers", Layout().u32(0x4000_0004, 0x21, 0x4001_0008, 0x22)),
      ("mailbox", Layout().u32(2, 0x61, 0x62, 0x63)), ("uart", Layout().u32(3).u8(0x71, 0x72, 0x73, 0x74)),
      ("ram", Layout().u32(0x92, 0x93)),
      (
        "flash",
        (1..<UInt32(FlashRegister.pageWords) - 1).reduce(Layout().u64(0x55).u32(0x54, 6, 0x51, 0x52)) { layout, _ in
          layout.u32(.max)
        }.u32(0x53)
      ),
      ("supply", Layout().u64(Self.never, Self.never).u32(0)),
      ("host", Layout().u64(0x64, 0x65, 0x66).u32(0)), ("uart.state", Layout().u32(0).u8(0x77, 0x78, 0x75, 0x76)),
      ("lines", Layout().u64(0x81, Self.never, 0x82, 0x83)),
      (
        "tile0.state",
        Layout().u64(0x31, 0x33, 0x34, 0x41, 0x42, 0x43, 0x44, 0x45, 0x47, 0x46, 0x49, 0x48).u32(0x32)
      ),
      ("tile0.cells", Layout().u32(0x1234_5678, 5)),
      ("tile1.state", (0..<12).reduce(Layout()) { layout, _ in layout.u64(0) }.u32(0)),
      ("tile1.cells", Layout().u32(7)),
    ]
    #expect(Self.snapshot.sections.map(\.name) == expected.map(\.0))
    for (name, layout) in expected { #expect(Self.section(name) == layout.bytes, "\(name)") }
  }

  @Test("An end with a status, also 0, is 1 and the status; flags are 0 and 1; a cycle that never comes is all ones")
  func flags() throws {
    for status: Int32 in [0, 1, -1, 0x1234] {
      let board = Self.section("board") { $0.exitStatus = status }
      #expect(board == Layout().u64(0x0102_0304_0506).u32(1, UInt32(bitPattern: status)).u64(0x91).bytes)
    }
    #expect(
      Self.section("host") { $0.host = .init(isFlooded: true) } == Layout().u64(Self.never, 0, 0).u32(1).bytes)
    #expect(Self.section("uart.state") { $0.uart = .init(isInputOpen: true) } == Layout().u32(1).u8(12, 0).bytes)
    #expect(
      Self.section("lines") { $0.lineTimes = .init(flashRaised: 0x84) }
        == Layout().u64(Self.never, 0x84, 0, 0).bytes)
  }

  @Test(
    "A supply has its faults to come, a loss its flash's operation and what ended early: no phase 0, SET 1, RESET 2")
  func supply() throws {
    let operations = [
      EarlyEnd(tile: 0, operation: .programRow, polarity: .set, row: 0x13, cycles: 0x14, steps: 0x15),
      EarlyEnd(tile: 1, operation: .erase, polarity: .reset, row: 0x16, cycles: 0x17, steps: 0x18),
      EarlyEnd(tile: 2, operation: .read, polarity: nil, row: 0, cycles: 0x19, steps: 0x1a),
    ]
    var layout = Layout().u64(0x11, 0x12).u32(1, 2).u64(0x1b)
    layout = layout.u32(0, Operation.programRow.rawValue, 1, 0x13).u64(0x14, 0x15)
    layout = layout.u32(1, Operation.erase.rawValue, 2, 0x16).u64(0x17, 0x18)
    layout = layout.u32(2, Operation.read.rawValue, 0, 0).u64(0x19, 0x1a)
    var snapshot = Self.snapshot
    snapshot.supply = .init(
      faults: SupplyFaults(powerCut: 0x11, brownOut: 0x12),
      loss: PowerLoss(cycle: 0x1b, operations: operations, flash: .program))
    #expect(Self.bytes("supply", of: snapshot) == layout.bytes)
    #expect(try Self.read(snapshot) == snapshot)
    snapshot.supply.loss = PowerLoss(cycle: 0x1b, operations: [], flash: nil)
    #expect(Self.bytes("supply", of: snapshot) == Layout().u64(0x11, 0x12).u32(1, 0).u64(0x1b).bytes)
    #expect(try Self.read(snapshot) == snapshot)
  }

  @Test("What is written is read again, part by part")
  func roundTrip() throws {
    #expect(try Self.read(Self.snapshot) == Self.snapshot)
    let changes: [(inout MachineSnapshot) -> Void] = [
      { $0.exitStatus = 0 }, { $0.exitStatus = -7 }, { $0.registers = [] }, { $0.toController = [] },
      { $0.fromController = [] }, { $0.uartInput = [] }, { $0.uartOutput = [] }, { $0.ram = [] },
      { $0.host = .init(room: nil, isFlooded: true, emptyLevels: 1, emptyTakes: 2) },
      { $0.uart = .init(isInputOpen: true) }, { $0.flash = .init() }, { $0.lineTimes = .init() },
      { $0.supply.faults = SupplyFaults(powerCut: 1, brownOut: nil) },
      { $0.supply.faults = SupplyFaults(powerCut: nil, brownOut: 2) },
    ]
    for (number, change) in changes.enumerated() {
      var snapshot = Self.snapshot
      change(&snapshot)
      #expect(try Self.read(snapshot) == snapshot, "\(number)")
    }
  }

  /// What a file is refused for in which a section has other bytes.
  private static func problem(_ name: String, _ bytes: [UInt8]) -> String {
    let configuration = configuration
    var sections = snapshot.sections.map { $0.name == name ? BinarySection(name, bytes: bytes) : $0 }
    do throws(InputError) {
      _ = try MachineSnapshot(configuration, takingFrom: &sections, named: "f")
      return "none"
    } catch {
      return error.description
    }
  }

  @Test("A section that is a byte shorter or longer than it can be is refused, and a flag that is neither 0 nor 1 too")
  func sizes() throws {
    for section in Self.snapshot.sections {
      let (name, bytes) = (section.name, section.bytes)
      let longer = Self.problem(name, bytes + [0])
      let shorter = Self.problem(name, bytes.dropLast())
      switch name {
      case "uart", "uart.state": #expect(longer == "none" && shorter == "none", "\(name)")
      case "flash", "supply", "host", "lines":
        for said in [longer, shorter] { #expect(said == "f: section '\(name)' holds what no board has") }
      default:
        #expect(longer == "f: section '\(name)' cannot have \(bytes.count + 1) bytes")
        #expect(shorter == "f: section '\(name)' cannot have \(bytes.count - 1) bytes")
      }
    }
    for (name, place) in [("supply", 16), ("host", 24), ("uart.state", 0)] {
      var bytes = try #require(Self.section(name))
      for value: UInt8 in 0...3 {
        bytes[place] = value
        let isFlag = value < 2 && (name != "supply" || value == 0)
        #expect((Self.problem(name, bytes) == "none") == isFlag, "\(name) \(value)")
      }
    }
    // One register's address without its value; more words for the controller than there are; half a page.
    #expect(Self.problem("registers", Layout().u32(0x4000_0004).bytes) == "f: section 'registers' cannot have 4 bytes")
    #expect(Self.problem("mailbox", Layout().u32(2, 1).bytes) == "f: section 'mailbox' cannot have 8 bytes")
    #expect(Self.problem("mailbox", Layout().u32(2, 1, 1).bytes) == "none")
    for count in [1, 2, 3, 100] {
      let page = (0..<count).reduce(Layout().u64(0).u32(0)) { layout, _ in layout.u32(1) }
      #expect(Self.problem("flash", page.bytes) == "f: section 'flash' holds what no board has", "\(count)")
    }
    #expect(Self.problem("supply", Layout().u64(1, 1).u32(1, 9).u64(0).bytes).hasSuffix("holds what no board has"))
    for (operation, polarity) in [(0, 1), (99, 1), (UInt32(3), 3)] as [(UInt32, UInt32)] {
      let bytes = Layout().u64(1, 1).u32(1, 0).u64(0).u32(0, operation, polarity, 0).u64(0, 0).bytes
      #expect(Self.problem("supply", bytes) == "f: section 'supply' holds what no board has")
    }
  }
}
