#!/usr/bin/env python3
"""Train the float baseline networks that the emulated chip is programmed with.

What.  The network of `float_lstm`, trained with stochastic gradient descent and
full back-propagation through time.

Why.  The network obeys the limits of the chip except quantisation and noise:
the activations are the piecewise-linear circuits of the neurons, and every
weight, the biases too, stays within the window that the conductance range can represent.  The accuracy
printed here is hence the figure that the fixed-point emulator has to reach.

Usage, from any folder; the default arguments regenerate the stored model:

    python3 vectors/reference/train_float.py
    python3 vectors/reference/train_float.py --holdout 0.2    # tuning only

With --holdout the last rows of the training file are kept apart and measured
after each epoch, the test file is not read and nothing is written.  (Rows must
not be sorted by class then.)  The default hyper-parameters are the best of seven
candidates in a four-fold validation (contiguous quarters of the training file,
two seeds); the candidates came from a wider search with --holdout 0.2.

Needs numpy only.  Deterministic for a seed on one kind of processor; another one,
for which BLAS adds in another order, leads to slightly different rounding, which
training amplifies to another model of similar accuracy.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from float_lstm import CIRCUITS, TASKS, Data, Step, accuracy, forward, gradients, read_data, read_header

DECIMALS = 6  # of the stored weights


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


def peaks(logits: np.ndarray, record: list[Step], data: Data) -> dict[str, float]:
    """The largest |z|, |c| and |logit|."""
    return {
        "z": max(float(np.max(mask * np.abs(step.z))) for step, mask in zip(record, data.mask)),
        "c": max(float(np.max(np.abs(step.c))) for step in record),
        "logit": float(np.max(np.abs(logits))),
    }


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
    inputs = int(header["F"]) * args.frame
    classes = int(header["classes"])
    data = read_data(args.train, inputs)
    if args.holdout:
        kept = round(len(data.label) * (1 - args.holdout))
        train(args, classes, data.pick(slice(kept)), data.pick(slice(kept, None)))
        return

    lstm, dense = train(args, classes, data, None)
    test = read_data(args.test, inputs)
    result = accuracy(lstm, dense, args.activation, test)
    logits, _, record = forward(lstm, dense, args.activation, test)
    facts = {
        "format": "mblstm-model",
        "version": 1,
        "task": header["name"],
        "inputs": inputs,
        "hidden": args.hidden,
        "outputs": classes,
        "activation": args.activation,
        "window": args.window,
        "gate_order": "ifgo",
        "float_test_accuracy": round(result, DECIMALS),
        "provenance": provenance(args),
    }
    args.output.write_text(to_json(facts, {"lstm": lstm, "dense": dense}))
    print("largest " + "  ".join(f"|{name}| {value:.3f}" for name, value in peaks(logits, record, test).items()))
    print(f"float test accuracy {result:.4f} of {len(test.label)} -> {args.output.name}")


if __name__ == "__main__":
    main()
