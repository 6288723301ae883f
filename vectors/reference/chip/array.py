"""The crossbar array: cells, currents and pulse phases (specification 3.1, 3.2, 3.4, 3.9, 5)."""

from __future__ import annotations

from operator import mul
from typing import Callable

from .device import Device
from .readchain import conductance_code, conductance_step

READ_NANOSECONDS = 300

Factors = Callable[[str, bool, int, int], tuple[float, ...]]
"""Of a move: (polarity, half-selected, pulsed word line, cell)."""


def dot(a: list[int], b: list[int]) -> int:
    return sum(map(mul, a, b))


class Array:
    def __init__(self, word_lines: int, bit_lines: int, differential: bool, device: Device):
        self.word_lines, self.bit_lines, self.device = word_lines, bit_lines, device
        self.cells_per_column = 2 if differential else 1
        self.columns = bit_lines // self.cells_per_column
        self.step = conductance_step(device.highest)
        self.reference = conductance_code((device.lowest + device.highest) // 2, self.step)
        self.rows = [[device.lowest] * bit_lines for _ in range(word_lines)]
        self.codes: list[list[int]] = [[] for _ in range(word_lines)]
        self.loads = [0] * bit_lines        # sum of the codes on each bit line
        self.weights: list[list[int]] | None = None
        for row in range(word_lines):
            self.changed(row)

    def place(self, picosiemens: list[int]) -> None:
        if len(picosiemens) != self.word_lines * self.bit_lines:
            raise ValueError("one conductance a cell")
        if not all(self.device.lowest <= cell <= self.device.highest for cell in picosiemens):
            raise ValueError("a conductance outside the device's range")
        for row in range(self.word_lines):
            self.rows[row] = list(picosiemens[row * self.bit_lines:(row + 1) * self.bit_lines])
            self.changed(row)

    def changed(self, row: int) -> None:
        """Recomputes what is derived from the conductances of a row."""
        old = self.codes[row] or [0] * self.bit_lines
        self.codes[row] = [conductance_code(cell, self.step) for cell in self.rows[row]]
        self.loads = [load - before + after for load, before, after in zip(self.loads, old, self.codes[row])]
        self.weights = None

    def weight_rows(self) -> list[list[int]]:
        """weights[word line][column]."""
        if self.weights is None:
            if self.cells_per_column == 2:
                self.weights = [[even - odd for even, odd in zip(row[::2], row[1::2])] for row in self.codes]
            else:
                self.weights = [[code - self.reference for code in row] for row in self.codes]
        return self.weights

    def currents(self, voltages: list[int], transposed: bool) -> list[int]:
        """aA on each sensed line, from the µV on each driven one."""
        rows = self.weight_rows()
        lines = rows if transposed else zip(*rows)
        return [self.step * dot(voltages, line) for line in lines]

    def read_energy(self, voltages: list[int], transposed: bool) -> int:
        """In 1e-33 J."""
        reference = self.reference if self.cells_per_column == 1 else 0
        if transposed:
            width = self.cells_per_column
            codes = [sum(self.loads[width * j:width * (j + 1)]) + reference * self.word_lines
                     for j in range(self.columns)]
        else:
            codes = [sum(row) + reference * self.columns for row in self.codes]
        return dot([voltage * voltage for voltage in voltages], codes) * self.step * READ_NANOSECONDS

    def phase(self, row: int, polarity: str, millivolts: int, widths: list[int], factors: Factors) -> int:
        """Pulses of `widths` nanoseconds on a word line; returns the energy in 1e-33 J."""
        energy = self.phase_energy(row, millivolts, widths)
        if self.device.moves(polarity, millivolts):
            self.pulse(row, polarity, millivolts, widths, factors)
        if self.device.moves(polarity, millivolts / 2):
            self.disturb(row, polarity, millivolts / 2, widths, factors)
        return energy

    def phase_energy(self, row: int, millivolts: int, widths: list[int]) -> int:
        longest, codes = max(widths), self.codes[row]
        full = dot(codes, widths)
        half = sum(code * (longest - width) + (load - code) * width
                   for code, load, width in zip(codes, self.loads, widths))
        return ((1000 * millivolts) ** 2 * full + (500 * millivolts) ** 2 * half) * self.step

    def pulse(self, row: int, polarity: str, millivolts: int, widths: list[int], factors: Factors) -> None:
        for j, width in enumerate(widths):
            if width > 0:
                self.move(row, j, polarity, millivolts, width, factors(polarity, False, row, row * self.bit_lines + j))
        self.changed(row)

    def disturb(self, row: int, polarity: str, millivolts: float, widths: list[int], factors: Factors) -> None:
        """Half the voltage: on the row while other bit lines have their pulse, on a bit line during its pulse."""
        longest = max(widths)
        for i in range(self.word_lines):
            for j, width in enumerate(widths):
                duration = longest - width if i == row else width
                if duration > 0:
                    self.move(i, j, polarity, millivolts, duration,
                              factors(polarity, True, row, i * self.bit_lines + j))
            self.changed(i)

    def move(self, i: int, j: int, polarity: str, millivolts: float, nanoseconds: int,
             factors: tuple[float, ...]) -> None:
        self.rows[i][j] = self.device.move(self.rows[i][j], polarity, millivolts, nanoseconds, factors)
