"""Steps and writes of error feedback (section 7.12). Debts have the unit 2^-27 of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..arithmetic import clamp, half_up
from ..program_verify import Programmer
from .feedback import Debt, FeedbackLayer
from .ramp import Ramp
from .rules import FRACTION, Rule
from .state import Settings
from .update import Update

WINDOW = 1 << FRACTION
RETRY = 1 << 26  # of a weight that was given up


class FeedbackUpdate(Update):
    def step(self, state: FeedbackLayer, momentum: int) -> None:
        gradients, state.gradients = state.gradients, [0] * len(state.gradients)
        if state.rate == 0:
            return
        means = [state.mean_gradient(gradient) for gradient in gradients]
        state.means.take(means)
        rows = [state.means.row_factor(root) for root in state.means.rows]
        columns = [state.means.column_factor(root, state.rate) for root in state.means.columns]
        for place, gradient in enumerate(means):
            row, column = divmod(place, len(columns))
            if gradient != 0:
                step = state.means.step_of(gradient, rows[row], columns[column], state.rate)
                self.pay(state, place, step)

    def pay(self, state: FeedbackLayer, place: int, step: int) -> None:
        debt = state.debt(place)
        debt.owe(debt.residual - step)
        state.debts[place] = debt.word()

    def pulse(self, state: FeedbackLayer, rule: "ErrorFeedback") -> None:
        state.layer.tile.unlock()
        for row in range(state.layer.rows):
            rule.write(state, row)
        state.layer.tile.lock()


@dataclass
class Write:
    """Of one weight: shares of the window before and as they should be, the latter also in 2^-27 of the window."""

    debt: Debt
    before: int
    exact: int
    pulsed: bool = False

    @property
    def wanted(self) -> int:
        return half_up(self.exact, FRACTION - 15)


class ErrorFeedback(Rule):
    def __init__(self, programmer: Programmer, settings: Settings, ramp: Ramp) -> None:
        super().__init__(programmer, settings, ramp)
        self.ramp = ramp

    def write(self, state: FeedbackLayer, row: int) -> None:
        """One write of a row, of the weights that are due."""
        begin, threshold = row * state.layer.columns, state.threshold(self.ramp)
        debts = [state.debt(begin + column) for column in range(state.layer.columns)]
        due = [column for column, debt in enumerate(debts) if self.is_due(debt, threshold)]
        if not due:
            return
        before = self.read_row(row)
        writes = {column: self.planned(debts[column], before[column]) for column in due}
        after = self.read_again() if self.pulsed(row, writes) else before
        for column, write in writes.items():
            self.settle(state, write, after[column])
            state.debts[begin + column] = write.debt.word()

    def is_due(self, debt: Debt, threshold: int) -> bool:
        return abs(debt.residual) >= (RETRY if debt.given_up else threshold)

    def planned(self, debt: Debt, before: int) -> Write:
        return Write(debt, before, self.exact(before, debt.residual))

    def exact(self, share: int, residual: int) -> int:
        return clamp((share << FRACTION - 15) + residual, -WINDOW, WINDOW)

    def read_again(self) -> Sequence[int]:
        return self.programmer.verifier.verify(self.layer.tile, 0)

    def pulsed(self, row: int, writes: dict[int, Write]) -> bool:
        """Gives the pulses; says whether there were any."""
        if self.programmer.times.abrupt:
            self.programmer.set_from_bottom(row, {column: write.wanted for column, write in writes.items()})
            for write in writes.values():
                write.pulsed = True
            return True
        for column, write in writes.items():
            widths = self.programmer.times.synapse_widths(write.before, write.wanted, True)
            write.pulsed = self.layer.tile.pulse(column, *widths)
        found = any(write.pulsed for write in writes.values())
        if found:
            self.layer.tile.program_row(row)
        return found

    def settle(self, state: FeedbackLayer, write: Write, after: int) -> None:
        """What the write missed stays owed."""
        missed = self.missed(write, after)
        write.debt.owe(missed)
        if not write.pulsed:
            return
        state.wrote()
        if self.has_moved(after - write.before, write.wanted - write.before):
            write.debt.moved()
            state.missed(missed)
        else:
            write.debt.stayed()

    def missed(self, write: Write, after: int) -> int:
        return write.exact - (after << FRACTION - 15)

    def has_moved(self, move: int, wanted: int) -> bool:
        """An eighth of the way, in the right direction."""
        return wanted == 0 or (move > 0) == (wanted > 0) and move != 0 and 8 * abs(move) >= abs(wanted)
