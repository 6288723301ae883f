import Board
import Crossbar
import Files
import Firmware
import RV32
import Registers
import Testing
import Trace

@testable import Tasks

/// A log that answers a controller.
@Suite("What a log answers")
struct CaptureTests {
  private static let chip = AnyGuest.chip
  private static let tile = MemoryMap.tile(0)
  private static let listening = MemoryMap.host + HostRegister.interruptEnable.offset()

  private static func capture(_ accesses: [Transaction], damaged: Bool = false) throws -> Capture {
    var log = AnyGuest.text()
    for (number, access) in accesses.enumerated() {
      log.append(LogEntry(cycle: UInt64(number + 1), .access(access)))
      log.append(LogEntry(cycle: UInt64(number + 1), .event(.settled(tile: 0))))
    }
    let text = log.output.text + (damaged ? "nothing\n" : "")
    return Capture(try LogReader(Array(text.utf8), file: "f"), file: "f", of: chip)
  }

  private static func read(_ address: UInt32, _ value: UInt32) -> Transaction { Transaction(.read, address, value) }
  private static func write(_ address: UInt32, _ value: UInt32) -> Transaction { Transaction(.write, address, value) }

  @Test("Reads get what the log has, but the data sheet what the chip is; writes are held against the log's")
  func answers() throws {
    let geometry = tile(.geometry)
    var capture = try Self.capture([
      Self.read(MemoryMap.host + 4, 3), Self.write(tile(.drive), 0x0005_0007), Self.read(geometry, 0x1234),
      Self.write(tile(.drive), 0x0001_0002), Self.read(tile(.sense), 9), Self.write(MemoryMap.ram, 6),
    ])
    #expect(capture.next == Self.read(MemoryMap.host + 4, 3))
    #expect(capture.access(.read, MemoryMap.host + 4) == 3)
    #expect(capture.access(.write, tile(.drive), 0x0005_0007) == 0 && capture.differences.isEmpty)
    #expect(capture.access(.read, geometry) == 4 << 16 | 6)
    #expect(capture.access(.write, tile(.drive), 0x0001_ffff) == 0)
    let difference = try #require(capture.differences.first)
    #expect(difference.line == 13 && difference.cycle == 4 && capture.differences.count == 1)
    #expect(
      difference.message
        == "the log has 'write MBX0.DRIVE[0] = 0x10002 (EVEN=2 ODD=1)', the firmware"
        + " 'write MBX0.DRIVE[0] = 0x1ffff (EVEN=-1 ODD=1)'")
    #expect(capture.access(.read, tile(.sense)) == 9 && capture.access(.write, MemoryMap.ram, 6) == 0)
    #expect(capture.isOver && capture.next == nil && capture.accesses == 6 && capture.error == nil)
    #expect(capture.access(.read, tile(.sense)) == 0 && capture.access(.write, 0, 1) == 0 && capture.accesses == 6)
    #expect(capture.differences.count == 1)
  }

  @Test("A binary waits from the access on with which the log is over, a load or a store")
  func waits() throws {
    func at(_ address: UInt32) -> RV32.Access {
      RV32.Access(address: address, width: .word, cycle: 3, pc: MemoryMap.ram)
    }
    var loads = CaptureDevices(try Self.capture([Self.read(tile(.sense), 9), Self.read(tile(.sense), 8)]))
    let replies = [loads.load(at(tile(.sense))), loads.load(at(tile(.sense))), loads.load(at(tile(.sense)))]
    #expect(replies.map(\.value) == [9, 8, 0] && replies.map(\.waits) == [false, true, true])
    var stores = CaptureDevices(try Self.capture([Self.write(tile(.drive), 5), Self.write(tile(.drive), 6)]))
    #expect([5, 6, 7].map { stores.store($0, at(tile(.drive))).waits } == [false, true, true])
    #expect(stores.capture.accesses == 2 && stores.capture.differences.isEmpty)
  }

  private func tile(_ register: TileRegister, _ index: Int = 0) -> UInt32 { Self.tile + register.offset(index) }

  @Test("Another access than the log's is told with both, and nothing is compared behind it")
  func leaves() throws {
    let cases: [(Transaction.Kind, UInt32, UInt32, String)] = [
      (.read, tile(.wait), 0, "'read MBX0.WAIT'"), (.read, 0x5000_0000, 0, "'read address 0x50000000'"),
      (.write, tile(.sense), 5, "'write MBX0.SENSE[0] = 0x5 (EVEN=5 ODD=0)'"),
      (.read, tile(.sense, 1), 0, "'read MBX0.SENSE[1]'"),
    ]
    for (kind, address, value, made) in cases {
      var capture = try Self.capture([Self.read(tile(.sense), 9), Self.read(tile(.sense), 8)])
      #expect(capture.access(kind, address, value) == 0 && capture.isOver && capture.next == nil)
      #expect(
        capture.differences.map(\.message) == [
          "the log has 'read MBX0.SENSE[0] = 0x9 (EVEN=9 ODD=0)', the firmware \(made)"
        ])
      #expect(capture.access(.read, tile(.sense)) == 0 && capture.accesses == 0 && capture.differences.count == 1)
    }
    var stopped = try Self.capture([Self.write(MemoryMap.ram, 1)])
    stopped.stop("sleeps")
    stopped.stop("sleeps again")
    #expect(stopped.differences.map(\.message) == ["the log has 'write address 0x80000000 = 0x1', the firmware sleeps"])
    #expect(stopped.differences[0].line == 7 && stopped.differences[0].cycle == 1)
    var ended = try Self.capture([])
    ended.stop("sleeps")
    #expect(ended.isOver && ended.differences.isEmpty)
  }

  @Test("When the firmware listens to the mailbox is its own affair, on either side, and with any value")
  func listening() throws {
    let listen = Self.write(Self.listening, 1)
    let use = [Self.read(tile(.sense), 4), Self.write(tile(.drive), 2)]
    for log in [
      use, [listen] + use, [use[0], listen, listen, use[1]], use + [listen], [listen, use[0], listen, use[1], listen],
    ] {
      for own in [use, [listen] + use, [use[0], listen, use[1], listen], [use[0], listen, listen, use[1]]] {
        var capture = try Self.capture(log)
        for access in own {
          let value = access.address == Self.listening ? 0 : access.value
          let answer = capture.access(access.kind, access.address, value)
          #expect(answer == (access == use[0] ? 4 : 0))
        }
        #expect(capture.differences.isEmpty)
      }
    }
  }

  @Test("What is wrong with the log ends it there, and is kept")
  func damaged() throws {
    var capture = try Self.capture([Self.read(tile(.sense), 4)], damaged: true)
    #expect(capture.access(.read, tile(.sense)) == 4 && capture.isOver)
    #expect(capture.error?.description.hasPrefix("f:9: ") == true, "\(String(describing: capture.error))")
  }

  @Test(
    "All steps of a log are the log again, with operations that ended early, failures of the supply and refusals of any size"
  )
  func steps() throws {
    var machine = try AnyGuest.small(log: AnyGuest.text())
    machine.write(tile(.start), 0x21)
    _ = machine.read(tile(.wait))
    machine.write(0x5000_0000, 1)
    for (address, width) in [(MemoryMap.timer + 0x98, AccessWidth.half), (MemoryMap.uart, .word), (0x60, .byte)] {
      machine.refuse(RV32.Access(address: address, width: width, cycle: machine.cycle, pc: 0), storing: nil)
    }
    machine.write(tile(.start), 0x6)
    machine.write(MemoryMap.chip + ChipRegister.reset.offset(), 0x100)
    machine.write(tile(.geometry), 1)
    machine.schedule(SupplyFaults(brownOut: 300))
    machine.write(MemoryMap.tile(1) + TileRegister.start.offset(), 0x21)
    machine.advance(to: 400)
    _ = machine.read(tile(.error))
    let text = machine.log.output.text
    for size in ["read16", "read32", "read8"] { #expect(text.contains(",\(size),"), "\(size)") }
    #expect(text.contains("brown-out") && text.contains("error UNMAPPED") && text.contains("aborted REFERENCE"))
    let reader = try LogReader(Array(text.utf8), file: "f")
    let steps = try LogSteps(reader, from: try Replay(of: reader, file: "f"))
    // 11 accesses and a failure of the supply.
    #expect(steps.count == 12)
    #expect(String(decoding: steps.log(of: Array(0..<steps.count)), as: UTF8.self) == text)
    // Without the access that ends it an operation goes on to its own end.
    let others = String(decoding: steps.log(of: [6, 9, 10, 11]), as: UTF8.self)
    #expect(others.contains("MBX0,finished REFERENCE") && !others.contains("aborted") && others.contains("brown-out"))
  }

  @Test("An upset moves as many different cells of a network as are asked for to their farther end, and no others")
  func upset() throws {
    let shape = NetworkShape(inputs: 1, hidden: 1, outputs: 2)
    for synapse in Synapse.allCases {
      for side in Side.allCases {
        var chip = ChipConfiguration(tiles: [], seed: 3)
        chip.synapse = synapse
        chip = try chip.sized(for: shape, named: "n").extended(for: shape, named: "n")
        chip.tiles = chip.tiles.map { .init(wordLines: $0.wordLines + 1, bitLines: $0.bitLines + 2) }
        var machine = try Machine(chip, log: NoLog(), ramBytes: 0)
        let range = chip.device.conductanceRange
        for (tile, lines) in chip.tiles.enumerated() {
          for cell in 0..<lines.wordLines * lines.bitLines {
            let value = range.lowerBound + Int32((cell * 7919 + tile * 31) % range.count / 3 * 2 % range.count)
            machine.setConductance(
              value, tile: tile, wordLine: cell / lines.bitLines, bitLine: cell % lines.bitLines)
          }
        }
        let before = machine.chip.tiles.map(\.array.conductance)
        let wide = synapse.bitLinesPerColumn
        let cells = 3 * 4 * wide + 2 * 2 * wide
        for count in [0, 1, 5, cells, cells + 9] {
          var upset = machine
          upset.upset(count, of: shape, on: side)
          let after = upset.chip.tiles.map(\.array.conductance)
          var changed = 0
          for (tile, lines) in chip.tiles.enumerated() {
            let isOfSide = (tile >= 2) == (side == .second)
            let (rows, columns) = tile % 2 == 0 ? (3, 4 * wide) : (2, 2 * wide)
            for cell in before[tile].indices where before[tile][cell] != after[tile][cell] {
              changed += 1
              #expect(isOfSide && cell / lines.bitLines < rows && cell % lines.bitLines < columns)
              let isNearTop = before[tile][cell] - range.lowerBound > range.upperBound - before[tile][cell]
              #expect(after[tile][cell] == (isNearTop ? range.lowerBound : range.upperBound))
            }
          }
          #expect(changed == min(count, cells), "\(synapse) \(side) \(count)")
        }
      }
    }
  }
}
