import Board
import Crossbar
import ModelHeader
import Registers
import Testing

extension LibraryTests {
  @Suite("What MBX's digital side sets a tile to") struct TileSettingTests {
    private static let bank: [UInt32] =
      [2, 0x5000_f000, 0, 0x0400] + [UInt32](repeating: 0, count: 14) + [0x0100_2000, 0x0200_0800]
      + [UInt32](repeating: 0, count: 14)

    /// Codes of a READ, and the cycles that it took.
    private func read(_ tile: UInt64, _ drive: [Int32]) -> (codes: [Int32], cycles: UInt64) {
      var (sense, cycles) = ([Int32](repeating: .max, count: 4), UInt64.max)
      must(mblstm_tile_convert(tile, 1, drive, 6, &sense, 4, nil, &cycles))
      return (sense, cycles)
    }

    @Test("Circuits, banks and trims are those of the board's tile, and change codes")
    func chain() throws {
      try withTile { tile in
        var oracle = try AnalogTile(.small)
        let drive: [Int32] = [127, -90, 64, 3, -127, 100]
        let plain = read(tile, drive).codes
        #expect(try oracle.convert(.read, drive: drive).codes.map(Int32.init) == plain)
        let trims: [UInt32] = [0x9000_0010, 0x7000_fff0, 0x8000_0000, 0x8000_0100, 0x8000_0000, 0x8000_0001]
        must(mblstm_tile_circuits(tile, [1, 0, 2, 1], 4))
        must(mblstm_tile_bank(tile, MBLSTM_TANH.rawValue, Self.bank, 34))
        must(mblstm_tile_trims(tile, trims, 6))
        try oracle.setCircuits([1, 0, 2, 1])
        try oracle.setBank(.tanh, Self.bank)
        try oracle.setTrims(trims)
        let changed = read(tile, drive).codes
        #expect(try oracle.convert(.read, drive: drive).codes.map(Int32.init) == changed)
        #expect(zip(plain, changed).allSatisfy { $0 != $1 })
        must(mblstm_tile_circuits(tile, [0, 0, 0, 0], 4))
        must(mblstm_tile_trims(tile, [UInt32](repeating: 0x8000_0000, count: 6), 6))
        #expect(read(tile, drive).codes == plain)
      }
    }

    @Test("An operation that is stopped has the effect of its cycles, and the next has all of its own")
    func stopped() throws {
      try withTile { tile in
        var oracle = try AnalogTile(.small)
        var cycles: UInt64 = 0
        let widths: [Int32] = [900, -400, 0, 20]
        for limit: UInt64 in [1, 601, 1850, 1851, 2000, .max] {
          must(mblstm_tile_stop(tile, limit))
          oracle.stop(after: limit)
          must(mblstm_tile_program_row(tile, 2, widths, 4, &cycles))
          #expect(try oracle.programRow(2, widths: widths) == cycles && cycles == min(limit, 1850 + 850))
          var cells = [Int32](repeating: 0, count: 24)
          must(mblstm_tile_get_cells(tile, 0, &cells, 24))
          #expect(cells == oracle.array.conductance)
        }
        let first = read(tile, [100, 0, 0, 0, 0, 50])
        must(mblstm_tile_stop(tile, 7))
        let early = read(tile, [-100, 0, 0, 0, 0, -50])
        #expect(first.cycles == 30 && early.cycles == 7 && early.codes == first.codes)
        let whole = read(tile, [-100, 0, 0, 0, 0, -50])
        #expect(whole.cycles == 30 && whole.codes != first.codes)
      }
    }

    @Test("References that settle are enough for a conversion that is stopped; it counts in all that was dissipated")
    func unsettled() {
      withTile { tile in
        must(mblstm_tile_set_supplies(tile, 1))
        must(mblstm_tile_set_supplies(tile, 0))
        var sense = [Int32](repeating: 7, count: 4)
        let drive: [Int32] = [127, 127, 127, 127, 127, 127]
        must(mblstm_tile_stop(tile, 30))
        let text = "the references have not settled"
        wants(MBLSTM_BAD_ORDER, text, mblstm_tile_convert(tile, 1, drive, 6, &sense, 4, nil, nil))
        must(mblstm_tile_set_supplies(tile, 1))
        must(mblstm_tile_convert(tile, 1, drive, 6, &sense, 4, nil, nil))
        #expect(sense == [0, 0, 0, 0])
        wants(MBLSTM_BAD_ORDER, text, mblstm_tile_convert(tile, 1, drive, 6, &sense, 4, nil, nil))
        var (read, programmed, both): (UInt64, UInt64, UInt64) = (0, 1, 0)
        must(mblstm_tile_energy(tile, &read, &programmed))
        must(mblstm_tile_dissipated(tile, &both))
        #expect(read > 0 && programmed == 0 && both == read)
      }
    }

    @Test("A tile of a number has that tile's size and draws")
    func numbers() throws {
      let text = #"{"tiles": [[6, 4], [6, 4]], "adcOffsetMicrovolts": 90000, "seed": 3}"#
      var (tile, first): (UInt64, UInt64) = (0, 0)
      must(mblstm_tile_of(text, 1, &tile))
      must(mblstm_tile_new(text, &first))
      defer {
        must(mblstm_tile_free(tile))
        must(mblstm_tile_free(first))
      }
      var configuration = ChipConfiguration(tiles: [.init(wordLines: 6, bitLines: 4), .init(wordLines: 6, bitLines: 4)])
      configuration.mismatch.adcOffset = 90_000
      configuration.seed = 3
      var oracle = try AnalogTile(configuration, number: 1)
      let codes = read(tile, [1, 2, 3, 4, 5, 6]).codes
      #expect(try oracle.convert(.read, drive: [1, 2, 3, 4, 5, 6]).codes.map(Int32.init) == codes)
      #expect(read(first, [1, 2, 3, 4, 5, 6]).codes != codes)
      var none: UInt64 = 9
      wants(MBLSTM_BAD_ARGUMENT, "tile 2, expected 0 to 1", mblstm_tile_of(text, 2, &none))
      #expect(none == 0)
      wants(MBLSTM_BAD_ARGUMENT, "tile 4294967295, expected 0 to 1", mblstm_tile_of(text, .max, &none))
    }

    @Test("Refuses circuits, trims and banks that it cannot have, and stays as it was")
    func refused() {
      withTile { tile in
        let drive: [Int32] = [1, 2, 3, 4, 5, 6]
        let before = read(tile, drive).codes
        let words = [UInt32](repeating: 1, count: 40)
        wants(MBLSTM_BAD_ARGUMENT, "5 trims, expected 6", mblstm_tile_trims(tile, words, 5))
        wants(MBLSTM_BAD_ARGUMENT, "words has 7 elements, expected at most 6", mblstm_tile_trims(tile, words, 7))
        wants(MBLSTM_BAD_ARGUMENT, "3 circuits, expected 4", mblstm_tile_circuits(tile, words, 3))
        wants(
          MBLSTM_BAD_ARGUMENT, "circuit 3 of column 2, expected 0 to 2", mblstm_tile_circuits(tile, [1, 2, 3, 0], 4))
        wants(MBLSTM_BAD_ARGUMENT, "33 words, expected 34", mblstm_tile_bank(tile, 1, words, 33))
        wants(
          MBLSTM_BAD_ARGUMENT, "LINEAR has no bank, expected SIGMOID or TANH", mblstm_tile_bank(tile, 0, words, 34))
        wants(
          MBLSTM_BAD_ARGUMENT, "circuit is 3, expected MBLSTM_SIGMOID or MBLSTM_TANH",
          mblstm_tile_bank(tile, 3, words, 34))
        for count: UInt32 in [0, 17] {
          let text = "\(count) segments, expected 1 to 16"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_tile_bank(tile, 2, [count] + words.prefix(33), 34))
        }
        #expect(read(tile, drive).codes == before)
      }
    }
  }
}
