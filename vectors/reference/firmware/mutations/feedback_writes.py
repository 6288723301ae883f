"""Mistakes in the writes of error feedback."""

from __future__ import annotations

from ..training.feedback_rule import ErrorFeedback, Write

TRAINING = ("training_step",)


class DueAboveThreshold(ErrorFeedback):
    """A debt of the threshold waits"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def is_due(self, debt, threshold):
        return abs(debt.residual) > ((1 << 26) - 1 if debt.given_up else threshold)


class RetryAboveHalf(ErrorFeedback):
    """Half a window is not enough for another try"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def is_due(self, debt, threshold):
        return super().is_due(debt, threshold) and not (debt.given_up and abs(debt.residual) == 1 << 26)


class GivenUpByThreshold(ErrorFeedback):
    """What was given up is tried again at the threshold"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def is_due(self, debt, threshold):
        return abs(debt.residual) >= threshold


class GivenUpForGood(ErrorFeedback):
    """What was given up is never tried again"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def is_due(self, debt, threshold):
        return super().is_due(debt, threshold) and not debt.given_up


class RetryByLarger(ErrorFeedback):
    """What was given up has to reach the threshold as well"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def is_due(self, debt, threshold):
        return super().is_due(debt, threshold) and abs(debt.residual) >= threshold


class WholeRowWritten(ErrorFeedback):
    """With one weight due all of its row are written"""
    suites = TRAINING
    breaks = "FW-7.12.11"

    def write(self, state, row):
        columns = state.layer.columns
        debts = [state.debt(row * columns + column) for column in range(columns)]
        threshold = state.threshold(self.ramp)
        if any(self.is_due(debt, threshold) for debt in debts):
            self.is_due = lambda debt, threshold: debt.residual != 0
        super().write(state, row)
        self.__dict__.pop("is_due", None)


class WriteNotClamped(ErrorFeedback):
    """Debts may ask for more than the window"""
    suites = TRAINING
    breaks = "FW-7.12.11"

    def exact(self, share, residual):
        return (share << 12) + residual


class WriteRoundedDown(ErrorFeedback):
    """What is wanted is rounded down"""
    suites = TRAINING
    breaks = "FW-7.12.11"

    def planned(self, debt, before):
        write = super().planned(debt, before)
        return _RoundedDown(write.debt, write.before, write.exact)


class _RoundedDown(Write):
    """Shares are rounded down."""

    @property
    def wanted(self):
        return self.exact >> 12


class WriteMayVanish(ErrorFeedback):
    """A write may come out without a pulse"""
    suites = TRAINING
    breaks = "FW-7.12.11"

    def pulsed(self, row, writes):
        times = self.programmer.times
        widths = times.synapse_widths
        times.synapse_widths = lambda share, target, at_least_one: widths(share, target, False)
        found = super().pulsed(row, writes)
        del times.synapse_widths
        return found


class WriteAbruptAsGradual(ErrorFeedback):
    """Abrupt devices are moved from where they are"""
    suites = TRAINING
    breaks = "FW-7.12.11"

    def pulsed(self, row, writes):
        self.programmer.times.reset_times[0] += 16
        found = super().pulsed(row, writes)
        self.programmer.times.reset_times[0] -= 16
        return found


class RowAlwaysProgrammed(ErrorFeedback):
    """A row without widths is programmed as well"""
    suites = TRAINING
    breaks = "FW-7.12.12"

    def pulsed(self, row, writes):
        found = super().pulsed(row, writes)
        if not found:
            self.layer.tile.program_row(row)
        return True


class RowReadTwice(ErrorFeedback):
    """A row is read again even without a pulse"""
    suites = TRAINING
    breaks = "FW-7.12.12"

    def pulsed(self, row, writes):
        super().pulsed(row, writes)
        return True


class WriteSelectsAgain(ErrorFeedback):
    """The row is selected again behind its pulse"""
    suites = TRAINING
    breaks = "FW-7.12.12"

    def write(self, state, row):
        self.row = row
        super().write(state, row)

    def read_again(self):
        return self.read_row(self.row)


class MissedOfShares(ErrorFeedback):
    """What is below a share is lost"""
    suites = TRAINING
    breaks = "FW-7.12.13"

    def missed(self, write, after):
        return write.wanted - after << 12


class MissedUphill(ErrorFeedback):
    """What a write missed is owed with the wrong sign"""
    suites = TRAINING
    breaks = "FW-7.12.13"

    def missed(self, write, after):
        return -super().missed(write, after)


class DebtPaidByWrite(ErrorFeedback):
    """A write pays all"""
    suites = TRAINING
    breaks = "FW-7.12.13"

    def settle(self, state, write, after):
        super().settle(state, write, after)
        write.debt.residual = 0


class MissedDropsLater(ErrorFeedback):
    """A weight that moves owes with bit 0, whatever its count was"""
    suites = TRAINING
    breaks = "FW-7.12.13"

    def settle(self, state, write, after):
        super().settle(state, write, after)
        if write.pulsed and write.debt.count == 0:
            write.debt.owe(self.missed(write, after))


class ZeroWidthWaits(ErrorFeedback):
    """Without a pulse the debt stays as it was"""
    suites = TRAINING
    breaks = "FW-7.12.13"

    def settle(self, state, write, after):
        if write.pulsed:
            super().settle(state, write, after)


class ZeroWidthIsWrite(ErrorFeedback):
    """Weights without a pulse count as written"""
    suites = TRAINING
    breaks = "FW-7.12.13 FW-7.12.14"

    def settle(self, state, write, after):
        write.pulsed = True
        super().settle(state, write, after)


class WritesOfRows(ErrorFeedback):
    """Rows are counted as writes"""
    suites = TRAINING
    breaks = "FW-7.12.14"

    def write(self, state, row):
        before = state.writes
        super().write(state, row)
        state.writes = min(state.writes, before + 1)


class MovedAtAll(ErrorFeedback):
    """Any move in the right direction will do"""
    suites = TRAINING
    breaks = "FW-7.12.15"

    def has_moved(self, move, wanted):
        return wanted == 0 or move * wanted > 0


class MovedMoreThanEighth(ErrorFeedback):
    """An eighth of the way is too little"""
    suites = TRAINING
    breaks = "FW-7.12.15"

    def has_moved(self, move, wanted):
        return super().has_moved(move, wanted) and (wanted == 0 or 8 * abs(move) > abs(wanted))


class MovedQuarter(ErrorFeedback):
    """A weight has to make a quarter of the way"""
    suites = TRAINING
    breaks = "FW-7.12.15"

    def has_moved(self, move, wanted):
        return super().has_moved(move, wanted) and 4 * abs(move) >= abs(wanted)


class MovedAnyway(ErrorFeedback):
    """A move in the wrong direction is one"""
    suites = TRAINING
    breaks = "FW-7.12.15"

    def has_moved(self, move, wanted):
        return 8 * abs(move) >= abs(wanted)


class StayedAsWanted(ErrorFeedback):
    """A weight that is where it should be has not moved"""
    suites = TRAINING
    breaks = "FW-7.12.15"

    def has_moved(self, move, wanted):
        return wanted != 0 and super().has_moved(move, wanted)


class ErrorOfEveryWrite(ErrorFeedback):
    """Writes that move nothing count in the write error"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def settle(self, state, write, after):
        error, missed = state.error, self.missed(write, after)
        super().settle(state, write, after)
        if write.pulsed and write.debt.count > 0:
            state.error = error
            state.missed(missed)
