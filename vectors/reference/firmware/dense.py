"""The linear output layer (section 6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from .driver import ONE, READ_LINEAR
from .weights import Layer


class Dense:
    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.lines: list[int] = []
        self.outputs: list[int] = []

    def line_codes(self, state: Sequence[int]) -> list[int]:
        tile = self.layer.tile
        return [tile.code(h) for h in state] + [tile.full_scale]

    def read(self, state: Sequence[int]) -> list[int]:
        """The outputs in steps, Q3.12 short of the headroom, for a Q0.15 hidden state."""
        self.lines = self.line_codes(state)
        self.drive(state)
        return self.convert()

    def drive(self, state: Sequence[int]) -> None:
        if self.layer.tile.has_windows:
            self.layer.tile.drive_signals([*state, ONE])
        else:
            self.layer.tile.drive_word_lines(self.lines)

    def convert(self) -> list[int]:
        """The outputs for the lines as they are driven."""
        tile = self.layer.tile
        tile.perform(READ_LINEAR)
        self.outputs = tile.sense(0, self.layer.columns)
        return self.outputs

    def winner(self) -> int:
        """The lowest index among the largest outputs."""
        return self.outputs.index(max(self.outputs))
