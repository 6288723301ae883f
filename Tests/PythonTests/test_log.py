"""Logs: as files, as calls, read back."""

import gc
import unittest

from mblstm import Chip, ChipError, Entry, Log, Record, registers
from support import HAS_FIRMWARE, InAFolder, mblstm

START, WAIT = registers.MBX0.START.address, registers.MBX0.WAIT.address


def work(chip):
    tile = chip.tile(0)
    tile.unlock()
    tile.program_row(1, [500, 0, -7])
    tile.read([127, 0, 0, 0])


class LogTests(InAFolder):
    def test_file_and_calls_are_one_log_and_it_replays(self):
        path, entries = self.folder / "log.csv", []
        with Chip(tiles=[[4, 3]], seed=3) as chip:
            chip.log_csv(path)
            chip.log_callback(entries.append)
            chip.log_vcd(self.folder / "waves.vcd", analog=True)
            work(chip)
            self.assertFalse(path.exists())
            chip.log_close()
            self.assertTrue(path.exists())
            work(chip)
        told = "".join(f"{entry.line}\n" for entry in entries)
        self.assertEqual(told, path.read_text())
        self.assertEqual(entries[0].kind, Entry.HEAD)
        self.assertIn("$enddefinitions", (self.folder / "waves.vcd").read_text())
        log = Log.read(path)
        self.assertEqual(len(log), len(entries) - 1)
        for record, entry in zip(log, entries[1:]):
            self.assertEqual(record.cycle, entry.cycle)
            if entry.kind is not Entry.EVENT:
                self.assertEqual((record.kind, record.address, record.value), (entry.kind.name.lower(), entry.address, entry.value))
        self.assertIn("no difference", mblstm("replay", path).stdout)

    def test_a_log_makes_its_chip_again(self):
        path = self.folder / "log.csv"
        with Chip(tiles=[[4, 3]], seed=3, cycleToCycle=0.05) as chip:
            chip.log_csv(path)
            work(chip)
            cells = chip.cells(0).tolist()
        log = Log.read(path)
        with Chip(log.configuration) as again:
            for record in log:
                if record.kind == "write":
                    again.write32(record.address, record.value)
                elif record.kind == "read":
                    self.assertEqual(again.read32(record.address), record.value)
            self.assertEqual(again.cells(0).tolist(), cells)

    def test_records_are_found_by_register(self):
        with Chip(tiles=[[4, 3]]) as chip:
            chip.log_csv(self.folder / "log.csv")
            work(chip)
        log = Log.read(self.folder / "log.csv")
        self.assertEqual([record.register for record in log.of("MBX0.PULSE")], [f"MBX0.PULSE[{place}]" for place in range(3)])
        starts = log.of("MBX0.START")
        self.assertEqual([(record.kind, record.detail.split()[0]) for record in starts],
                         [("write", "OPERATION=3"), ("write", "OPERATION=1")])
        self.assertGreater(len(log.of("MBX0")), len(starts))
        self.assertEqual(log.of("MBX0.DRIV"), [])
        self.assertTrue(any(record.kind == "event" and "finished PROGRAM_ROW" in record.detail for record in log.of("MBX0")))

    @unittest.skipUnless(HAS_FIRMWARE, "the package was built without the firmware")
    def test_logs_of_the_command_line_are_read_with_program_counters(self):
        ran = mblstm("run", "digits", "--limit", 1, "--core", "rv32", "--log", "log.csv", folder=self.folder)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        log = Log.read(self.folder / "log.csv")
        self.assertTrue(any(record.pc is not None and record.symbol for record in log))
        self.assertTrue(any("word-lines=25 bit-lines=64" in line for line in log.head))

    def test_what_is_no_log_is_told_with_its_line(self):
        first, names = "# mblstm register log, version 4", "cycle,initiator,kind,address,value,register,detail"
        for text, place in [("", "log:1"), ("# mblstm register log, version 3\n", "log:1"), (f"{first}\ncycle,kind\n", "log:2"),
                            (f"{first}\n{names}\nx,a,read,0x1,0x2,R,\n", "log:3"), (f"{first}\n{names}\n1,a,read\n", "log:3"),
                            (f"{first}\n{names}\n1,a,read,zz,0x2,R,\n", "log:3")]:
            self.assertRaisesRegex(ValueError, place, Log.parse, text)
        empty = Log.parse(f"{first}\n# chip seed=1\n{names}\n")
        self.assertEqual((len(empty), empty.head), (0, [first[2:], "chip seed=1"]))
        self.assertEqual(Log.parse(f"{first}\n{names}\n1,a,event,,,MBX0,done\n")[0], Record(1, "a", "event", None, None, "MBX0", "done"))

    def test_what_a_callback_raises_comes_out_once_and_the_access_is_made(self):
        class Stop(Exception):
            pass

        told = []

        def callback(entry):
            told.append(entry)
            if entry.kind is Entry.WRITE:
                raise Stop(entry.address)

        chip = Chip(tiles=[[4, 3]])
        chip.log_callback(callback)
        self.assertRaises(Stop, chip.write32, registers.MBX0.DRIVE[0].address, 5)
        self.assertEqual(chip.read32(registers.MBX0.DRIVE[0].address), 5)
        self.assertRaises(Stop, chip.MBX0.DRIVE[1].write, 6)
        self.assertEqual(len(told), 4)
        chip.close()

    def test_a_callback_cannot_call_its_own_chip_but_another(self):
        other, refused = Chip(tiles=[[2, 2]]), []

        def callback(entry):
            other.MBX0.DRIVE[0].write(1)
            try:
                chip.read32(WAIT)
            except ChipError as error:
                refused.append(error.status.name)
            try:
                chip.close()
            except ChipError as error:
                refused.append(error.status.name)

        with Chip(tiles=[[4, 3]]) as chip:
            chip.log_callback(callback)
            head = len(refused)
            chip.read32(WAIT)
            self.assertEqual(refused[head:], ["IN_USE"] * 2)
            self.assertFalse(chip.closed)
        other.close()

    def test_a_forgotten_chip_makes_its_log_final(self):
        chip = Chip(tiles=[[4, 3]])
        chip.log_csv(self.folder / "log.csv")
        chip.read32(WAIT)
        del chip
        gc.collect()
        self.assertEqual(len(Log.read(self.folder / "log.csv")), 1)

    def test_logs_refuse_what_cannot_be(self):
        with Chip(tiles=[[4, 3]]) as chip:
            self.assertRaises(ChipError, chip.log_csv, self.folder / "missing/log.csv")
            chip.log_csv(self.folder / "log.csv")
            self.assertRaises(ChipError, chip.log_csv, self.folder / "other.csv")
            self.assertRaises(ChipError, chip.power_cycle)
            self.assertRaises(ChipError, chip.restore, chip.snapshot())
            self.assertRaises(TypeError, chip.log_callback, 5)
            chip.read32(WAIT)
            self.assertRaises(ChipError, chip.log_vcd, self.folder / "late.vcd")


if __name__ == "__main__":
    unittest.main()
