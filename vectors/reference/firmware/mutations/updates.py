"""Mistakes in the step of an update."""

from __future__ import annotations

from fractions import Fraction

from ..arithmetic import Requantizer, requantizer, saturate32
from ..training.state import LayerState
from ..training.trainer import Trainer
from ..training.update import Update

TRAINING = ("training_step",)


class ResidualExponentOffByOne(LayerState):
    """Steps are half as large"""
    suites = TRAINING
    breaks = "FW-7.2.1"

    def divisor(self, batch):
        return 2 * super().divisor(batch)


class BatchNotDivided(LayerState):
    """The batch does not divide the step"""
    suites = TRAINING
    breaks = "FW-7.2.1"

    def divisor(self, batch):
        return super().divisor(1)


class WindowNotDivided(LayerState):
    """The window does not divide the step"""
    suites = TRAINING
    breaks = "FW-7.2.1"

    def divisor(self, batch):
        return super().divisor(batch) // self.layer.window * 256


class FullScaleByPowerOfTwo(LayerState):
    """Full scale is taken for a power of two in the step"""
    suites = TRAINING
    breaks = "FW-7.2.1"

    def divisor(self, batch):
        return super().divisor(batch) // self.layer.tile.full_scale * (self.layer.tile.full_scale + 1)


class MultiplierRoundedDown(LayerState):
    """The multiplier of the step is rounded down"""
    suites = TRAINING
    breaks = "FW-7.2.2"

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and Requantizer(int(Fraction(rate, divisor) * 2**found.shift), found.shift)


class MultiplierOfSixteenBits(LayerState):
    """The multiplier of the step has 16 bits"""
    suites = TRAINING
    breaks = "FW-7.2.2"

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and Requantizer(found.multiplier + (1 << 14) >> 15 << 15, found.shift)


class StepRoundedDown(LayerState):
    """Steps are rounded down"""
    suites = TRAINING
    breaks = "FW-7.2.4"

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and _FloorRequantizer(*found)


class _FloorRequantizer(Requantizer):
    """Rounds down."""

    def apply(self, value):
        return saturate32(value * self.multiplier >> self.shift)


class PartialBatchDivided(Trainer):
    """An unfinished batch divides by its own number"""
    suites = TRAINING
    breaks = "FW-7.7.5"

    def update(self, times):
        batch, self.settings.batch = self.settings.batch, self.state.pending
        super().update(times)
        self.settings.batch = batch


class BatchOneTooLong(Trainer):
    """The batch is full one sequence late"""
    suites = TRAINING
    breaks = "FW-7.3.4"

    def batch_is_full(self):
        return self.state.pending > self.settings.batch


class StepUphill(Update):
    """The step is added"""
    suites = TRAINING
    breaks = "FW-7.7.4"

    def residual(self, residual, step):
        return super().residual(residual, -step)


class ResidualWraps(Update):
    """Residuals wrap"""
    suites = TRAINING
    breaks = "FW-7.7.4"

    def residual(self, residual, step):
        return (residual - step + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class ResidualLowest(Update):
    """Residuals may reach -2^31"""
    suites = TRAINING
    breaks = "FW-7.7.4"

    def residual(self, residual, step):
        return saturate32(residual - step)


class MomentumAfterScale(Update):
    """The velocity is that of the scaled step"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def step(self, state, momentum):
        if momentum > 0 and state.scale is not None:
            state.gradients = [state.scale.apply(gradient) for gradient in state.gradients]
            scale, state.scale = state.scale, Requantizer(1, 0)
            super().step(state, momentum)
            state.scale = scale
        else:
            super().step(state, momentum)


class MomentumIgnored(Update):
    """The velocity is the gradient"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def velocity(self, velocity, gradient, momentum):
        return gradient


class MomentumRoundedDown(Update):
    """What the velocity loses is rounded down"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def velocity(self, velocity, gradient, momentum):
        return saturate32(velocity - (velocity >> momentum) + gradient)


class MomentumAveraged(Update):
    """The gradient enters the velocity with the share it loses"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def velocity(self, velocity, gradient, momentum):
        return super().velocity(velocity, gradient >> momentum, momentum)


class VelocityWraps(Update):
    """Velocities wrap"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def velocity(self, velocity, gradient, momentum):
        kept = super().velocity(velocity, 0, momentum)
        return (kept + gradient + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class GradientsKept(Update):
    """Gradients outlive the update"""
    suites = TRAINING
    breaks = "FW-7.7.3"

    def step(self, state, momentum):
        gradients = list(state.gradients)
        super().step(state, momentum)
        state.gradients = gradients


class GradientsKeptWithoutRate(Update):
    """Without a rate gradients wait"""
    suites = TRAINING
    breaks = "FW-7.7.2"

    def step(self, state, momentum):
        if state.scale is not None:
            super().step(state, momentum)


class VelocityDecaysWithoutRate(Update):
    """Without a rate the velocity goes on"""
    suites = TRAINING
    breaks = "FW-7.7.2"

    def step(self, state, momentum):
        if state.scale is None and momentum > 0:
            state.velocities = [self.velocity(v, s, momentum) for v, s in zip(state.velocities, state.gradients)]
        super().step(state, momentum)


class NoPulsesWithoutRate(Update):
    """Without a rate the tiles are left alone"""
    suites = TRAINING
    breaks = "FW-7.7.6"

    def pulse(self, state, rule):
        if state.scale is not None:
            super().pulse(state, rule)


class DenseUpdatedFirst(Update):
    """The output layer is pulsed first"""
    suites = TRAINING
    breaks = "FW-7.7.1"

    def run(self, state, rules):
        state.lstm, state.dense = state.dense, state.lstm
        super().run(state, rules[::-1])
        state.lstm, state.dense = state.dense, state.lstm


class PendingKept(Update):
    """An update does not begin a new batch"""
    suites = TRAINING
    breaks = "FW-7.7.1"

    def run(self, state, rules):
        pending = state.pending
        super().run(state, rules)
        state.pending = pending
