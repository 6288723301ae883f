"""Mistakes in the means of error feedback and in its steps."""

from __future__ import annotations

from math import isqrt

from ..arithmetic import clamp, half_up, truncate
from ..training.feedback import Means

TRAINING = ("training_step",)


class MeansOfAll(Means):
    """Means are of all updates"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def memory(self):
        return self.updates


class MeansLater(Means):
    """The first mean is divided by two"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def memory(self):
        return min(self.updates + 1, 128)


class MeansRoundedDown(Means):
    """Steps of the means are rounded down"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def step(self, difference, memory):
        return difference // memory


class MeansOfSums(Means):
    """Squares are summed up, not averaged"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def fresh(self, squares):
        return sum(squares) << 10


class MeansShiftedFirst(Means):
    """Squares are averaged with the fraction bits of means"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def fresh(self, squares):
        return (sum(squares) << 10) // len(squares)


class MeansOfSizes(Means):
    """Roots follow the roots of the squares"""
    suites = TRAINING
    breaks = "FW-7.12.4"

    def mean(self, root, squares):
        return (root + truncate(isqrt(self.fresh(squares)) - root, self.memory())) ** 2


class RootsRounded(Means):
    """Roots are rounded"""
    suites = TRAINING
    breaks = "FW-7.12.4 FW-7.12.5"

    def root(self, mean):
        return (isqrt(4 * mean) + 1) // 2


class MeanOfRoots(Means):
    """The mean of all is that of the rows' roots"""
    suites = TRAINING
    breaks = "FW-7.12.5"

    def take(self, gradients):
        super().take(gradients)
        self.all = sum(self.rows) // len(self.rows)


class MeanOfSquaredRoots(Means):
    """The mean of all is that of the squares of roots"""
    suites = TRAINING
    breaks = "FW-7.12.5"

    def take(self, gradients):
        super().take(gradients)
        self.all = isqrt(sum(root * root // len(self.rows) for root in self.rows))


class MeanOfColumns(Means):
    """The mean of all is that of the columns"""
    suites = TRAINING
    breaks = "FW-7.12.5"

    def take(self, gradients):
        super().take(gradients)
        self.all = isqrt(sum(root * root // len(self.columns) for root in self.columns))


class FactorsOfOldRoots(Means):
    """Factors go by the roots before the update"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def take(self, gradients):
        before = dict(zip(range(len(self.rows)), self.rows))
        super().take(gradients)
        self.before = [before[row] for row in range(len(self.rows))]

    def row_factor(self, root):
        return super().row_factor(self.before[self.rows.index(root)])


class RowFactorUnlimited(Means):
    """Factors of rows have no limit"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def row_factor(self, root):
        return (self.all << 16) // (root + 2048)


class RowFactorOfRootAlone(Means):
    """Small roots of rows divide as they are"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def row_factor(self, root):
        return min((self.all << 16) // max(root, 1), 1 << 24)


class ColumnFactorUnlimited(Means):
    """Factors of columns have no limit"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def column_factor(self, root, rate):
        return (rate << 25) // (root + 2048)


class ColumnFactorOfRootAlone(Means):
    """Small roots of columns divide as they are"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def column_factor(self, root, rate):
        return min((rate << 25) // max(root, 1), 1 << 34)


class ColumnFactorRounded(Means):
    """Factors of columns are rounded"""
    suites = TRAINING
    breaks = "FW-7.12.6"

    def column_factor(self, root, rate):
        return min((2 * (rate << 25) + root + 2048) // (2 * (root + 2048)), 1 << 34)


class EvenNotLimited(Means):
    """What the row's factor makes has no limit"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step_of(self, gradient, row_factor, column_factor, rate):
        return clamp((gradient * row_factor >> 16) * column_factor >> 20, -4 * rate, 4 * rate)


class FeedbackStepUnlimited(Means):
    """Steps have no limit"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step_of(self, gradient, row_factor, column_factor, rate):
        return super().step_of(gradient, row_factor, column_factor, 1 << 40)


class FeedbackStepOfOneRate(Means):
    """Steps are limited to the rate"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step_of(self, gradient, row_factor, column_factor, rate):
        return clamp(super().step_of(gradient, row_factor, column_factor, rate), -rate, rate)


class FeedbackStepTowardZero(Means):
    """Steps are rounded toward zero"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step_of(self, gradient, row_factor, column_factor, rate):
        step = super().step_of(abs(gradient), row_factor, column_factor, rate)
        return step if gradient > 0 else -step


class FeedbackStepHalfUp(Means):
    """Steps are rounded half up"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step_of(self, gradient, row_factor, column_factor, rate):
        even = clamp(half_up(gradient * row_factor, 16), -(1 << 28), 1 << 28)
        return clamp(half_up(even * column_factor, 20), -4 * rate, 4 * rate)
