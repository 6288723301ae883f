"""The recurrent layer (section 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .arithmetic import half_up, pack, saturate16, unpack
from .driver import ONE, READ, Bus
from .weights import Layer


@dataclass
class Step:
    """What one time step leaves for training. Gates and tanh Q0.15, cell Q3.12, slopes Q1.14."""

    lines: list[int]
    cell_before: list[int]
    input: list[int]
    forget: list[int]
    candidate: list[int]
    output: list[int]
    tanh: list[int]
    tanh_slopes: list[int]
    cell_after: list[int]


class LSTM:
    def __init__(self, bus: Bus, layer: Layer, inputs: int, hidden: int) -> None:
        self.bus = bus
        self.layer = layer
        self.inputs = inputs
        self.hidden = hidden
        self.input_codes = [0] * inputs
        self.reset()

    def reset(self) -> None:
        self.cell = [0] * self.hidden
        self.state = [0] * self.hidden
        self.state_codes = [0] * self.hidden

    def line_codes(self) -> list[int]:
        """The codes of the word lines: inputs, hidden state, constant."""
        return self.input_codes + self.state_codes + [self.layer.tile.full_scale]

    def step(self, signals: Sequence[int], with_slopes: bool = False) -> Step:
        """One time step from Q0.15 inputs."""
        tile = self.layer.tile
        self.input_codes = [tile.code(signal) for signal in signals]
        lines, cell_before = self.line_codes(), self.cell
        self.drive(lines, signals)
        tile.perform(READ)
        gates = self.split(tile.sense(0, 4 * self.hidden))
        self.cell = [self.next_cell(*values) for values in zip(cell_before, *gates[:3])]
        tanh, slopes = self.scalar_tanh(self.cell, with_slopes)
        self.state = [self.next_state(o, th) for o, th in zip(gates[3], tanh)]
        self.state_codes = [tile.code(h) for h in self.state]
        return Step(lines, cell_before, *gates, tanh, slopes, self.cell)

    def drive(self, lines: Sequence[int], signals: Sequence[int]) -> None:
        """The word lines: by their codes, or by signals where there are windows."""
        if self.layer.tile.has_windows:
            self.layer.tile.drive_signals([*signals, *self.state, ONE])
        else:
            self.layer.tile.drive_word_lines(lines)

    def split(self, outputs: Sequence[int]) -> list[list[int]]:
        """Gates i, f, g, o."""
        return [list(outputs[gate * self.hidden : (gate + 1) * self.hidden]) for gate in range(4)]

    def next_cell(self, cell: int, i: int, f: int, g: int) -> int:
        """Both products have 30 fraction bits once the cell's is shifted by 3; the cell has 12."""
        return saturate16(half_up(8 * f * cell + i * g, 18))

    def next_state(self, o: int, tanh: int) -> int:
        return saturate16(half_up(o * tanh, 15))

    def scalar_tanh(self, cells: Sequence[int], with_slopes: bool) -> tuple[list[int], list[int]]:
        values, slopes = [], []
        for word in pack(cells):
            self.bus.write("MBX.SCALAR_TANH", word)
            values.append(self.bus.read("MBX.SCALAR_VALUE"))
            if with_slopes:
                slopes.append(self.bus.read("MBX.SCALAR_SLOPE"))
        return unpack(values, len(cells)), unpack(slopes, len(cells)) if with_slopes else []
