"""How the cases of training are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from firmware import host
from firmware.training.state import ACCUMULATE, CROSS_ENTROPY, READ_TRANSPOSED, SQUARED_ERROR
from suites._controller import TIMES, Board, Numbers, Scenario, circuits

ONE = 1 << 24  # rate 1
RULE_NAMES = ("accumulate", "fixed voltage", "linear", "target")
LOSS_NAMES = ("cross-entropy", "squared error")
PATH_NAMES = ("transposed reading", "read back")


@dataclass
class Training:
    """The words of `configureTraining`, and the rate."""

    rule: int = ACCUMULATE
    loss: int = CROSS_ENTROPY
    path: int = READ_TRANSPOSED
    batch: int = 1
    truncation: int = 0
    longest: int = 64
    momentum: int = 0
    level_log2: int = 7
    pulse_width: int = 400
    threshold: int = 1 << 20
    rate: int = ONE

    @property
    def words(self) -> list[list[int]]:
        return [[host.CONFIGURE_TRAINING, *astuple(self)[:-1]], [host.SET_RATE, self.rate]]

    @property
    def note(self) -> str:
        return f"{RULE_NAMES[self.rule]}, {LOSS_NAMES[self.loss]}, {PATH_NAMES[self.path]}"

    def sequences(self, board: Board, numbers: Numbers, lengths: Sequence[int], limit: int = 32767) -> list[list[int]]:
        requests = []
        for steps in lengths:
            inputs, label = numbers.sequence(steps, board.inputs, limit), numbers.integer(0, board.outputs - 1)
            targets = numbers.sequence(steps, board.outputs) if self.loss == SQUARED_ERROR else []
            requests.append(host.train(inputs, label, targets))
        return requests


def scenario(note: str, board: Board, training: Training, requests: Sequence[list[int]],
             conductances: dict[str, list[int]],
             shipped: str = "plan", windows: Sequence[int] = (512, 512, 1), gradients: bool = False,
             compare_ready: bool = False, times: Sequence[int] = TIMES, **others: Any) -> Scenario:
    times = [0] * 130 if gradients else times  # an unfinished batch makes no pulses
    before = [board.configure(*windows), *circuits(shipped), host.set_pulse_times(times), *training.words]
    return Scenario(note, board.chip(), [*before, *requests], conductances, setup=len(before) - 2 * compare_ready,
                    tiles=() if gradients else (0, 1), gradients=gradients, **others)


EXPORT = [host.EXPORT_STATE]
