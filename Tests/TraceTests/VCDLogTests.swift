import Files
import Foundation
import Registers
import Testing
import Trace

@Suite struct VCDLogTests {
  private func dump(_ entries: [LogEntry], tiles: [TileSize]) -> String {
    var log = VCDLog(to: MemoryOutput(), tiles: tiles, features: [])
    for entry in entries { log.append(entry) }
    try? log.close()
    return log.output.text
  }

  @Test func theChangesOfASmallRunAreAsDocumented() throws {
    let start = OperationStart(
      operation: .programRow, gain: 1, isLinear: false, row: 3, driveCodes: [], pulseWidths: [-2])
    let end = OperationEnd(operation: .programRow, senseCodes: [], isSaturated: false)
    let entries = [
      LogEntry(cycle: 1, .access(Transaction(.write, 0x4001_0008, 0x0003_0013))),
      LogEntry(cycle: 1, .event(.started(tile: 0, start))),
      LogEntry(cycle: 2, .access(Transaction(.write, 0x4001_0008, 0x0003_0013))),
      LogEntry(cycle: 2, .event(.tileError(tile: 0, .busy))),
      LogEntry(cycle: 55, .event(.finished(tile: 0, end))),
    ]
    let text = dump(entries, tiles: [TileSize(wordLines: 1, bitLines: 1, columns: 1)])
    let begin = try #require(text.range(of: "$timescale"))
    #expect(String(text[begin.lowerBound...]) == golden)
  }

  private let golden = """
    $timescale 1ns $end
    $scope module bus $end
    $var wire 1 ! valid $end
    $var wire 1 " write $end
    $var wire 32 # address $end
    $var wire 32 $ data $end
    $upscope $end
    $scope module MBX $end
    $var wire 1 % IRQ $end
    $var wire 17 & IRQ_PENDING $end
    $var wire 17 ' IRQ_ENABLE $end
    $var wire 5 ( ERROR $end
    $var wire 16 ) RESET_CAUSE $end
    $upscope $end
    $scope module MBX0 $end
    $var wire 1 * BUSY $end
    $var wire 4 + OPERATION $end
    $var wire 1 , GAIN $end
    $var wire 1 - LINEAR $end
    $var wire 10 . ROW $end
    $var wire 1 / SATURATED $end
    $var wire 1 0 LOCKED $end
    $var wire 14 1 ERROR $end
    $var wire 1 2 ANALOG $end
    $var wire 1 3 DRIVERS $end
    $var wire 1 4 SETTLED $end
    $var wire 16 5 DRIVE_0 $end
    $var wire 16 6 SENSE_0 $end
    $var wire 16 7 PULSE_0 $end
    $upscope $end
    $scope module FLASH $end
    $var wire 1 8 BUSY $end
    $var wire 4 9 OPERATION $end
    $var wire 16 : PAGE $end
    $var wire 6 ; ERROR $end
    $upscope $end
    $enddefinitions $end
    #0
    $dumpvars
    0!
    x"
    bx #
    bx $
    0%
    b00000000000000000 &
    b00000000000000000 '
    b00000 (
    b0000000000000100 )
    0*
    b0000 +
    0,
    0-
    b0000000000 .
    0/
    10
    b00000000000000 1
    12
    13
    14
    b0000000000000000 5
    b0000000000000000 6
    b0000000000000000 7
    08
    b0000 9
    b0000000000000000 :
    b000000 ;
    $end
    #10
    1"
    b01000000000000010000000000001000 #
    b00000000000000110000000000010011 $
    1!
    1*
    b0011 +
    1,
    b0000000011 .
    b1111111111111110 7
    #15
    0!
    #20
    1!
    b00000000000001 1
    b00000000100000000 &
    #25
    0!
    #550
    b0000000000000000 7
    0*
    b0000 +
    b00000000100000001 &
    #560

    """

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func anyLogIsADumpWhoseTimesIncreaseAndWhoseValuesHaveTheirWidth(seed: UInt64) throws {
    let document = try VCDDocument(dump(randomEntries(3000, seed: seed), tiles: [randomTileSize, randomTileSize]))
    #expect(document.variables.count == 4 + 5 + 2 * (11 + 5 + 5 + 8) + 4)
    let accesses = document.history("bus.valid").filter { $0.value == "1" }
    #expect(accesses.allSatisfy { $0.time % 10 == 0 })
    #expect(document.history("bus.valid").last?.value == "0")
  }

  @Test func anEmptyLogIsADumpOfTheResetState() throws {
    let document = try VCDDocument(dump([], tiles: [randomTileSize]))
    #expect(document.changes.isEmpty)
    #expect(document.times == [10])
    #expect(document.initial["MBX0.LOCKED"] == "1")
  }

  @Test func timesNeverDecreaseWhateverTheCycles() throws {
    let cycles: [UInt64] = [5, 3, 5, .max / 10, .max / 10 + 1, .max, 2]
    let entries = cycles.map { LogEntry(cycle: $0, .access(Transaction(.read, UInt32($0 % 7), 0))) }
    _ = try VCDDocument(dump(entries, tiles: [randomTileSize]))
  }

  @Test func codesStayDistinctBeyondTwoCharacters() throws {
    let size = TileSize(wordLines: 1024, bitLines: 1024, columns: 1024)
    let document = try VCDDocument(dump([], tiles: Array(repeating: size, count: 3)))
    #expect(document.variables.count == 9 + 3 * (11 + 3 * 1024) + 4)
    #expect(document.variables.count > 94 + 94 * 94)
    #expect(document.variables.last == VCDDocument.Variable(path: "FLASH.ERROR", width: 6))
    #expect(document.variables.dropLast(4).last == VCDDocument.Variable(path: "MBX2.PULSE_1023", width: 16))
  }

  @Test func scopesAreTheBlocksOfTheMap() throws {
    let document = try VCDDocument(dump([], tiles: Array(repeating: randomTileSize, count: 8)))
    let scopes = Set(document.variables.map { String($0.path.prefix { $0 != "." }) })
    let blocks = BlockMap.board(tiles: 8).filter { "\($0.name)" == "MBX" }.map { map in
      "\(map.name)" + (map.number.map { "\($0)" } ?? "")
    }
    #expect(scopes == Set(blocks + ["bus", "FLASH"]))
  }
}
