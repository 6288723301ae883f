"""Whatever the arguments are, a call ends with an exception or an answer, and the chip goes on."""

import ctypes.util
import inspect
import math
import os
import pathlib
import threading
import unittest

import mblstm
from mblstm import Chip, ChipError, ChipTile, Status, Tile, registers
from support import InAFolder

HOSTILE = [None, -1, 0, 1, 7, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 61, 2 ** 63, 2 ** 64 - 1, 2 ** 64, -2 ** 70, 10 ** 40, 1.5,
           math.nan, math.inf, True, "", "0", "x" * 5000, "\0", "\ud800", b"", b"abc", b"\0" * 64, [], [None], [1, 2, 3], [[1], [2]],
           [2 ** 40], ["1"], [1.5], (), {}, {"tiles": 1}, object(), Exception, pathlib.Path("/nonexistent/x"), pathlib.Path("a\0b"),
           range(5), iter([1]), memoryview(b"1234"), registers.MBX0.STATUS, threading.Lock()]

# What would wait, or end the process by design: memory that cannot be had does.
SKIPPED = {"close"}


def methods(kind):
    return [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_") and name not in SKIPPED]


class HostileTests(InAFolder):
    def attempt(self, call, *arguments):
        try:
            call(*arguments)
        except (ChipError, ValueError, TypeError, OSError, KeyError, AttributeError, IndexError, mblstm.OperationError) as error:
            self.assertTrue(str(error) or isinstance(error, KeyError), (call, arguments, error))

    def assaulted(self, make, kind, subject_of):
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        names = methods(kind)
        self.assertGreater(len(names), 5)
        for name in names:
            with make() as held:
                subject = subject_of(held)
                count = len(inspect.signature(getattr(subject, name)).parameters)
                for argument in HOSTILE:
                    for place in range(max(count, 1)):
                        arguments = [1] * count
                        if count:
                            arguments[place] = argument
                        self.attempt(getattr(subject, name), *arguments)
                    self.attempt(getattr(subject, name), *[argument] * count)

    def test_every_method_of_a_chip(self):
        self.assaulted(lambda: Chip(tiles=[[3, 2]]), Chip, lambda chip: chip)

    def test_every_method_of_a_tile_of_a_chip(self):
        self.assaulted(lambda: Chip(tiles=[[3, 2]]), ChipTile, lambda chip: chip.tile(0))

    def test_every_method_of_a_tile(self):
        self.assaulted(lambda: Tile(tiles=[[3, 2]]), Tile, lambda tile: tile)
        with Tile(tiles=[[3, 2]]) as tile:
            for argument in HOSTILE:
                self.attempt(setattr, tile, "supplies", argument)

    def test_configurations(self):
        for kind in (Chip, Tile):
            for argument in HOSTILE:
                self.attempt(kind, argument)
            for name in ("tiles", "seed", "device", "synapse", "adcBits"):
                for argument in HOSTILE:
                    self.attempt(lambda: kind(**{name: argument}))
            self.assertRaises(TypeError, kind, 5)
            self.assertRaises(TypeError, kind, "{}", seed=1)
            self.assertRaisesRegex(ChipError, "word lines of tile 0 is 0", kind, {"tiles": [[0, 0]]})
            self.assertRaises(ValueError, kind, "{\0}")

    def test_numbers_are_never_cut_off(self):
        with Chip(tiles=[[3, 2]]) as chip:
            drive = registers.MBX0.DRIVE[0].address
            for address, value in ((drive + (1 << 32), 5), (drive, 1 << 32), (drive, -1), (-1, 0), (drive, 1 << 64)):
                self.assertRaises(ValueError, chip.write32, address, value)
            for call in (lambda: chip.write8(0x10000007, 256), lambda: chip.write16(0x80000000, 1 << 16),
                         lambda: chip.poke(drive, 1 << 32), lambda: chip.advance(1 << 64), lambda: chip.read32(1 << 32),
                         lambda: chip.tile(0).program_row(0, [1 << 16, 0]), lambda: chip.set_cells(0, [1 << 32])):
                self.assertRaises(ValueError, call)
            self.assertEqual((chip.read32(drive), chip.cycle), (0, 1))

    def test_what_is_closed_refuses_and_closes_again(self):
        for held, calls in ((Chip(), ["snapshot", "log_close", "power_cycle"]), (Tile(), [])):
            held.close()
            held.close()
            self.assertTrue(held.closed)
            for name in calls:
                with self.assertRaises(ChipError) as raised:
                    getattr(held, name)()
                self.assertEqual(raised.exception.status, Status.BAD_HANDLE)
            for name in ("cycle", "cells" if isinstance(held, Tile) else "tile_count"):
                self.assertRaises(ChipError, getattr, held, name)
            self.assertIn("closed", repr(held))
        with self.assertRaises(ChipError):
            with Chip() as chip:
                chip.close()
                chip.read32(0)

    def test_more_than_the_table_holds_is_refused(self):
        held = []
        try:
            with self.assertRaises(ChipError) as raised:
                for _ in range(5000):
                    held.append(Tile(tiles=[[1, 1]]))
            self.assertEqual(raised.exception.status, Status.TOO_MANY)
        finally:
            for tile in held:
                tile.close()
        Tile(tiles=[[1, 1]]).close()

    def test_a_library_of_another_version_is_refused_with_both_numbers(self):
        from mblstm import _library

        self.assertRaisesRegex(ImportError, "expected the library of this package", _library.load, self.folder / "none.so")
        self.assertRaisesRegex(ImportError, "mblstm_abi_version", _library.load, pathlib.Path(ctypes.util.find_library("c")))
        kept = _library._header.ABI_VERSION
        try:
            for version in (kept + 1, kept + 0x10000, kept - 0x10000):
                _library._header.ABI_VERSION = version
                has = f"{kept >> 16}.{kept & 0xffff}"
                self.assertRaisesRegex(ImportError, f"interface {has}, expected {version >> 16}.{version & 0xffff}",
                                       _library.load, _library.LIBRARY)
        finally:
            _library._header.ABI_VERSION = kept


if __name__ == "__main__":
    unittest.main()
