"""Trimming of the converters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from firmware import host
from suites._controller import FIELDS, Board, Numbers, Scenario, evaluated

KIND = "firmware"
PURPOSE = ("Offset and gain of every converter measured and corrected: the trim words, the reported extremes, "
           "and what the network reads through corrected converters.")
SPECIFICATION = {"firmware": "8.1"}

OPTIONS: list[dict[str, Any]] = [
    {}, {"adcOffsetMicrovolts": 500}, {"adcOffsetMicrovolts": 5000, "seed": 2}, {"adcGainPpm": 3000, "seed": 3},
    {"adcGainPpm": 50000, "seed": 4}, {"adcOffsetMicrovolts": 2500, "adcGainPpm": 10000, "seed": 5},
    {"adcOffsetMicrovolts": 100000, "adcGainPpm": 100000, "seed": 6}, {"adcOffsetMicrovolts": 100000, "seed": 7},
    {"adcGainPpm": 100000, "seed": 8},
]


def scenario(note: str, board: Board, samples: int, following: list[list[int]],
             unseen: Collection[int] = ()) -> Scenario:
    numbers = Numbers(2000 + len(note))
    return Scenario(note, board.chip(), [board.configure(), [host.CALIBRATE, samples], *following],
                    board.random(numbers), setup=1, unseen=unseen)


def mismatches() -> list[Scenario]:
    found = []
    for option in OPTIONS:
        for differential in (False, True):
            board = Board(1, 1, 1, differential, options=option)
            text = ", ".join(f"{key} {value}" for key, value in option.items()) or "ideal converters"
            found.append(scenario(f"{text}, {board.kind}", board, 1, [host.infer([[25000], [-25000]])]))
    return found


def resolutions() -> list[Scenario]:
    found = []
    for bits in range(5, 17):
        options = {"adcBits": bits, "adcOffsetMicrovolts": 4000, "adcGainPpm": 12000, "seed": 20 + bits}
        board = Board(1, 1, 2, bits % 2 == 0, options=options)
        found.append(scenario(f"ADC of {bits} bits", board, 0, [[host.READ_WEIGHTS, 1, 0]]))
    return found


def shapes() -> list[Scenario]:
    """More word lines than columns, and fewer; odd counts; spare lines."""
    found = []
    for inputs, hidden, outputs, spare in ((7, 1, 1, (0, 0, 0, 0)), (1, 2, 5, (0, 0, 0, 0)), (2, 2, 1, (0, 0, 0, 4)),
                                           (1, 1, 1, (4, 0, 2, 1)), (3, 1, 1, (1, 5, 0, 0))):
        board = Board(inputs, hidden, outputs, inputs == 2, spare,
                      {"adcOffsetMicrovolts": 3000, "adcGainPpm": 8000, "seed": 40 + inputs})
        found.append(scenario(f"{inputs}-{hidden}-{outputs} with {spare} spare lines and columns", board, 0,
                              [host.infer([[9000] * inputs])]))
    return found


def samples() -> list[Scenario]:
    found = []
    for count in range(9):
        board = Board(1, 1, 1, options={"adcOffsetMicrovolts": 3000, "adcGainPpm": 8000, "seed": 60 + count})
        unseen = [1] if count > 3 else []
        found.append(scenario(f"2^{count} samples", board, count, [host.infer([[9000]])], unseen))
    return found


def repeated() -> list[Scenario]:
    """A second calibration starts from no correction."""
    found = []
    for seed in (80, 81, 82):
        board = Board(1, 1, 1, seed == 81, options={"adcOffsetMicrovolts": 9000, "adcGainPpm": 30000, "seed": seed})
        found.append(scenario(f"calibrated twice, seed {seed}", board, 0,
                              [[host.CALIBRATE, 0], [host.READ_WEIGHTS, 0, 0]]))
    return found


def refused() -> list[Scenario]:
    board = Board(1, 1, 1, options={"adcOffsetMicrovolts": 3000})
    requests = [[host.CALIBRATE, 0], board.configure(), [host.CALIBRATE, 9], [host.CALIBRATE], [host.CALIBRATE, 0, 0],
                [host.CALIBRATE, 0]]
    return [Scenario("refused before configuration and with bad words", board.chip(), requests, unseen=(1,))]


def scenarios() -> list[Scenario]:
    return [*mismatches(), *resolutions(), *shapes(), *samples(), *repeated(), *refused()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)
