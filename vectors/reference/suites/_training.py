"""How the cases of training are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from firmware import host
from firmware.training.state import ACCUMULATE, CROSS_ENTROPY, MEMORY, READ_TRANSPOSED, SQUARED_ERROR
from suites._controller import TIMES, Board, Numbers, Scenario, circuits

ONE = 1 << 24  # rate 1
RULE_NAMES = ("accumulate", "fixed voltage", "linear", "target", "error feedback")
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
    ramp: tuple[int, ...] = ()  # updates done, updates

    @property
    def words(self) -> list[list[int]]:
        return [[host.CONFIGURE_TRAINING, *astuple(self)[:10]], [host.SET_RATE, self.rate, *self.ramp]]

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


EXPORT, REPORT = [host.EXPORT_STATE], [host.TRAINING_REPORT]


def memory(note: str, training: Training, kept: int, differential: bool = False) -> Scenario:
    """What is kept of 1-1-1's 14 weights, in bytes; 80 a column, 16 a word line and 26 a step. There are as many spare
    word lines as make the longest sequence take all there is; one step more is refused."""
    rest = MEMORY - kept - 5 * 80 - 5 * 16
    spare = next(lines for lines in range(26) if (rest - 16 * lines) % 26 == 0)
    board, numbers = Board(1, 1, 1, differential, (spare // 2, 0, spare - spare // 2, 0)), Numbers(5610)
    training = replace(training, longest=(rest - 16 * spare) // 26)
    above, most = (replace(training, longest=longest).words[0] for longest in (training.longest + 1, 65535))
    return scenario(f"memory for the longest sequence{note}, and too little", board, training,
                    [above, most, *training.sequences(board, numbers, (1,))], board.random_shares(numbers),
                    gradients=True, compare_ready=True)
