import Board
import Crossbar
import ModelHeader
import Registers
import Testing
import Trace

extension LibraryTests {
  @Suite("A chip's state") struct StateTests {
    @Test("Needs as many bytes as it says, and goes on as the chip that it was taken of")
    func snapshots() {
      withEitherChip { chip in
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + TileRegister.drive.rawValue, 5))
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + TileRegister.start.rawValue, 1))
        let bytes = snapshot(chip)
        let count = UInt64(bytes.count)
        var (buffer, length) = ([UInt8](repeating: 0xaa, count: bytes.count + 8), UInt64(0))
        wants(
          MBLSTM_TOO_SHORT, "a buffer of \(count - 1) bytes, expected \(count) or more",
          mblstm_chip_snapshot(chip, &buffer, count - 1, &length))
        #expect(length == count && buffer.allSatisfy { $0 == 0xaa })
        length = 0
        must(mblstm_chip_snapshot(chip, &buffer, count + 8, &length))
        #expect(length == count && buffer == bytes + [UInt8](repeating: 0xaa, count: 8))
        withChip("{}") { other in
          must(mblstm_chip_restore(other, bytes, count))
          #expect(snapshot(other) == bytes)
          var (one, two): (UInt32, UInt32) = (0, 1)
          must(mblstm_chip_read32(chip, MemoryMap.tile(0) + TileRegister.wait.rawValue, &one))
          must(mblstm_chip_read32(other, MemoryMap.tile(0) + TileRegister.wait.rawValue, &two))
          #expect(one == two && snapshot(other) == snapshot(chip) && cycle(other) > 30)
        }
      }
    }

    @Test("Is not put back where a log is open, or where it is damaged; the chip then is as it was")
    func refused() {
      withChip { chip in
        let bytes = snapshot(chip)
        var damaged = bytes
        damaged[bytes.count / 2] ^= 1
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + TileRegister.drive.rawValue, 5))
        let now = snapshot(chip)
        #expect(mblstm_chip_restore(chip, damaged, UInt64(bytes.count)) == MBLSTM_BAD_INPUT.rawValue)
        #expect(words.hasPrefix("snapshot") && words.contains("damaged"))
        #expect(mblstm_chip_restore(chip, bytes, UInt64(bytes.count - 1)) == MBLSTM_BAD_INPUT.rawValue)
        #expect(words.hasPrefix("snapshot") && words.contains("truncated"))
        let most = UInt64(ChipFile.mostBytes)
        wants(
          MBLSTM_BAD_ARGUMENT, "bytes has \(most + 1) elements, expected at most \(most)",
          mblstm_chip_restore(chip, bytes, most + 1))
        must(mblstm_chip_log_callback(chip, { _, _, _, _, _, _ in }, nil))
        wants(
          MBLSTM_BAD_ORDER, "a restoration needs the logs to be closed",
          mblstm_chip_restore(chip, bytes, UInt64(bytes.count)))
        #expect(snapshot(chip) == now)
        must(mblstm_chip_log_close(chip))
        must(mblstm_chip_restore(chip, bytes, UInt64(bytes.count)))
        #expect(snapshot(chip) == bytes)
      }
    }

    @Test("Has the sizes of its tiles, with pairs of bit lines as columns where they are read as such")
    func sizes() {
      withEitherChip { chip in
        var (tiles, words, bits, columns): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        must(mblstm_chip_tiles(chip, &tiles))
        #expect(tiles == 2)
        for (tile, expected) in [[6, 4, 4], [3, 10, 10]].enumerated() {
          must(mblstm_chip_tile_size(chip, UInt32(tile), &words, &bits, &columns))
          #expect([words, bits, columns] == expected.map(UInt32.init))
        }
        for tile: UInt32 in [2, 3, .max] {
          let text = "tile \(tile), expected 0 to 1"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_tile_size(chip, tile, &words, &bits, &columns))
          var cell: Int32 = 50_000_000
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_get_cells(chip, tile, 0, &cell, 1))
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_set_cells(chip, tile, 0, &cell, 1))
        }
      }
      withChip(#"{"tiles": [[6, 4]], "synapse": "differential"}"#) { chip in
        var (words, bits, columns): (UInt32, UInt32, UInt32) = (0, 0, 0)
        must(mblstm_chip_tile_size(chip, 0, &words, &bits, &columns))
        #expect([words, bits, columns] == [6, 4, 2])
      }
    }

    @Test("A range of cells is what is read and put in, row-major, each within its bounds or none changes")
    func cells() throws {
      try withEitherChip { chip in
        var machine = try Machine(.small, log: NoLog())
        let cells = (0..<30).map { Int32(20_000_000 + 1_000_003 * $0) }
        must(mblstm_chip_set_cells(chip, 1, 0, cells, 30))
        for (place, cell) in cells.enumerated() {
          machine.setConductance(cell, tile: 1, wordLine: place / 10, bitLine: place % 10)
        }
        must(mblstm_chip_set_cells(chip, 0, 5, [33_000_000, 44_000_000], 2))
        machine.setConductance(33_000_000, tile: 0, wordLine: 1, bitLine: 1)
        machine.setConductance(44_000_000, tile: 0, wordLine: 1, bitLine: 2)
        #expect(snapshot(chip) == machine.bytes)
        for (first, count) in [(0, 30), (7, 5), (29, 1), (30, 0), (0, 0)] {
          var got = [Int32](repeating: -1, count: count + 1)
          must(mblstm_chip_get_cells(chip, 1, UInt64(first), &got, UInt64(count)))
          #expect(got == cells[first..<first + count] + [-1])
        }
        for (first, count) in [(0, 31), (30, 1), (31, 0), (29, 2), (5, UInt64.max), (.max, 1), (.max, .max)]
          as [(UInt64, UInt64)]
        {
          var got: Int32 = -1
          let text = "\(count) cells from \(first) on, of 30"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_get_cells(chip, 1, first, &got, count))
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_set_cells(chip, 1, first, &got, count))
          #expect(got == -1)
        }
        let array = machine.chip.tiles[1].array
        for (place, outside) in [(11, Int32(5)), (13, .max), (29, -1)] {
          let bounds = array.bounds(wordLine: place / 10, bitLine: place % 10)
          wants(
            MBLSTM_BAD_ARGUMENT,
            "cell \(place) to be of \(outside) pS, expected \(bounds.lowerBound) to \(bounds.upperBound)",
            mblstm_chip_set_cells(chip, 1, UInt64(place - 1), [20_000_000, outside], 2))
        }
        #expect(snapshot(chip) == machine.bytes)
      }
    }

    @Test("Each cell has the bounds that its own line and column give it")
    func bounds() throws {
      let configuration = #"{"tiles": [[6, 4], [3, 10]], "seed": 5, "device": "measured", "deviceToDevice": 0.1}"#
      try withChip(configuration) { chip in
        let machine = try ChipFile(bytes: snapshot(chip), named: "chip").machine(log: NoLog(), named: "chip")
        let array = machine.chip.tiles[1].array
        for place in 0..<30 {
          let bounds = array.bounds(wordLine: place / 10, bitLine: place % 10)
          for cell in [bounds.lowerBound, bounds.upperBound] {
            var (cell, got) = (cell, Int32(-1))
            must(mblstm_chip_set_cells(chip, 1, UInt64(place), &cell, 1))
            must(mblstm_chip_get_cells(chip, 1, UInt64(place), &got, 1))
            #expect(got == cell)
          }
          for cell in [bounds.lowerBound - 1, bounds.upperBound + 1] {
            #expect(mblstm_chip_set_cells(chip, 1, UInt64(place), [cell], 1) == MBLSTM_BAD_ARGUMENT.rawValue)
          }
        }
      }
    }
  }
}
