"""The register map by name."""

import re
import unittest

from mblstm import Bus, Chip, Register, RegisterArray, Registers, registers
from support import REPOSITORY, mblstm


class Probe:
    """A bus of one's own, which notes what it is asked."""

    def __init__(self):
        self.words, self.asked = {}, []

    def read8(self, address):
        return self._read(8, address)

    def read32(self, address):
        return self._read(32, address)

    def write8(self, address, value):
        self._write(8, address, value)

    def write32(self, address, value):
        self._write(32, address, value)

    def _read(self, width, address):
        self.asked.append(("R", width, address))
        return self.words.get(address, 0)

    def _write(self, width, address, value):
        self.asked.append(("W", width, address, value))
        self.words[address] = value


def every():
    """Each register, of arrays each element."""
    for block in registers.blocks():
        for place in block:
            yield from place if isinstance(place, RegisterArray) else [place]


class MapTests(unittest.TestCase):
    def test_it_is_the_map_that_the_command_line_prints(self):
        listed = {}
        for line in mblstm("map", "--tiles", 8).stdout.splitlines():
            found = re.match(r"0x(\w{8})  (\w+)\s+0x\w{8}  ([A-Z0-9]+\.[A-Z_]+)(?:\[(\d+)\])? ", line)
            if found:
                address, access, name, count = found.groups()
                for number in range(int(count or 1)):
                    listed[f"{name}[{number}]" if count else name] = int(address, 16) + 4 * number, access
        got = {register.name: (register.address, register.access) for register in every()}
        self.assertGreater(len(got), 8 * 3000)
        self.assertEqual(got, listed)

    def test_fields_signs_and_reset_words_are_those_of_the_manual(self):
        manual = (REPOSITORY / "firmware/REGISTERS.md").read_text()
        tile = manual[manual.index("## MBXn"):manual.index("## HOST")]
        for name in ("START", "STATUS", "TRIM", "SENSE", "LIMIT_WIDTH", "GEOMETRY"):
            row = re.search(rf"^\| `0x\w+` \| `{name}(?:\[\d+\])?` \|.*$", tile, re.MULTILINE).group()
            register = getattr(registers.MBX0, name)
            register = register[0] if isinstance(register, RegisterArray) else register
            wanted = [(field, int(low or high), int(high), bool(signed)) for field, high, low, signed in re.findall(
                r"`(\w+)` \[(\d+)(?::(\d+))?\](?: (?:rw|ro))?( signed)?", row)]
            got = [(field.name, field.low, field.low + field.width - 1, field.signed) for field in register.fields]
            self.assertEqual(got, wanted)
            self.assertIn(register.meaning, row)
        with Chip() as chip:
            for name in ("MBX.ID", "MBX0.STATUS", "MBX0.ERASE_WIDTH", "MBX0.TRIM[7]", "UART.LSR", "FLASH.GEOMETRY"):
                self.assertEqual(chip.find(name).peek(), registers.find(name).reset, name)

    def test_every_register_is_found_by_name_and_by_address(self):
        for register in every():
            if register.name.startswith(("MBX1", "UART", "MBX.", "FLASH")):
                self.assertEqual(registers.find(register.name).address, register.address)
                self.assertEqual(registers.name_of(register.address), register.name)
        self.assertEqual(registers.name_of(registers.MBX0.GEOMETRY.address + 1), "MBX0.GEOMETRY+1")
        self.assertEqual(registers.name_of(0x4001F000), "0x4001f000")
        self.assertIsNone(registers.at(0x4001F000))
        for name in ("MBX0.STATE", "MBX9.STATUS", "MBX0", "MBX0.DRIVE", "MBX0.DRIVE[512]", "MBX0.DRIVE[-1]", "MBX0.STATUS[0]", "",
                     "MBX0.base", "MBX0.DRIVE[x]", "MBX0.__class__"):
            self.assertRaises(KeyError, registers.find, name)

    def test_elements_of_an_array_are_counted_from_0(self):
        drive = registers.MBX0.DRIVE
        self.assertEqual((len(drive), drive[3].name, [each.name for each in drive[:2]]),
                         (512, "MBX0.DRIVE[3]", ["MBX0.DRIVE[0]", "MBX0.DRIVE[1]"]))
        for number in (512, -1, 10 ** 30):
            self.assertRaises(IndexError, drive.__getitem__, number)

    def test_numbers_go_into_fields_and_come_out(self):
        start, trim = registers.MBX0.START, registers.MBX0.TRIM[0]
        word = start.encode(OPERATION="PROGRAM_ROW", ROW=1023, LINEAR=1)
        self.assertEqual(word, 3 | 1023 << 16 | 1 << 5)
        self.assertEqual(start.decode(word), {"OPERATION": 3, "GAIN": 0, "LINEAR": 1, "ROW": 1023})
        self.assertEqual(trim.OFFSET.of(trim.encode(OFFSET=-1)), -1)
        self.assertEqual((trim.OFFSET.range, trim.GAIN.range, trim.OFFSET.mask), ((-32768, 32767), (0, 65535), 0xFFFF))
        self.assertEqual(start.encode(0xFFFFFFFF, OPERATION=0) & 0xF, 0)
        for wrong in ({"OPERATION": 16}, {"OPERATION": -1}, {"OPERATION": "SLEEP"}, {"ROW": "READ"}, {"word": 1 << 32}, {"word": -1}):
            self.assertRaises(ValueError, start.encode, **wrong)
        for wrong in ({"SPEED": 1}, {"name": 1}, {"OPERATION": 1.5}, {"OPERATION": None}, {"word": "1"}):
            self.assertRaises(TypeError, start.encode, **wrong)

    def test_registers_work_on_a_bus_of_ones_own(self):
        probe = Probe()
        on = Registers(probe)
        on.UART.SCR.write(7)
        on.MBX0.SUPPLY.write(ANALOG=1)
        on.MBX0.SUPPLY.modify(DRIVERS=1)
        self.assertEqual((on.MBX0.SUPPLY.read(), on.MBX0.SUPPLY.DRIVERS.read()), (3, 1))
        scr, supply = on.UART.SCR.address, on.MBX0.SUPPLY.address
        self.assertEqual(probe.asked, [("W", 8, scr, 7), ("W", 32, supply, 1), ("R", 32, supply), ("W", 32, supply, 3),
                                       ("R", 32, supply), ("R", 32, supply)])
        self.assertRaisesRegex(TypeError, "no peek", on.MBX0.SUPPLY.peek)
        self.assertRaisesRegex(TypeError, "on no bus", registers.MBX0.SUPPLY.read)
        self.assertRaisesRegex(TypeError, "on no bus", registers.MBX0.SUPPLY.write, 1)


if __name__ == "__main__":
    unittest.main()
