import Board
import Crossbar
import ModelHeader
import Registers
import TestSupport
import Testing

extension LibraryTests {
  @Suite("A tile alone") struct TileTests {
    private func cells(_ tile: UInt64) -> [Int32] {
      var cells = [Int32](repeating: -1, count: 24)
      must(mblstm_tile_get_cells(tile, 0, &cells, 24))
      return cells
    }

    private func cycle(_ tile: UInt64) -> UInt64 {
      var cycle: UInt64 = .max
      must(mblstm_tile_cycle(tile, &cycle))
      return cycle
    }

    private func expectAlike(_ tile: UInt64, _ oracle: AnalogTile) {
      #expect(cells(tile) == oracle.array.conductance && cycle(tile) == oracle.cycle)
      var energy: (UInt64, UInt64) = (1, 1)
      must(mblstm_tile_energy(tile, &energy.0, &energy.1))
      #expect(
        energy.0 == oracle.counters.readEnergy.attojoules && energy.1 == oracle.counters.programEnergy.attojoules)
    }

    @Test("Does what the board's tile does, operation for operation", arguments: 1...3)
    func alike(seed: UInt64) throws {
      try withTile { tile in
        var (oracle, random) = (try AnalogTile(.small), SeededRandom(seed))
        for _ in 0..<150 {
          switch random.next() % 6 {
          case 0: try convert(random.pick([.zero, .reference]), tile, &oracle, &random)
          case 1: try convert(.readTransposed, tile, &oracle, &random)
          case 2: try convert(.read, tile, &oracle, &random)
          case 3: try program(tile, &oracle, &random)
          case 4: try erase(tile, &oracle, &random)
          default: try set(tile, &oracle, &random)
          }
          expectAlike(tile, oracle)
        }
        #expect(oracle.counters.reads > 20 && oracle.counters.pulses > 20)
      }
    }

    private func convert(
      _ operation: Registers.Operation, _ tile: UInt64, _ oracle: inout AnalogTile, _ random: inout SeededRandom
    ) throws {
      let lines = oracle.lines(of: operation)
      let drive = (0..<lines.driven).map { _ in Int32.random(in: -127...127, using: &random) }
      let expected = try oracle.convert(operation, drive: drive)
      var (sense, saturated) = (
        [Int32](repeating: .max, count: lines.sensed + 1), [UInt8](repeating: 9, count: lines.sensed + 1)
      )
      var cycles: UInt64 = 0
      must(
        mblstm_tile_convert(
          tile, operation.rawValue, drive, UInt32(lines.driven), &sense, UInt32(lines.sensed), &saturated, &cycles))
      #expect(sense == expected.codes.map(Int32.init) + [.max] && cycles == expected.cycles)
      #expect(saturated == expected.saturated.map { $0 ? 1 : 0 } + [9])
      if lines.driven > 0 {
        var currents = [Int64](repeating: .max, count: lines.sensed + 1)
        must(mblstm_tile_currents(tile, &currents, UInt32(lines.sensed)))
        #expect(currents == Array(oracle.currents) + [.max])
      }
    }

    private func program(_ tile: UInt64, _ oracle: inout AnalogTile, _ random: inout SeededRandom) throws {
      let (row, widths) = (Int(random.next() % 6), (0..<4).map { _ in Int32.random(in: -900...900, using: &random) })
      var cycles: UInt64 = 0
      must(mblstm_tile_program_row(tile, UInt32(row), widths, 4, &cycles))
      #expect(try oracle.programRow(row, widths: widths) == cycles)
    }

    private func erase(_ tile: UInt64, _ oracle: inout AnalogTile, _ random: inout SeededRandom) throws {
      let width = UInt32(random.next() % 400)
      var cycles: UInt64 = 0
      must(mblstm_tile_erase(tile, width, &cycles))
      #expect(try oracle.erase(width: Int(width)) == cycles)
    }

    private func set(_ tile: UInt64, _ oracle: inout AnalogTile, _ random: inout SeededRandom) throws {
      let (set, reset) = (UInt32(900 + random.next() % 400), UInt32(900 + random.next() % 400))
      let ohms = UInt32(5000 + random.next() % 200_000)
      must(mblstm_tile_amplitudes(tile, set, reset))
      must(mblstm_tile_feedback(tile, ohms))
      let settle = UInt32(1 + random.next() % 255)
      must(mblstm_tile_settle(tile, settle))
      try oracle.setSettle(cycles: Int(settle))
      try oracle.setAmplitudes(set: Int(set), reset: Int(reset))
      try oracle.setFeedback(ohms: ohms)
      let (place, cell) = (Int(random.next() % 23), Int32(20_000_000 + random.next() % 70_000_000))
      must(mblstm_tile_set_cells(tile, UInt64(place), [cell, cell + 5], 2))
      for (place, cell) in [(place, cell), (place + 1, cell + 5)] {
        oracle.setConductance(cell, wordLine: place / 4, bitLine: place % 4)
      }
    }

    @Test("Its sizes and converters are those of its configuration")
    func sizes() throws {
      try withTile(#"{"tiles": [[6, 4]], "synapse": "differential", "dacBits": 6, "adcBits": 9}"#) { tile in
        var (words, bits, columns): (UInt32, UInt32, UInt32) = (0, 0, 0)
        var (drive, sense, microvolts): (Int32, Int32, Int32) = (0, 0, 0)
        must(mblstm_tile_size(tile, &words, &bits, &columns))
        must(mblstm_tile_converters(tile, &drive, &sense, &microvolts))
        var configuration = ChipConfiguration(tiles: [.init(wordLines: 6, bitLines: 4)], synapse: .differential)
        (configuration.dacBits, configuration.adcBits) = (6, 9)
        let oracle = try AnalogTile(configuration)
        #expect([words, bits, columns] == [6, 4, 2])
        #expect([drive, sense, microvolts] == [31, 255, Int32(oracle.microvoltsPerCode)])
      }
    }

    @Test("A conversion wants lines as it drives and senses them, and is one that converts")
    func conversions() {
      withTile { tile in
        var (codes, sense) = ([Int32](repeating: 0, count: 12), [Int32](repeating: 0, count: 12))
        for conversion: UInt32 in [0, 3, 4, 7, 8, .max] {
          wants(
            MBLSTM_BAD_ARGUMENT, "conversion is \(conversion), expected one of enum mblstm_conversion",
            mblstm_tile_convert(tile, conversion, codes, 6, &sense, 4, nil, nil))
        }
        for (conversion, name, driven, sensed) in [
          (1, "READ", 6, 4), (2, "READ_T", 4, 6), (5, "ZERO", 0, 6), (6, "REFERENCE", 0, 6),
        ] as [(UInt32, String, UInt32, UInt32)] {
          for (other, others) in [(driven + 1, sensed), (driven, sensed - 1), (driven, sensed + 1), (sensed, driven)] {
            let text = "\(other) lines driven and \(others) sensed, expected \(driven) and \(sensed) for \(name)"
            wants(
              MBLSTM_BAD_ARGUMENT, text, mblstm_tile_convert(tile, conversion, codes, other, &sense, others, nil, nil))
          }
          must(mblstm_tile_convert(tile, conversion, codes, driven, &sense, sensed, nil, nil))
        }
        must(mblstm_tile_convert(tile, 5, nil, 0, &sense, 6, nil, nil))
        codes[2] = 128
        wants(
          MBLSTM_BAD_ARGUMENT, "drive code 128 of line 2, expected -127 to 127",
          mblstm_tile_convert(tile, 1, codes, 6, &sense, 4, nil, nil))
        var currents = [Int64](repeating: 0, count: 8)
        for count: UInt32 in [0, 5, 7] {
          wants(MBLSTM_BAD_ARGUMENT, "\(count) currents, expected 6", mblstm_tile_currents(tile, &currents, count))
        }
      }
      withTile(#"{"tiles": [[1, 1]]}"#) { tile in
        var (code, current): (Int32, Int64) = (0, 0)
        wants(MBLSTM_BAD_ORDER, "nothing has been read yet", mblstm_tile_currents(tile, &current, 1))
        must(mblstm_tile_convert(tile, 1, [5], 1, &code, 1, nil, nil))
        must(mblstm_tile_currents(tile, &current, 1))
      }
    }

    @Test("Refuses widths, rows, amplitudes and resistors that it cannot have, and stays as it was")
    func refused() throws {
      try withTile { tile in
        let oracle = try AnalogTile(.small)
        let widths: [Int32] = [0, 1, 2, 3, 4]
        wants(MBLSTM_BAD_ARGUMENT, "word line 6, expected 0 to 5", mblstm_tile_program_row(tile, 6, widths, 4, nil))
        wants(MBLSTM_BAD_ARGUMENT, "3 widths, expected 4", mblstm_tile_program_row(tile, 0, widths, 3, nil))
        wants(
          MBLSTM_BAD_ARGUMENT, "widths has 5 elements, expected at most 4",
          mblstm_tile_program_row(tile, 0, widths, 5, nil))
        wants(MBLSTM_BAD_ARGUMENT, "width 65536, expected 0 to 65535 steps", mblstm_tile_erase(tile, 65_536, nil))
        wants(
          MBLSTM_BAD_ARGUMENT, "an amplitude of 4096 mV, expected 0 to 4095", mblstm_tile_amplitudes(tile, 1000, 4096))
        wants(MBLSTM_BAD_ARGUMENT, "the tile refuses it with CODE", mblstm_tile_feedback(tile, 0))
        wants(MBLSTM_BAD_ARGUMENT, "256 cycles to settle, expected 1 to 255", mblstm_tile_settle(tile, 256))
        wants(MBLSTM_BAD_ARGUMENT, "25 cells from 0 on, of 24", mblstm_tile_set_cells(tile, 0, widths, 25))
        var cell: Int32 = 0
        wants(MBLSTM_BAD_ARGUMENT, "1 cells from 24 on, of 24", mblstm_tile_get_cells(tile, 24, &cell, 1))
        #expect(mblstm_tile_set_cells(tile, 3, [20_000_000, 5], 2) == MBLSTM_BAD_ARGUMENT.rawValue)
        #expect(words.hasPrefix("cell 4 to be of 5 pS"))
        expectAlike(tile, oracle)
      }
    }

    @Test("Its time passes up to a cycle from now on and below 2^61")
    func time() {
      withTile { tile in
        must(mblstm_tile_advance(tile, 0))
        must(mblstm_tile_advance(tile, 500))
        must(mblstm_tile_advance(tile, 500))
        for target: UInt64 in [499, 1 << 61, .max] {
          let text = "cycle \(target), expected one from now, 500, on and below 2^61"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_tile_advance(tile, target))
        }
        must(mblstm_tile_advance(tile, 1 << 61 - 1))
        #expect(cycle(tile) == 1 << 61 - 1)
      }
    }

    @Test("Its supplies come up in their order, and what comes too early is refused")
    func supplies() {
      withTile { tile in
        func present() -> UInt32 {
          var present: UInt32 = .max
          must(mblstm_tile_supplies(tile, &present))
          return present
        }
        let early = "the tile refuses it with SUPPLY"
        #expect(present() == 7)
        for wanted: UInt32 in [4, 5, 7, 8, .max] {
          wants(
            MBLSTM_BAD_ARGUMENT,
            "wanted is \(wanted), expected MBLSTM_SUPPLY_ANALOG, _DRIVERS, both or none",
            mblstm_tile_set_supplies(tile, wanted))
        }
        wants(MBLSTM_BAD_ORDER, early, mblstm_tile_set_supplies(tile, 2))
        wants(MBLSTM_BAD_ORDER, early, mblstm_tile_set_supplies(tile, 0))
        #expect(present() == 7)
        must(mblstm_tile_set_supplies(tile, 3))
        must(mblstm_tile_set_supplies(tile, 1))
        #expect(present() == 5)
        wants(MBLSTM_BAD_ORDER, early, mblstm_tile_program_row(tile, 0, [1, 0, 0, 0], 4, nil))
        must(mblstm_tile_set_supplies(tile, 0))
        #expect(present() == 0)
        var sense = [Int32](repeating: 7, count: 6)
        wants(
          MBLSTM_BAD_ORDER, "the references have not settled", mblstm_tile_convert(tile, 5, nil, 0, &sense, 6, nil, nil)
        )
        #expect(sense == [7, 7, 7, 7, 7, 7])
        must(mblstm_tile_set_supplies(tile, 1))
        #expect(present() == 1)
        wants(MBLSTM_BAD_ORDER, early, mblstm_tile_set_supplies(tile, 3))
        must(mblstm_tile_advance(tile, 999))
        #expect(present() == 1)
        must(mblstm_tile_advance(tile, 1000))
        #expect(present() == 5)
        must(mblstm_tile_set_supplies(tile, 3))
        #expect(present() == 7)
        must(mblstm_tile_program_row(tile, 0, [1, 0, 0, 0], 4, nil))
      }
    }
  }
}
