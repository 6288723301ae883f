"""How the cases of error feedback are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from firmware import host
from firmware.training.feedback import FIRST_ERROR
from firmware.training.state import ERROR_FEEDBACK
from suites._controller import Board, Numbers, Scenario, Words
from suites._training import EXPORT, REPORT, Training, scenario

SMALL = Board(1, 1, 1)
PAIRS = Board(1, 1, 1, True)
HALF, WHOLE = 1 << 26, 1 << 27  # of the window
LOW, HIGH = 1 << 22, 1 << 23  # ends of the rule's own threshold
SHORT = [0] * 130  # pulse times: whatever is wanted, one step


@dataclass
class Feedback(Training):
    rule: int = ERROR_FEEDBACK
    threshold: int = 0


@dataclass
class Kept:
    """What is imported of a layer: words of debts, repeated as often as there are weights, and of roots."""

    debts: Sequence[int] = (0,)
    rows: Sequence[int] = (0,)
    columns: Sequence[int] = (0,)
    updates: int = 0
    writes: int = 0
    error: int = FIRST_ERROR

    def words(self, rows: int, columns: int) -> Words:
        return [*repeated(self.debts, rows * columns), *repeated(self.rows, rows), *repeated(self.columns, columns),
                self.updates, self.writes, self.error]


def repeated(words: Sequence[int], count: int) -> Words:
    return [words[place % len(words)] for place in range(count)]


def debt(residual: int, count: int = 0, given_up: bool = False) -> int:
    return count << 28 | residual & 0x0FFF_FFFF | given_up


def given_up(residual: int) -> int:
    return debt(residual, 15, True)


def imported(board: Board, lstm: Kept, dense: Kept | None = None) -> Words:
    rows, hidden = board.inputs + board.hidden + 1, board.hidden
    return [host.IMPORT_STATE, *lstm.words(rows, 4 * hidden), *(dense or lstm).words(hidden + 1, board.outputs)]


def written(note: str, board: Board, kept: Kept, numbers: Numbers, updates: int = 1, training: Training = Feedback(),
            **others: Any) -> Scenario:
    """Debts given and, unless there is a rate, paid without a step."""
    training = replace(training, rate=others.pop("rate", 0), batch=2)
    requests = [imported(board, kept), *[*training.sequences(board, numbers, (1,)), [host.UPDATE], REPORT] * updates,
                EXPORT]
    cells = others.pop("cells", None)
    return scenario(note, board, training, requests, board.random_shares(numbers) if cells is None else cells, **others)
