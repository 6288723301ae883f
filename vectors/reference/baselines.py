#!/usr/bin/env python3
"""What other methods reach on the files of a task, to hold the chip's figures against.

    python3 vectors/reference/baselines.py                         all tasks
    python3 vectors/reference/baselines.py digits vowels
    python3 vectors/reference/baselines.py --train TRAIN.csv --test TEST.csv
    python3 vectors/reference/baselines.py --table README.md       the lines of README.md's table
    python3 vectors/reference/baselines.py --check README.md       the first of them that is another there: status 1

Prints a table a task; needs numpy only, and gives the same on every run.  A row of sequences that are classified is the
share of the test set that is right:

majority        always the commonest class of the training set.
soft-max        regression on all values of a sequence, and on the mean of its steps.  Shorter sequences are filled up with
                zeros, before their beginning (the ends aligned) or behind their end (the beginnings aligned).  The weight of
                the L2 penalty is the best of PENALTIES on a fifth of the training set, drawn once, and the regression is
                then made anew on the whole of it; the row names it.
1-NN            the class of the nearest training sequence, Euclidean, filled up likewise.
memoryless      the network of the last row with h and c fed as 0 at each step, trained in the same way.  The class is read
                at the last step, so that this is the network on the last step alone.
float           an LSTM in floating point with the rule, the schedule and the settings of `mblstm train` (`float_rule`).

The last two are mean and standard deviation (that of a sample) of seeds 1 to 5.  A row of a series is the root of the mean
squared error in the file's unit, over the steps of the test file:

last value      as the step before.
a year before   the value 12 steps before the one that is asked for.
with growth     the same, times what the last step has grown by over the one 12 steps before it.
least squares   on the last 12 values and a constant, fitted on the steps of the training file that have as many behind them.

Nothing is chosen by the test file, but in the table of README.md, where of sequences aligned at their ends and at their
beginnings the better on the test set stands.  What it has of tasks and methods, and which cells of other tables stand beside
them, `vectors/tables.json` says.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from float_lstm import TASKS, Data, accuracy, read_data, read_header, read_values
from float_rule import PRESETS, Settings, train
from readme_tables import Readme, TableError, lines
from whole_sequences import aligned_at_beginning, flat, mean_step, nearest_accuracy, padded
from whole_sequences import softmax_accuracy, softmax_regression

NAMES = ["digits", "vowels", "reber", "airline", "pixels", "recall"]
# Of tasks whose files are another's, read in other steps than their header says: the folder, and the values of a step.
FRAMING = {"pixels": ("digits", 1)}
SEEDS = [1, 2, 3, 4, 5]
SEASON = 12  # steps of a series
TABLE = "baselines"
METHODS = ["majority", "soft-max", "1-NN", "memoryless", "float"]

Row = tuple[str, str]
Result = tuple[str, list[float]]  # a method, and the share of the test set that is right, of every seed


def percent(*shares: float) -> str:
    text = f"{100 * np.mean(shares):.1f}"
    return f"{text} ± {100 * np.std(shares, ddof=1):.1f} %" if len(shares) > 1 else f"{text} %"


def majority(data: Data, test: Data) -> Result:
    commonest = np.argmax(np.bincount(data.label))
    return "majority", [float(np.mean(test.label == commonest))]


def equally_long(data: Data, test: Data) -> list[Data]:
    steps = max(len(data.x), len(test.x))
    return [padded(data, steps), padded(test, steps)]


def views(parts: list[Data]) -> dict[str, list[np.ndarray]]:
    """All values of a sequence in a row, in as many ways as sequences can be aligned."""
    if all(part.mask.all() for part in parts):
        return {"all values": [flat(part) for part in parts]}
    return {
        "all values, ends aligned": [flat(part) for part in parts],
        "all values, beginnings aligned": [flat(aligned_at_beginning(part)) for part in parts],
    }


def softmax(data: Data, test: Data, classes: int) -> list[Result]:
    results: list[Result] = []
    parts = equally_long(data, test)
    for name, (x, test_x) in {**views(parts), "the mean step": [mean_step(part) for part in parts]}.items():
        weights, penalty = softmax_regression(x, data.label, classes)
        share = softmax_accuracy(weights, test_x, test.label)
        results.append((f"soft-max on {name} (L2 {penalty:g})", [share]))
    return results


def nearest(data: Data, test: Data) -> list[Result]:
    return [
        (f"1-NN on {name}", [nearest_accuracy(x, data.label, test_x, test.label)])
        for name, (x, test_x) in views(equally_long(data, test)).items()
    ]


def network(name: str, settings: Settings, data: Data, test: Data, classes: int) -> Result:
    networks = train(settings, classes, data, SEEDS)
    shares = [accuracy(lstm, dense, "hard", test) for lstm, dense in networks]
    return f"{name} (LSTM {settings.hidden})", shares


def classification(
    train_file: Path, test_file: Path, inputs: int | None, settings: Settings, methods: list[str] = METHODS
) -> list[Result]:
    classes = int(read_header(train_file)["classes"])
    data, test = read_data(train_file, inputs), read_data(test_file, inputs)
    made = {
        "majority": lambda: [majority(data, test)],
        "soft-max": lambda: softmax(data, test, classes),
        "1-NN": lambda: nearest(data, test),
        "memoryless": lambda: [network("memoryless", settings, data.last_step(), test.last_step(), classes)],
        "float": lambda: [network("float, same rule", settings, data, test, classes)],
    }
    return [result for name, make in made.items() if any(m.startswith(name) for m in methods) for result in make()]


def series_rows(train_file: Path, test_file: Path) -> list[Row]:
    """The test file goes on where the training file ends; a line is a target and what comes before it."""
    before, asked = (np.stack(read_values(path)) for path in (train_file, test_file))
    known = np.concatenate([before, asked])
    target, last = known[:, 0], known[:, -1]
    start = len(before)
    year_before, last_year = target[start - SEASON : -SEASON], last[start - SEASON : -SEASON]

    windows = np.stack([np.append(last[n - SEASON + 1 : n + 1], 1) for n in range(SEASON - 1, len(last))])
    first = start - SEASON + 1  # of the test file's windows
    fit = np.linalg.lstsq(windows[:first], target[SEASON - 1 : start], rcond=None)[0]

    forecasts = {
        "last value": last[start:],
        "a year before": year_before,
        "a year before, with growth": year_before * last[start:] / last_year,
        f"least squares on {SEASON} values": windows[first:] @ fit,
    }
    errors = {name: np.sqrt(np.mean((value - target[start:]) ** 2)) for name, value in forecasts.items()}
    return [(name, f"{error:.1f}") for name, error in errors.items()]


def print_table(name: str, unit: str, rows: list[Row]) -> None:
    print(f"| {name} | {unit} |\n|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def report(name: str, train_file: Path, test_file: Path, inputs: int | None, settings: Settings) -> None:
    if "classes" in read_header(train_file):
        results = classification(train_file, test_file, inputs, settings)
        print_table(name, "test set", [(method, percent(*shares)) for method, shares in results])
    else:
        print_table(name, "error", series_rows(train_file, test_file))


def task_files(name: str) -> tuple[Path, Path, int | None]:
    """Training and test sequences, and the values of a step where that is not as the header says."""
    folder, inputs = FRAMING.get(name, (name, None))
    return TASKS / folder / "train.csv", TASKS / folder / "test.csv", inputs


def readme_lines(readme: Readme, settings: dict) -> list[str]:
    """A row a task: what each method reaches at its best, and a cell of another table."""
    rows = []
    for row in settings["rows"]:
        name, beside = row["task"], row["in situ"]
        # What is not there is told before minutes of training.
        in_situ = readme.cell(beside["table"], beside["row"], beside["column"])
        results = classification(*task_files(name), PRESETS.get(name, Settings()), settings["methods"])
        cells = []
        for method in settings["methods"]:
            ways = [shares for text, shares in results if text.startswith(method)]
            cells.append(percent(*max(ways, key=np.mean)))
        rows.append([name, *cells, in_situ])
    return lines(["task", *settings["methods"], "in situ"], rows)


def readme_table(path: Path, tables: Path, is_check: bool) -> int:
    """Prints the lines, or the first that is another in the README: a status of the process."""
    settings = json.loads(tables.read_text(encoding="utf-8"))["others"][TABLE]["settings"]
    try:
        readme = Readme(path)
        if is_check:
            readme.place(TABLE)
        made = readme_lines(readme, settings)
        if not is_check:
            print(*made, sep="\n")
            return 0
        difference = readme.difference(TABLE, made)
    except (TableError, OSError) as error:
        print(f"baselines.py: {error}", file=sys.stderr)
        return 2
    print(difference or f"no difference in {TABLE}")
    return 1 if difference else 0


def print_settings() -> None:
    """Of every task that is classified, as text that a test holds against those of the product."""
    for name in NAMES:
        train_file, _, inputs = task_files(name)
        header = read_header(train_file)
        if "classes" in header:
            fitted = PRESETS.get(name, Settings()).fitted(int(header["n"]))
            items = " ".join(f"{key}={value:g}" for key, value in fitted._asdict().items())
            print(name, f"inputs={inputs or header['F']}", items)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What other methods reach on the files of a task.")
    add = parser.add_argument
    add("task", nargs="*", metavar="TASK", help=f"of {', '.join(NAMES)}; default: all")
    add("--train", type=Path, help="your own training sequences")
    add("--test", type=Path, help="your own test sequences")
    for name, value in Settings()._asdict().items():
        note = "; 0: as suits the data" if value == 0 and name != "forget_bias" else ""
        text = f"of your own files' LSTM (default {value}{note})"
        add("--" + name.replace("_", "-"), type=type(value), default=value, help=text)
    add("--table", type=Path, metavar="README.md", help="print the lines of its table")
    add("--check", type=Path, metavar="README.md", help="hold them against what stands there")
    add("--tables", type=Path, default=TASKS.parent / "tables.json", help="settings of the table (default: vectors/tables.json)")
    add("--settings", action="store_true", help="print what the tasks are trained with, and do nothing else")
    args = parser.parse_args()
    if (args.train is None) != (args.test is None):
        parser.error("--train and --test go together")
    if args.train and args.task:
        parser.error("either tasks or --train and --test")
    if (args.table or args.check) and (args.task or args.train or (args.table and args.check)):
        parser.error("--table and --check go alone")
    for name in args.task:
        if name not in NAMES:
            parser.error(f"TASK is '{name}', expected one of: {', '.join(NAMES)}")
    return args


def main() -> int:
    args = parse_arguments()
    if args.settings:
        print_settings()
    elif args.table or args.check:
        return readme_table(args.check or args.table, args.tables, is_check=args.check is not None)
    elif args.train:
        settings = Settings(**{name: getattr(args, name) for name in Settings._fields})
        report(read_header(args.train).get("name", args.train.name), args.train, args.test, None, settings)
    else:
        for name in args.task or NAMES:
            report(name, *task_files(name), PRESETS.get(name, Settings()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
