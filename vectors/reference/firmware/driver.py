"""One tile of the chip, driven through its registers (specification B, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .arithmetic import half_up, pack, pair, unpack

KEY = 0x50524F47

READ = 0x01
READ_LINEAR = 0x21
READ_VERIFY = 0x31
READ_TRANSPOSED = 0x02
PROGRAM_ROW = 0x03
ERASE = 0x04
ZERO = 0x25
REFERENCE = 0x26

ONE = 0x7FFF  # the signal of the constant line
WINDOWS, CELL = 1, 2  # of MBX.FEATURES


class Bus(Protocol):
    def write(self, name: str, value: int) -> None: ...

    def read(self, name: str) -> int: ...


class Tile:
    def __init__(self, bus: Bus, number: int) -> None:
        self._bus = bus
        self.number = number
        geometry = self.read("GEOMETRY")
        converters = self.read("CONVERTERS")
        self.word_lines = geometry & 0x7FF
        self.differential = bool(converters >> 16 & 1)
        bit_lines = geometry >> 16 & 0x7FF
        self.columns = bit_lines // 2 if self.differential else bit_lines
        self.full_scale = (1 << ((converters & 0x1F) - 1)) - 1
        self.adc_bits = converters >> 8 & 0x1F
        features = self.read_features() if converters >> 24 & 1 else 0
        self.has_windows = bool(features & WINDOWS)
        self.has_cell_unit = bool(features & CELL)

    def read_features(self) -> int:
        return self._bus.read("MBX.FEATURES")

    def write(self, register: str, value: int) -> None:
        self._bus.write(f"MBX{self.number}.{register}", value & 0xFFFF_FFFF)

    def read(self, register: str) -> int:
        return self._bus.read(f"MBX{self.number}.{register}")

    def code(self, signal: int) -> int:
        """The DAC code of a Q0.15 signal."""
        return half_up(signal * self.full_scale, 15)

    def steps(self, code: int) -> int:
        """A converted code in steps of 25 uV."""
        return code << (16 - self.adc_bits)

    def fill(self, codes: Sequence[int], lines: int) -> list[int]:
        return list(codes) + [0] * (lines - len(codes))

    def drive(self, codes: Sequence[int], lines: int) -> None:
        for index, word in enumerate(pack(self.fill(codes, lines))):
            self.write(f"DRIVE[{index}]", word)

    def drive_word_lines(self, codes: Sequence[int]) -> None:
        self.drive(codes, self.word_lines)

    def drive_signals(self, signals: Sequence[int]) -> None:
        """Drives the word lines with Q0.15 signals, by a window."""
        for index, word in enumerate(pack(self.fill(signals, self.word_lines))):
            self.write(f"DRIVE_SIGNALS[{index}]", word)

    def drive_columns(self, codes: Sequence[int]) -> None:
        self.drive(codes, self.columns)

    def perform(self, start: int) -> None:
        self.write("START", start)
        self.read("WAIT")

    def program_row(self, row: int) -> None:
        self.perform(PROGRAM_ROW | row << 16)

    def sense(self, first: int, end: int) -> list[int]:
        """The steps of lines first ..< end; whole words are read."""
        base = first // 2
        name = "SENSE_SIGNALS" if self.has_windows else "SENSE"
        words = [self.read(f"{name}[{word}]") for word in range(base, (end + 1) // 2)]
        numbers = unpack(words, end - 2 * base)[first - 2 * base :]
        return numbers if self.has_windows else [self.steps(code) for code in numbers]

    def unlock(self) -> None:
        self.write("UNLOCK", KEY)

    def lock(self) -> None:
        self.write("UNLOCK", 0)

    def pulse(self, column: int, cell: int, partner: int) -> bool:
        """Asks for pulses on the memristors of a column; says whether any width was written."""
        if self.differential and self.has_windows:
            return self.pulse_pair(column, cell, partner)
        if not self.differential:
            lines = [(column, cell)]
        else:
            lines = [(2 * column, cell), (2 * column + 1, partner)]
        asked = [(line, width) for line, width in lines if width != 0]
        for line, width in asked:
            self.write(f"PULSE[{line}]", width & 0xFFFF)
        return bool(asked)

    def pulse_pair(self, column: int, cell: int, partner: int) -> bool:
        asked = cell != 0 or partner != 0
        if asked:
            self.write(f"PULSE_PAIRS[{column}]", pair(cell, partner))
        return asked
