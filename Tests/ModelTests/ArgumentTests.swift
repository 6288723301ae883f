import Board
import Foundation
import ModelHeader
import Testing

extension LibraryTests {
  @Suite("An argument") struct ArgumentTests {
    private func null(_ name: String, _ got: Int32, _ place: SourceLocation = #_sourceLocation) {
      wants(MBLSTM_BAD_ARGUMENT, "\(name) is a null pointer", got, place)
    }

    @Test("That is a null pointer is told by its name")
    func nulls() {
      var handle: UInt64 = 77
      var (word, other): (UInt32, UInt32) = (0, 0)
      null("configuration", mblstm_chip_new(nil, &handle))
      #expect(handle == 0)
      null("chip", mblstm_chip_new("{}", nil))
      handle = 77
      null("path", mblstm_chip_open(nil, &handle))
      #expect(handle == 0)
      null("chip", mblstm_chip_open("/dev/null", nil))
      withChip { chip in
        null("value", mblstm_chip_read8(chip, 0x1000_0005, nil))
        null("value", mblstm_chip_read16(chip, 0, nil))
        null("value", mblstm_chip_read32(chip, 0, nil))
        null("value", mblstm_chip_read_register(chip, 0, nil))
        null("value", mblstm_chip_peek(chip, 0, nil))
        null("accesses", mblstm_chip_batch(chip, nil, 0))
        null("cycle", mblstm_chip_cycle(chip, nil))
        null("cycle", mblstm_chip_next_event(chip, nil))
        null("lines", mblstm_chip_interrupts(chip, nil))
        null("length", mblstm_chip_snapshot(chip, nil, 0, nil))
        null("bytes", mblstm_chip_snapshot(chip, nil, .max, &handle))
        null("bytes", mblstm_chip_restore(chip, nil, 0))
        null("path", mblstm_chip_save(chip, nil))
        null("tiles", mblstm_chip_tiles(chip, nil))
        null("word_lines", mblstm_chip_tile_size(chip, 0, nil, &word, &other))
        null("bit_lines", mblstm_chip_tile_size(chip, 0, &word, nil, &other))
        null("columns", mblstm_chip_tile_size(chip, 0, &word, &other, nil))
        null("picosiemens", mblstm_chip_get_cells(chip, 0, 0, nil, 0))
        null("picosiemens", mblstm_chip_set_cells(chip, 0, 0, nil, 0))
        null("path", mblstm_chip_log_csv(chip, nil))
        null("path", mblstm_chip_log_vcd(chip, nil, 0))
        null("entry", mblstm_chip_log_callback(chip, nil, nil))
        #expect(cycle(chip) == 0)
      }
    }

    @Test("Of a tile's calls too")
    func nullsOfTiles() {
      var handle: UInt64 = 77
      var (word, other): (UInt32, UInt32) = (0, 0)
      var (code, more, wide): (Int32, Int32, UInt64) = (0, 0, 0)
      null("configuration", mblstm_tile_new(nil, &handle))
      #expect(handle == 0)
      null("tile", mblstm_tile_new("{}", nil))
      null("configuration", mblstm_tile_of(nil, 0, &handle))
      null("tile", mblstm_tile_of("{}", 0, nil))
      let codes = [Int32](repeating: 0, count: 6)
      withTile { tile in
        null("word_lines", mblstm_tile_size(tile, nil, &word, &other))
        null("bit_lines", mblstm_tile_size(tile, &word, nil, &other))
        null("columns", mblstm_tile_size(tile, &word, &other, nil))
        null("largest_drive", mblstm_tile_converters(tile, nil, &code, &more))
        null("largest_sense", mblstm_tile_converters(tile, &code, nil, &more))
        null("microvolts_per_code", mblstm_tile_converters(tile, &code, &more, nil))
        null("drive", mblstm_tile_convert(tile, 1, nil, 6, &code, 4, nil, nil))
        null("sense", mblstm_tile_convert(tile, 1, codes, 6, nil, 4, nil, nil))
        null("attoamperes", mblstm_tile_currents(tile, nil, 4))
        null("widths", mblstm_tile_program_row(tile, 0, nil, 4, nil))
        null("present", mblstm_tile_supplies(tile, nil))
        null("cycle", mblstm_tile_cycle(tile, nil))
        null("read", mblstm_tile_energy(tile, nil, &wide))
        null("programmed", mblstm_tile_energy(tile, &wide, nil))
        null("attojoules", mblstm_tile_dissipated(tile, nil))
        null("words", mblstm_tile_trims(tile, nil, 6))
        null("circuits", mblstm_tile_circuits(tile, nil, 4))
        null("words", mblstm_tile_bank(tile, 1, nil, 34))
        null("picosiemens", mblstm_tile_get_cells(tile, 0, nil, 0))
        null("picosiemens", mblstm_tile_set_cells(tile, 0, nil, 0))
        var cycle: UInt64 = 1
        must(mblstm_tile_cycle(tile, &cycle))
        #expect(cycle == 0)
      }
    }

    @Test("A text is UTF-8 and has 4 MiB at most")
    func texts() {
      var chip: UInt64 = 77
      wants(
        MBLSTM_BAD_ARGUMENT, "configuration is not UTF-8 text", mblstm_chip_new([CChar(bitPattern: 0xff), 0], &chip))
      #expect(chip == 0)
      let most = 4 << 20
      let padded = "{}" + String(repeating: " ", count: most - 2)
      must(mblstm_chip_new(padded, &chip))
      must(mblstm_chip_free(chip))
      wants(
        MBLSTM_BAD_ARGUMENT, "configuration is longer than 4 MiB, expected a shorter text",
        mblstm_chip_new(padded + " ", &chip))
      #expect(chip == 0)
    }

    @Test(
      "A configuration is JSON or the lines of a log's head, whatever is before it; what it cannot be is told with its place"
    )
    func configurations() {
      var chip: UInt64 = 77
      let lines = "chip seed=5\ntile word-lines=6 bit-lines=4\ntile word-lines=3 bit-lines=10"
      withChip { json in
        for same in [lines, "\n  " + lines, "\n\t " + small] {
          withChip(same) { #expect(snapshot($0) == snapshot(json)) }
        }
      }
      withChip("{}") { chip in
        var (tiles, word, bit, columns): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        must(mblstm_chip_tiles(chip, &tiles))
        #expect(Int(tiles) == ChipConfiguration.usualTiles.count)
        for (number, tile) in ChipConfiguration.usualTiles.enumerated() {
          must(mblstm_chip_tile_size(chip, UInt32(number), &word, &bit, &columns))
          #expect((Int(word), Int(bit)) == (tile.wordLines, tile.bitLines))
        }
      }
      for (text, problem) in [
        ("", "configuration:1: expected a value"), ("{\"seed\": -1}", "configuration:1"),
        ("{\n\"sed\": 1}", "configuration:2"),
        ("{\"tiles\": [[1, 1]], \"onResistance\": 2e10}", "configuration"), ("chip sed=1", "configuration"),
        ("chip seed=1\ntile word-lines=0 bit-lines=1", "configuration"),
        ("{\"tiles\": [[1, 3]], \"synapse\": \"differential\"}", "configuration"),
        ("{\"tiles\": [[4, 4], [4, 3]], \"synapse\": \"differential\"}", "configuration"),
      ] {
        chip = 77
        #expect(mblstm_chip_new(text, &chip) == MBLSTM_BAD_INPUT.rawValue && chip == 0, "\(text)")
        #expect(words.hasPrefix(problem.prefix(15)), "\(text): \(words)")
        chip = 77
        #expect(mblstm_tile_new(text, &chip) == MBLSTM_BAD_INPUT.rawValue && chip == 0, "\(text)")
      }
    }

    @Test("A file is a configuration or a chip file; its problems have its name")
    func files() throws {
      try withFolder { folder in
        let path = folder + "/chip"
        var opened: UInt64 = 77
        #expect(mblstm_chip_open(path, &opened) == MBLSTM_BAD_INPUT.rawValue)
        #expect(words.hasPrefix("\(path): cannot be read: No such file or directory"))
        #expect(opened == 0)
        try Data(small.utf8).write(to: URL(fileURLWithPath: path))
        try withChip { chip in
          must(mblstm_chip_open(path, &opened))
          #expect(snapshot(opened) == snapshot(chip))
          must(mblstm_chip_free(opened))
          must(mblstm_chip_write32(chip, 0x4001_1000, 3))
          must(mblstm_chip_save(chip, path))
          let saved = try Data(contentsOf: URL(fileURLWithPath: path))
          #expect(Array(saved) == snapshot(chip))
          must(mblstm_chip_open(path, &opened))
          #expect(snapshot(opened) == snapshot(chip) && cycle(opened) == 1)
          must(mblstm_chip_free(opened))
        }
        for text in ["{\"tiles\": [[0, 1]]}", "chip sed=1", "{\"dacBits\": 99}"] {
          try Data(text.utf8).write(to: URL(fileURLWithPath: path))
          opened = 77
          #expect(mblstm_chip_open(path, &opened) == MBLSTM_BAD_INPUT.rawValue && opened == 0)
          #expect(words.hasPrefix(path) && words.count > path.utf8.count + 10)
        }
      }
    }

    @Test("A path is never a standard stream")
    func streams() {
      withChip { chip in
        for path in ["/dev/stdout", "/dev/stderr", "/dev/fd/1"] {
          let text = "\(path) is a standard stream of the process, expected a file"
          wants(MBLSTM_CANNOT_WRITE, text, mblstm_chip_save(chip, path))
          wants(MBLSTM_CANNOT_WRITE, text, mblstm_chip_log_csv(chip, path))
          wants(MBLSTM_CANNOT_WRITE, text, mblstm_chip_log_vcd(chip, path, 0))
        }
        #expect(mblstm_chip_save(chip, "/nowhere/at/all") == MBLSTM_CANNOT_WRITE.rawValue)
        #expect(words.contains("/nowhere/at/all") && words.contains("No such file"))
        var opened: UInt64 = 0
        #expect(mblstm_chip_open("-", &opened) == MBLSTM_BAD_INPUT.rawValue)
        #expect(words.hasPrefix("./-"))
      }
    }
  }
}
