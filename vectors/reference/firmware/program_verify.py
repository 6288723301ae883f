"""Programming by pulses and readings, row by row (section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Mapping, Optional

from .arithmetic import clamp, half_up, truncate
from .driver import READ_VERIFY, Tile
from .parts import Parts
from .weights import LONGEST_PULSE, Layer, PulseTimes


@dataclass
class Report:
    worst: int = 0
    missed: int = 0
    rounds: int = 0
    reads: int = 0


@dataclass
class Plan:
    tolerance: int
    rounds: int
    samples_log2: int

    def tolerance_after(self, rounds: int, noisy: bool) -> int:
        """Wider in the second half of many rounds, where the device is noisy."""
        beyond = rounds - self.rounds // 2
        if not noisy or self.rounds < 16 or beyond < 0:
            return self.tolerance
        return self.tolerance << min(beyond // (self.rounds // 8) + 1, 4)


class Column:
    """What programming remembers of one weight of the row."""

    noisy = False

    def __init__(self) -> None:
        self.settled = False
        self.overshot = False
        self.aim: Optional[int] = None  # beyond the target, of an abrupt device
        self.error = 0
        self.damping = 0

    def check(self, error: int, tolerance: int) -> None:
        self.settled = abs(error) <= (2 * tolerance if self.settled else tolerance)

    def adjust(self, error: int) -> None:
        """Shorter pulses after an overshoot, longer ones after too small a move."""
        if self.error != 0 and (error < 0) != (self.error < 0):
            self.damping = min(self.damping + 1, 6)
            self.overshot = True
        elif self.error != 0 and abs(error) > truncate(abs(self.error), 2):
            self.damping = max(self.damping - 1, 0 if self.noisy and self.overshot else -3)
        self.error = error

    def aimed(self, target: int, error: int) -> int:
        """The share to set from the bottom."""
        self.aim = 0 if self.aim is None else clamp(self.aim + truncate(error, 4), -0x8000, 0x8000)
        return target + self.aim

    def damp(self, width: int) -> int:
        if width == 0:
            return 0
        if self.damping > 0:
            magnitude = max(abs(width) >> self.damping, 1)
        else:
            magnitude = min(abs(width) << -self.damping, LONGEST_PULSE)
        return magnitude if width > 0 else -magnitude


class Verifier:
    """Reads weights one row at a time."""

    def select(self, tile: Tile, row: int) -> None:
        tile.drive_word_lines([0] * row + [tile.full_scale])

    def verify(self, tile: Tile, samples_log2: int) -> list[int]:
        """The shares of every column of the selected row."""
        sums = [0] * tile.columns
        for _ in range(1 << samples_log2):
            tile.perform(READ_VERIFY)
            for column, steps in enumerate(tile.sense(0, tile.columns)):
                sums[column] += self.share(steps)
        return [self.mean(total, samples_log2) for total in sums]

    def share(self, steps: int) -> int:
        return 2 * steps

    def mean(self, total: int, samples_log2: int) -> int:
        return half_up(total, samples_log2)


class Programmer:
    """Moves the weights of a layer to targets."""

    def __init__(self, layer: Layer, times: PulseTimes, verifier: Verifier, parts: Parts) -> None:
        self.layer = layer
        self.times = times
        self.verifier = verifier
        self.parts = parts

    def prepare(self) -> None:
        """Brings both memristors of every pair to the middle of the range, from wherever they are."""
        tile = self.layer.tile
        if not tile.differential or self.times.abrupt:
            return
        top = min(2 * self.times.width(0, 0x8000, True), LONGEST_PULSE)
        middle = self.times.width(0x8000, 0x4000, True)
        for row in range(tile.word_lines):
            for width in (top, middle):
                for column in range(tile.columns):
                    tile.pulse(column, width, width)
                tile.program_row(row)

    def program_row(self, row: int, targets: Sequence[int], plan: Plan, report: Report) -> None:
        tile = self.layer.tile
        columns: list[Column] = [self.parts[Column]() for _ in targets]
        for column in columns:
            column.noisy = self.times.noisy
        self.verifier.select(tile, row)
        shares = self.read(plan, report)
        self.done = 0
        while self.check(columns, targets, shares, plan) and self.done < plan.rounds:
            self.round(row, columns, targets, shares)
            shares = self.read(plan, report)
            self.done += 1
        errors = [abs(target - share) for target, share in zip(targets, shares)]
        report.rounds += self.done
        report.missed += sum(self.missed(column, error, plan) for column, error in zip(columns, errors))
        report.worst = max([report.worst] + errors)

    def missed(self, column: Column, error: int, plan: Plan) -> bool:
        return not column.settled or self.times.noisy and error > 2 * plan.tolerance

    def read(self, plan: Plan, report: Report) -> list[int]:
        report.reads += 1 << plan.samples_log2
        return self.verifier.verify(self.layer.tile, plan.samples_log2)

    def check(self, columns: Sequence[Column], targets: Sequence[int], shares: Sequence[int], plan: Plan) -> bool:
        """Marks the settled weights; says whether any is not."""
        for column, target, share in zip(columns, targets, shares):
            column.check(target - share, self.tolerance(plan))
        return not all(column.settled for column in columns)

    def tolerance(self, plan: Plan) -> int:
        return plan.tolerance_after(self.done, self.times.noisy)

    def round(self, row: int, columns: Sequence[Column], targets: Sequence[int], shares: Sequence[int]) -> None:
        if self.times.abrupt:
            self.set_from_bottom(row, {index: column.aimed(targets[index], targets[index] - shares[index])
                                       for index, column in enumerate(columns) if not column.settled})
        else:
            self.pulse(columns, targets, shares)
            self.layer.tile.program_row(row)

    def set_from_bottom(self, row: int, shares: Mapping[int, int]) -> None:
        """Resets the memristors of these columns, then sets them."""
        tile = self.layer.tile
        for column in shares:
            tile.pulse(column, -1, -1)
        tile.program_row(row)
        for column, share in shares.items():
            tile.pulse(column, *self.times.set_widths(share))
        tile.program_row(row)

    def pulse(self, columns: Sequence[Column], targets: Sequence[int], shares: Sequence[int]) -> None:
        for index, column in enumerate(columns):
            if not column.settled:
                column.adjust(targets[index] - shares[index])
                cell, partner = self.times.synapse_widths(shares[index], targets[index], True)
                self.layer.tile.pulse(index, column.damp(cell), column.damp(partner))
