"""The chip: its bus, registers, time, lines, state and tiles."""

import array
import threading
import unittest

from mblstm import (Access, BusError, Chip, ChipError, Conversion, Lines, Operation, OperationError, PowerError, Status,
                    Tile, registers)
from support import InAFolder, mblstm, rows

START, WAIT, DRIVE, SENSE = (registers.MBX0.START.address, registers.MBX0.WAIT.address, registers.MBX0.DRIVE[0].address,
                             registers.MBX0.SENSE[0].address)


class BusTests(InAFolder):
    def test_a_register_is_reached_in_its_own_size_only(self):
        with Chip(tiles=[[4, 3]]) as chip:
            chip.write32(DRIVE, 0x00050003)
            self.assertEqual(chip.read32(DRIVE), 0x00050003)
            chip.write8(chip.UART.SCR.address, 0xA5)
            self.assertEqual(chip.read8(chip.UART.SCR.address), 0xA5)
            for access in (lambda: chip.read8(DRIVE), lambda: chip.read16(DRIVE), lambda: chip.write8(DRIVE, 1),
                           lambda: chip.write16(DRIVE, 1), lambda: chip.read32(chip.UART.SCR.address),
                           lambda: chip.read32(0x20000000), lambda: chip.write32(DRIVE + 2, 1)):
                with self.assertRaises(BusError) as raised:
                    access()
                self.assertEqual(raised.exception.status, Status.BUS_ERROR)
            self.assertEqual(chip.read_register(chip.UART.SCR.address), 0xA5)
            chip.write_register(chip.UART.SCR.address, 0x1FF)
            self.assertEqual((chip.UART.SCR.read(), chip.MBX.ERROR.decode(chip.MBX.ERROR.read())["RESERVED"]), (0xA5, 1))

    def test_memory_is_reached_by_words(self):
        with Chip() as chip:
            chip.write32(0x80000100, 0x11223344)
            self.assertEqual((chip.read32(0x80000100), chip.peek(0x80000100)), (0x11223344, 0x11223344))
            self.assertRaises(BusError, chip.read16, 0x80000100)
            self.assertRaises(BusError, chip.write8, 0x80000100, 1)

    def test_an_access_takes_a_cycle_and_a_read_of_wait_as_long_as_the_tile_is_busy(self):
        with Chip(tiles=[[4, 3]]) as chip:
            chip.write32(START, 1 | 1 << 5)
            self.assertEqual(chip.cycle, 1)
            ends = chip.next_event
            self.assertEqual(chip.MBX0.STATUS.BUSY.peek(), 1)
            self.assertEqual(chip.read32(WAIT) & 1, 0)
            self.assertEqual(chip.cycle, max(ends, 2))
            self.assertIsNone(chip.next_event)

    def test_a_batch_is_its_accesses_one_by_one(self):
        lines = [Access(Operation.WRITE32, DRIVE, 127), (Operation.WRITE32, START, 1 | 1 << 5), (Operation.READ32, WAIT),
                 (Operation.READ8, WAIT), (Operation.PASS, 0, 100), (Operation.READ32, SENSE)]
        with Chip(tiles=[[4, 3]]) as chip, Chip(tiles=[[4, 3]]) as other:
            got = chip.batch(lines)
            other.write32(DRIVE, 127)
            other.write32(START, 1 | 1 << 5)
            wait = other.read32(WAIT)
            self.assertRaises(BusError, other.read8, WAIT)
            other.advance(other.cycle + 100)
            self.assertEqual([line.value for line in got], [127, 1 | 1 << 5, wait, got[3].value, 100, other.read32(SENSE)])
            self.assertEqual([line.status for line in got], [0, 0, 0, Status.BUS_ERROR, 0, 0])
            self.assertEqual((chip.cycle, chip.snapshot()), (other.cycle, other.snapshot()))
            self.assertEqual(chip.batch([]), [])

    def test_words_are_a_batch_in_place(self):
        with Chip(tiles=[[4, 3]]) as chip:
            words = array.array("I", [Operation.WRITE32, DRIVE, 5, 9, Operation.READ32, DRIVE, 0, 9, Operation.READ8, DRIVE, 0, 9])
            self.assertEqual(chip.batch_words(words), Status.BUS_ERROR)
            self.assertEqual(list(words), [5, DRIVE, 5, 0, 2, DRIVE, 5, 0, 0, DRIVE, words[10], 1])
            self.assertRaises(ValueError, chip.batch_words, array.array("I", [1, 2, 3]))
            self.assertRaises(ValueError, chip.batch_words, bytes(16))
            self.assertRaises(ChipError, chip.batch_words, array.array("I", [99, 0, 0, 0]))

    def test_what_is_put_in_behind_the_bus_takes_no_time(self):
        with Chip(tiles=[[4, 3]]) as chip:
            chip.poke(DRIVE, 7)
            chip.MBX0.DRIVE[1].poke(9)
            self.assertEqual((chip.peek(DRIVE), chip.MBX0.DRIVE[1].peek(), chip.cycle), (7, 9, 0))
            self.assertRaises(BusError, chip.peek, 0x20000000)

    def test_interrupts_are_levels(self):
        with Chip(tiles=[[4, 3]]) as chip:
            self.assertEqual(chip.interrupts, Lines(0))
            chip.MBX.IRQ_ENABLE.write(TILES=1)
            chip.tile(0).operate("ZERO")
            self.assertEqual(chip.interrupts, Lines.MBX)
            chip.MBX.IRQ_PENDING.write(TILES=1)
            chip.CLINT.MSIP.write(PENDING=1)
            self.assertEqual(chip.interrupts, Lines.SOFTWARE)


class StateTests(InAFolder):
    def busy(self):
        chip = Chip(tiles=[[4, 3], [2, 2]], seed=5)
        self.addCleanup(chip.close)
        tile = chip.tile(0)
        tile.unlock()
        tile.program_row(1, [500, -20, 900])
        chip.write32(START, 1 | 1 << 5)
        return chip

    def test_a_snapshot_goes_on_anywhere(self):
        chip = self.busy()
        chip.save(self.folder / "chip.mbx")
        taken = chip.snapshot()
        self.assertEqual((self.folder / "chip.mbx").read_bytes(), taken)
        with Chip() as other, Chip(self.folder / "chip.mbx") as opened:
            other.restore(taken)
            for each in (chip, other, opened):
                each.advance(5000)
            self.assertTrue(chip.snapshot() == other.snapshot() == opened.snapshot())
            self.assertEqual((other.tile_count, other.tile_size(1)), (2, (2, 2, 2)))
            self.assertEqual(rows(other.cells(0)), rows(chip.cells(0)))

    def test_reset_leaves_cells_and_a_cycle_of_the_power_too(self):
        chip = self.busy()
        cells = rows(chip.cells(0))
        chip.reset(tiles=[0])
        self.assertEqual((chip.MBX0.STATUS.LOCKED.peek(), rows(chip.cells(0))), (1, cells))
        chip.MBX1.DRIVE[0].write(5)
        chip.reset(chip=True)
        self.assertEqual(chip.MBX1.DRIVE[0].peek(), 0)
        chip.power_cycle()
        self.assertEqual((chip.cycle, rows(chip.cells(0))), (0, cells))
        self.assertRaises(ChipError, chip.reset, tiles=[5])

    def test_power_that_goes_is_told(self):
        chip = self.busy()
        chip.schedule(power_cut=chip.cycle + 3)
        self.assertRaises(PowerError, chip.advance, chip.cycle + 100)
        self.assertRaises(PowerError, chip.read32, WAIT)
        chip.power_cycle()
        self.assertEqual(chip.read32(registers.MBX.ID.address), registers.MBX.ID.reset)
        chip.schedule(brown_out=chip.cycle + 1)
        chip.advance(chip.cycle + 2)
        self.assertEqual(chip.MBX.RESET_CAUSE.BROWN_OUT.read(), 1)
        self.assertRaises(ChipError, chip.schedule, power_cut=0)

    def test_cells_are_rows_of_picosiemens(self):
        with Chip(tiles=[[3, 2]]) as chip:
            cells = [[10_000_000, 20_000_000], [30_000_000, 40_000_000], [50_000_000, 60_000_000]]
            chip.set_cells(0, cells)
            got = chip.tile(0).cells
            self.assertEqual((tuple(got.shape), rows(got), got[2, 1]), ((3, 2), cells, 60_000_000))
            chip.set_cells(0, [11_000_000, 12_000_000], first=1)
            chip.tile(0).set_cells(chip.cells(0))
            self.assertEqual(rows(chip.cells(0))[:2], [[10_000_000, 11_000_000], [12_000_000, 40_000_000]])
            self.assertRaises(ChipError, chip.set_cells, 0, [10_000_000, 999_000_000])
            self.assertEqual(rows(chip.cells(0))[0], [10_000_000, 11_000_000])

    def test_a_configuration_is_a_dict_a_text_a_head_or_a_file(self):
        text = '{"tiles": [[4, 3]], "seed": 9}'
        (self.folder / "chip.json").write_text(text)
        with Chip({"tiles": [[4, 3]]}, seed=9) as chip:
            wanted = chip.snapshot()
            for made in (text, {"tiles": ((4, 3),), "seed": 9}, "chip seed=9\ntile word-lines=4 bit-lines=3\n", self.folder / "chip.json"):
                with Chip(made) as other:
                    self.assertEqual(other.snapshot(), wanted)
            with Tile(self.folder / "chip.json") as tile:
                self.assertEqual(tile.size, chip.tile_size(0))
        printed = mblstm("run", "--print-chip", "digits", "--seed", 3)
        with Chip(printed.stdout) as chip:
            self.assertEqual([chip.tile_size(tile)[:2] for tile in range(chip.tile_count)], [(32, 64), (32, 16)])
        self.assertRaisesRegex(ChipError, "tiels", Chip, {"tiels": [[4, 3]]})


class TileOfAChipTests(unittest.TestCase):
    def test_its_operations_are_those_of_the_tile_alone(self):
        made = {"tiles": [[5, 4]], "seed": 2, "readNoise": 0.004}
        with Chip(made) as chip, Tile(made) as alone:
            tile = chip.tile(0)
            tile.unlock()
            widths = [300, -40, 0, 1200]
            tile.program_row(3, widths)
            alone.program_row(3, widths)
            self.assertEqual(rows(tile.cells), rows(alone.cells))
            for drive in ([127, -127, 3, 5, 0], [0, 0, 0, 1, 1]):
                self.assertEqual(rows(tile.read(drive)), rows(alone.read(drive).sense))
            self.assertEqual(rows(tile.read_t([1, 2, 3, 127])), rows(alone.read_t([1, 2, 3, 127]).sense))
            tile.erase(400)
            alone.erase(400)
            self.assertEqual(rows(tile.cells), rows(alone.cells))
            tile.operate("REFERENCE")
            self.assertEqual(rows(tile.sense(5)), rows(alone.convert(Conversion.REFERENCE).sense))

    def test_levels_are_what_is_driven_and_what_the_tile_alone_got(self):
        codes = [100, -127, 3]
        with Chip(tiles=[[2, 2], [3, 2]]) as chip, Tile(tiles=[[3, 2]]) as alone:
            microvolts = alone.converters.microvolts_per_code
            alone.read(codes)
            chip.tile(1).drive(codes)
            chip.MBX1.START.write(OPERATION="READ", LINEAR=1)
            levels = chip.tile(1).levels
            self.assertEqual(levels.word_line_microvolts.tolist(), [code * microvolts for code in codes])
            self.assertEqual([len(each) for each in levels[:4]], [3, 2, 3, 2])
            self.assertFalse(any(levels.column_attoamperes.tolist()))
            chip.MBX1.WAIT.read()
            levels = chip.levels(1)
            self.assertEqual(levels.word_line_microvolts.tolist(), [0] * 3)
            self.assertEqual(levels.column_attoamperes.tolist(), alone.currents.tolist())
            chip.tile(1).unlock()
            chip.MBX1.PULSE[0].write(WIDTH=-5)
            chip.MBX1.START.write(OPERATION="PROGRAM_ROW")
            self.assertEqual(chip.levels(1).pulse_microvolts, -1000 * chip.MBX1.AMPLITUDE.RESET_MV.peek())
            self.assertEqual(chip.levels().pulse_microvolts, 0)
            with self.assertRaisesRegex(ChipError, "tile 2, expected 0 to 1"):
                chip.levels(2)

    def test_what_it_refuses_is_raised(self):
        with Chip(tiles=[[4, 3]]) as chip:
            tile = chip.tile(0)
            self.assertRaisesRegex(OperationError, "MBX0: PROGRAM_ROW ended with LOCKED in ERROR", tile.program_row, 0, [1, 2, 3])
            chip.MBX0.ERROR.write(LOCKED=1)
            tile.unlock()
            tile.program_row(0, [1, 2, 3])
            tile.lock()
            self.assertRaisesRegex(OperationError, "CODE", tile.read, [128, 0, 0, 0])
            for call in (lambda: tile.read([1, 2, 3]), lambda: tile.read([1, 2, 3, 40000]), lambda: tile.program_row(0, [1]),
                         lambda: tile.sense(0), lambda: chip.tile(1), lambda: tile.drive([0] * 1025), lambda: tile.operate("WRITE")):
                self.assertRaises(ValueError, call)

    def test_chips_on_threads_answer_as_each_does_alone(self):
        def work(seed, answers):
            with Chip(tiles=[[6, 5]], seed=seed, cycleToCycle=0.1) as chip:
                tile = chip.tile(0)
                tile.unlock()
                for round in range(20):
                    tile.program_row(round % 6, [100 * round, -30, 500, 0, 7])
                answers[seed] = rows(tile.cells), chip.cycle

        alone, together = {}, {}
        for seed in range(8):
            work(seed, alone)
        threads = [threading.Thread(target=work, args=(seed, together)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(together, alone)
        self.assertGreater(len({str(answer) for answer in alone.values()}), 1)


if __name__ == "__main__":
    unittest.main()
