"""The chip's default rule and schedule in floating point: `errorFeedback` without what converters and pulses add.

From the batch's mean gradient g to the weight of row i and column j:

    u = clip(R g m / (r_i k_j), +-4 R)      R the rate, m^2 the mean of all r_i^2
    w <- clip(w - u, +-window)

with r and k the root mean squares of g's rows and columns over about the last 128 updates: the equations of `ErrorFeedback`
and `FactoredMeans` (Sources/Firmware/Training).  A write that misses nothing leaves no debt, so that every update is made
whole.  The rate falls on a line to zero, and epochs and batch follow from the number of sequences as in `TrainingSchedule`;
the settings of the tasks are those of `TaskPresets` (Sources/Tasks/Training), which a test holds against these.
"""

from typing import NamedTuple

import numpy as np

from float_lstm import Data, gradients

HORIZON = 128  # updates of the longest average
LEAST_ROOT = 2.0**-18  # of gradients that are all but nothing
LARGEST_GRADIENT = 4.0
LARGEST_ROW_FACTOR = 256.0


class Settings(NamedTuple):
    """What a task is trained with."""

    hidden: int = 16
    window: float = 1.0
    forget_bias: float = 0.0
    spread: float = 1.0
    rate: float = 0.008
    epochs: int = 0  # 0: as many as suit the number of sequences
    batch: int = 0  # 0: likewise

    def fitted(self, sequences: int) -> "Settings":
        batch = self.batch or (4 if sequences >= 1000 else 1)
        epochs = self.epochs or min(max(-(-8000 * batch // sequences), 5), 200)
        return self._replace(batch=batch, epochs=epochs)


PRESETS = {
    "vowels": Settings(hidden=48),
    "reber": Settings(hidden=12, window=2, forget_bias=1.8, spread=4),
    "pixels": Settings(hidden=32, forget_bias=1, rate=0.005, epochs=30),
    "recall": Settings(hidden=12, window=2, forget_bias=2, epochs=40, batch=4),
}


class FactoredMeans:
    """Mean squares of the gradients of a matrix, or of several with a leading axis, by rows and by columns."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.rows = np.zeros((*shape[:-1], 1))
        self.columns = np.zeros((*shape[:-2], 1, shape[-1]))
        self.updates = 0

    def step(self, gradient: np.ndarray, rate: float) -> np.ndarray:
        """What is to be taken from the weights."""
        gradient = np.clip(gradient, -LARGEST_GRADIENT, LARGEST_GRADIENT)
        self.updates += 1
        span = min(self.updates, HORIZON)
        square = gradient * gradient
        self.rows += (square.mean(axis=-1, keepdims=True) - self.rows) / span
        self.columns += (square.mean(axis=-2, keepdims=True) - self.columns) / span
        middle = np.sqrt(self.rows.mean(axis=-2, keepdims=True))
        by_row = np.minimum(middle / (np.sqrt(self.rows) + LEAST_ROOT), LARGEST_ROW_FACTOR)
        by_column = rate / (np.sqrt(self.columns) + LEAST_ROOT)
        return np.clip(gradient * by_row * by_column, -4 * rate, 4 * rate)


def initial_weights(
    settings: Settings, inputs: int, classes: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Of one network: uniform in +-spread/sqrt(lines), biases 0, those of the forget gates apart."""
    hidden = settings.hidden

    def matrix(lines: int, columns: int) -> np.ndarray:
        reach = min(settings.spread / np.sqrt(lines), settings.window)
        weights = rng.uniform(-reach, reach, (lines, columns))
        weights[-1] = 0
        return weights

    lstm = matrix(inputs + hidden + 1, 4 * hidden)
    lstm[-1, hidden : 2 * hidden] = settings.forget_bias
    return lstm, matrix(hidden + 1, classes)


def train(settings: Settings, classes: int, data: Data, seeds: list[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """One network a seed, LSTM and dense, with orders and initial weights of its own; all at once, which is faster."""
    count = len(data.label)
    settings = settings.fitted(count)
    sources = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
    initial = [initial_weights(settings, data.x.shape[2], classes, source) for source in sources]
    weights = [np.stack(matrices) for matrices in zip(*initial)]
    means = [FactoredMeans(matrix.shape) for matrix in weights]
    updates = settings.epochs * -(-count // settings.batch)
    done = 0
    for _ in range(settings.epochs):
        orders = np.stack([source.permutation(count) for source in sources])
        for start in range(0, count, settings.batch):
            rows = orders[:, start : start + settings.batch]
            _, *slopes = gradients(*weights, "hard", data.pick(rows))
            rate = settings.rate * (1 - done / updates)
            for matrix, mean, slope in zip(weights, means, slopes):
                # The chip divides by the batch, also where the epoch's last one is not full.
                matrix -= mean.step(slope * (rows.shape[1] / settings.batch), rate)
                np.clip(matrix, -settings.window, settings.window, out=matrix)
            done += 1
    return list(zip(*weights))
