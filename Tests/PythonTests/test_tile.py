"""The tile alone."""

import unittest

from mblstm import Chip, ChipError, Circuit, Conversion, Status, Supply, Tile
from support import rows


class TileTests(unittest.TestCase):
    def test_sizes_of_what_it_takes_and_gives(self):
        with Tile(tiles=[[5, 4]], synapse="differential") as tile:
            self.assertEqual(tile.size, (5, 4, 2))
            self.assertEqual(tile.converters, (127, 2047, 1575))
            self.assertEqual([len(each) for each in tile.read([1] * 5)[:2]], [2, 2])
            self.assertEqual(len(tile.currents), 2)
            self.assertEqual([len(each) for each in tile.read_t([1] * 2)[:2]], [5, 5])
            self.assertEqual(len(tile.currents), 5)
            for conversion in (Conversion.ZERO, Conversion.REFERENCE):
                self.assertEqual(len(tile.convert(conversion).sense), 5)
            self.assertEqual(tuple(tile.cells.shape), (5, 4))

    def test_currents_and_codes_follow_from_cells(self):
        with Tile(tiles=[[2, 1]]) as tile:
            tile.set_cells([[100_000_000], [10_000_000]])
            drive = 100
            got = tile.read([drive, 0])
            microvolts = tile.converters.microvolts_per_code
            # 100 µS less the reference's 55 µS, in steps of the array's weights.
            self.assertAlmostEqual(tile.currents.tolist()[0] / (drive * microvolts * 45_000_000), 1, delta=1e-3)
            self.assertEqual(got.cycles, 30)
            tile.set_feedback(20_000)
            self.assertAlmostEqual(tile.read([drive, 0]).sense.tolist()[0] / got.sense.tolist()[0], 2, delta=0.05)
            tile.set_feedback(10 ** 6)
            self.assertEqual(tile.read([127, 0]).saturated.tolist(), [1])
            tile.set_settle(25)
            self.assertEqual(tile.read([127, 0]).cycles, 45)
            self.assertEqual(got.saturated.tolist(), [0])

    def test_pulses_move_cells_and_cost_time_and_energy(self):
        with Tile(tiles=[[3, 2]]) as tile:
            before = tile.cells.tolist()
            took = tile.program_row(1, [900, 0])
            after = tile.cells.tolist()
            self.assertGreater(after[1][0], before[1][0])
            self.assertEqual((after[1][1], after[0]), (before[1][1], before[0]))
            self.assertEqual(tile.cycle, took)
            self.assertGreater(tile.energy.programmed, 0)
            self.assertEqual(tile.energy.read, 0)
            self.assertGreater(tile.erase(2000), 0)
            self.assertLess(tile.cells.tolist()[1][0], after[1][0])
            tile.read([1, 1, 1])
            self.assertGreater(tile.energy.read, 0)
            tile.set_amplitudes(0, 0)
            cells = rows(tile.cells)
            tile.program_row(0, [900, 900])
            self.assertEqual(rows(tile.cells), cells)

    def test_circuits_and_trims_are_those_of_the_chip(self):
        configuration = {"tiles": [[2, 3], [3, 2]], "adcOffsetMicrovolts": 900, "seed": 5}
        bank = [2, 0x5000_F000, 0, 0x0400] + [0] * 14 + [0x0100_2000, 0x0200_0800] + [0] * 14
        with Chip(configuration) as chip, Tile(configuration, number=1) as tile:
            chip.write32(0x4002_0018, 0x5052_4F47)
            for place, word in zip((0x100, *range(0x140, 0x180, 4)), bank[:1] + bank[2:18]):
                chip.write32(0x4000_0000 + place, word)
            chip.write32(0x4000_0104, bank[1])
            for place, word in zip(range(0x180, 0x1C0, 4), bank[18:]):
                chip.write32(0x4000_0000 + place, word)
            trims = [0x9000_0010, 0x8000_FFF0, 0x8000_0000]
            for line, word in enumerate(trims):
                chip.write32(0x4002_4000 + 4 * line, word)
            chip.write32(0x4002_0100, 1)
            chip.write32(0x4002_1000, 0x0020_0050)
            chip.write32(0x4002_0008, 1)
            chip.read32(0x4002_0010)
            tile.set_trims(trims)
            tile.set_circuits([Circuit.SIGMOID, Circuit.LINEAR])
            tile.set_bank(Circuit.SIGMOID, bank)
            codes = tile.read([0x50, 0x20, 0]).sense.tolist()
            word = chip.read32(0x4002_2000)
            self.assertEqual([code & 0xFFFF for code in codes], [word & 0xFFFF, word >> 16])
            self.assertRaisesRegex(ChipError, "circuit 3 of column 1, expected 0 to 2", tile.set_circuits, [0, 3])
        self.assertRaisesRegex(ChipError, "tile 2, expected 0 to 1", Tile, configuration, number=2)

    def test_an_operation_that_is_stopped_has_the_effect_of_its_cycles(self):
        with Tile(tiles=[[2, 2]]) as tile, Tile(tiles=[[2, 2]]) as other:
            tile.stop(601)
            self.assertEqual(tile.program_row(0, [900, 0]), 601)
            before = other.cells.tolist()
            other.program_row(0, [300, 0])
            # A cycle more than 300 steps, which last 600.
            self.assertGreater(tile.cells.tolist()[0][0], other.cells.tolist()[0][0])
            self.assertGreater(other.cells.tolist()[0][0], before[0][0])
            codes = tile.read([100, 50]).sense.tolist()
            tile.stop(5)
            stopped = tile.read([-100, -50])
            self.assertEqual((stopped.cycles, stopped.sense.tolist()), (5, codes))
            energy = tile.energy
            self.assertIn(tile.dissipated - energy.read - energy.programmed, (0, 1))

    def test_supplies_come_in_their_order(self):
        with Tile(tiles=[[2, 2]], wakeUpCycles=50) as tile:
            on = Supply.ANALOG | Supply.DRIVERS
            self.assertEqual(tile.supplies, on | Supply.SETTLED)
            tile.supplies = Supply.ANALOG
            tile.supplies = Supply(0)
            with self.assertRaises(ChipError) as raised:
                tile.supplies = on
            self.assertEqual(raised.exception.status, Status.BAD_ORDER)
            tile.supplies = Supply.ANALOG
            self.assertRaises(ChipError, tile.read, [1, 1])
            tile.advance(tile.cycle + 50)
            tile.supplies = on
            self.assertEqual(tile.supplies, on | Supply.SETTLED)
            tile.read([1, 1])


if __name__ == "__main__":
    unittest.main()
