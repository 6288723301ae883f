#!/usr/bin/env python3
"""Train the float baseline networks that the emulated chip is programmed with.

What.  One LSTM layer and one dense layer, trained with stochastic gradient
descent and full back-propagation through time; the softmax cross-entropy is
taken at the last step of each sequence.

    z = [x_t, h_(t-1), 1] W          columns in gate order i, f, g, o
    c = f c + i g                    i, f, o through the sigmoid circuit
    h = o tanh~(c)                   g       through the tanh circuit
    logits = [h, 1] D

Why.  The network obeys the limits of the chip except quantisation and noise:
the activations are the piecewise-linear circuits of the neurons, a gradient is
the slope of the circuit (zero at its rails), and every weight, the biases too,
stays within the window that the conductance range can represent.  The accuracy
printed here is hence the figure that the fixed-point emulator has to reach.

Usage, from any folder; the default arguments regenerate the stored model:

    python3 vectors/reference/train_float.py
    python3 vectors/reference/train_float.py --holdout 0.2    # tuning only

With --holdout the last rows of the training file are kept apart and measured
after each epoch, the test file is not read and nothing is written.  (Rows must
not be sorted by class then.)  The default hyper-parameters are the best of seven
candidates in a four-fold validation (contiguous quarters of the training file,
two seeds); the candidates came from a wider search with --holdout 0.2.

Data.  The CSV format of the README beside each data set: a header of key=value
items, then one sequence a line, label first, then time-major values, which are
read as (value - offset) / scale.  The header's frame=k joins k steps to one.

Needs numpy only.  Deterministic for a seed on one kind of processor; another one,
for which BLAS adds in another order, leads to slightly different rounding, which
training amplifies to another model of similar accuracy.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

TASKS = Path(__file__).resolve().parent.parent / "tasks"
DECIMALS = 6  # of the stored weights

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
    """Sequences padded at the front, so that all of them end at the last step."""

    x: np.ndarray  # steps x sequences x inputs
    mask: np.ndarray  # steps x sequences x 1: 1 = step exists, 0 = padding
    label: np.ndarray  # sequences

    def pick(self, rows: np.ndarray | slice) -> "Data":
        return Data(self.x[:, rows], self.mask[:, rows], self.label[rows])


class Step(NamedTuple):
    """What the backward pass needs to know of one time step."""

    u: np.ndarray  # word-line vector [x, h, 1]
    gates: list[np.ndarray]  # i, f, g, o
    slopes: list[np.ndarray]  # of their circuits
    c_before: np.ndarray
    tanh_c: np.ndarray
    slope_c: np.ndarray


def read_header(path: Path) -> dict[str, str]:
    with path.open() as file:
        items = file.readline().lstrip("#").split()
    return dict(item.split("=", 1) for item in items if "=" in item)


def read_data(path: Path, frame: int) -> Data:
    header = read_header(path)
    offset, scale = float(header["offset"]), float(header["scale"])
    width = int(header["F"]) * frame
    lines = [line for line in path.read_text().splitlines() if line and line[0] != "#"]
    rows = [np.array(line.split(","), dtype=float) for line in lines]
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


def sigmoid(circuit: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Output and slope of the sigmoid circuit."""
    y, slope = tanh(circuit, x / 2)
    return y / 2 + 0.5, slope / 4


def with_bias(*parts: np.ndarray) -> np.ndarray:
    return np.hstack([*parts, np.ones((len(parts[0]), 1))])


def forward(
    lstm: np.ndarray, dense: np.ndarray, circuit: str, data: Data
) -> tuple[np.ndarray, np.ndarray, list[Step], dict[str, float]]:
    """Logits, last h, the record of the steps and the largest |z|, |c|, |logit|."""
    h = c = np.zeros((len(data.label), lstm.shape[1] // 4))
    record: list[Step] = []
    peak_z = peak_c = 0.0
    for x, mask in zip(data.x, data.mask):
        u = with_bias(x, h)
        z = u @ lstm
        z_i, z_f, z_g, z_o = np.split(z, 4, axis=1)
        i, slope_i = sigmoid(circuit, z_i)
        f, slope_f = sigmoid(circuit, z_f)
        g, slope_g = tanh(circuit, z_g)
        o, slope_o = sigmoid(circuit, z_o)
        c_before, c = c, mask * (f * c + i * g)
        tanh_c, slope_c = tanh(circuit, c)
        h = o * tanh_c
        slopes = [slope_i, slope_f, slope_g, slope_o]
        record.append(Step(u, [i, f, g, o], slopes, c_before, tanh_c, slope_c))
        peak_z = max(peak_z, float(np.max(mask * np.abs(z))))
        peak_c = max(peak_c, float(np.max(np.abs(c))))
    logits = with_bias(h) @ dense
    peaks = {"z": peak_z, "c": peak_c, "logit": float(np.max(np.abs(logits)))}
    return logits, h, record, peaks


def gradients(
    lstm: np.ndarray, dense: np.ndarray, circuit: str, batch: Data
) -> tuple[float, np.ndarray, np.ndarray]:
    """Mean cross-entropy of the batch and its gradients for both matrices."""
    logits, h, record, _ = forward(lstm, dense, circuit, batch)
    size, inputs, hidden = len(batch.label), batch.x.shape[2], h.shape[1]
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -float(log_p[np.arange(size), batch.label].mean())

    error = np.exp(log_p)
    error[np.arange(size), batch.label] -= 1
    error /= size
    grad_dense = with_bias(h).T @ error
    grad_lstm = np.zeros_like(lstm)
    dh = error @ dense[:hidden].T
    dc = np.zeros_like(dh)
    for step, mask in zip(reversed(record), reversed(batch.mask)):
        i, f, g, o = step.gates
        dc = mask * (dc + dh * o * step.slope_c)
        gate_errors = [dc * g, dc * step.c_before, dc * i, dh * step.tanh_c]
        dz = np.hstack([e * slope for e, slope in zip(gate_errors, step.slopes)])
        grad_lstm += step.u.T @ dz
        dh = dz @ lstm[inputs : inputs + hidden].T
        dc = dc * f
    return loss, grad_lstm, grad_dense


def accuracy(lstm: np.ndarray, dense: np.ndarray, circuit: str, data: Data) -> float:
    logits = forward(lstm, dense, circuit, data)[0]
    return float(np.mean(np.argmax(logits, axis=1) == data.label))


def train(
    args: argparse.Namespace, classes: int, data: Data, held: Data | None
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.Generator(np.random.PCG64(args.seed))
    rows = data.x.shape[2] + args.hidden + 1
    lstm = rng.uniform(-1, 1, (rows, 4 * args.hidden)) / np.sqrt(rows)
    dense = rng.uniform(-1, 1, (args.hidden + 1, classes)) / np.sqrt(args.hidden + 1)
    lstm[-1] = dense[-1] = 0
    lstm[-1, args.hidden : 2 * args.hidden] = args.forget_bias
    weights = [np.clip(w, -args.window, args.window) for w in (lstm, dense)]
    velocity = [np.zeros_like(w) for w in weights]
    for epoch in range(args.epochs):
        rate = args.rate * args.decay**epoch
        order = rng.permutation(len(data.label))
        losses = []
        for start in range(0, len(order), args.batch):
            batch = data.pick(order[start : start + args.batch])
            loss, *grads = gradients(*weights, args.activation, batch)
            losses.append(loss)
            for w, v, grad in zip(weights, velocity, grads):
                v *= args.momentum
                v -= rate * grad
                w += v
                np.clip(w, -args.window, args.window, out=w)
        text = f"epoch {epoch + 1:3}  rate {rate:.4f}  loss {np.mean(losses):.4f}"
        if held:
            text += f"  held out {accuracy(*weights, args.activation, held):.4f}"
        print(text, flush=True)
    return np.round(weights[0], DECIMALS), np.round(weights[1], DECIMALS)


def provenance(args: argparse.Namespace) -> dict[str, object]:
    """Where the model comes from; base names only, so that no path leaks."""
    readme = (args.train.parent / "README").read_text().splitlines()
    notes = dict(line.split(": ", 1) for line in readme if ": " in line)
    values = {k: v.name if isinstance(v, Path) else v for k, v in vars(args).items()}
    return {
        "script": Path(__file__).name,
        "arguments": values,
        "seed": args.seed,
        "generator": "numpy PCG64",
        "numpy": np.__version__,
        "train_sha256": hashlib.sha256(args.train.read_bytes()).hexdigest(),
        "test_sha256": hashlib.sha256(args.test.read_bytes()).hexdigest(),
        "data_source": notes.get("source", ""),
        "data_licence": notes.get("licence", ""),
    }


def to_json(facts: dict[str, object], matrices: dict[str, np.ndarray]) -> str:
    """JSON with one matrix row a line and all weights with the same decimals."""
    text = json.dumps(facts, indent=1).removesuffix("\n}")
    for name, matrix in matrices.items():
        # + 0.0 turns a negative zero into a positive one
        rows = (", ".join(f"{w + 0.0:.{DECIMALS}f}" for w in row) for row in matrix)
        text += f',\n "{name}": [\n  [' + "],\n  [".join(rows) + "]\n ]"
    return text + "\n}\n"


def parse_arguments() -> argparse.Namespace:
    digits = TASKS / "digits"
    parser = argparse.ArgumentParser(
        description="Train an LSTM with circuit activations and bounded weights.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--train", type=Path, default=digits / "train.csv")
    add("--test", type=Path, default=digits / "test.csv")
    add("--output", type=Path, default=digits / "lstm16-hard.json")
    add("--hidden", type=int, default=16, help="cells of the LSTM layer")
    add("--activation", choices=CIRCUITS, default="hard")
    add("--window", type=float, default=1.0, help="largest |weight|")
    add("--frame", type=int, help="steps joined to one; default: as in the data header")
    add("--forget-bias", type=float, default=0.0, help="initial value")
    add("--seed", type=int, default=1)
    add("--epochs", type=int, default=20)
    add("--batch", type=int, default=1)
    add("--rate", type=float, default=0.03, help="learning rate of the first epoch")
    add("--decay", type=float, default=0.93, help="of the rate, factor per epoch")
    add("--momentum", type=float, default=0.0)
    add("--holdout", type=float, default=0.0, help="fraction kept for validation")
    return parser.parse_args()


def main() -> None:
    args = parse_arguments()
    header = read_header(args.train)
    if "classes" not in header:
        sys.exit(f"{args.train}: not a classification task")
    args.frame = args.frame or int(header.get("frame", 1))
    classes = int(header["classes"])
    data = read_data(args.train, args.frame)
    if args.holdout:
        kept = round(len(data.label) * (1 - args.holdout))
        train(args, classes, data.pick(slice(kept)), data.pick(slice(kept, None)))
        return

    lstm, dense = train(args, classes, data, None)
    test = read_data(args.test, args.frame)
    result = accuracy(lstm, dense, args.activation, test)
    peaks = forward(lstm, dense, args.activation, test)[3]
    facts = {
        "format": "mblstm-model",
        "version": 1,
        "task": header["name"],
        "inputs": test.x.shape[2],
        "hidden": args.hidden,
        "outputs": classes,
        "activation": args.activation,
        "window": args.window,
        "gate_order": "ifgo",
        "float_test_accuracy": round(result, DECIMALS),
        "provenance": provenance(args),
    }
    args.output.write_text(to_json(facts, {"lstm": lstm, "dense": dense}))
    print("largest " + "  ".join(f"|{name}| {value:.3f}" for name, value in peaks.items()))
    print(f"float test accuracy {result:.4f} of {len(test.label)} -> {args.output.name}")


if __name__ == "__main__":
    main()
