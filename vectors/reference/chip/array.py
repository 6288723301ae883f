"""The crossbar array: cells, currents and pulse phases (specification 3.1, 3.2, 3.4, 3.9, 5)."""

from __future__ import annotations

from operator import mul

from .readchain import conductance_code, conductance_step
from .variations import Cells, Pulse


def dot(a: list[int], b: list[int]) -> int:
    return sum(map(mul, a, b))


class Array:
    def __init__(self, word_lines: int, bit_lines: int, differential: bool, cells: Cells):
        self.word_lines, self.bit_lines, self.cells, device = word_lines, bit_lines, cells, cells.device
        self.cells_per_column = 2 if differential else 1
        self.columns = bit_lines // self.cells_per_column
        self.step = conductance_step(device.highest)
        self.reference = conductance_code((device.lowest + device.highest) // 2, self.step)
        self.bounds = [cells.bounds(cell) for cell in range(word_lines * bit_lines)]
        self.rows = [[low for low, _ in self.bounds[row * bit_lines:(row + 1) * bit_lines]]
                     for row in range(word_lines)]
        self.codes: list[list[int]] = [[] for _ in range(word_lines)]
        self.loads = [0] * bit_lines        # sum of the codes on each bit line
        self.weights: list[list[int]] | None = None
        for row in range(word_lines):
            self.changed(row)

    def place(self, picosiemens: list[int]) -> None:
        if len(picosiemens) != self.word_lines * self.bit_lines:
            raise ValueError("one conductance a cell")
        if not all(low <= cell <= high for cell, (low, high) in zip(picosiemens, self.bounds)):
            raise ValueError("a conductance outside the cell's range")
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

    def line_loads(self, word_lines: bool) -> list[int]:
        """Codes of all that hangs on each word line or column, references included."""
        reference = self.reference if self.cells_per_column == 1 else 0
        if word_lines:
            return [sum(row) + reference * self.columns for row in self.codes]
        width = self.cells_per_column
        return [sum(self.loads[width * j:width * (j + 1)]) + reference * self.word_lines for j in range(self.columns)]

    def read_energy(self, voltages: list[int], transposed: bool, nanoseconds: int) -> int:
        """In 1e-33 J."""
        squares = [voltage * voltage for voltage in voltages]
        return dot(squares, self.line_loads(word_lines=not transposed)) * self.step * nanoseconds

    def phase(self, row: int, polarity: str, millivolts: int, widths: list[int], operation: int) -> int:
        """Pulses of `widths` nanoseconds on a word line; returns the energy in 1e-33 J."""
        microvolts = self.cells.microvolts(polarity, millivolts, operation, row)
        energy = self.phase_energy(row, microvolts, widths)
        self.pulse(row, polarity, microvolts / 1000, widths, operation)
        half = microvolts / 1000 / 2
        if self.cells.disturbed(half):
            self.disturb(row, polarity, half, widths, operation)
        return energy

    def phase_energy(self, row: int, microvolts: int, widths: list[int]) -> int:
        longest, codes = max(widths), self.codes[row]
        full = dot(codes, widths)
        half = sum(code * (longest - width) + (load - code) * width
                   for code, load, width in zip(codes, self.loads, widths))
        return (microvolts ** 2 * full + (microvolts // 2) ** 2 * half) * self.step

    def pulse(self, row: int, polarity: str, millivolts: float, widths: list[int], operation: int) -> None:
        for j, width in enumerate(widths):
            if width > 0:
                cell = row * self.bit_lines + j
                self.move(row, j, Pulse(polarity, millivolts, width, False, operation, cell, cell))
        self.changed(row)

    def disturb(self, row: int, polarity: str, millivolts: float, widths: list[int], operation: int) -> None:
        """Half the voltage: on the row while other bit lines have their pulse, on a bit line during its pulse."""
        longest = max(widths)
        for i in range(self.word_lines):
            for j, width in enumerate(widths):
                duration = longest - width if i == row else width
                if duration > 0:
                    cell = i * self.bit_lines + j
                    index = row * (self.word_lines * self.bit_lines) + cell
                    self.move(i, j, Pulse(polarity, millivolts, duration, True, operation, cell, index))
            self.changed(i)

    def move(self, i: int, j: int, pulse: Pulse) -> None:
        self.rows[i][j] = self.cells.move(self.rows[i][j], pulse, self.bounds[pulse.cell])
