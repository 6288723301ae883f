"""Mistakes in an update of error feedback and in its report."""

from __future__ import annotations

from ..training.commands import TrainingCommands
from ..training.feedback_rule import FeedbackUpdate
from ..training.state import LayerState

TRAINING = ("training_step",)


class ThresholdOfLayer(FeedbackUpdate):
    """The threshold is that of the layer's beginning"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def pulse(self, state, rule):
        threshold = state.threshold(rule.ramp)
        state.threshold = lambda ramp: threshold
        super().pulse(state, rule)
        del state.threshold


class ReportOfAnyRule(LayerState):
    """Other rules tell their threshold"""
    suites = TRAINING
    breaks = "FW-2.2.28 FW-7.12.18"

    def report(self, ramp):
        return [0, 0, 0, 0, 1 << 20]


class ReportErrorFirst(TrainingCommands):
    """The report has the write error before the cells given up"""
    suites = TRAINING
    breaks = "FW-2.2.28"

    def report(self, request, answer):
        done = answer.done
        answer.done = lambda *words: done(*[words[place] for place in (0, 1, 3, 2, 4, 5, 6, 8, 7, 9)])
        super().report(request, answer)


class ReportOfAnyLength(TrainingCommands):
    """A report with words is told"""
    suites = TRAINING
    breaks = "FW-2.2.28"

    def report(self, request, answer):
        request.drop()
        super().report(request, answer)


class FeedbackKeepsGradients(FeedbackUpdate):
    """Gradients outlive the update of error feedback"""
    suites = TRAINING
    breaks = "FW-7.12.8"

    def step(self, state, momentum):
        gradients = list(state.gradients)
        super().step(state, momentum)
        state.gradients = gradients if state.rate else state.gradients


class FeedbackWaitsForRate(FeedbackUpdate):
    """Without a rate gradients of error feedback wait"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def step(self, state, momentum):
        if state.rate:
            super().step(state, momentum)


class FeedbackCountsWithoutRate(FeedbackUpdate):
    """Means go on without a rate"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def step(self, state, momentum):
        if state.rate == 0:
            state.means.take([state.mean_gradient(gradient) for gradient in state.gradients])
        super().step(state, momentum)


class FeedbackPausesWithoutRate(FeedbackUpdate):
    """Without a rate nothing is written"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def pulse(self, state, rule):
        if state.rate:
            super().pulse(state, rule)
        else:
            state.layer.tile.unlock()
            state.layer.tile.lock()


class FeedbackUphill(FeedbackUpdate):
    """Steps of error feedback are added"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def pay(self, state, place, step):
        super().pay(state, place, -step)


class FeedbackForgivesCount(FeedbackUpdate):
    """A step begins a new count of writes"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def pay(self, state, place, step):
        state.debts[place] &= 0x0FFF_FFFF
        super().pay(state, place, step)


class FeedbackPaysNothing(FeedbackUpdate):
    """Weights without a gradient have their words written anew"""
    suites = TRAINING
    breaks = "FW-7.12.7"

    def step(self, state, momentum):
        still = [place for place, gradient in enumerate(state.gradients) if state.mean_gradient(gradient) == 0]
        super().step(state, momentum)
        for place in still if state.rate else ():
            self.pay(state, place, 0)


class FeedbackWithoutKey(FeedbackUpdate):
    """The tile is unlocked only if a row is written"""
    suites = TRAINING
    breaks = "FW-7.12.10"

    def pulse(self, state, rule):
        debts = [state.debt(place) for place in range(len(state.debts))]
        if any(rule.is_due(debt, state.threshold(rule.ramp)) for debt in debts):
            super().pulse(state, rule)
