"""What training keeps between requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..arithmetic import Requantizer, requantizer, signed32, unsigned32
from ..weights import Layer

ACCUMULATE, FIXED_VOLTAGE, LINEAR, TARGET = range(4)
CROSS_ENTROPY, SQUARED_ERROR = range(2)
READ_TRANSPOSED, READ_BACK = range(2)

MEMORY = 172032  # bytes


@dataclass
class Settings:
    """The words of `configureTraining`, in their order."""

    rule: int
    loss: int
    path: int
    batch: int
    truncation: int  # time steps, 0 all
    longest: int  # time steps
    momentum: int  # velocity loses 2^-momentum of itself; 0 none
    level_log2: int
    pulse_width: int  # steps of 20 ns
    threshold: int  # 2^-27 of the window

    RANGES = (range(4), range(2), range(2), range(1, 0x10000), range(0x10000), range(1, 0x10000), range(16),
              range(1, 13), range(1, 0x8000), range(0x8000_0000))

    def memory(self, inputs: int, hidden: int, outputs: int) -> int:
        """Bytes of gradients, residuals and velocities, of the notes of a sequence, of weights read back."""
        lines = inputs + hidden + 1
        weights = 4 * hidden * lines + (hidden + 1) * outputs
        notes = 2 * self.longest * (lines + 7 * hidden + (hidden + 1) + outputs)
        shares = 4 * hidden * (4 * hidden + outputs) if self.path == READ_BACK else 0
        return weights * (12 if self.momentum > 0 else 8) + notes + shares


class LayerState:
    """Sums of one layer, row-major over its weights."""

    def __init__(self, layer: Layer, recurrent_rows: range, settings: Settings) -> None:
        self.layer = layer
        self.recurrent_rows = recurrent_rows
        count = layer.rows * layer.columns
        self.gradients = [0] * count  # 2^-14 of error times code
        self.residuals = [0] * count  # 2^-27 of the window
        self.velocities = [0] * (count if settings.momentum > 0 else 0)
        shares = len(recurrent_rows) * layer.columns if settings.path == READ_BACK else 0
        self.shares = [0] * shares  # of the recurrent rows, Q0.15
        self.scale: Optional[Requantizer] = None

    def set_rate(self, rate: int, batch: int) -> None:
        """rate in 2^-24."""
        self.scale = self.requantizer(rate, self.divisor(batch)) if rate > 0 else None

    def requantizer(self, rate: int, divisor: int) -> Optional[Requantizer]:
        return requantizer(rate, divisor)

    def divisor(self, batch: int) -> int:
        return 8 * self.layer.window * batch * self.layer.tile.full_scale


class TrainingState:
    def __init__(self, settings: Settings, lstm: LayerState, dense: LayerState) -> None:
        self.settings = settings
        self.lstm = lstm
        self.dense = dense
        self.pending = 0

    def _lists(self) -> list[list[int]]:
        layers = [self.lstm, self.dense]
        return [numbers for layer in layers for numbers in (layer.residuals, layer.velocities)] + [
            layer.shares for layer in layers]

    def size(self) -> int:
        return sum(map(len, self._lists()))

    def export(self) -> list[int]:
        return [unsigned32(number) for numbers in self._lists() for number in numbers]

    def load(self, words: list[int]) -> None:
        place = 0
        for numbers in self._lists():
            numbers[:] = map(signed32, words[place : place + len(numbers)])
            place += len(numbers)
        for layer in (self.lstm, self.dense):
            layer.gradients = [0] * len(layer.gradients)
        self.pending = 0
