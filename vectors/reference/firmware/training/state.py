"""What training keeps between requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from ..arithmetic import Requantizer, requantizer, signed32, unsigned32
from ..weights import Layer
from .ramp import Ramp

if TYPE_CHECKING:
    from ..network import Network

ACCUMULATE, FIXED_VOLTAGE, LINEAR, TARGET, ERROR_FEEDBACK = range(5)
CROSS_ENTROPY, SQUARED_ERROR = range(2)
READ_TRANSPOSED, READ_BACK = range(2)

MEMORY = 147456  # bytes


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

    RULES = range(5)
    RANGES = (range(2), range(2), range(1, 0x10000), range(0x10000), range(1, 0x10000), range(16), range(1, 13),
              range(1, 0x8000), range(0x8000_0000))
    FEEDBACK_RANGES = (*RANGES[:5], range(1), *RANGES[6:8], range(0x800_0000))

    @classmethod
    def ranges(cls, rule: int) -> Sequence[range]:
        """Of the words behind the rule."""
        return cls.FEEDBACK_RANGES if rule == ERROR_FEEDBACK else cls.RANGES

    def memory(self, network: Network) -> int:
        """Bytes of all that training and the network keep."""
        weights = sum(layer.rows * layer.columns for layer in network.layers)
        return (weights * (12 if self.momentum > 0 else 8) + self.notes(network) + self.shares(network)
                + self.means(network) + self.buffers(network))

    def notes(self, network: Network) -> int:
        """Of a sequence."""
        lines = sum(layer.rows for layer in network.layers)
        return 2 * self.longest * (lines + 7 * network.hidden + network.outputs)

    def shares(self, network: Network) -> int:
        """Of weights read back."""
        columns = sum(layer.columns for layer in network.layers)
        return 4 * network.hidden * columns if self.path == READ_BACK else 0

    def means(self, network: Network) -> int:
        lines = sum(layer.rows + layer.columns for layer in network.layers)
        return 4 * lines if self.rule == ERROR_FEEDBACK else 0

    def buffers(self, network: Network) -> int:
        return sum(80 * tile.columns + 16 * tile.word_lines for tile in network.tiles)


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
        """Of an update, 2^-24."""
        self.scale = self.requantizer(rate, self.divisor(batch)) if rate > 0 else None

    def requantizer(self, rate: int, divisor: int) -> Optional[Requantizer]:
        return requantizer(rate, divisor)

    def divisor(self, batch: int) -> int:
        return 8 * self.layer.window * batch * self.layer.tile.full_scale

    def report(self, ramp: Ramp) -> list[int]:
        """Of error feedback: updates, writes, weights given up, write error, threshold."""
        return [0] * 5

    def kept(self) -> list[int]:
        """What is exported besides weights read back."""
        return [unsigned32(number) for number in (*self.residuals, *self.velocities)]

    def keep(self, words: Sequence[int]) -> None:
        numbers, count = list(map(signed32, words)), len(self.residuals)
        self.residuals, self.velocities = numbers[:count], numbers[count:]


class TrainingState:
    def __init__(self, settings: Settings, lstm: LayerState, dense: LayerState) -> None:
        self.settings = settings
        self.lstm = lstm
        self.dense = dense
        self.pending = 0

    def size(self) -> int:
        return len(self.export())

    def export(self) -> list[int]:
        layers = (self.lstm, self.dense)
        shares = [unsigned32(share) for layer in layers for share in layer.shares]
        return [word for layer in layers for word in layer.kept()] + shares

    def load(self, words: Sequence[int]) -> None:
        place = 0
        for layer in (self.lstm, self.dense):
            end = place + len(layer.kept())
            layer.keep(words[place:end])
            place = end
        for layer in (self.lstm, self.dense):
            end = place + len(layer.shares)
            layer.shares = list(map(signed32, words[place:end]))
            layer.gradients = [0] * len(layer.gradients)
            place = end
        self.pending = 0
