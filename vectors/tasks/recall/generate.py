#!/usr/bin/env python3
"""Write the sequences of the task `recall`: python3 generate.py [--check]

Each step shows one of four symbols; one step among the first eight is marked besides.  20 to 40 steps follow it.  The
class is the symbol at the marked step.  All draws are uniform and independent; train and test share no sequence.

--check compares with the files that are there.  Python's standard library alone; `random()` gives the same numbers for a
seed in every version of Python.
"""

import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYMBOLS = 4
CUES = 8  # steps of which one is marked
DISTRACTORS = (20, 40)
COUNTS = {"train": 1000, "test": 500}


def below(limit: int, source: random.Random) -> int:
    return int(source.random() * limit)


def line(source: random.Random) -> str:
    """Label, then five values a step: the symbol one-hot, and the mark."""
    marked = below(CUES, source)
    fewest, most = DISTRACTORS
    steps = marked + 1 + fewest + below(most - fewest + 1, source)
    symbols = [below(SYMBOLS, source) for _ in range(steps)]
    values = [
        int(value)
        for step, symbol in enumerate(symbols)
        for value in [*(symbol == k for k in range(SYMBOLS)), step == marked]
    ]
    return ",".join(map(str, [symbols[marked], *values]))


def files() -> dict[str, str]:
    source = random.Random(1)
    seen: set[str] = set()
    texts = {}
    for part, count in COUNTS.items():
        lines: list[str] = []
        while len(lines) < count:
            text = line(source)
            if text not in seen:
                seen.add(text)
                lines.append(text)
        longest = CUES + DISTRACTORS[1]
        header = (
            f"# name=recall part={part} n={count} T={longest} F={SYMBOLS + 1} classes={SYMBOLS}"
            " variable_length=1 offset=0 scale=1 frame=1"
        )
        texts[f"{part}.csv"] = "\n".join([header, *lines]) + "\n"
    return texts


def main() -> None:
    for name, text in files().items():
        if "--check" not in sys.argv[1:]:
            (HERE / name).write_text(text)
        elif (HERE / name).read_text() != text:
            sys.exit(f"{name}: not what generate.py writes")


if __name__ == "__main__":
    main()
