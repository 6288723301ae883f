"""From residuals to pulses (section 7.7). Residuals and moves have the unit 2^-27 of the window."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import clamp, half_up, saturate16
from ..program_verify import Plan, Programmer, Report
from ..weights import Layer
from .ramp import Ramp
from .state import Settings

FRACTION = 27
TARGET_ROUNDS = 8


class Rule:
    def __init__(self, programmer: Programmer, settings: Settings, ramp: Ramp) -> None:
        self.programmer = programmer
        self.settings = settings

    @property
    def layer(self) -> Layer:
        return self.programmer.layer

    def take(self, residual: int) -> tuple[int, int]:
        """The move due now, and the residual it leaves."""
        raise NotImplementedError

    def pulse(self, row: int, moves: Sequence[int]) -> None:
        raise NotImplementedError

    def wanted(self, share: int, move: int) -> int:
        return clamp(share + half_up(move, FRACTION - 15), -0x8000, 0x8000)

    def read_row(self, row: int) -> list[int]:
        verifier, tile = self.programmer.verifier, self.layer.tile
        verifier.select(tile, row)
        return verifier.verify(tile, 0)

    def pulse_toward(self, row: int, moves: Sequence[int], at_least_one: bool) -> None:
        """One round of pulses, from the weights as they read now."""
        tile, shares = self.layer.tile, self.read_row(row)
        if self.programmer.times.abrupt:
            wanted = {column: self.wanted(shares[column], move) for column, move in enumerate(moves) if move != 0}
            self.programmer.set_from_bottom(row, wanted)
            return
        pulsed = False
        for column, move in enumerate(moves):
            if move != 0:
                target = self.wanted(shares[column], move)
                widths = self.programmer.times.synapse_widths(shares[column], target, at_least_one)
                pulsed |= tile.pulse(column, *widths)
        if pulsed:
            tile.program_row(row)


class Levels(Rule):
    """Moves by whole levels; the rest waits."""

    def take(self, residual: int) -> tuple[int, int]:
        quantum = FRACTION - self.settings.level_log2
        move = (abs(residual) >> quantum << quantum) * (1 if residual > 0 else -1)
        return move, residual - move


class Accumulate(Levels):
    def pulse(self, row: int, moves: Sequence[int]) -> None:
        self.pulse_toward(row, moves, at_least_one=True)


class Target(Levels):
    def pulse(self, row: int, moves: Sequence[int]) -> None:
        shares = self.read_row(row)
        targets = [saturate16(self.wanted(share, move)) for share, move in zip(shares, moves)]
        plan = Plan(self.tolerance(), TARGET_ROUNDS, samples_log2=0)
        self.programmer.program_row(row, targets, plan, Report())

    def tolerance(self) -> int:
        return 1 << max(13 - self.settings.level_log2, 5)


class Linear(Rule):
    def take(self, residual: int) -> tuple[int, int]:
        return residual, 0

    def pulse(self, row: int, moves: Sequence[int]) -> None:
        self.pulse_toward(row, moves, at_least_one=False)


class FixedVoltage(Rule):
    """One pulse of a fixed width wherever a weight's step is large enough; small steps are lost."""

    def take(self, residual: int) -> tuple[int, int]:
        if residual == 0 or abs(residual) < self.settings.threshold:
            return 0, 0
        return 1 if residual > 0 else -1, 0

    def pulse(self, row: int, moves: Sequence[int]) -> None:
        tile = self.layer.tile
        for column, move in enumerate(moves):
            if move != 0:
                width = self.settings.pulse_width * move
                tile.pulse(column, width, -width)
        tile.program_row(row)

