"""What error feedback keeps of a layer (section 7.12): debts, means, what its writes miss."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from ..arithmetic import Requantizer, clamp, requantizer, truncate
from ..parts import Parts
from ..weights import Layer
from .ramp import Ramp
from .state import LayerState, Settings

LARGEST_DEBT = (1 << 27) - 1  # 2^-27 of the window
PATIENCE = 15  # writes in a row
LARGEST_COUNT = 0xFFFF_FFFF
LARGEST_MEAN = 1 << 26  # 2^-24
LARGEST_ROOT = 1 << 31  # 2^-29
LARGEST_RATE = 1 << 27  # 2^-27 of the window
LARGEST_ERROR = 1 << 28  # 2^-27 of the window
THRESHOLDS = ((1 << 22, 1 << 23), (1 << 23, (1 << 27) // 12), (1 << 23, 1 << 24))  # by length, least and most
FIRST_ERROR = 6710886  # 1/20 of the window
MEMORY = 128  # updates
OFFSET = 2048  # of roots, 2^-29


class Debt:
    """The word of a weight: its residual, how many writes in a row did not move it, whether it is given up."""

    def __init__(self, word: int) -> None:
        self.count = word >> 28
        self.given_up = self.count == PATIENCE and word & 1 == 1
        self.residual = ((word & 0x0FFF_FFFF) ^ 0x0800_0000) - 0x0800_0000
        self.drop()

    def word(self) -> int:
        return self.count << 28 | self.residual & 0x0FFF_FFFF | self.given_up

    def drop(self) -> None:
        """The place of bit 0 is needed otherwise."""
        if self.count == PATIENCE:
            self.residual &= ~1

    def owe(self, residual: int) -> None:
        self.residual = clamp(residual, -LARGEST_DEBT, LARGEST_DEBT)
        self.drop()

    def moved(self) -> None:
        self.count, self.given_up = 0, False

    def stayed(self) -> None:
        if self.count < PATIENCE:
            self.count += 1
            self.drop()
        else:
            self.residual, self.given_up = 0, True


class Means:
    """Roots of the running means of squared gradients, one a row and one a column, 2^-29."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows = [0] * rows
        self.columns = [0] * columns
        self.all = 0
        self.updates = 0

    def take(self, gradients: Sequence[int]) -> None:
        """Mean gradients, row-major, 2^-24."""
        self.updates = min(self.updates + 1, LARGEST_COUNT)
        width = len(self.columns)
        squares = [gradient * gradient for gradient in gradients]
        rows = [self.mean(root, squares[row * width : (row + 1) * width]) for row, root in enumerate(self.rows)]
        columns = [self.mean(root, squares[column::width]) for column, root in enumerate(self.columns)]
        self.rows, self.columns = [self.root(mean) for mean in rows], [self.root(mean) for mean in columns]
        self.all = self.root(sum(mean // len(rows) for mean in rows))

    def mean(self, root: int, squares: Sequence[int]) -> int:
        """The new mean, 2^-58."""
        before = root * root
        return before + self.step(self.fresh(squares) - before, self.memory())

    def fresh(self, squares: Sequence[int]) -> int:
        return sum(squares) // len(squares) << 10

    def step(self, difference: int, memory: int) -> int:
        return truncate(difference, memory)

    def memory(self) -> int:
        return min(self.updates, MEMORY)

    def root(self, mean: int) -> int:
        return isqrt(mean)

    def row_factor(self, root: int) -> int:
        """16 fraction bits."""
        return min((self.all << 16) // (root + OFFSET), 1 << 24)

    def column_factor(self, root: int, rate: int) -> int:
        return min((rate << 25) // (root + OFFSET), 1 << 34)

    def step_of(self, gradient: int, row_factor: int, column_factor: int, rate: int) -> int:
        """The move of a weight, 2^-27 of the window."""
        even = clamp(gradient * row_factor >> 16, -(1 << 28), 1 << 28)
        return clamp(even * column_factor >> 20, -4 * rate, 4 * rate)


class FeedbackLayer(LayerState):
    """Debts of a layer's weights in place of residuals."""

    def __init__(self, layer: Layer, recurrent_rows: range, settings: Settings, parts: Parts) -> None:
        super().__init__(layer, recurrent_rows, settings)
        self.settings = settings
        self.parts = parts
        self.residuals = []
        self.debts = [0] * len(self.gradients)  # words
        self.means: Means = parts[Means](layer.rows, layer.columns)
        self.writes = 0
        self.error = FIRST_ERROR
        self.rate = 0  # 2^-27 of the window

    def debt(self, place: int) -> Debt:
        return self.parts[Debt](self.debts[place])

    # Rate

    def set_rate(self, rate: int, batch: int) -> None:
        self.rate = min((rate << 11) // self.layer.window, LARGEST_RATE)

    def mean_gradient(self, gradient: int) -> int:
        return clamp(self.mean_scale().apply(gradient), -LARGEST_MEAN, LARGEST_MEAN)

    def mean_scale(self) -> Requantizer:
        """From 2^-14 of error times code to 2^-24."""
        scale = requantizer(1024, self.settings.batch * self.layer.tile.full_scale)
        assert scale
        return scale

    # Writes

    def threshold(self, ramp: Ramp) -> int:
        """What a residual has to reach for a write."""
        if self.settings.threshold != 0:
            return self.settings.threshold
        length = ramp.length(self.settings.batch)
        return clamp(self.asked(length), *THRESHOLDS[length])

    def asked(self, length: int) -> int:
        """The own threshold, without its limits."""
        asked = self.error + (self.error >> 2)
        return 2 * asked if length == 2 else asked

    def wrote(self) -> None:
        self.writes = min(self.writes + 1, LARGEST_COUNT)

    def missed(self, distance: int) -> None:
        """By a write that moved its weight."""
        self.error += (min(abs(distance), LARGEST_ERROR) - self.error) >> 6

    def report(self, ramp: Ramp) -> list[int]:
        given_up = sum(self.debt(place).given_up for place in range(len(self.debts)))
        return [self.means.updates, self.writes, given_up, self.error, self.threshold(ramp)]

    # Export

    def kept(self) -> list[int]:
        return [*self.debts, *self.means.rows, *self.means.columns, self.means.updates, self.writes, self.error]

    def keep(self, words: Sequence[int]) -> None:
        ends = [len(self.debts), len(self.debts) + self.layer.rows]
        self.debts = list(words[: ends[0]])
        self.means.rows = [self.root(word) for word in words[ends[0] : ends[1]]]
        self.means.columns = [self.root(word) for word in words[ends[1] : -3]]
        self.means.updates, self.writes = words[-3:-1]
        self.error = min(words[-1], LARGEST_ERROR)

    def root(self, word: int) -> int:
        return min(word, LARGEST_ROOT)
