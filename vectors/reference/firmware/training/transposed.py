"""Errors carried back through a layer's weights (sections 7.8 and 7.9)."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import half_up, saturate32
from ..driver import READ_TRANSPOSED as START
from ..program_verify import Verifier
from .errors import exponent, narrowed
from .state import LayerState


class TransposedProduct:
    """By driving the columns and converting the word lines."""

    def add(self, state: LayerState, errors: Sequence[int], sums: list[int]) -> None:
        """Adds the product for the recurrent rows to the sums."""
        layer, tile, rows = state.layer, state.layer.tile, state.recurrent_rows
        shift = exponent(errors, tile.full_scale)
        if shift is None:
            return
        tile.drive_columns(narrowed(errors, shift))
        tile.perform(START)
        for index, steps in enumerate(tile.sense(rows.start, rows.stop)):
            sums[index] = saturate32(sums[index] + self.scaled(steps, tile.full_scale, layer.headroom, shift))

    def scaled(self, steps: int, full_scale: int, headroom: int, shift: int) -> int:
        """4096 steps, less the headroom, stand for one code at full scale through a weight of 1."""
        return half_up((steps * full_scale) << (headroom + shift), 12)


class ReadBackProduct:
    """From weights read row by row after each update."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier

    def add(self, state: LayerState, errors: Sequence[int], sums: list[int]) -> None:
        columns = state.layer.columns
        for index in range(len(state.recurrent_rows)):
            shares = state.shares[index * columns : (index + 1) * columns]
            total = sum(share * error for share, error in zip(shares, errors))
            sums[index] = saturate32(sums[index] + self.scaled(total, state.layer.window))

    def scaled(self, total: int, window: int) -> int:
        return half_up(half_up(total, 15) * window, 8)

    def refresh(self, state: LayerState) -> None:
        columns = state.layer.columns
        shares = []
        for row in state.recurrent_rows:
            self.verifier.select(state.layer.tile, row)
            shares += self.verifier.verify(state.layer.tile, 0)[:columns]
        state.shares[:] = shares
