"""A network of one LSTM and one dense layer in floating point, within the limits of the chip, and the data it learns from.

    z = [x_t, h_(t-1), 1] W          columns in gate order i, f, g, o
    c = f c + i g                    i, f, o through the sigmoid circuit
    h = o tanh~(c)                   g       through the tanh circuit
    logits = [h, 1] D

The activations are the piecewise-linear circuits of the neurons, and a gradient is the slope of the circuit (zero at its
rails); the softmax cross-entropy is taken at the last step of each sequence.  Every function takes the weights of one
network, or of several with a leading axis, each with a batch of its own.

Data.  The CSV format of the README beside each data set: a header of key=value items, then one sequence a line, label
first, then time-major values, which are read as (value - offset) / scale.  The header's frame=k joins k steps to one.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

TASKS = Path(__file__).resolve().parent.parent / "tasks"

# The tanh circuits for x >= 0, odd in x: (upper limit of |x|, slope, offset);
# the output is 1 beyond the last limit.
# The sigmoid circuit is always 1/2 + 1/2 tanh~(x/2), so "hard" gives
# clip(x/4 + 1/2, 0, 1) and "plan" the PLAN sigmoid.
CIRCUITS = {
    "hard": [(1.0, 1.0, 0.0)],
    "pwl5": [(0.56, 1.0, 0.0), (0.56 + 0.44 / 0.35, 0.35, 0.56 - 0.35 * 0.56)],
    "plan": [(0.5, 1.0, 0.0), (1.1875, 0.5, 0.25), (2.5, 0.125, 0.6875)],
    "exact": [],
}


class Data(NamedTuple):
    """Sequences padded at the front, so that all of them end at the last step.

    For several networks a batch has their axis before that of the sequences.
    """

    x: np.ndarray  # steps x sequences x inputs
    mask: np.ndarray  # steps x sequences x 1: 1 = step exists, 0 = padding
    label: np.ndarray  # sequences

    def pick(self, rows: np.ndarray | slice) -> "Data":
        return Data(self.x[:, rows], self.mask[:, rows], self.label[rows])

    def last_step(self) -> "Data":
        return Data(self.x[-1:], self.mask[-1:], self.label)


class Step(NamedTuple):
    """What the backward pass needs to know of one time step."""

    u: np.ndarray  # word-line vector [x, h, 1]
    z: np.ndarray
    gates: np.ndarray  # i, f, g, o side by side, as in z
    slopes: np.ndarray  # of their circuits
    c_before: np.ndarray
    c: np.ndarray
    tanh_c: np.ndarray
    slope_c: np.ndarray


def read_header(path: Path) -> dict[str, str]:
    with path.open() as file:
        items = file.readline().lstrip("#").split()
    return dict(item.split("=", 1) for item in items if "=" in item)


def read_values(path: Path) -> list[np.ndarray]:
    """The lines of a file as they are, without its header."""
    lines = [line for line in path.read_text().splitlines() if line and line[0] != "#"]
    return [np.array(line.split(","), dtype=float) for line in lines]


def read_data(path: Path, inputs: int | None = None) -> Data:
    """The sequences of a file, in steps of `inputs` values: by default as its header says."""
    header = read_header(path)
    offset, scale = float(header["offset"]), float(header["scale"])
    width = inputs or int(header["F"]) * int(header.get("frame", 1))
    rows = read_values(path)
    sequences = [((row[1:] - offset) / scale).reshape(-1, width) for row in rows]
    steps = max(map(len, sequences))
    x = np.zeros((steps, len(rows), width))
    mask = np.zeros((steps, len(rows), 1))
    for n, sequence in enumerate(sequences):
        x[steps - len(sequence) :, n] = sequence
        mask[steps - len(sequence) :, n] = 1
    return Data(x, mask, np.array([int(row[0]) for row in rows]))


def tanh(circuit: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Output and slope of the tanh circuit."""
    if circuit == "exact":
        y = np.tanh(x)
        return y, 1 - y * y
    size = np.abs(x)
    y, slope = np.ones_like(x), np.zeros_like(x)
    for limit, gain, offset in reversed(CIRCUITS[circuit]):
        inside = size < limit
        y = np.where(inside, gain * size + offset, y)
        slope = np.where(inside, gain, slope)
    return np.copysign(y, x), slope


def gate_circuits(circuit: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Outputs and slopes of all gates: sigmoid for i, f and o, tanh for g."""
    hidden = z.shape[-1] // 4
    gain = np.full(4 * hidden, 0.5)
    gain[2 * hidden : 3 * hidden] = 1
    y, slope = tanh(circuit, z * gain)
    return y * gain + (1 - gain), slope * (gain * gain)


def with_bias(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate([*parts, np.ones((*parts[0].shape[:-1], 1))], axis=-1)


def forward(
    lstm: np.ndarray, dense: np.ndarray, circuit: str, data: Data
) -> tuple[np.ndarray, np.ndarray, list[Step]]:
    """Logits, last h and the record of the steps."""
    hidden = lstm.shape[-1] // 4
    h = c = np.zeros((*data.label.shape, hidden))
    record: list[Step] = []
    for x, mask in zip(data.x, data.mask):
        u = with_bias(x, h)
        z = u @ lstm
        gates, slopes = gate_circuits(circuit, z)
        i, f, g, o = (gates[..., k * hidden : (k + 1) * hidden] for k in range(4))
        c_before, c = c, mask * (f * c + i * g)
        tanh_c, slope_c = tanh(circuit, c)
        h = o * tanh_c
        record.append(Step(u, z, gates, slopes, c_before, c, tanh_c, slope_c))
    return with_bias(h) @ dense, h, record


def gradients(
    lstm: np.ndarray, dense: np.ndarray, circuit: str, batch: Data
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean cross-entropy of the batch and its gradients for both matrices."""
    logits, h, record = forward(lstm, dense, circuit, batch)
    size, inputs, hidden = batch.label.shape[-1], batch.x.shape[-1], h.shape[-1]
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    right = np.arange(logits.shape[-1]) == batch.label[..., np.newaxis]
    loss = -(log_p * right).sum(axis=-1).mean(axis=-1)

    error = (np.exp(log_p) - right) / size
    grad_dense = with_bias(h).swapaxes(-1, -2) @ error
    grad_lstm = np.zeros_like(lstm)
    dh = error @ dense[..., :hidden, :].swapaxes(-1, -2)
    dc = np.zeros_like(dh)
    recurrent = lstm[..., inputs : inputs + hidden, :].swapaxes(-1, -2)
    for step, mask in zip(reversed(record), reversed(batch.mask)):
        i, f, g, o = (step.gates[..., k * hidden : (k + 1) * hidden] for k in range(4))
        dc = mask * (dc + dh * o * step.slope_c)
        gate_errors = [dc * g, dc * step.c_before, dc * i, dh * step.tanh_c]
        dz = np.concatenate(gate_errors, axis=-1) * step.slopes
        grad_lstm += step.u.swapaxes(-1, -2) @ dz
        dh = dz @ recurrent
        dc = dc * f
    return loss, grad_lstm, grad_dense


def accuracy(lstm: np.ndarray, dense: np.ndarray, circuit: str, data: Data) -> float:
    """Of one network; a part of the data at a time, since the record of long sequences is large."""
    count, part = len(data.label), 500
    right = 0
    for start in range(0, count, part):
        some = data.pick(slice(start, start + part))
        logits = forward(lstm, dense, circuit, some)[0]
        right += int(np.sum(np.argmax(logits, axis=-1) == some.label))
    return right / count
